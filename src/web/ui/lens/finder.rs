//! What looks at a text field and says how its frame stands. Nothing is judged while an input method composes.

use super::field::{self, Listening};
use super::stock::Stock;
use crate::guide::effect::Sent;
use crate::guide::focus::{Focus, Lens, Mark, View};
use crate::guide::frames::Frame;
use crate::guide::known::Known;
use crate::guide::look::{Look, With, look};
use crate::guide::{Fit, stub};
use crate::i18n::Lang;
use crate::id::ChatId;
use crate::memory::Place;
use crate::text::is_cjk;
use crate::web::app::App;
use crate::web::clock::{self, Pause};
use leptos::prelude::*;
use std::ops::Range;
use std::sync::Arc;
use web_sys::{Element, HtmlTextAreaElement, KeyboardEvent};

/// UTF-16 units up to which a text is looked at with every key; a longer one when the typing rests.
const AT_ONCE: usize = 2_000;
/// Milliseconds of rest after which a long text is looked at, and after which memory is asked about the text.
const REST: u32 = 150;
const REST_MEMORY: u32 = 400;

/// What is shown.
#[derive(Clone, Default, PartialEq)]
pub struct Shown {
    /// How the brackets and the marks stand.
    pub view: View,
    /// The frame that the marks belong to.
    pub frame: Option<Arc<Frame>>,
    /// Whether there is a blank in the text, to which Tab goes.
    pub blank: bool,
}

/// Looks at one field. `Copy`, so that it goes into every closure.
#[derive(Clone, Copy)]
pub struct Finder {
    /// What is shown now.
    pub shown: RwSignal<Shown>,
    /// The frame in use whatever is written; `None` where the text chooses.
    pub pinned: RwSignal<Option<Arc<Frame>>>,
    app: App,
    state: StoredValue<State, LocalStorage>,
}

struct State {
    field: HtmlTextAreaElement,
    composer: Option<Element>,
    lens: Lens,
    composing: bool,
    /// The look that waits, and the question to the memory.
    waits: Pause,
    asked: Pause,
    /// Where memory is asked from; `None` where it is not.
    place: Option<Place>,
    known: Known,
    /// The slots whose words were put in since the field was empty, by frame.
    put_in: Vec<(String, usize)>,
    /// What was looked at last, and what should be shown for it, whatever is shown still.
    text: String,
    fit: Fit,
    due: View,
    _listening: Vec<Listening>,
}

impl Finder {
    /// Looks at a field from now on, until the owner of the view goes. What is found stands in `data-focus` of the
    /// composer around it.
    pub fn new(app: App, field: HtmlTextAreaElement) -> Self {
        let composer = field.closest(".composer").ok().flatten();
        let finder = Self {
            shown: RwSignal::default(),
            pinned: RwSignal::new(None),
            app,
            state: StoredValue::new_local(State {
                field: field.clone(),
                composer,
                lens: Lens::default(),
                composing: false,
                waits: Pause::default(),
                asked: Pause::default(),
                place: None,
                known: Known::default(),
                put_in: Vec::new(),
                text: String::new(),
                fit: Fit::default(),
                due: View::default(),
                _listening: Vec::new(),
            }),
        };
        let on = |name, then: fn(Finder)| Listening::new(&field, name, move |_| then(finder));
        let listening = vec![
            on("input", Finder::typed),
            on("compositionstart", |finder| finder.composes(true)),
            on("compositionend", |finder| finder.composes(false)),
        ];
        finder
            .state
            .update_value(|state| state._listening = listening);
        finder
    }

    /// The field.
    pub fn field(self) -> Option<HtmlTextAreaElement> {
        self.state.try_with_value(|state| state.field.clone())
    }

    /// Asks memory from this place from now on, or not at all.
    pub fn ask_memory(self, place: Option<Place>) {
        self.state.update_value(|state| state.place = place);
        self.remember(0);
    }

