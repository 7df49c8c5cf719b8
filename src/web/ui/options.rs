//! What a conversation sets for itself, and what its next request carries.

use super::icon::icon;
use super::sidebar::{hide_popover, opens};
use crate::chat::Options;
use crate::prompt;
use crate::provider::{self, Api};
use crate::text::decimal;
use crate::web::app::App;
use crate::web::chats;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// Temperature, longest output, system prompt of the open conversation.
#[component]
pub fn OptionsPanel(app: App) -> impl IntoView {
    let options = Memo::new(move |_| match app.open.get() {
        Some(open) => open.row.read().options.clone(),
        None => app.fresh.get(),
    });
    let number = |n: Option<f64>| n.map(|n| n.to_string()).unwrap_or_default();
    let set = move |change: fn(&mut Options, &str), value: String| {
        chats::set_options(app, move |options| change(options, &value));
    };
    view! {
        <aside class="panel" id="options" popover="auto" aria-label=move || app.t().chat.options>
            <div class="panel-title">
                <h2>{move || app.t().chat.options}</h2>
                <button class="tool" aria-label=move || app.t().shell.close on:click=move |_| hide_popover("options")>{icon("cross")}</button>
            </div>
            <label class="field"><span>{move || app.t().chat.system}</span>
                <textarea class="input" id="option-system" rows="4" placeholder=move || app.t().chat.system_hint prop:value=move || options.get().system
                    on:change:target=move |event| set(|options, value| options.system = value.trim().to_owned(), event.target().value())></textarea>
            </label>
            <label class="field"><span>{move || app.t().chat.temperature}</span>
                <input class="input" id="option-temperature" type="number" min="0" max="2" step="0.1" prop:value=move || number(options.get().temperature)
                    on:change:target=move |event| set(|options, value| options.temperature = decimal(value.trim()).filter(|t| (0.0..=2.0).contains(t)), event.target().value())/>
                <span class="hint-line">{move || app.t().chat.temperature_hint}</span>
            </label>
            <label class="field"><span>{move || app.t().chat.max_output}</span>
                <input class="input" id="option-max-output" type="number" min="1" step="1" prop:value=move || number(options.get().max_output.map(f64::from))
                    on:change:target=move |event| set(|options, value| options.max_output = value.parse().ok().filter(|n| *n > 0), event.target().value())/>
                <span class="hint-line">{move || app.t().chat.max_output_hint}</span>
            </label>
        </aside>
    }
}

/// The exact request that the next message goes out with. The key is left out.
#[component]
pub fn SentPanel(app: App) -> impl IntoView {
    let shown = RwSignal::new((String::new(), 0));
    let look = move |event: web_sys::Event| {
        if !opens(&event) {
            return;
        }
        spawn_local(async move {
            let Some(open) = app.open.get_untracked() else {
                return shown.set((app.t_now().chat.sent_none.to_owned(), 0));
            };
            let Ok(path) = chats::branch(&open, 400).await else {
                return;
            };
            let (connection, model) = app.choice_now();
            let options = open.row.read_untracked().options.clone();
            let prompt = prompt::assemble(&path, &options, &model, 100_000);
            let words = match connection.api {
                Api::Demo => pretty(
                    &provider::encode(
                        &provider::Connection {
                            base: "http://demo.invalid".into(),
                            api: Api::Chat,
                            ..connection
                        },
                        &prompt.ask,
                    )
                    .map(|r| r.body)
                    .unwrap_or_default(),
                ),
                _ => match provider::encode(
                    &provider::Connection {
                        key: String::new(),
                        ..connection
                    },
                    &prompt.ask,
                ) {
                    Ok(request) => format!(
                        "{} {}\n\n{}",
                        request.method,
                        request.url,
                        pretty(&request.body)
                    ),
                    Err(fault) => crate::i18n::sentence(app.lang.get_untracked(), &fault),
                },
            };
            shown.set((words, prompt.omitted.len()));
        });
    };
    view! {
        <aside class="panel" id="sent" popover="auto" aria-label=move || app.t().chat.sent on:toggle=look>
            <div class="panel-title">
                <h2>{move || app.t().chat.sent}</h2>
                <button class="tool" aria-label=move || app.t().shell.close on:click=move |_| hide_popover("sent")>{icon("cross")}</button>
            </div>
            <p class="sub">{move || app.t().chat.sent_lede}</p>
            {move || (shown.read().1 > 0).then(|| view! { <p class="sub">{(app.t().chat.sent_omitted)(shown.read().1)}</p> })}
            <pre>{move || shown.read().0.clone()}</pre>
        </aside>
    }
}

fn pretty(json: &str) -> String {
    serde_json::from_str::<serde_json::Value>(json)
        .and_then(|value| serde_json::to_string_pretty(&value))
        .unwrap_or_else(|_| json.to_owned())
}
