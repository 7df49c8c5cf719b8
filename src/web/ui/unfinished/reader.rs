//! One case: the question, the reply to the point where it was cut, what mended it, and why the judge thought so.

use super::Log;
use super::list::reason;
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

/// Letters before the cut that are shown; the rest is folded away.
const NEAR: usize = 700;

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
            {reply(lang, case)}
            {signs(lang, case)}
            {facts(lang, case)}
            {actions(log, case)}
        </article>
    }
    .into_any()
}

fn reply(lang: Lang, case: &Case) -> AnyView {
    let words = lang.unfinished();
    let from = case
        .cut
        .char_indices()
        .rev()
        .nth(NEAR)
        .map_or(0, |(at, _)| at);
    let (early, near) = case.cut.split_at(from);
    let early = (!early.is_empty()).then(|| view! { <details class="faded"><summary>"…"</summary><span>{early.to_owned()}</span></details> });
    let mended = case
        .mended
        .as_ref()
        .filter(|_| case.label != Label::Complete);
    let mended = mended.map(|mended| {
        let tokens = mended.usage.map_or_else(|| crate::tokens::estimate(&mended.text).into(), |usage| usage.output);
        let seam = (words.seam)(watch::way(lang, mended.way), &time::count(lang, tokens));
        let (rest, whole) = match mended.text.strip_prefix(&case.cut) {
            Some(rest) => (rest, false),
            // Another answer: it is a branch of its own.
            None => (mended.text.as_str(), true),
        };
        view! {
            <p class="seam">{icon("seam")}{seam}</p>
            <p class="case-text" data-whole=whole.to_string()><span class="mended">{rest.trim_start_matches('\n').to_owned()}</span></p>
        }
    });
    view! {
        <div class="case-words" tabindex="0" lang=language_of(&case.cut)>
            {early}
            <p class="case-text">{near.to_owned()}{(case.label != Label::Complete).then(|| view! {
                <svg class="cut" viewBox="0 0 14 20" role="img" aria-label=words.cut_here><use href="#cut"></use></svg>
            })}</p>
            {mended}
        </div>
    }
    .into_any()
}

fn signs(lang: Lang, case: &Case) -> AnyView {
    let words = lang.unfinished();
    let signs = case.signs.iter().filter(|sign| sign.kind != Kind::End).map(|sign| {
        view! { <li>{cut_mark("cut")}<span>{watch::sign(lang, sign.kind)}</span><span class="figure">{format!("{:.2}", f64::from(sign.weight) / 100.0)}</span></li> }
    });
    let signs: Vec<_> = signs.collect();
    let none = signs
        .is_empty()
        .then(|| view! { <li>{icon("tick")}<span>{reason(lang, case)}</span><span></span></li> });
    view! { <ul class="signs" aria-label=words.signs>{signs}{none}</ul> }.into_any()
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
