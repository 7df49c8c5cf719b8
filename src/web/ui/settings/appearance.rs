//! Language, theme, contrast, text size, the Enter key, patience, shortcuts.

use super::remembering::Remembering;
use crate::settings::{Contrast, Language, RestWay, Settings, Size, Theme};
use crate::text::between;
use crate::web::app::{App, db, notify};
use crate::web::tabs::Notice;
use crate::web::ui::help::KeyTable;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::sync::Arc;

/// The page of the settings.
#[component]
pub fn Appearance(app: App) -> impl IntoView {
    let words = move || app.lang.get().settings();
    let rest = move || app.lang.get().unfinished();
    view! {
            <section class="section">
                <h2>{move || words().appearance}</h2>
                <Choice name="language" label=move || words().language
                    options=move || vec![(Language::Auto, words().auto), (Language::Zh, "中文"), (Language::En, "English")]
                    now=move || app.settings.read().language set=move |v| change(app, move |s| s.language = v) />
                <Choice name="theme" label=move || words().theme
                    options=move || vec![(Theme::Auto, words().auto), (Theme::Light, words().light), (Theme::Dark, words().dark)]
                    now=move || app.settings.read().theme set=move |v| change(app, move |s| s.theme = v) />
                <Choice name="contrast" label=move || words().contrast
                    options=move || vec![(Contrast::Auto, words().auto), (Contrast::High, words().high)]
                    now=move || app.settings.read().contrast set=move |v| change(app, move |s| s.contrast = v) />
                <Choice name="size" label=move || words().size
                    options=move || vec![(Size::Small, words().small), (Size::Normal, words().normal), (Size::Large, words().large), (Size::Huge, words().larger)]
                    now=move || app.settings.read().size set=move |v| change(app, move |s| s.size = v) />
                <Choice name="enter" label=move || words().sending
                    options=move || vec![(true, words().enter_sends), (false, words().enter_breaks)]
                    now=move || app.settings.read().enter_sends set=move |v| change(app, move |s| s.enter_sends = v) />
                <label class="setting"><span>{move || words().patience}</span>
                    <input class="input" id="patience" type="number" min="10" max="600" prop:value=move || app.settings.read().silence_seconds.to_string()
                        on:change:target=move |event| set_patience(app, &event.target()) />
                    <span class="hint-line">{move || words().patience_hint}</span>
                </label>
            </section>
            <Remembering app />
            <section class="section" id="rest-settings">
                <h3>{move || rest().button}</h3>
                <Choice name="rest-way" label=move || rest().setting
                    options=move || vec![(RestWay::Best, rest().best), (RestWay::Prefill, rest().by_prefill), (RestWay::Ask, rest().by_asking), (RestWay::Again, rest().again)]
                    now=move || app.settings.read().rest_way set=move |v| change(app, move |s| s.rest_way = v) />
                <p class="hint-line">{move || rest().setting_hint}</p>
                <Choice name="auto-continue" label=move || rest().auto
                    options=move || vec![(false, rest().off), (true, rest().on)]
                    now=move || app.settings.read().auto_continue set=move |v| change(app, move |s| s.auto_continue = v) />
                <p class="hint-line">{move || rest().auto_hint}</p>
            </section>
            <section class="section">
                <h3>{move || words().keys}</h3>
                <KeyTable app />
            </section>
    }
}

/// One of a few.
#[component]
pub fn Choice<T, L, O, N, S>(
    name: &'static str,
    label: L,
    options: O,
    now: N,
    set: S,
) -> impl IntoView
where
    T: Copy + PartialEq + Send + Sync + 'static,
    L: Fn() -> &'static str + Clone + Send + 'static,
    O: Fn() -> Vec<(T, &'static str)> + Send + 'static,
    N: Fn() -> T + Copy + Send + Sync + 'static,
    S: Fn(T) + Copy + Send + Sync + 'static,
{
    view! {
        <fieldset class="setting">
            <legend class="visually-hidden">{label.clone()}</legend>
            <span aria-hidden="true">{label}</span>
            <div class="segmented">
                {move || options().into_iter().enumerate().map(|(at, (value, words))| view! {
                    <label><input type="radio" name=name id=format!("{name}-{at}") prop:checked=move || now() == value on:change=move |_| set(value)/>{words}</label>
                }).collect_view()}
            </div>
        </fieldset>
    }
}

fn set_patience(app: App, field: &web_sys::HtmlInputElement) {
    // As the browser reads it: 1e9 is a number, and so is 45.5.
    let number = field.value_as_number();
    if number.is_finite() {
        let (least, most) = Settings::SILENCE;
        let seconds = between(number.round(), least.into(), most.into()) as u32;
        change(app, move |settings| settings.silence_seconds = seconds);
    }
    let understood = app.settings.read_untracked().silence_seconds;
    field.set_value(&understood.to_string());
}

/// Changes the settings, shows and keeps them.
pub fn change(app: App, set: impl Fn(&mut Settings) + 'static) {
    let mut settings = (*app.settings.get_untracked()).clone();
    set(&mut settings);
    app.settings.set(Arc::new(settings));
    spawn_local(async move {
        match db().change_settings(&set).await {
            Ok(settings) => {
                app.settings.set(Arc::new(settings));
                notify(&Notice::Changed {
                    store: "kv".to_owned(),
                    key: "settings".to_owned(),
                    rev: 0,
                });
            }
            Err(fault) => app.fault(&fault),
        }
    });
}
