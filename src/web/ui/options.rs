//! What a conversation sets for itself, and what its next request carries.

use super::icon::{icon, small_icon};
use super::live::{shown, text};
use super::sidebar::{hide_popover, opens};
use crate::chat::{Message, Options, Role};
use crate::prompt;
use crate::provider::{self, Api, Connection};
use crate::settings::Middle;
use crate::text::between;
use crate::web::app::App;
use crate::web::{chats, turn};
use leptos::prelude::*;
use leptos::task::spawn_local;

/// Temperature, longest output, system prompt of the open conversation.
#[component]
pub fn OptionsPanel(app: App) -> impl IntoView {
    let options = Memo::new(move |_| match app.open.get() {
        Some(open) => open.row.read().options.clone(),
        None => app.fresh.get(),
    });
    let temporary = move || {
        let open = app.open.read();
        open.as_ref()
            .map_or_else(|| app.temporary.get(), |open| open.temporary)
    };
    let summarises = move || {
        let settings = app.settings.read();
        settings.middle_of(&options.get(), temporary()) == Middle::Summarise
    };
    // The browser reads and writes the number: Rust's own tables for that weigh too much here.
    let number = |n: Option<f64>| {
        n.and_then(|n| js_sys::Number::from(n).to_string_with_radix(10).ok())
            .map(String::from)
            .unwrap_or_default()
    };
    // What is out of range is brought into it, what is no number changes nothing, and what was understood is shown.
    let read = move |field: &web_sys::HtmlInputElement, least: f64, most: f64, old: Option<f64>| {
        let understood = match field.value_as_number() {
            n if n.is_finite() => Some(between(n, least, most)),
            _ if field.check_validity() => None,
            _ => old,
        };
        field.set_value(&number(understood));
        understood
    };
    view! {
        <aside class="panel" id="options" popover="auto" aria-label=app.words(|t| t.chat.options)>
            <div class="panel-title">
                <h2>{app.words(|t| t.chat.options)}</h2>
                <button class="tool" autofocus aria-label=app.words(|t| t.shell.close) on:click=move |_| hide_popover("options")>{small_icon("cross")}</button>
            </div>
            <label class="field"><span>{app.words(|t| t.chat.system)}</span>
                <textarea class="input" id="option-system" rows="4" placeholder=app.words(|t| t.chat.system_hint) prop:value=move || options.get().system
                    on:change:target=move |event| {
                        let words = event.target().value().trim().to_owned();
                        chats::set_options(app, move |options| options.system = words);
                    }></textarea>
            </label>
            <label class="field"><span>{app.words(|t| t.chat.temperature)}</span>
                <input class="input" id="option-temperature" type="number" min="0" max="2" step="0.1" prop:value=move || number(options.get().temperature)
                    on:change:target=move |event| {
                        let old = options.get_untracked().temperature;
                        let read = read(&event.target(), 0.0, 2.0, old);
                        chats::set_options(app, move |options| options.temperature = read);
                    }/>
                <span class="hint-line">{app.words(|t| t.chat.temperature_hint)}</span>
            </label>
            <label class="field"><span>{app.words(|t| t.chat.max_output)}</span>
                <input class="input" id="option-max-output" type="number" min="1" step="1" prop:value=move || number(options.get().max_output.map(f64::from))
                    on:change:target=move |event| {
                        let old = options.get_untracked().max_output.map(f64::from);
                        let read = read(&event.target(), 1.0, 1e9, old).map(|n| n as u32);
                        chats::set_options(app, move |options| options.max_output = read);
                    }/>
                <span class="hint-line">{app.words(|t| t.chat.max_output_hint)}</span>
            </label>
            <label class="check"><input type="checkbox" id="option-forgetful" prop:checked=move || options.get().forgetful
                on:change:target=move |event| {
                    let forgetful = event.target().checked();
                    chats::set_options(app, move |options| options.forgetful = forgetful);
                }/>{app.words(|t| t.chat.forgetful)}</label>
            <label class="check"><input type="checkbox" id="option-summarise" disabled=temporary prop:checked=summarises
                on:change:target=move |event| {
                    let middle = if event.target().checked() { Middle::Summarise } else { Middle::Cut };
                    chats::set_options(app, move |options| options.middle = Some(middle));
                }/>{app.words(|t| t.chat.summarise)}</label>
        </aside>
    }
}

/// The exact request that the next message goes out with. The key is left out.
#[component]
pub fn SentPanel(app: App) -> impl IntoView {
    let next = RwSignal::new((String::new(), 0));
    let look = move |event: web_sys::Event| {
        if opens(&event) {
            spawn_local(async move {
                if let Some(request) = next_request(app).await {
                    next.set(request);
                }
            });
        }
    };
    let lines = move || next.read().0.clone();
    view! {
        <aside class="panel" id="sent" popover="auto" aria-label=app.words(|t| t.chat.sent) on:toggle=look>
            <div class="panel-title">
                <h2>{app.words(|t| t.chat.sent)}</h2>
                <button class="tool" autofocus aria-label=app.words(|t| t.shell.close) on:click=move |_| hide_popover("sent")>{small_icon("cross")}</button>
            </div>
            <p class="sub">{move || {
                let words = &app.t().chat;
                match (lines().is_empty(), app.choice().0.api) {
                    (true, _) => words.sent_none,
                    (_, Api::Demo) => words.sent_demo,
                    _ => words.sent_lede,
                }
            }}</p>
            {shown(move || next.read().1 != 0, move || view! { <p class="sub">{text(move || (app.t().chat.sent_omitted)(next.read().1))}</p> })}
            {shown(move || !lines().is_empty(), move || view! {
                <div class="code"><div class="code-head">"HTTP"
                    <button class="tool" aria-label=app.words(|t| t.chat.copy) data-action="copy" on:click=move |event| super::thread::copy(app, lines(), super::thread::button(&event))>{icon("copy")}</button>
                </div><pre tabindex="0"><code>{text(lines)}</code></pre></div>

            })}
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
    let question = path.iter().rev().find(|one| one.role == Role::User);
    let open = app.open.get_untracked();
    let (options, _) = turn::with_memory(app, open.as_ref(), options, question, false, None).await;
    let temporary = open.is_some_and(|open| open.temporary);
    let options = Options {
        middle: Some(app.middle(&options, temporary)),
        ..options
    };
    let budget = prompt::budget(connection.listed(&model).and_then(|one| one.context));
    let prompt = prompt::assemble(&path, &options, &model, budget);
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

/// JSON with line breaks; as it is where it is none.
pub fn pretty(json: &str) -> String {
    serde_json::from_str::<serde_json::Value>(json)
        .and_then(|value| serde_json::to_string_pretty(&value))
        .unwrap_or_else(|_| json.to_owned())
}
