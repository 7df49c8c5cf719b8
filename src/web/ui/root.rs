//! The page: sidebar, the chat or the room for the other screens, notices, help.

use super::icon::icon;
use super::live::{follow, shown, text, whether};
use super::notices::{Banner, Notices};
use super::sidebar::{Sidebar, hide_popover};
use super::{composer::Composer, thread::Thread};
use crate::cost;
use crate::route::Route;
use crate::text::marked;
use crate::web::app::App;
use crate::web::chats;
use crate::web::screens::{self, Loading};
use leptos::prelude::*;

/// The whole page.
#[component]
pub fn Root(app: App) -> impl IntoView {
    let chatting = whether(move || screens::is_chat(&app.route.read()));
    let loading = screens::load_when_needed(app);
    view! {
        <a class="skip" href="#composer" on:click=move |event| {
            event.prevent_default();
            super::composer::focus();
        }>{app.words(|t| t.shell.skip)}</a>
        <div class="app">
            <Sidebar app />
            {follow(move || match chatting.get() {
                true => view! { <Chat app /> }.into_any(),
                false => view! { <Loads app loading /> }.into_any(),
            })}
            <div id=screens::HOST hidden=move || chatting.get()></div>
        </div>
        // Where the second program draws, its notices are its own, and these have a place beside it.
        {shown(move || !chatting.get(), move || view! { <Notices app /> })}
        <vf-place data-kind="help"></vf-place>
        <p class="visually-hidden" role="status">{text(move || app.said.get())}</p>
    }
}

/// What stands where a screen will be until the second program draws it.
#[component]
fn Loads(app: App, loading: RwSignal<Loading>) -> impl IntoView {
    view! {
        {shown(move || loading.get() != Loading::Here, move || view! {
            <main class="screen">
                <header class="screen-head"><MenuButton app /><h1>{app.words(|t| t.shell.name)}</h1></header>
                <div class="scroller"><div class="thread">
                    <p class="loading" role="status"><span>{move || match loading.get() {
                        Loading::Failed => app.t().shell.screens_failed,
                        _ => app.t().shell.screens_loading,
                    }}</span></p>
                </div></div>
            </main>

            })}
    }
}

/// The screen of a conversation.
#[component]
fn Chat(app: App) -> impl IntoView {
    let title = Memo::new(move |_| {
        let title = app.open.get().map(|open| open.row.read().title.clone());
        let title = title.filter(|title| !title.is_empty());
        title.map(|title| marked(&title))
    });
    Effect::new(move |_| {
        let name = app.t().shell.name;
        let words = title
            .get()
            .map_or_else(|| name.to_owned(), |title| format!("{title} · {name}"));
        document().set_title(&words);
    });
    let spent = move || {
        let Some(open) = app.open.get() else {
            return String::new();
        };
        let mut said = String::new();
        for amount in &open.row.read().spent {
            said += if said.is_empty() {
                app.t().chat.cost
            } else {
                " +"
            };
            said += " ";
            said += &cost::amount(*amount);
        }
        said
    };
    let temporary = whether(move || match app.open.get() {
        Some(open) => open.temporary,
        None => app.temporary.get(),
    });
    let toggle = move |_| {
        let on = temporary.get_untracked();
        hide_popover("more-menu");
        if on || app.open.read_untracked().is_some() {
            chats::leave(app);
            app.go(&Route::New);
        }
        app.temporary.set(!on);
        super::composer::focus_unless_touch();
    };
    let hide = move |_| hide_popover("more-menu");
    let pressed = move || temporary.get().to_string();
    view! {
        <main class="screen">
            <div class="banners">
                <Banner app />
                {shown(move || temporary.get(), move || view! {
                    <div class="banner" role="note"><p>{icon("passing")}{app.words(|t| t.chat.temporary_on)}</p></div>

            })}
            </div>
            <header class="screen-head">
                <MenuButton app />
                <h1>{text(move || title.get().unwrap_or_else(|| app.t().shell.untitled.to_owned()))}</h1>
                <span class="sub figure wide-only" id="spent">{text(spent)}</span>
                <div class="tools">
                    <button class="tool wide-only" id="temporary" aria-pressed=pressed on:click=toggle>{icon("passing")}{app.words(|t| t.chat.temporary)}</button>
                    <button class="tool wide-only" id="sent-button" popovertarget="sent">{icon("eye")}{app.words(|t| t.chat.sent)}</button>
                    <button class="tool" id="more-button" popovertarget="more-menu" aria-label=app.words(|t| t.shell.more)>{icon("more")}</button>
                    <div class="menu" id="more-menu" popover="auto" data-align="end">
                        <button class="narrow-only" aria-pressed=pressed on:click=toggle>{icon("passing")}{app.words(|t| t.chat.temporary)}</button>
                        <button class="narrow-only" popovertarget="sent" on:click=hide>{icon("eye")}{app.words(|t| t.chat.sent)}</button>
                        <button id="options-button" popovertarget="options" on:click=hide>{icon("settings")}{app.words(|t| t.chat.options)}</button>
                        <button class="wide-only" on:click=move |event| { hide(event); screens::show_help(app) }>{icon("keys")}{app.words(|t| t.shell.help)}<kbd>"?"</kbd></button>
                    </div>
                </div>
            </header>
            <Thread app />
            <Notices app />
            <Composer app />
            <aside class="panel" id="options" popover="auto" aria-label=app.words(|t| t.chat.options)><vf-place data-kind="options"></vf-place></aside>
            <aside class="panel" id="sent" popover="auto" aria-label=app.words(|t| t.chat.sent)><vf-place data-kind="next"></vf-place></aside>
        </main>
    }
}

/// Opens the sidebar on a phone.
#[component]
pub fn MenuButton(app: App) -> impl IntoView {
    view! {
        <button class="tool menu-button" popovertarget="sidebar" aria-label=app.words(|t| t.shell.open_sidebar)>
            {icon("menu")}
        </button>
    }
}
