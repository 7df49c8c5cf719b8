//! What a conversation sets for itself, and what its next request carries.

use super::icon::{icon, small_icon};
use super::sidebar::{hide_popover, opens};
use crate::chat::{Message, Options, Role};
use crate::prompt;
use crate::provider::{self, Api, Connection};
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
                <button class="tool" aria-label=move || app.t().shell.close on:click=move |_| hide_popover("options")>{small_icon("cross")}</button>
            </div>
            <label class="field"><span>{move || app.t().chat.system}</span>
                <textarea class="input" id="option-system" rows="4" placeholder=move || app.t().chat.system_hint prop:value=move || options.get().system
                    on:change:target=move |event| set(|options, value| options.system = value.trim().to_owned(), event.target().value())></textarea>
            </label>
            <label class="field"><span>{move || app.t().chat.temperature}</span>
                <input class="input" id="option-temperature" type="number" min="0" max="2" step="0.1" prop:value=move || number(options.get().temperature)
                    on:change:target=move |event| set(|options, value| options.temperature = value.parse().ok().filter(|t| (0.0..=2.0).contains(t)), event.target().value())/>
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
        if opens(&event) {
            spawn_local(async move {
                if let Some(next) = next_request(app).await {
                    shown.set(next);
                }
            });
        }
    };
    let lines = move || shown.read().0.clone();
    view! {
        <aside class="panel" id="sent" popover="auto" aria-label=move || app.t().chat.sent on:toggle=look>
            <div class="panel-title">
                <h2>{move || app.t().chat.sent}</h2>
                <button class="tool" aria-label=move || app.t().shell.close on:click=move |_| hide_popover("sent")>{small_icon("cross")}</button>
            </div>
            <p class="sub">{move || if lines().is_empty() { app.t().chat.sent_none } else { app.t().chat.sent_lede }}</p>
            <Show when=move || app.choice().0.api == Api::Demo><p class="sub">{move || app.t().chat.sent_demo}</p></Show>
            <Show when=move || { shown.read().1 > 0 }><p class="sub">{move || (app.t().chat.sent_omitted)(shown.read().1)}</p></Show>
            <Show when=move || !lines().is_empty()>
                <div class="code"><div class="code-head">"HTTP"
                    <button class="tool" aria-label=move || app.t().chat.copy data-action="copy" on:click=move |event| super::thread::copy(app, lines(), super::thread::button(&event))>{icon("copy")}</button>
                </div><pre tabindex="0"><code>{lines}</code></pre></div>
            </Show>
        </aside>
    }
}

/// The next request as it would go out now, with what stands in the composer, and how many messages it
/// leaves out. Empty where there is nothing to send.
async fn next_request(app: App) -> Option<(String, usize)> {
    let (mut path, options) = match app.open.get_untracked() {
        Some(open) => (
            chats::branch(&open, 400).await.ok()?,
            open.row.read_untracked().options.clone(),
        ),
        None => (Vec::new(), app.fresh.get_untracked()),
    };
    let words = super::composer::words();
    if !words.trim().is_empty() {
        let seq = path.last().map_or(1, |last| last.seq + 1);
        path.push(Message {
            text: words,
            ..Message::new(Role::User, seq, seq - 1)
        });
    }
    let (connection, model) = app.choice_now();
    let prompt = prompt::assemble(&path, &options, &model, 100_000);
    if prompt.ask.turns.is_empty() {
        return Some((String::new(), 0));
    }
    let demo = connection.api == Api::Demo;
    let connection = match demo {
        true => Connection {
            base: "http://demo.invalid".into(),
            ..Connection::default()
        },
        false => Connection {
            key: String::new(),
            ..connection
        },
    };
    let text = match provider::encode(&connection, &prompt.ask) {
        Ok(request) if demo => pretty(&request.body),
        Ok(request) => {
            let body = pretty(&request.body);
            format!("{} {}\n\n{body}", request.method, request.url)
        }
        Err(fault) => crate::i18n::sentence(app.lang.get_untracked(), &fault),
    };
    Some((text, prompt.omitted.len()))
}

fn pretty(json: &str) -> String {
    serde_json::from_str::<serde_json::Value>(json)
        .and_then(|value| serde_json::to_string_pretty(&value))
        .unwrap_or_else(|_| json.to_owned())
}
