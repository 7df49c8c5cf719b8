//! The cases, with filters.

use super::{Log, Verdict};
use crate::badcase::Case;
use crate::i18n::{Lang, watch};
use crate::watch::Kind;
use crate::web::ui::icon::icon;
use crate::web::ui::time;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, MouseEvent};

/// Cases that are listed at first, and that each step adds.
const PAGE: usize = 50;

/// The list.
pub fn view(log: Log) -> AnyView {
    let app = log.app;
    let most = RwSignal::new(PAGE);
    let open = move |event: MouseEvent| {
        let target = event
            .target()
            .and_then(|target| target.dyn_into::<Element>().ok());
        let row = target.and_then(|target| target.closest("[data-case]").ok().flatten());
        if let Some(id) = row.and_then(|row| row.get_attribute("data-case")) {
            log.opened.set(id);
        }
    };
    let rows = move || {
        let lang = app.lang.get();
        let shown = log.shown();
        let opened = log.opened.get();
        let opened = shown.iter().position(|case| case.id == opened).unwrap_or(0);
        let all = shown.len();
        let rows = shown
            .iter()
            .take(most.get())
            .enumerate()
            .map(|(nth, case)| row(lang, log, case, nth == opened));
        let none = all == 0;
        view! {
            {rows.collect_view()}
            {none.then(|| view! { <tr><td colspan="4" class="sub">{lang.unfinished().none_fit}</td></tr> })}
            {(all > most.get()).then(|| view! { <tr><td colspan="4"><button class="button" on:click=move |_| most.update(|most| *most += PAGE)>{lang.strings().chat.earlier}</button></td></tr> })}
        }
    };
    view! {
        <div class="case-list">
            {move || filters(log)}
            <table class="cases">
                <thead>{move || {
                    let words = app.lang.get().unfinished();
                    view! { <tr><th>{words.when}</th><th>{words.model_and_sign}</th><th>{words.where_cut}</th><th>{words.verdict}</th></tr> }
                }}</thead>
                <tbody on:click=open>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}

fn filters(log: Log) -> AnyView {
    let app = log.app;
    let words = app.lang.get().unfinished();
    let mut models: Vec<String> = log
        .cases
        .read()
        .iter()
        .map(|case| case.model.clone())
        .collect();
    models.sort_unstable();
    models.dedup();
    let by_model = move |event| log.model.set(event_target_value(&event));
    let by_verdict = move |event| {
        let name = event_target_value(&event);
        log.verdict.set(
            Verdict::ALL
                .into_iter()
                .find(|verdict| verdict.name() == name),
        );
    };
    let models = models.into_iter().map(|model| {
        let chosen = model == log.model.get_untracked();
        view! { <option value=model.clone() selected=chosen>{model.clone()}</option> }
    });
    let verdicts = Verdict::ALL.map(|verdict| {
        let chosen = Some(verdict) == log.verdict.get_untracked();
        view! { <option value=verdict.name() selected=chosen>{verdict.words(app)}</option> }
    });
    view! {
        <div class="filters" role="group" aria-label=words.filter>
            <select class="input" id="filter-model" aria-label=words.model_and_sign on:change=by_model>
                <option value="">{words.every_model}</option>{models.collect_view()}
            </select>
            <select class="input" id="filter-verdict" aria-label=words.verdict on:change=by_verdict>
                <option value="">{words.every_verdict}</option>{verdicts.into_iter().collect_view()}
            </select>
        </div>
    }
    .into_any()
}

fn row(lang: Lang, log: Log, case: &Case, opened: bool) -> AnyView {
    let verdict = Verdict::of(case);
    let drawing = match verdict {
        Verdict::Mended => "tick",
        Verdict::Open => "ring",
        Verdict::False => "cross",
    };
    let model = match case.model.is_empty() {
        true => case.provider.clone(),
        false => case.model.clone(),
    };
    view! {
        <tr data-case=case.id.clone() aria-selected=opened.to_string()>
            <td class="nowrap"><b>{time::day_name(lang, case.made)}</b><span class="sub figure">{time::clock(lang, case.made)}</span></td>
            <td><button class="case-open" aria-pressed=opened.to_string()><b>{model}</b></button><span class="sub">{reason(lang, case)}</span></td>
            <td>{strip(lang, case)}</td>
            <td><span class="verdict" data-verdict=verdict.name()>{icon(drawing)}{verdict.words(log.app)}</span></td>
        </tr>
    }
    .into_any()
}

/// The strongest sign; or the end where it says so itself.
pub fn reason(lang: Lang, case: &Case) -> String {
    let sign = case.signs.iter().find(|sign| sign.kind != Kind::End);
    let ends = lang.strings().chat.ends;
    let end = case
        .end
        .filter(|end| *end != crate::reply::End::Complete)
        .map(ends);
    let sign = sign.map(|sign| watch::sign(lang, sign.kind));
    let all: Vec<&str> = sign.into_iter().chain(end).collect();
    match all.is_empty() {
        true => lang.unfinished().no_signs.to_owned(),
        false => all.join(" · "),
    }
}

/// How much of the reply arrived, and what was mended.
fn strip(lang: Lang, case: &Case) -> AnyView {
    let words = lang.unfinished();
    if Verdict::of(case) == Verdict::False {
        return view! { <span class="sub">{words.all_of_it}</span> }.into_any();
    }
    let (kept, label, sub) = match &case.mended {
        Some(mended) => {
            let share = case.cut.len() as f64 / mended.text.len().max(1) as f64;
            let share = share.clamp(0.02, 0.98);
            (
                share,
                (words.arrived_mended)((share * 100.0).round() as u32),
                watch::way(lang, mended.way),
            )
        }
        // How much is missing nobody knows.
        None => (0.8, words.nothing_tried.to_owned(), words.nothing_tried),
    };
    let at = kept * 104.0;
    let rest = match case.mended.is_some() {
        true => view! { <rect class="rest" x=format!("{:.1}", at + 1.0) y="4" width=format!("{:.1}", 103.0 - at) height="4"></rect> }.into_any(),
        false => view! { <rect class="lost" x=format!("{:.1}", at + 1.0) y="4.5" width=format!("{:.1}", 102.5 - at) height="3"></rect> }.into_any(),
    };
    let at = format!("{at:.1}");
    view! {
        <svg class="cut-strip" viewBox="0 0 104 12" role="img" aria-label=label>
            <rect class="kept" x="0" y="4" width=at.clone() height="4"></rect>{rest}
            <line class="snip" x1=at.clone() x2=at y1="0" y2="12"></line>
        </svg>
        <span class="sub">{sub}</span>
    }
    .into_any()
}
