//! One case: the question, the reply to the point where it was cut, what mended it, and why the judge thought so.

use super::list::reason;
use super::{Log, words};
use crate::badcase::{Case, Label};
use crate::chat::Role;
use crate::i18n::{Lang, watch};
use crate::route::Route;
use crate::text;
use crate::watch::Kind;
use crate::web::app::{App, db};
use crate::web::prose::language_of;
use crate::web::rest::changed;
use crate::web::ui::icon::icon;
use crate::web::ui::rest::cut_mark;
use crate::web::ui::{focus, time};
use leptos::prelude::*;
use leptos::task::spawn_local;
use send_wrapper::SendWrapper;
use std::sync::Arc;

/// Letters of the reply that are quoted beside a sign.
const QUOTED: usize = 24;

/// The case that is opened; the first of the list where none is.
pub fn view(log: Log) -> AnyView {
    let shown = move || {
        let shown = log.shown();
        let opened = log.opened.get();
        let case = shown
            .iter()
            .find(|case| case.id == opened)
            .or(shown.first())?;
        Some(article(log, case))
    };
    view! { <div class="reader">{shown}</div> }.into_any()
}

fn article(log: Log, case: &Case) -> AnyView {
    let lang = log.app.lang.get();
    let words = lang.unfinished();
    let asked = case
        .ask
        .turns
        .iter()
        .rev()
        .find(|turn| turn.role == Role::User);
    let asked = asked.map(|turn| turn.text.clone()).unwrap_or_default();
    view! {
        <article class="case" id="case" aria-label=words.case>
            <header class="case-head"><h2>{text::truncate(asked.trim(), 60)}</h2><span class="sub figure">{time::when(lang, case.made)}</span></header>
            <details class="case-question"><summary>{words.question}</summary><p class="case-text" lang=language_of(&asked)>{asked.clone()}</p></details>
            {words::view(log.app, case)}
            {signs(lang, case)}
            {facts(lang, case)}
            {actions(log, case)}
        </article>
    }
    .into_any()
}

fn signs(lang: Lang, case: &Case) -> AnyView {
    let words = lang.unfinished();
    let signs = case.signs.iter().filter(|sign| sign.kind != Kind::End).map(|sign| {
        let quote = quote(case.cut.get(sign.at.clone()).unwrap_or_default());
        view! { <li>{cut_mark("cut")}<span>{watch::sign(lang, sign.kind)}{quote.map(|words| view! { <q lang=language_of(&words)>{words.clone()}</q> })}</span><span class="figure">{format!("{:.2}", f64::from(sign.weight) / 100.0)}</span></li> }
    });
    let signs: Vec<_> = signs.collect();
    let none = signs
        .is_empty()
        .then(|| view! { <li>{icon("tick")}<span>{reason(lang, case)}</span><span></span></li> });
    view! { <ul class="signs" aria-label=words.signs>{signs}{none}</ul> }.into_any()
}

/// The words that a sign is about, where they say more than the sign itself.
fn quote(at: &str) -> Option<String> {
    let line = at.trim_start().lines().next()?.trim_end();
    let letters = line.chars().filter(|c| c.is_alphanumeric()).count();
    // Of a block of code the first line is its language.
    (letters > 1 && !line.starts_with("```")).then(|| text::truncate(line, QUOTED))
}

fn facts(lang: Lang, case: &Case) -> AnyView {
    let words = lang.unfinished();
    let count = |n| time::count(lang, n);
    let seconds = |ms| (lang.strings().chat.seconds)(&time::tenths(ms));
    let sent = match case.end_raw.is_empty() {
        true => case
            .end
            .map(lang.strings().chat.ends)
            .unwrap_or_default()
            .to_owned(),
        false => case.end_raw.clone(),
    };
    let took = match case.mended.as_ref().filter(|mended| mended.took > 0) {
        Some(mended) => format!("{} + {}", seconds(case.took), seconds(mended.took)),
        None => seconds(case.took),
    };
    let usage = case
        .usage
        .map(|usage| (words.in_and_out)(&count(usage.input), &count(usage.output)));
    let facts = [
        (words.end_sent, sent),
        (
            words.end_judged,
            format!(
                "{} {:.2}",
                watch::label(lang, case.label),
                f64::from(case.certainty) / 100.0
            ),
        ),
        (words.usage, usage.unwrap_or_else(|| "–".to_owned())),
        (words.time, took),
    ];
    let facts = facts
        .map(|(name, value)| view! { <div><dt>{name}</dt><dd class="figure">{value}</dd></div> });
    view! { <dl class="case-facts">{facts.into_iter().collect_view()}</dl> }.into_any()
}

fn actions(log: Log, case: &Case) -> AnyView {
    let words = log.app.lang.get().unfinished();
    let label = match case.label {
        Label::Complete => (Label::Cut, words.it_was_cut),
        _ => (Label::Complete, words.it_was_complete),
    };
    let chat = (!case.chat.as_str().is_empty())
        .then(|| Route::Chat(case.chat.clone(), Some(case.seq)).hash());
    let (labelled, gone) = (case.clone(), case.id.clone());
    let black_out = move |_| {
        let selected = window()
            .get_selection()
            .ok()
            .flatten()
            .and_then(|chosen| chosen.to_string().as_string());
        let selected = selected
            .map(|words| words.trim().to_owned())
            .filter(|words| !words.is_empty());
        if let Some(selected) = selected {
            log.chosen.update(|chosen| {
                if !chosen.is_empty() && !chosen.ends_with('\n') {
                    chosen.push('\n');
                }
                chosen.push_str(&selected.replace('\n', " "));
            });
        }
    };
    view! {
        <div class="case-actions">
            <button class="button" id="black-out" on:click=black_out on:mousedown=|event| event.prevent_default()>{words.redact_selection}</button>
            <button class="button" id="label" on:click=move |_| relabel(log.app, labelled.clone(), label.0)>{label.1}</button>
            {chat.map(|href| view! { <a class="button button-bare" href=href>{words.open_chat}</a> })}
            <button class="button button-loss end" id="delete-case" on:click=move |_| delete(log.app, gone.clone())>{words.delete}</button>
        </div>
    }
    .into_any()
}

fn relabel(app: App, mut case: Case, label: Label) {
    case.label = label;
    spawn_local(async move {
        match db().put_case(&case).await {
            Ok(()) => changed(&case.id),
            Err(fault) => app.fault(&fault),
        }
        focus::soon("#label".to_owned());
    });
}

fn delete(app: App, id: String) {
    spawn_local(async move {
        let row = match db().delete_case(&id).await {
            Ok(Some(row)) => row,
            Ok(None) => return,
            Err(fault) => return app.fault(&fault),
        };
        changed(&id);
        let row = SendWrapper::new(row);
        let undo = Arc::new(move || {
            let (row, id) = (row.clone(), id.clone());
            spawn_local(async move {
                match db().put_back_case(row.take()).await {
                    Ok(()) => changed(&id),
                    Err(fault) => app.fault(&fault),
                }
            });
        });
        app.tell(
            app.lang.get_untracked().unfinished().deleted.to_owned(),
            Some(undo),
        );
        focus::soon("#undo".to_owned());
    });
}