    /// Another conversation is open: what was ignored in the last one is forgotten.
    pub fn another_conversation(self) {
        self.state
            .update_value(|state| state.lens.another_conversation(now()));
        self.look();
    }

    /// The text has changed.
    pub fn typed(self) {
        let long = self.state.try_with_value(|state| {
            let text = &state.field;
            text.text_length() as usize > AT_ONCE
        });
        match long {
            Some(true) => self.look_after(REST),
            Some(false) => self.look(),
            None => return,
        }
        self.remember(REST_MEMORY);
    }

    /// Looks at the text now, and shows what is found when its time has come.
    pub fn look(self) {
        let Some((text, composing)) = self
            .state
            .try_with_value(|state| (state.field.value(), state.composing))
        else {
            return;
        };
        if composing {
            return;
        }
        let (fit, view, frame) =
            self.with_look(&text, |found| (found.fit, found.view, found.frame.cloned()));
        let frame = frame.map(Arc::new);
        let blank = !stub::blanks(&text).is_empty();
        let target = match Stock::get().hidden.get_untracked() {
            true => View::default(),
            false => view,
        };
        let changed = self.state.try_update_value(|state| {
            if text.is_empty() {
                state.put_in.clear();
            }
            state.text = text;
            state.fit = fit;
            state.due = target.clone();
            let changed = state.lens.see(target, now(), false);
            (changed, state.lens.shown().clone(), state.lens.wake())
        });
        let Some((changed, view, wake)) = changed else {
            return;
        };
        let before = self
            .shown
            .with_untracked(|shown| (shown.blank, shown.frame.clone()));
        let mut known = [frame, before.1.clone()].into_iter().flatten();
        let frame = known.find(|frame| frame.id == view.frame);
        if changed || before != (blank, frame.clone()) {
            self.stand(view.focus);
            self.shown.set(Shown { view, frame, blank });
        }
        if let Some(wake) = wake {
            self.look_after((wake - now()).max(0) as u32 + 1);
        }
    }

    /// Puts the words for a slot into the text, unless an input method is at work in it. `lang` is the language where
    /// the text does not show one.
    pub fn insert(self, slot: usize, lang: Lang) {
        if self.state.with_value(|state| state.composing) {
            return;
        }
        let frame = self.shown.with_untracked(|shown| shown.frame.clone());
        let (Some(field), Some(frame)) = (self.field(), frame) else {
            return;
        };
        let Some(words) = frame.slots.get(slot).map(|slot| &slot.stub) else {
            return;
        };
        let text = field.value();
        let lang = match () {
            _ if text.chars().any(is_cjk) => Lang::Zh,
            _ if text.chars().any(|c| c.is_ascii_alphabetic()) => Lang::En,
            _ => lang,
        };
        let put_in = (frame.id.clone(), slot);
        self.state.update_value(|state| state.put_in.push(put_in));
        field::insert(&field, words.get(lang));
        self.look();
    }

    /// Where the text covers a slot, and the text.
    pub fn covers(self, slot: usize) -> Option<(String, Range<usize>)> {
        self.state.with_value(|state| {
            let filled = state.fit.filled.iter().find(|filled| filled.slot == slot)?;
            (state.field.value() == state.text).then(|| (state.text.clone(), filled.range.clone()))
        })
    }

    /// How a slot stands in the text, which may be ahead of what is shown.
    pub fn mark(self, slot: usize) -> Option<Mark> {
        self.state
            .with_value(|state| state.due.marks.get(slot).copied())
    }

    /// The slot whose words Tab puts in: the one of the hint, while no blank waits. Where one types faster than the
    /// hint changes, it is the next one already.
    pub fn offered(self) -> Option<usize> {
        let shows = self
            .shown
            .with_untracked(|shown| shown.view.hint.is_some() && !shown.blank);
        self.state.with_value(|state| {
            let slot = state.due.hint.filter(|_| shows)?;
            let open = state.due.marks.get(slot) == Some(&Mark::Missing);
            (open && !state.lens.is_ignored(&state.due.frame, slot)).then_some(slot)
        })
    }

