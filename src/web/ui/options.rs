//! What a conversation sets for itself, in its panel: temperature, longest output, system prompt, memory, the middle.

use super::icon::small_icon;
use super::place::on_toggle;
use super::sidebar::hide_popover;
use crate::chat::Options;
use crate::i18n::options::Words;
use crate::record::conversation;
use crate::settings::Middle;
use crate::text::between;
use crate::watch::wire::{Own, ToChat};
use crate::web::app::App;
use crate::web::rest;
use leptos::prelude::*;
use leptos::task::spawn_local;
use web_sys::{HtmlElement, HtmlInputElement};

#[derive(Clone, Copy)]
struct Panel {
    app: App,
    options: RwSignal<Options>,
    temporary: RwSignal<bool>,
    /// What was brought into its range.
    told: RwSignal<String>,
}

/// The panel that the place is in: read anew each time that it opens.
pub fn view(app: App, place: &HtmlElement) -> AnyView {
    let panel = Panel {
        app,
        options: RwSignal::new(Options::default()),
        temporary: RwSignal::new(false),
        told: RwSignal::new(String::new()),
    };
    on_toggle(place, move |opens| {
        if opens {
            panel.look();
        }
    });
    panel.draw()
}

impl Panel {
    fn look(self) {
        spawn_local(async move {
            let own = rest::tell(&ToChat::Options).await;
            if let Some(own) = own.and_then(|text| Own::read(&text)) {
                let _ = self.options.try_set(conversation::options(&own.options));
                let _ = self.temporary.try_set(own.temporary);
                let _ = self.told.try_set(String::new());
            }
        });
    }

    fn set(self, change: impl FnOnce(&mut Options)) {
        self.options.update(change);
        let row = conversation::write_options(&self.options.get_untracked(), &Default::default());
        spawn_local(async move {
            rest::tell(&ToChat::Set(row)).await;
        });
    }

    /// What is out of range is brought into it and that is said, what is no number changes nothing, and what was
    /// understood is shown.
    fn read(
        self,
        field: &HtmlInputElement,
        least: f64,
        most: f64,
        old: Option<f64>,
    ) -> Option<f64> {
        let typed = field.value_as_number();
        let understood = match typed {
            n if n.is_finite() => Some(between(n, least, most)),
            _ if field.check_validity() => None,
            _ => old,
        };
        let shown = number(understood);
        field.set_value(&shown);
        self.told.set(match understood {
            Some(n) if typed.is_finite() && n != typed => {
                (Words::of(self.app.lang.get_untracked()).out_of_range)(&shown)
            }
            _ => String::new(),
        });
        understood
    }

    fn draw(self) -> AnyView {
        let Self {
            app,
            options,
            temporary,
            told,
        } = self;
        let words = move |word: fn(&Words) -> &'static str| move || word(Words::of(app.lang.get()));
        let summarises = move || {
            let settings = app.settings.read();
            settings.middle_of(&options.get(), temporary.get()) == Middle::Summarise
        };
        view! {
            <div class="panel-title">
                <h2>{app.words(|t| t.chat.options)}</h2>
                <button class="tool" autofocus aria-label=app.words(|t| t.shell.close) on:click=move |_| hide_popover("options")>{small_icon("cross")}</button>
            </div>
            <label class="field"><span>{words(|t| t.system)}</span>
                <textarea class="input" id="option-system" rows="4" placeholder=words(|t| t.system_hint) prop:value=move || options.get().system
                    on:change:target=move |event| {
                        let words = event.target().value().trim().to_owned();
                        self.set(move |options| options.system = words);
                    }></textarea>
            </label>
            <label class="field"><span>{words(|t| t.temperature)}</span>
                <input class="input" id="option-temperature" type="number" min="0" max="2" step="0.1" prop:value=move || number(options.get().temperature)
                    on:change:target=move |event| {
                        let old = options.get_untracked().temperature;
                        let read = self.read(&event.target(), 0.0, 2.0, old);
                        self.set(move |options| options.temperature = read);
                    }/>
                <span class="hint-line">{words(|t| t.temperature_hint)}</span>
            </label>
            <label class="field"><span>{words(|t| t.max_output)}</span>
                <input class="input" id="option-max-output" type="number" min="1" step="1" prop:value=move || number(options.get().max_output.map(f64::from))
                    on:change:target=move |event| {
                        let old = options.get_untracked().max_output.map(f64::from);
                        let read = self.read(&event.target(), 1.0, 1e9, old).map(|n| n as u32);
                        self.set(move |options| options.max_output = read);
                    }/>
                <span class="hint-line">{words(|t| t.max_output_hint)}</span>
            </label>
            <p class="wrong" role="status">{move || told.get()}</p>
            <label class="check"><input type="checkbox" id="option-forgetful" prop:checked=move || options.get().forgetful
                on:change:target=move |event| {
                    let forgetful = event.target().checked();
                    self.set(move |options| options.forgetful = forgetful);
                }/>{words(|t| t.forgetful)}</label>
            <label class="check"><input type="checkbox" id="option-summarise" disabled=move || temporary.get() prop:checked=summarises
                on:change:target=move |event| {
                    let middle = if event.target().checked() { Middle::Summarise } else { Middle::Cut };
                    self.set(move |options| options.middle = Some(middle));
                }/>{words(|t| t.summarise)}</label>
        }
        .into_any()
    }
}

/// A number as the browser writes it.
fn number(n: Option<f64>) -> String {
    n.and_then(|n| js_sys::Number::from(n).to_string_with_radix(10).ok())
        .map(String::from)
        .unwrap_or_default()
}
