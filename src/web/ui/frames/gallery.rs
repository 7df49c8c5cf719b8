//! The tiles of the gallery, by group.

use super::shape::shape;
use super::{effect, order};
use crate::guide::effect::Effect as Counts;
use crate::guide::frames::{Frame, GROUPS, find};
use crate::route::Route;
use crate::web::app::App;
use crate::web::ui::lens::Stock;
use leptos::prelude::*;
use std::sync::Arc;

/// Slots that a tile names.
const NAMED: usize = 4;
/// What a dragged tile carries: the id of its frame. A name of our own, so that no other drag is taken for one.
const DRAGGED: &str = "application/x-viewfinder-frame";

/// The gallery: one's own frames first, then the built-in ones.
pub fn gallery(app: App, chosen: Memo<Option<String>>, counts: RwSignal<Arc<Counts>>) -> AnyView {
    let own = Stock::get().own;
    let mine = move || {
        let own = own.get();
        let title = move || app.lang.get().frames().mine;
        (!own.is_empty()).then(|| group(app, title, &own, true, chosen, counts))
    };
    let built_in = GROUPS.iter().map(|(name, ids)| {
        let frames: Vec<Frame> = ids.iter().filter_map(|id| find(id)).cloned().collect();
        let title = move || (app.lang.get().frames().group)(*name);
        group(app, title, &frames, false, chosen, counts)
    });
    let built_in = built_in.collect::<Vec<_>>();
    view! { <div class="gallery">{mine}{built_in}{effect::switch(app)}</div> }.into_any()
}

fn group(
    app: App,
    title: impl Fn() -> &'static str + Send + Sync + 'static,
    frames: &[Frame],
    // Whether they can be put into another order.
    moves: bool,
    chosen: Memo<Option<String>>,
    counts: RwSignal<Arc<Counts>>,
) -> AnyView {
    let tiles = frames.iter().map(|frame| {
        let id = frame.id.clone();
        let tile = tile(app, frame.clone(), moves, chosen, counts);
        if moves { movable(app, id, tile) } else { tile }
    });
    view! {
        <section><h2>{title}" "<span class="figure">{frames.len()}</span></h2><div class="tiles">{tiles.collect::<Vec<_>>()}</div></section>
    }
    .into_any()
}

/// A tile that can be dragged onto another one, and moved by the keyboard. Its link is what a browser drags.
fn movable(app: App, id: String, tile: AnyView) -> AnyView {
    let (lifted, dropped) = (id.clone(), id.clone());
    let lift = move |event: web_sys::DragEvent| {
        if let Some(data) = event.data_transfer() {
            let _ = data.set_data(DRAGGED, &lifted);
        }
    };
    let over = |event: web_sys::DragEvent| {
        let types = event.data_transfer().map(|data| data.types());
        if types.is_some_and(|types| types.includes(&DRAGGED.into(), 0)) {
            event.prevent_default();
        }
    };
    let drop_here = move |event: web_sys::DragEvent| {
        let data = event.data_transfer();
        let id = data.and_then(|data| data.get_data(DRAGGED).ok());
        if let Some(id) = id.filter(|id| !id.is_empty()) {
            event.prevent_default();
            order::move_onto(app, &id, &dropped);
        }
    };
    view! {
        <div on:dragstart=lift on:dragover=over on:drop=drop_here on:keydown=move |event| order::on_key(app, &id, &event)>{tile}</div>
    }
    .into_any()
}

fn tile(
    app: App,
    frame: Frame,
    moves: bool,
    chosen: Memo<Option<String>>,
    counts: RwSignal<Arc<Counts>>,
) -> AnyView {
    let frame = Arc::new(frame);
    let (id, counted, named) = (frame.id.clone(), frame.clone(), frame.clone());
    let used = move || {
        let count = counts.read().count(|row| row.frame == counted.id);
        (count > 0).then(|| (app.lang.get().frames().times)(count))
    };
    let name = move || named.name.get(app.lang.get()).to_owned();
    let href = Route::Frames(Some(frame.id.clone())).hash();
    let picture = shape(&frame.id);
    let slots = move || {
        let lang = app.lang.get();
        let names = frame.slots.iter().take(NAMED);
        let names: Vec<&str> = names.map(|slot| slot.name.get(lang)).collect();
        names.join(lang.frames().list_mark)
    };
    view! {
        <article class="tile" aria-current=move || (chosen.read().as_ref() == Some(&id)).then_some("true")>
            {picture}<h3><a href=href aria-keyshortcuts=moves.then_some("Alt+ArrowLeft Alt+ArrowRight")>{name}</a><span class="figure">{used}</span></h3><p>{slots}</p>
        </article>
    }
    .into_any()
}
