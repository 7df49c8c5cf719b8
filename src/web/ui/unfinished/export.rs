//! The export: a format, what is blacked out, one line as it will be written, and the file.

use super::Log;
use crate::badcase::Case;
use crate::badcase::export::{Format, line, lines};
use crate::badcase::redact::{self, What};
use crate::i18n::{Lang, watch};
use crate::web::ui::file::save_text;
use crate::web::ui::icon::icon;
use crate::web::ui::rest::cut_mark;
use crate::web::ui::time;
use leptos::prelude::*;
use std::collections::HashMap;

/// Characters of the preview; a longer line is cut there, in the preview only.
const SHOWN: usize = 6_000;

/// What the form says.
#[derive(Clone, Copy)]
struct Form {
    log: Log,
    format: RwSignal<Format>,
    /// Kinds that stay.
    kept: RwSignal<Vec<What>>,
    /// Which line is shown.
    at: RwSignal<usize>,
}

impl Form {
    /// The words that the user lists.
    fn chosen(self) -> Vec<String> {
        let chosen = self.log.chosen.get();
        chosen
            .lines()
            .map(str::trim)
            .filter(|line| !line.is_empty())
            .map(str::to_owned)
            .collect()
    }

    /// The cases that fit the format, as they will be written, and how much of each kind there is in them.
    fn prepared(self) -> (Vec<Case>, HashMap<What, usize>) {
        let (format, kept, chosen) = (self.format.get(), self.kept.get(), self.chosen());
        let chosen: Vec<&str> = chosen.iter().map(String::as_str).collect();
        let mut found = HashMap::new();
        let mut cases = self.log.shown();
        cases.retain(|case| line(case, format).is_some());
        for case in &mut cases {
            for (_, spans) in redact::preview(case, &chosen, &[]) {
                spans
                    .iter()
                    .for_each(|span| *found.entry(span.what).or_insert(0) += 1);
            }
            *case = redact::case(case, &chosen, &kept);
        }
        (cases, found)
    }
}

/// The form and the preview beside it.
pub fn view(log: Log) -> AnyView {
    let form = Form {
        log,
        format: RwSignal::new(Format::Raw),
        kept: RwSignal::new(Vec::new()),
        at: RwSignal::new(0),
    };
    let app = log.app;
    let prepared = Memo::new_with_compare(move |_| form.prepared(), |_, _| true);
    let title = move || {
        let lang = app.lang.get();
        (lang.unfinished().export_title)(&time::count(lang, prepared.read().0.len() as u64))
    };
    view! {
        <section class="export" id="export">
            <form on:submit=|event| event.prevent_default()>
                <div><h2>{title}</h2><p class="lede">{move || app.lang.get().unfinished().export_lede}</p></div>
                {move || formats(form)}
                {move || kinds(form, &prepared.read().1)}
                <label class="field"><span>{move || app.lang.get().unfinished().your_words}</span>
                    <textarea class="input" id="black-out-words" rows="2" prop:value=move || log.chosen.get() on:input:target=move |event| log.chosen.set(event.target().value())></textarea>
                    <span class="hint-line">{move || app.lang.get().unfinished().your_words_hint}</span>
                </label>
                {move || button(form, &prepared.read().0)}
            </form>
            {move || preview(form, &prepared.read().0, &prepared.read().1)}
        </section>
    }
    .into_any()
}

fn formats(form: Form) -> AnyView {
    let words = form.log.app.lang.get().unfinished();
    let all = [
        (Format::Raw, words.raw, words.raw_hint),
        (
            Format::FineTuning,
            words.fine_tuning,
            words.fine_tuning_hint,
        ),
        (Format::OpenAiPairs, words.openai_pairs, words.pairs_hint),
        (Format::TrlPairs, words.trl_pairs, words.pairs_hint),
    ];
    let all = all.map(|(format, name, hint)| {
        let choose = move |_| {
            form.format.set(format);
            form.at.set(0);
        };
        view! {
            <label class="radio"><input type="radio" name="format" value=format.file() prop:checked=move || form.format.get() == format on:change=choose/>{name}<span class="sub">{hint}</span></label>
        }
    });
    view! { <fieldset><legend>{words.format}</legend>{all.into_iter().collect_view()}</fieldset> }
        .into_any()
}

/// What is blacked out: keys always, the others unless the user says no.
fn kinds(form: Form, found: &HashMap<What, usize>) -> AnyView {
    let lang = form.log.app.lang.get();
    let all = What::ALL.into_iter().filter(|what| *what != What::Chosen).map(|what| {
        let count = time::count(lang, found.get(&what).copied().unwrap_or(0) as u64);
        let toggle = move |_| {
            form.kept.update(|kept| match kept.iter().position(|kept| *kept == what) {
                Some(at) => drop(kept.remove(at)),
                None => kept.push(what),
            });
        };
        let checked = move || !form.kept.read().contains(&what);
        view! {
            <label class="check"><input type="checkbox" prop:checked=checked disabled=what.is_always() on:change=toggle/>{watch::taken(lang, what)}<span class="figure">{count}</span></label>
        }
    });
    view! { <fieldset><legend>{lang.unfinished().black_out}</legend>{all.collect_view()}</fieldset> }.into_any()
}

