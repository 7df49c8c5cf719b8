//! The model picker: all connections, all their models, with search.

use super::icon::{icon, small_icon};
use super::live::{flag, shown, text};
use super::sidebar::{hide_popover, opens};
use crate::route::{Page, Route};
use crate::text::lowered;
use crate::web::app::App;
use crate::web::chats;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

/// Models of a connection that are listed at most; the search finds the others.
const MOST: usize = 100;

/// One line of the list.
#[derive(Clone, PartialEq)]
struct Choice {
    /// The connection's name, over its models.
    name: String,
    connection: String,
    model: String,
    shown: String,
    selected: bool,
}

/// The model in use, and the list from which another is chosen.
#[component]
pub fn Picker(app: App) -> impl IntoView {
    let query = RwSignal::new(String::new());
    // The line that the arrow keys have reached.
    let active = RwSignal::new(0usize);
    let label = move || {
        let (connection, model) = app.choice();
        match connection.id.as_str() {
            "demo" => app.t().chat.demo.to_owned(),
            _ if model.is_empty() => app.t().chat.choose_model.to_owned(),
            _ => model,
        }
    };
    let choices = Memo::new(move |_| choices(app, query.get().trim()));
    let choose = move |at: usize| {
        let Some(choice) = choices.read_untracked().get(at).cloned() else {
            return;
        };
        hide_popover("models");
        chats::set_options(app, move |options| {
            options.connection = choice.connection;
            options.model = choice.model;
        });
    };
    let on_toggle = move |event: web_sys::Event| {
        if opens(&event) {
            query.set(String::new());
            let selected = choices
                .read_untracked()
                .iter()
                .position(|choice| choice.selected);
            active.set(selected.unwrap_or_default());
            show_active(active.get_untracked());
        }
    };
    let on_key = move |event: web_sys::KeyboardEvent| {
        let last = choices.read_untracked().len().saturating_sub(1);
        let at = active.get_untracked().min(last);
        match event.key().as_str() {
            _ if super::message::composing(&event) => return,
            "ArrowDown" => active.set(if at == last { 0 } else { at + 1 }),
            "ArrowUp" => active.set(if at == 0 { last } else { at - 1 }),
            "Enter" => choose(at),
            _ => return,
        }
        event.prevent_default();
        show_active(active.get_untracked());
    };
    let line = move |at: usize, choice: &Choice| {
        view! {
            <div role="option" id=format!("model-{at}") aria-selected=choice.selected.to_string()
                data-active=flag(move || (active.get() == at).then_some("")) on:click=move |_| choose(at)>
                {small_icon("tick")}<span>{choice.shown.clone()}</span>
            </div>
        }
    };
    let lines = move || {
        let all = choices.read();
        let mut at = 0;
        let groups = all.chunk_by(|a, b| a.connection == b.connection).map(|group| {
            let (name, label) = (group[0].name.clone(), group[0].name.clone());
            let lines = group.iter().map(|choice| {
                at += 1;
                line(at - 1, choice)
            });
            view! { <div role="group" aria-label=label><span aria-hidden="true">{name}</span>{lines.collect_view()}</div> }
        });
        groups.collect_view()
    };
    let connect = Route::Settings(Page::Connections(Some("new".to_owned()))).hash();
    let only_demo = move || app.connections.read().len() < 2;
    view! {
        <button type="button" class="tool model" id="model" popovertarget="models" aria-haspopup="listbox"
            aria-label=text(move || format!("{}: {}", app.t().chat.model, label()))>
            <span>{text(label)}</span>{small_icon("down")}
        </button>
        <div class="picker" id="models" popover="auto" on:toggle=on_toggle>
            <div class="side-search">
                {icon("find")}
                <input type="search" id="model-search" autofocus=!super::composer::coarse() autocomplete="off" role="combobox" aria-expanded="true" aria-controls="model-list"
                    aria-activedescendant=text(move || format!("model-{}", active.get()))
                    placeholder=app.words(|t| t.chat.search_models) aria-label=app.words(|t| t.chat.search_models)
                    prop:value=move || query.get() on:keydown=on_key
                    on:input:target=move |event| { active.set(0); query.set(event.target().value()) }/>
            </div>
            <div role="listbox" id="model-list" aria-label=app.words(|t| t.chat.model)>{lines}</div>
            {shown(move || choices.read().is_empty(), move || view! { <p class="none" role="status">{app.words(|t| t.chat.no_models)}</p> })}
            {shown(only_demo, move || view! {
                <a class="none" href=connect.clone() on:click=move |_| hide_popover("models")>{app.words(|t| t.chat.connect)}</a>

            })}
        </div>
    }
}

/// What there is to choose from. A name that is typed can be used though no server has listed it.
fn choices(app: App, wanted: &str) -> Vec<Choice> {
    let lower = lowered(wanted);
    let words = &app.t().chat;
    let (now, model_now) = app.choice();
    let mut all = Vec::new();
    for connection in app.connections.read().iter() {
        let demo = connection.id == "demo";
        let name = if demo { words.demo } else { &connection.name };
        let listed = connection.models.iter().map(|model| model.id.as_str());
        let own = Some(connection.model.as_str()).filter(|own| {
            !own.is_empty() && !connection.models.iter().any(|known| known.id == *own)
        });
        let fits = |text: &str| lower.is_empty() || lowered(text).contains(&lower);
        let found = own
            .into_iter()
            .chain(listed)
            .filter(|model| fits(model) || fits(name));
        let mut found: Vec<&str> = found.take(MOST).collect();
        let known = found.contains(&wanted);
        if !demo && !wanted.is_empty() && !known {
            found.push(wanted);
        }
        for model in found {
            all.push(Choice {
                name: name.to_owned(),
                connection: connection.id.clone(),
                model: model.to_owned(),
                shown: match model {
                    _ if demo => words.demo_note.to_owned(),
                    _ if model == wanted && !known => (words.type_model)(model),
                    _ => model.to_owned(),
                },
                selected: connection.id == now.id && model == model_now,
            });
        }
    }
    all
}

/// Keeps the line in view that the arrow keys have reached.
fn show_active(at: usize) {
    leptos::task::spawn_local(async move {
        crate::web::clock::frame().await;
        let line = document().get_element_by_id(&format!("model-{at}"));
        if let Some(line) = line.and_then(|line| line.dyn_into::<web_sys::HtmlElement>().ok()) {
            let options = web_sys::ScrollIntoViewOptions::new();
            options.set_block(web_sys::ScrollLogicalPosition::Nearest);
            line.scroll_into_view_with_scroll_into_view_options(&options);
        }
    });
}
