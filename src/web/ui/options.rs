//! What a conversation sets for itself.

use super::icon::small_icon;
use super::sidebar::hide_popover;
use crate::settings::Middle;
use crate::text::between;
use crate::web::app::App;
use crate::web::chats;
use leptos::prelude::*;

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
    let told = RwSignal::new(String::new());
    // What is out of range is brought into it and that is said, what is no number changes nothing, and what was
    // understood is shown.
    let read = move |field: &web_sys::HtmlInputElement, least: f64, most: f64, old: Option<f64>| {
        let typed = field.value_as_number();
        let understood = match typed {
            n if n.is_finite() => Some(between(n, least, most)),
            _ if field.check_validity() => None,
            _ => old,
        };
        let shown = number(understood);
        field.set_value(&shown);
        told.set(match understood {
            Some(n) if typed.is_finite() && n != typed => (app.t_now().chat.out_of_range)(&shown),
            _ => String::new(),
        });
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
            <p class="wrong" role="status">{move || told.get()}</p>
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
