//! The frame that is open: read from the stock once, then changed here and kept whenever it is sound.

use crate::guide::frames::Frame;
use crate::i18n::frames::reason;
use crate::record::frame::check;
use crate::record::schema::FRAMES;
use crate::web::app::{App, db};
use crate::web::clock::{self, Pause};
use crate::web::tabs::Notice;
use crate::web::ui::lens::Stock;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::sync::Arc;

/// Milliseconds of rest after which a change is kept.
const REST: u32 = 300;

/// An open frame.
#[derive(Clone, Copy)]
pub struct Desk {
    /// The state of the page.
    pub app: App,
    /// The frame as it stands here.
    pub frame: RwSignal<Frame>,
    /// Whether it is the person's own, and can be changed.
    pub own: bool,
    /// Keeps the last change of a burst, also where the panel has been closed meanwhile.
    pause: StoredValue<Pause, LocalStorage>,
}

impl Desk {
    /// Opens a frame.
    pub fn new(app: App, frame: Frame, own: bool) -> Self {
        Self {
            app,
            frame: RwSignal::new(frame),
            own,
            pause: StoredValue::new_local(Pause::default()),
        }
    }

    /// Changes the frame; it is kept when the typing rests, if it is sound.
    pub fn change(self, change: impl FnOnce(&mut Frame)) {
        self.frame.update(change);
        let (app, frame) = (self.app, self.frame.get_untracked());
        self.pause.with_value(|pause| match check(&frame) {
            Ok(()) => pause.then(REST, move || keep(app, vec![frame])),
            Err(_) => pause.cancel(),
        });
    }

    /// Why the frame cannot be kept as it stands; empty where it can. Tracked.
    pub fn trouble(self) -> String {
        let lang = self.app.lang.get();
        match check(&self.frame.read()) {
            Ok(()) => String::new(),
            Err((why, _)) => (lang.frames().not_kept)(reason(lang, why)),
        }
    }
}

/// Keeps frames, here and in the database.
pub fn keep(app: App, frames: Vec<Frame>) {
    let stock = Stock::get();
    let mut own = (*stock.own.get_untracked()).clone();
    for frame in &frames {
        match own.iter_mut().find(|other| other.id == frame.id) {
            Some(other) => *other = frame.clone(),
            None => own.push(frame.clone()),
        }
    }
    stock.own.set(Arc::new(own));
    spawn_local(async move {
        match db().put_frames(&frames).await {
            Ok(()) => tell(),
            Err(fault) => app.fault(&fault),
        }
    });
}

/// Removes a frame; the undo puts it back in its place.
pub fn delete(app: App, frame: Frame) {
    let stock = Stock::get();
    let mut own = (*stock.own.get_untracked()).clone();
    let at = own.iter().position(|other| other.id == frame.id);
    own.retain(|other| other.id != frame.id);
    stock.own.set(Arc::new(own));
    let (id, lang) = (frame.id.clone(), app.lang.get_untracked());
    let words = (lang.frames().deleted)(frame.name.get(lang));
    spawn_local(async move {
        match db().delete_frame(&id).await {
            Ok(()) => tell(),
            Err(fault) => app.fault(&fault),
        }
    });
    let back = move || {
        keep(app, vec![frame.clone()]);
        arrange(app, &frame.id, at.unwrap_or(usize::MAX));
    };
    app.tell(words, Some(Arc::new(back)));
}

/// Moves a frame to a place among one's own, or to the last one. Returns its name where it has moved.
pub fn arrange(app: App, id: &str, to: usize) -> Option<String> {
    let stock = Stock::get();
    let mut own = (*stock.own.get_untracked()).clone();
    let from = own.iter().position(|frame| frame.id == id)?;
    let to = to.min(own.len() - 1);
    if from == to {
        return None;
    }
    let frame = own.remove(from);
    let name = frame.name.get(app.lang.get_untracked()).to_owned();
    own.insert(to, frame);
    let ids: Vec<String> = own.iter().map(|frame| frame.id.clone()).collect();
    stock.own.set(Arc::new(own));
    spawn_local(async move {
        match db().order_frames(&ids).await {
            Ok(()) => tell(),
            Err(fault) => app.fault(&fault),
        }
    });
    Some(name)
}

/// An id for a new frame.
pub fn new_id() -> String {
    let bytes = clock::random::<6>();
    let hex = bytes.iter().map(|byte| format!("{byte:02x}"));
    format!("own-{}", hex.collect::<String>())
}

fn tell() {
    crate::web::app::notify(&Notice::Changed {
        store: FRAMES.to_owned(),
        key: String::new(),
        rev: 0,
    });
}
