//! The settings: connections, appearance, data, about. Part of the second program.

mod appearance;
mod choice;
mod connection;
mod connections;
mod context;
mod data;
mod doctor;
mod needs;
mod remembering;
mod usage;

use super::icon::icon;
use super::lock::LockButton;
use super::notices::{Banner, Notices};
use super::root::MenuButton;
use crate::route::{Page, Route};
use crate::web::app::App;
use appearance::Appearance;
use connection::ConnectionPage;
pub use connection::put as put_connection;
use connections::Connections;
use data::Data;
use leptos::prelude::*;
use usage::Usage;

/// The screen of the settings.
#[component]
pub fn Settings(app: App) -> impl IntoView {
    Effect::new(move |_| {
        document().set_title(&format!(
            "{} · {}",
            app.lang.get().settings().title,
            app.t().shell.name
        ))
    });
    let page = Memo::new(move |_| match app.route.get() {
        Route::Settings(page) => page,
        _ => Page::default(),
    });
    let is =
        move |other: &Page| std::mem::discriminant(&page.get()) == std::mem::discriminant(other);
    let pages = move || {
        let words = app.lang.get().settings();
        [
            (Page::Connections(None), words.connections),
            (Page::Appearance, words.appearance),
            (Page::Usage, app.lang.get().usage().title),
            (Page::Data, words.data),
            (Page::About, words.about),
        ]
    };
    let here = move || {
        pages()
            .into_iter()
            .find(|(target, _)| is(target))
            .map(|(_, words)| words)
    };
    let connecting = Memo::new(move |_| is(&Page::Connections(None)));
    let add = Route::Settings(Page::Connections(Some("new".to_owned()))).hash();
    view! {
        <main class="screen">
            <div class="banners"><Banner app /></div>
            <header class="screen-head">
                <MenuButton app />
                <h1>{app.settings_words(|t| t.title)}</h1>
                <span class="sub">{here}</span>
                <Show when=move || connecting.get()>
                    <div class="tools"><LockButton app /><a class="button" id="connection-add" href=add.clone()>{icon("plus")}{app.settings_words(|t| t.add)}</a></div>
                </Show>
            </header>
            <div class="settings-area">
                <div class="settings-side">
                    <nav class="section-list" aria-label=app.settings_words(|t| t.title)>
                        {move || pages().into_iter().map(|(target, words)| {
                            let href = Route::Settings(target.clone()).hash();
                            view! { <a href=href aria-current=move || is(&target).then_some("page")>{words}</a> }
                        }).collect_view()}
                    </nav>
                    <Show when=move || connecting.get()><Connections app page /></Show>
                </div>
                <div class="settings-body"><div class="settings-inner">
                    {move || match page.get() {
                        Page::Connections(id) => view! { <ConnectionPage app id /> }.into_any(),
                        Page::Appearance => view! { <Appearance app /> }.into_any(),
                        Page::Usage => view! { <Usage app /> }.into_any(),
                        Page::Data => view! { <Data app /> }.into_any(),
                        Page::About => view! { <About app /> }.into_any(),
                    }}
                </div></div>
            </div>
            <Notices app />
        </main>
    }
}

/// What this is.
#[component]
fn About(app: App) -> impl IntoView {
    view! {
            <section class="section">
                <h2>{app.words(|t| t.shell.name)}</h2>
                <p>{app.settings_words(|t| t.about_lede)}</p>
                <p>{app.settings_words(|t| t.privacy)}</p>
                <dl class="facts">
                    <dt>{app.settings_words(|t| t.version)}</dt><dd>{env!("CARGO_PKG_VERSION")}</dd>
                </dl>
                <p>{app.settings_words(|t| t.licence)}</p>
            </section>
    }
}
