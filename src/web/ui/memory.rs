//! The memory board.

use super::notices::{Banner, Notices};
use super::root::MenuButton;
use crate::web::app::App;
use leptos::prelude::*;

/// The screen of the memory.
#[component]
pub fn Memory(app: App) -> impl IntoView {
    Effect::new(move |_| {
        document().set_title(&format!(
            "{} · {}",
            app.t().shell.memory,
            app.t().shell.name
        ))
    });
    view! {
        <main class="screen board-screen">
            <div class="banners"><Banner app /></div>
            <header class="screen-head"><MenuButton app /><h1>{app.words(|t| t.shell.memory)}</h1></header>
            <div class="board-area"></div>
            <Notices app />
        </main>
    }
}
