//! The model picker: all connections, all their models, with search.

use super::icon::{icon, small_icon};
use super::sidebar::{hide_popover, place_menu};
use crate::web::app::App;
use crate::web::chats;
use leptos::prelude::*;

/// The model in use, and the list from which another is chosen.
#[component]
pub fn Picker(app: App) -> impl IntoView {
    let query = RwSignal::new(String::new());
    let label = move || {
        let (connection, model) = app.choice();
        match connection.id.as_str() {
            "demo" => app.t().chat.demo.to_owned(),
            _ if model.is_empty() => app.t().chat.choose_model.to_owned(),
            _ => model,
        }
    };
    let choose = move |connection: String, model: String| {
        hide_popover("models");
        query.set(String::new());
        chats::set_options(app, move |options| {
            options.connection = connection;
            options.model = model;
        });
    };
    let groups = move || {
        let wanted = query.get().trim().to_lowercase();
        let (now, model_now) = app.choice();
        let connections = app.connections.get();
        let mut groups = Vec::new();
        for connection in connections.iter() {
            let is_demo = connection.id == "demo";
            let mut models: Vec<String> = connection
                .models
                .iter()
                .map(|model| model.id.clone())
                .collect();
            if !connection.model.is_empty() && !models.contains(&connection.model) {
                models.insert(0, connection.model.clone());
            }
            models.retain(|model| {
                wanted.is_empty()
                    || model.to_lowercase().contains(&wanted)
                    || connection.name.to_lowercase().contains(&wanted)
            });
            let typed = query.get().trim().to_owned();
            if !typed.is_empty() && !is_demo && !models.contains(&typed) {
                models.push(typed);
            }
            if models.is_empty() {
                continue;
            }
            let name = if is_demo {
                app.t().chat.demo.to_owned()
            } else {
                connection.name.clone()
            };
            let options = models.into_iter().take(200).map(|model| {
                let selected = connection.id == now.id && model == model_now;
                let (id, chosen) = (connection.id.clone(), model.clone());
                let shown = if is_demo { app.t().chat.demo_note.to_owned() } else { model };
                view! {
                    <button role="option" type="button" aria-selected=selected.to_string() on:click=move |_| choose(id.clone(), chosen.clone())>
                        {small_icon("tick")}<span>{shown}</span>
                    </button>
                }
            });
            groups.push(view! { <div role="group" aria-label=name.clone()><span>{name.clone()}</span>{options.collect_view()}</div> });
        }
        match groups.is_empty() {
            true => view! { <p class="none">{app.t().chat.no_models}</p> }.into_any(),
            false => groups.collect_view().into_any(),
        }
    };
    view! {
        <button type="button" class="tool model" id="model" popovertarget="models" aria-haspopup="listbox" title=move || app.t().chat.choose_model>
            <span>{label}</span>{small_icon("down")}
        </button>
        <div class="picker" id="models" popover="auto" on:toggle=move |event| place_menu(&event)>
            <div class="side-search">
                {icon("search")}
                <input type="search" id="model-search" autofocus placeholder=move || app.t().chat.search_models aria-label=move || app.t().chat.search_models
                    prop:value=move || query.get() on:input:target=move |event| query.set(event.target().value())/>
            </div>
            <div role="listbox" aria-label=move || app.t().chat.model>{groups}</div>
        </div>
    }
}
