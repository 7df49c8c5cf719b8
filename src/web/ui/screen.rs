//! Which of the screens beside the chat is shown. Part of the second program.

use super::frames::Frames;
use super::memory::Memory;
use super::settings::Settings;
use super::unfinished::Unfinished;
use crate::route::Route;
use crate::web::app::App;
use leptos::prelude::*;

/// A screen. While its route only moves within it, it stays as it is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Screen {
    Chat,
    Memory,
    Unfinished,
    Frames,
    Settings,
}

/// Whichever of these screens the route names; nothing while it names the chat.
#[component]
pub fn Screens(app: App) -> impl IntoView {
    let screen = Memo::new(move |_| match &*app.route.read() {
        Route::New | Route::Chat(..) => Screen::Chat,
        Route::Memory(_) => Screen::Memory,
        Route::Unfinished => Screen::Unfinished,
        Route::Frames(_) => Screen::Frames,
        Route::Settings(_) => Screen::Settings,
    });
    move || match screen.get() {
        Screen::Chat => ().into_any(),
        Screen::Memory => view! { <Memory app /> }.into_any(),
        Screen::Unfinished => view! { <Unfinished app /> }.into_any(),
        Screen::Frames => view! { <Frames app /> }.into_any(),
        Screen::Settings => view! { <Settings app /> }.into_any(),
    }
}