    /// Tab puts the words of the hint in, or goes from blank to blank, and beyond the last one on as in any field.
    pub fn on_tab(self, event: &KeyboardEvent) {
        if event.key() != "Tab" || !super::is_plain(event) {
            return;
        }
        let Some(field) = self.field() else { return };
        let back = event.shift_key();
        match self.offered().filter(|_| !back) {
            Some(slot) => self.insert(slot, self.app.lang.get_untracked()),
            None if field::next_blank(&field, back) => {}
            None => return,
        }
        event.prevent_default();
    }

    /// The text was sent: how it was framed, and the brackets rest. `None` where there was nothing to frame.
    pub fn sent(self) -> Option<Sent> {
        let text = self.field()?.value();
        let guided = !Stock::get().hidden.get_untracked();
        let sent = self.with_look(&text, |found| {
            let frame = found.frame.filter(|_| found.view.focus != Focus::Silent)?;
            Some(Sent {
                week: week(clock::now_ms()),
                frame: frame.id.clone(),
                guided,
                covered: found.view.covered() as u32,
                slots: frame.slots.len() as u32,
            })
        });
        self.state.update_value(|state| {
            state.lens.sent(now());
            state.due = View::default();
        });
        self.stand(Focus::Silent);
        self.shown.set(Shown::default());
        sent
    }

    /// Looks at a text with what is known now.
    fn with_look<T>(self, text: &str, take: impl FnOnce(Look<'_>) -> T) -> T {
        let own = Stock::get().own.get_untracked();
        let pinned = self.pinned.get_untracked();
        let (known, put_in) = self
            .state
            .with_value(|state| (state.known.clone(), state.put_in.clone()));
        take(look(
            text,
            &With {
                pinned: pinned.as_deref(),
                own: &own,
                known: &known,
                put_in: &put_in,
            },
        ))
    }

    fn composes(self, on: bool) {
        self.state.update_value(|state| state.composing = on);
        if !on {
            // What was composed is in the field only after this event, in some browsers.
            self.look_after(0);
        }
    }

    fn look_after(self, ms: u32) {
        self.state
            .try_with_value(|state| state.waits.then(ms, move || self.look()));
    }

    /// Asks memory what it answers of the text, when the typing rests.
    fn remember(self, rest: u32) {
        self.state
            .try_with_value(|state| state.asked.then(rest, move || self.ask()));
    }

    fn ask(self) {
        let asked = self.state.try_with_value(|state| {
            let text = (!state.composing).then(|| state.field.value())?;
            Some((text, state.place.clone()))
        });
        let Some(Some((text, place))) = asked else {
            return;
        };
        let book = Stock::get().book.get_untracked();
        let known = place.map(|place| Known::of(&book, &text, &place, clock::now_ms()));
        let known = known.unwrap_or_default();
        let changed = self.state.try_update_value(|state| {
            let changed = state.known != known;
            state.known = known;
            changed
        });
        if changed == Some(true) {
            self.look();
        }
    }

    fn stand(self, focus: Focus) {
        self.state.with_value(|state| {
            if let Some(composer) = &state.composer {
                let _ = composer.set_attribute("data-focus", focus.name());
            }
        });
    }
}

/// The conversation that the page shows, by its address: a new one has none yet.
pub fn chat_now() -> Option<ChatId> {
    use crate::route::Route;
    match Route::parse(&window().location().hash().unwrap_or_default()) {
        Route::Chat(id, _) => Some(id),
        _ => None,
    }
}

/// Whole weeks since 1970.
pub fn week(now: i64) -> u32 {
    u32::try_from(now / (7 * 24 * 60 * 60 * 1_000)).unwrap_or_default()
}

fn now() -> i64 {
    clock::ticks() as i64
}