fn button(form: Form, cases: &[Case]) -> AnyView {
    let lang = form.log.app.lang.get();
    let words = lang.unfinished();
    let format = form.format.get();
    let text = lines(cases, format);
    if text.is_empty() {
        return view! { <button class="button button-ink" id="save-export" type="button" disabled>{words.nothing_to_save}</button> }.into_any();
    }
    let label = (words.save)(
        &time::count(lang, cases.len() as u64),
        &time::bytes(text.len() as f64),
    );
    let write = move |_| {
        if save_text(&text, "application/x-ndjson", format.file()) {
            let said = (form.log.app.lang.get_untracked().unfinished().saved)(format.file());
            form.log.app.tell(said, None);
        }
    };
    view! { <button class="button button-ink" id="save-export" type="button" on:click=write>{icon("download")}{label}</button> }.into_any()
}

fn preview(form: Form, cases: &[Case], found: &HashMap<What, usize>) -> AnyView {
    let lang = form.log.app.lang.get();
    let words = lang.unfinished();
    let at = form.at.get().min(cases.len().saturating_sub(1));
    let Some(case) = cases.get(at) else {
        return view! { <div class="preview"><div class="preview-head"><span>{words.nothing_to_save}</span></div></div> }.into_any();
    };
    let count = |n: usize| time::count(lang, n as u64);
    let kept = form.kept.get();
    let hidden = found
        .iter()
        .filter(|(what, _)| what.is_always() || !kept.contains(what))
        .map(|(_, n)| n)
        .sum();
    let value = line(case, form.format.get());
    let text = value
        .and_then(|value| serde_json::to_string_pretty(&value).ok())
        .unwrap_or_default();
    let last = cases.len() - 1;
    let step = |id: &'static str, drawing, words: &'static str, to: usize, off: bool| {
        view! { <button class="tool" id=id type="button" aria-label=words title=words disabled=off on:click=move |_| form.at.set(to)>{icon(drawing)}</button> }
    };
    view! {
        <div class="preview">
            <div class="preview-head">
                {step("preview-previous", "prev", words.previous, at.saturating_sub(1), at == 0)}
                <span class="at">{(words.preview)(&count(at + 1), &count(cases.len()))}</span>
                {step("preview-next", "next", words.next, at + 1, at == last)}
                <span class="figure">{(words.blacked_out)(&count(hidden))}</span>
            </div>
            <pre tabindex="0" aria-label=(words.preview)(&count(at + 1), &count(cases.len()))><code>{washed(lang, &crate::text::truncate(&text, SHOWN), case)}</code></pre>
        </div>
    }
    .into_any()
}

/// The text with the mark where the reply was cut, and the colour of mended text under what was joined on.
fn washed(lang: Lang, text: &str, case: &Case) -> Vec<AnyView> {
    let written = |words: &str| {
        let quoted = serde_json::to_string(words).unwrap_or_default();
        let inner = quoted.len().saturating_sub(1);
        quoted.get(1..inner).unwrap_or_default().to_owned()
    };
    let added = case.mended.as_ref();
    let added = added.and_then(|mended| mended.text.strip_prefix(&case.cut));
    let added = added.filter(|added| !added.is_empty()).map(written);
    let cut = written(&case.cut);
    let (mut out, mut rest) = (Vec::new(), text);
    while let Some(at) = rest.find(&cut).filter(|_| !cut.is_empty()) {
        let (before, after) = rest.split_at(at + cut.len());
        out.extend(marked(lang, before));
        rest = after;
        if rest.starts_with('"') {
            out.push(cut_mark("cut"));
        } else if let Some(after) = added.as_deref().and_then(|added| rest.strip_prefix(added)) {
            let added = marked(lang, &rest[..rest.len() - after.len()]);
            out.push(view! { <span class="mended">{added}</span> }.into_any());
            rest = after;
        }
    }
    out.extend(marked(lang, rest));
    out
}

/// The text with a bar for everything that was taken out.
fn marked(lang: Lang, text: &str) -> Vec<AnyView> {
    let mut out = Vec::new();
    let mut rest = text;
    loop {
        let next = What::ALL
            .into_iter()
            .filter_map(|what| Some((rest.find(what.mark())?, what)));
        let Some((at, what)) = next.min_by_key(|(at, _)| *at) else {
            out.push(rest.to_owned().into_any());
            return out;
        };
        out.push(rest[..at].to_owned().into_any());
        out.push(view! { <span class="redacted">{watch::taken(lang, what)}</span> }.into_any());
        rest = &rest[at + what.mark().len()..];
    }
}
