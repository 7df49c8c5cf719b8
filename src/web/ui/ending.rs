//! What stands under the words of a reply: what it waits for, how it ended, what can be done about it.

use super::icon::{icon, small_icon};
use super::live::{shown, text, whether};
use super::time;
use crate::chat::Message;
use crate::i18n::{self, Strings};
use crate::markdown::SHOWN;
use crate::reply::End;
use crate::route::{CHECK, Page, Route};
use crate::text::marked;
use crate::web::app::{App, Row};
use crate::web::clock;
use crate::web::turn::{self, State, Waiting};
use leptos::prelude::*;

/// What a reply waits for, counted in seconds.
#[component]
pub fn WaitingLine(app: App, waiting: Option<Waiting>) -> impl IntoView {
    let here = waiting.is_some();
    let now = RwSignal::new(clock::ticks());
    let tick = set_interval_with_handle(
        move || now.set(clock::ticks()),
        std::time::Duration::from_secs(1),
    );
    on_cleanup(move || {
        if let Ok(tick) = tick {
            tick.clear();
        }
    });
    let words = Memo::new(move |_| {
        let words = &app.t().chat;
        let passed = |since: f64| ((now.get() - since).max(0.0) / 1000.0) as u32;
        let Some(waiting) = &waiting else {
            return Some(words.busy_elsewhere.to_owned());
        };
        Some(match waiting.0.get()? {
            State::Silent(since) if passed(since) < 2 => words.thinking.to_owned(),
            State::Silent(since) => (words.waiting)(passed(since)),
            State::Mute(since) => (words.alive_but_silent)(passed(since)),
            State::Retry(n, at) => {
                (words.retrying)(n, 2, (((at - now.get()) / 1000.0).ceil().max(0.0)) as u32)
            }
        })
    });
    let said = whether(move || words.read().is_some());
    view! {
        {shown(move || said.get(), move || view! {
            <p class="waiting figure">
                <span>{text(move || words.get().unwrap_or_default())}</span>
                {here.then(|| view! {
                    <span class="dot">"·"</span>
                    <button class="link" data-action="stop" on:click=move |_| super::composer::stop(app)>{app.words(|t| t.chat.stop)}</button>
                })}
            </p>

            })}
    }
}

/// How a reply ended, where that is not simply "complete", and what to do.
#[component]
pub fn Ending(app: App, row: Row) -> impl IntoView {
    let retry = row.message.clone();
    move || {
        let message = row.message.get();
        let end = message.end?;
        let words = app.t();
        let again = retry.clone();
        let again = move |_| turn::regenerate(app, (*again.get_untracked()).clone());
        let Some(fault) = &message.fault else {
            let quiet = end == End::Complete && message.garbled == 0 && message.text.len() <= SHOWN;
            return (!quiet).then(|| {
                view! {
                    <p class="end-note">
                        <span>{end_words(words, &message)}</span><span class="dot">"·"</span>
                        <button class="link" data-action="retry" on:click=again>{words.chat.retry}</button>
                    </p>
                }
                .into_any()
            });
        };
        let (what, help) = i18n::fault_parts(app.lang.get(), fault);
        let settings = (fault.kind.of_connection(), app.choice_now().0.id);
        let settings = match settings {
            (true, id) if id != "demo" => {
                let check = [CHECK, &id].concat();
                Some(Route::Settings(Page::Connections(Some(check))).hash())
            }
            _ => None,
        };
        Some(
            view! {
                <div class="fault" role="alert">
                    <p>{small_icon("cross")}<span>{what}</span></p>
                    {(!help.is_empty()).then(|| view! { <p>{help}</p> })}
                    {(!fault.message.is_empty()).then(|| view! { <blockquote>{marked(&fault.message)}</blockquote> })}
                    {fault.status.map(|status| view! { <p class="figure">{format!("HTTP {status}")}</p> })}
                    <div class="actions">
                        <button class="button" data-action="retry" on:click=again>{icon("retry")}{words.chat.retry}</button>
                        {settings.map(|href| view! { <a class="button" href=href>{icon("settings")}{words.shell.connections}</a> })}
                    </div>
                </div>
            }
            .into_any(),
        )
    }
}

/// Why a reply ended, in words.
pub fn end_words(words: &Strings, message: &Message) -> String {
    let note = match message.end {
        Some(End::Cut) if message.left => words.chat.page_left,
        Some(end) => (words.chat.end_notes)(end),
        None => "",
    };
    let mut all = vec![note.to_owned()];
    if !message.tools.is_empty() {
        all.push((words.chat.tool_wanted)(&message.tools.join(", ")));
    }
    if matches!(
        message.end,
        Some(End::Unknown | End::Filtered | End::Refused | End::Paused)
    ) && !message.end_raw.is_empty()
    {
        all.push((words.chat.raw_reason)(&message.end_raw));
    }
    if message.garbled > 0 {
        all.push((words.chat.garbled)(message.garbled));
    }
    if message.text.len() > SHOWN {
        let megabytes = time::tenths((message.text.len() / 1000) as u32);
        all.push((words.chat.too_long)(&megabytes));
    }
    all.retain(|part| !part.is_empty());
    all.join(" · ")
}
