//! The screens beside the chat, as a program of their own.
//!
//! The first load carries only what a first reply needs, so these views are a second module in the same
//! page. The two programs share no memory: like two tabs they meet in the database and tell each other
//! of changes over the channel ([`crate::web::tabs`]). The program of the page loads this one once the chat
//! is at rest, or at once where a route names one of these screens, and makes room for it in `#screens`; it
//! stays for good. While the chat is shown it draws the pieces of the chat that a first reply can do without
//! ([`crate::web::places`]).

use crate::record::schema::CONVERSATIONS;
use crate::route::Route;
use crate::web::app::App;
use crate::web::bridge::{self, Program};
use crate::web::clock;
use crate::web::copied;
use crate::web::covered;
use crate::web::lock;
use crate::web::places;
use crate::web::remember;
use crate::web::rest;
use crate::web::sheet;
use crate::web::start::{begin, follow_settings, open_database, read_settings};
use crate::web::tabs::Notice;
use crate::web::ui::{
    Drawings, Screens, heard_of_frames, help_sheet, in_place, look_at_lock, memory_board,
    mount_lock, read_frames,
};
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::wasm_bindgen;

/// The element that belongs to these screens.
pub const HOST: &str = "screens";

/// Frames in which the second program has to fill its places.
const FRAMES: u32 = 300;

/// The style sheets of these screens.
const SHEETS: [&str; 8] = [
    include_str!("../../style/formula.css"),
    include_str!("../../style/settings.css"),
    include_str!("../../style/frames.css"),
    include_str!("../../style/learned.css"),
    include_str!("../../style/memory.css"),
    include_str!("../../style/places.css"),
    include_str!("../../style/usage.css"),
    include_str!("../../style/unfinished.css"),
];

#[wasm_bindgen]
extern "C" {
    /// Loads and starts the second program, once. Part of boot.js, which knows the names of the files.
    #[wasm_bindgen(js_name = "loadScreens", catch)]
    async fn load_screens() -> Result<(), wasm_bindgen::JsValue>;
}

/// Starts the program of these screens.
pub fn start() {
    let host = document().get_element_by_id(HOST);
    let Some(host) = host.and_then(|host| host.dyn_into::<web_sys::HtmlElement>().ok()) else {
        return;
    };
    let app = begin();
    // Now, before anything is mounted: what it holds then belongs to no view and stays.
    memory_board(app);
    for css in SHEETS {
        sheet::adopt(css);
    }
    covered::follow();
    copied::listen();
    leptos::mount::mount_to(host, move || {
        follow_settings(app);
        view! { <Drawings/><Screens app /> }
    })
    .forget();
    spawn_local(async move {
        open_database(app, move |notice| {
            let told = notice.clone();
            spawn_local(async move { heard_of_frames(app, &told).await });
            if lock::heard(&notice) {
                spawn_local(look_at_lock());
            }
            match notice {
                Notice::Streaming { .. } | Notice::Goodbye => {}
                // Every turn tells of its conversation, and changes no settings.
                Notice::Changed { store, .. } if store == CONVERSATIONS => {
                    app.busy.update(|n| *n += 1);
                }
                _ => spawn_local(read_settings(app)),
            }
        })
        .await;
        read_settings(app).await;
        read_frames(app).await;
        mount_lock(app);
        app.ready.set(true);
        bridge::answer(Program::Screens, move |question| answer(app, question));
        places::fill(move |kind, place| in_place(app, kind, place));
    });
}

/// What the chat asks of this program.
fn answer(app: App, question: String) -> bridge::Answer {
    let answer = remember::answer(app, &question)
        .or_else(|| rest::answer(app, &question))
        .or_else(|| lock::answer(&question));
    answer.unwrap_or_else(|| Box::pin(async { String::new() }))
}

/// How far the second program is, seen from the first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Loading {
    /// Not asked for, or under way.
    Waiting,
    /// It draws the screens now.
    Here,
    /// It could not be loaded.
    Failed,
}

/// Loads the second program when the route first names one of its screens, and again on every later
/// visit until it is there.
pub fn load_when_needed(app: App) -> RwSignal<Loading> {
    let state = RwSignal::new(Loading::Waiting);
    Effect::new(move |_| {
        if is_chat(&app.route.read()) || state.get_untracked() == Loading::Here {
            return;
        }
        state.set(Loading::Waiting);
        spawn_local(async move {
            state.set(match load_screens().await {
                Ok(()) => Loading::Here,
                Err(_) => Loading::Failed,
            });
        });
    });
    state
}

/// Loads the second program once the chat is at rest, for the places in it. Where that fails the chat goes on
/// without, and the next visit to a screen tries again.
pub async fn load_when_idle() {
    clock::idle().await;
    let _ = load_screens().await;
}

/// Sees to it that the second program is there, and says so where it cannot be.
pub fn needed(app: App) {
    spawn_local(async move {
        if load_screens().await.is_err() {
            app.tell(app.t_now().shell.screens_failed.to_owned(), None);
        }
    });
}

/// Opens the table of keyboard shortcuts, which the second program draws.
pub fn show_help(app: App) {
    spawn_local(async move {
        if load_screens().await.is_err() {
            return app.tell(app.t_now().shell.screens_failed.to_owned(), None);
        }
        // It fills its places once it has read what is stored.
        for _ in 0..FRAMES {
            if let Some(sheet) = help_sheet() {
                if !sheet.open() {
                    let _ = sheet.show_modal();
                }
                return;
            }
            clock::frame().await;
        }
    });
}

/// Whether a route names the chat, which is the first program's.
pub fn is_chat(route: &Route) -> bool {
    matches!(route, Route::New | Route::Chat(..))
}
