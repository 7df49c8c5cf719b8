//! The start of the page: the state, the views, then what is stored, then the other tabs.

use crate::markdown::entity;
use crate::route::Route;
use crate::web::app::{self, App, Banner, attach, db};
use crate::web::bridge::{self, Program};
use crate::web::db::{Db, Event, NAME};
use crate::web::tabs::{Notice, Tabs};
use crate::web::{chats, clock, keys, look, prose, screens, turn, ui};
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::sync::Arc;

/// Starts the program of the page.
pub fn start() {
    let app = begin();
    leptos::mount::mount_to_body(move || {
        follow_settings(app);
        view! { <ui::Root app /> }
    });
    ui::adopt();
    keys::listen(app);
    bridge::answer(Program::Chat, move |question| {
        match ui::chosen(app, &question) {
            true => Box::pin(async { String::new() }),
            false => turn::answer(app, question),
        }
    });
    let on_hide = window_event_listener_untyped("pagehide", |_| app::notify(&Notice::Goodbye));
    std::mem::forget(on_hide);
    let on_focus = window_event_listener(leptos::ev::focus, move |_| spawn_local(chats::mend(app)));
    std::mem::forget(on_focus);
    let on_update = window_event_listener_untyped("update-ready", move |_| {
        if app.banner.read_untracked().is_none() {
            app.banner.set(Some(Banner::Update));
        }
    });
    std::mem::forget(on_update);
    mark("data-ready");
    spawn_local(async move {
        open_database(app, move |notice| heard(app, notice)).await;
        read_settings(app).await;
        // Before a conversation opens: what was being changed in it is still being changed.
        chats::read_drafts(app).await;
        app.ready.set(true);
        follow_route(app);
        chats::read_list(app).await;
        mark("data-loaded");
        screens::load_when_idle().await;
    });
}

/// Says on the document how far the program is, for tests and automation.
fn mark(name: &str) {
    if let Some(root) = document().document_element() {
        let _ = root.set_attribute(name, "");
    }
}

/// What both programs of the page begin with: the crash screen, the state, the route.
/// Effects come later: before something is mounted nothing runs them.
pub fn begin() -> App {
    // Told where the library tells; that the program broke off is seen, and said, by boot.js.
    std::panic::set_hook(Box::new(|info| {
        web_sys::console::error_1(&info.to_string().into());
    }));
    entity::look_up(prose::entity::look_up);
    let app = App::new(look::browser_lang(), route_now());
    let on_hash =
        window_event_listener(leptos::ev::hashchange, move |_| app.route.set(route_now()));
    std::mem::forget(on_hash);
    app
}

/// Opens the database, or the memory of the page where there is none, and listens to the other tabs and programs.
pub async fn open_database(app: App, on_notice: impl Fn(Notice) + 'static) {
    let on = move |event| {
        app.banner.set(Some(match event {
            Event::Blocked => Banner::Blocked,
            Event::Outdated => {
                // A timer may come too late, in a tab in the background.
                ui::keep_now();
                turn::leave();
                Banner::Closed
            }
            Event::Erased => Banner::Erased,
            Event::Lost => Banner::Cleared,
        }));
    };
    let opened = match Db::open(NAME, on).await {
        Ok(opened) => {
            if matches!(app.banner.get_untracked(), Some(Banner::Blocked)) {
                app.banner.set(None);
            }
            if opened.lost {
                app.banner.set(Some(Banner::Cleared));
            }
            opened.db
        }
        Err(fault) => {
            app.fault(&fault);
            Db::of_page()
        }
    };
    attach(opened, Tabs::new(on_notice));
}

/// Settings and connections.
pub async fn read_settings(app: App) {
    match (db().settings().await, db().connections().await) {
        (Ok(settings), Ok(connections)) => {
            app.settings.set(Arc::new(settings));
            let all = std::iter::once(app::demo()).chain(connections).collect();
            app.connections.set(Arc::new(all));
        }
        (Err(fault), _) | (_, Err(fault)) => app.fault(&fault),
    }
}

/// Opens what the route names, now and whenever it changes.
fn follow_route(app: App) {
    Effect::new(move |_| match app.route.get() {
        Route::New => {
            let keeps = app
                .open
                .read_untracked()
                .as_ref()
                .is_some_and(|open| open.temporary);
            if !keeps {
                chats::leave(app);
            }
        }
        Route::Chat(id, seq) => spawn_local(chats::open(app, id, seq)),
        Route::Memory(_) | Route::Unfinished | Route::Frames(_) | Route::Settings(_) => {}
    });
}

/// Language, theme, contrast and size follow the settings, and are remembered for the next first paint.
pub fn follow_settings(app: App) {
    Effect::new(move |_| {
        let settings = app.settings.get();
        let lang = look::lang(&settings);
        if app.lang.get_untracked() != lang {
            app.lang.set(lang);
        }
        look::apply(&settings, lang);
    });
}

/// Another tab has changed something: read it again.
fn heard(app: App, notice: Notice) {
    spawn_local(async move {
        match notice {
            Notice::Changed { store, .. } if store == crate::record::schema::CONVERSATIONS => {
                chats::refresh_list(app).await;
                chats::reload(app).await;
            }
            Notice::Streaming { chat, .. } => {
                let here = app
                    .open
                    .read_untracked()
                    .as_ref()
                    .is_some_and(|open| open.id.as_str() == chat);
                if here {
                    chats::reload(app).await;
                }
            }
            Notice::Back { chat } => chats::bring_back(app, &chat),
            Notice::Changed { .. } => read_settings(app).await,
            Notice::Everything => {
                read_settings(app).await;
                chats::refresh_list(app).await;
                chats::reload(app).await;
            }
            Notice::Goodbye => {
                // Its locks are free a moment later.
                clock::sleep(300).await;
                chats::mend(app).await;
            }
        }
    });
}

fn route_now() -> Route {
    Route::parse(&window().location().hash().unwrap_or_default())
}
