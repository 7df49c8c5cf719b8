//! The gallery of input frames, the editor of one's own, and what the frame is good for. Part of the second program.

mod desk;
mod effect;
mod exchange;
mod gallery;
mod order;
mod panel;
mod shape;
mod slots;
mod trial;

use super::icon::icon;
use super::lens::Stock;
use super::notices::{Banner, Notices};
use super::root::MenuButton;
use crate::guide::effect::Effect as Counts;
use crate::guide::frames::built_in;
use crate::guide::own;
use crate::route::Route;
use crate::web::app::{App, db};
use desk::{keep, new_id};
use exchange::Import;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::sync::Arc;

/// The screen of the frames.
#[component]
pub fn Frames(app: App) -> impl IntoView {
    let stock = Stock::get();
    let counts = RwSignal::new(Arc::new(Counts::default()));
    Effect::new(move |_| {
        document().set_title(&format!(
            "{} · {}",
            app.t().shell.frames,
            app.t().shell.name
        ))
    });
    Effect::new(move |_| {
        // Read again with every visit to a frame, and when the database is open.
        app.route.track();
        app.ready.track();
        spawn_local(async move {
            if let Ok(found) = db().effect().await {
                counts.set(Arc::new(found));
            }
        });
    });
    let own = stock.own.clone();
    let sub = move || {
        let lang = app.lang.get();
        let share = counts.read().coverage(|row| row.guided);
        let share = share.map(effect::percent);
        (lang.frames().sub)(built_in().len() + own.read().len(), share.as_deref())
    };
    let chosen = Memo::new(move |_| match &*app.route.read() {
        Route::Frames(Some(id)) => Some(id.clone()),
        _ => None,
    });
    let make = move |_| {
        let lang = app.lang.get_untracked();
        let words = lang.frames();
        let frame = own::fresh(new_id(), words.new_name, words.new_slot, lang);
        let id = frame.id.clone();
        keep(app, vec![frame]);
        app.go(&Route::Frames(Some(id)));
        super::focus::soon("#frame-name".to_owned());
    };
    view! {
        <main class="screen">
            <div class="banners"><Banner app /></div>
            <header class="screen-head">
                <MenuButton app />
                <h1>{app.words(|t| t.shell.frames)}</h1><span class="sub">{sub}</span>
                <div class="tools">
                    <Import app />
                    <button class="button" id="frame-new" on:click=make>{icon("plus")}{move || app.lang.get().frames().new}</button>
                </div>
            </header>
            <div class="frames-area" data-chosen=move || chosen.read().is_some().then_some("")>
                <div class="scroller">{gallery::gallery(app, chosen, counts)}</div>
                {panel::panel(app, chosen, counts)}
            </div>
            <Notices app />
        </main>
    }
}
