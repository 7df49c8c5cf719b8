//! The gallery of input frames and the editor of one's own.

use super::notices::{Banner, Notices};
use super::root::MenuButton;
use crate::web::app::App;
use leptos::prelude::*;

/// The screen of the frames.
#[component]
pub fn Frames(app: App) -> impl IntoView {
    Effect::new(move |_| {
        document().set_title(&format!(
            "{} · {}",
            app.t().shell.frames,
            app.t().shell.name
        ))
    });
    view! {
        <main class="screen">
            <div class="banners"><Banner app /></div>
            <header class="screen-head"><MenuButton app /><h1>{app.words(|t| t.shell.frames)}</h1></header>
            <div class="frames-area"></div>
            <Notices app />
        </main>
    }
}
