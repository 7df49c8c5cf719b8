//! The figures as plots, small multiples on one scale, and the same as a table.

use super::{Log, percent};
use crate::badcase::figures::{Figure, figures, rate, week_of, week_start};
use crate::i18n::{Lang, watch};
use crate::watch::resume::Way;
use crate::web::clock;
use crate::web::rest::offset;
use crate::web::ui::time;
use leptos::prelude::*;

/// Plots at most; the models with the most replies come first.
const MOST: usize = 10;
/// Bars at most.
const WEEKS: i64 = 26;
/// The plot's own units.
const HEIGHT: f64 = 60.0;
const WIDTH: f64 = 120.0;
/// The share at the top of every plot, at least.
const TOP: f64 = 0.3;

/// Everything that the plots are drawn from.
struct Figures {
    /// One per model over the period, the one with the most replies first.
    whole: Vec<Figure>,
    /// One per model and week.
    weekly: Vec<Figure>,
    first: i64,
    last: i64,
}

impl Figures {
    fn new(log: Log) -> Self {
        let last = week_of(clock::now_ms(), offset());
        let cases = log.in_period();
        let oldest = cases.iter().map(|case| week_of(case.made, offset())).min();
        let totals = log.totals.read();
        let oldest = totals.iter().map(|total| total.week).chain(oldest).min();
        let from = log.from().or(oldest).unwrap_or(last);
        let mut totals = (**totals).clone();
        totals.retain(|total| total.week >= from);
        let mut whole = figures(&cases, &totals, false, offset());
        whole.sort_by_key(|figure| std::cmp::Reverse(figure.replies));
        whole.truncate(MOST);
        Self {
            whole,
            weekly: figures(&cases, &totals, true, offset()),
            first: from.max(last - WEEKS + 1),
            last,
        }
    }

    fn week(&self, of: &Figure, week: i64) -> Option<&Figure> {
        let same = |figure: &&Figure| {
            figure.provider == of.provider && figure.model == of.model && figure.week == Some(week)
        };
        self.weekly.iter().find(same)
    }

    /// One scale for all plots.
    fn top(&self) -> f64 {
        let highs = self
            .weekly
            .iter()
            .filter_map(Figure::rate)
            .map(|rate| rate.share * 1.25);
        highs.fold(TOP, f64::max).min(1.0)
    }
}

/// The plots and their table.
pub fn view(log: Log) -> AnyView {
    let app = log.app;
    let drawn = move || {
        let lang = app.lang.get();
        let words = lang.unfinished();
        let figures = Figures::new(log);
        let plots = figures
            .whole
            .iter()
            .map(|figure| plot(lang, &figures, figure))
            .collect_view();
        view! {
            <section class="plots" aria-label=words.plots>{plots}</section>
            <p class="plots-note">{words.plots_note}</p>
            <details class="plots-table"><summary>{words.table}</summary><div class="table-wrap" tabindex="0">{table(lang, &figures)}</div></details>
        }
    };
    view! { <div class="figures">{drawn}</div> }.into_any()
}

fn plot(lang: Lang, figures: &Figures, figure: &Figure) -> AnyView {
    let words = lang.unfinished();
    let share = figure.rate().map_or(0.0, |rate| rate.share);
    let now = figures.week(figure, figures.last).and_then(Figure::rate);
    let now = now.map(|rate| (words.this_week)(&percent(rate.share)));
    let name = match figure.model.is_empty() {
        true => figure.provider.clone(),
        false => figure.model.clone(),
    };
    view! {
        <div class="plot">
            <h2 title=format!("{name} · {}", figure.provider)>{name.clone()}</h2>
            <p class="rate"><b class="figure">{percent(share)}</b>{(words.of_replies)(&time::count(lang, figure.replies.into()))}</p>
            {bars(lang, figures, figure)}
            <p class="note"><span class="figure">{time::day(lang, week_start(figures.first, offset()))}</span><span class="figure">{now}</span></p>
            {outcomes(lang, figure)}
        </div>
    }
    .into_any()
}

/// A bar for each week, with its interval.
fn bars(lang: Lang, figures: &Figures, figure: &Figure) -> AnyView {
    let top = figures.top();
    let y = |share: f64| HEIGHT - HEIGHT * (share / top).min(1.0);
    let count = (figures.last - figures.first + 1).max(1) as f64;
    let step = WIDTH / count;
    let mut said = Vec::new();
    let bars = (figures.first..=figures.last).zip(0u32..).filter_map(|(week, nth)| {
        let rate = figures.week(figure, week).and_then(Figure::rate)?;
        let (x, wide) = (f64::from(nth) * step, (step * 0.7).min(12.0));
        let middle = x + step / 2.0;
        said.push(percent(rate.share));
        Some(view! {
            <rect class="share" x=number(middle - wide / 2.0) y=number(y(rate.share)) width=number(wide) height=number(HEIGHT - y(rate.share))></rect>
            <line class="whisker" x1=number(middle) x2=number(middle) y1=number(y(rate.high)) y2=number(y(rate.low))></line>
        })
    });
    let bars = bars.collect_view();
    let grid = [0.1, 0.2].map(|share| {
        view! { <line class="grid" x1="0" x2="120" y1=number(y(share)) y2=number(y(share))></line> }
    });
    view! {
        <svg viewBox="0 0 120 60" preserveAspectRatio="none" role="img" aria-label=(words_of(lang))(&said.join(", "))>
            {grid.into_iter().collect_view()}{bars}
            <line class="base" x1="0" x2="120" y1="60" y2="60"></line>
        </svg>
    }
    .into_any()
}

fn words_of(lang: Lang) -> fn(&str) -> String {
    lang.unfinished().weekly
}

/// False alarms among what was labelled, and what mended the others, as two short bars.
fn outcomes(lang: Lang, figure: &Figure) -> AnyView {
    let words = lang.unfinished();
    let labelled = figure.false_alarms + figure.confirmed;
    let mended: u32 = figure.mended.iter().sum();
    let alarms = format!("{} {}/{labelled}", words.false_alarms, figure.false_alarms);
    let ways: Vec<String> = Way::ALL
        .iter()
        .zip(figure.mended)
        .filter(|(_, n)| *n > 0)
        .map(|(way, n)| format!("{} {n}", watch::way(lang, *way)))
        .collect();
    let ways = ways.join(" · ");
    view! {
        {(labelled > 0).then(|| line(alarms, &[("alarm", figure.false_alarms)], labelled))}
        {(mended > 0).then(|| line(ways, &[("by-prefill", figure.mended[0]), ("by-ask", figure.mended[1]), ("by-again", figure.mended[2])], mended))}
    }
    .into_any()
}

fn line(words: String, parts: &[(&'static str, u32)], all: u32) -> AnyView {
    let mut x = 0.0;
    let parts = parts.iter().map(|(class, n)| {
        let wide = 104.0 * f64::from(*n) / f64::from(all.max(1));
        let at = x;
        x += wide;
        view! { <rect class=*class x=number(at) y="4" width=number(wide) height="4"></rect> }
    });
    let parts = parts.collect_view();
    view! {
        <p class="plot-outcome"><svg class="cut-strip" viewBox="0 0 104 12" preserveAspectRatio="none" aria-hidden="true">
            <rect class="lost" x="0" y="4.5" width="104" height="3"></rect>{parts}
        </svg><span class="figure">{words}</span></p>
    }
    .into_any()
}

fn number(n: f64) -> String {
    format!("{n:.1}")
}

fn table(lang: Lang, figures: &Figures) -> AnyView {
    let words = lang.unfinished();
    let count = |n: u32| time::count(lang, n.into());
    let share = |hits, all| {
        rate(hits, all)
            .map(|rate| percent(rate.share))
            .unwrap_or_default()
    };
    let rows = figures
        .weekly
        .iter()
        .filter(|figure| figure.week.is_some_and(|week| week >= figures.first));
    let rows = rows.map(|figure| {
        let interval = figure.rate().map(|rate| format!("{} – {}", percent(rate.low), percent(rate.high)));
        let week = figure.week.map(|week| time::day(lang, week_start(week, offset())));
        let mended = figure.mended.map(|n| view! { <td class="num">{count(n)}</td> });
        view! {
            <tr><td>{figure.model.clone()}</td><td>{figure.provider.clone()}</td><td>{week}</td>
                <td class="num">{count(figure.replies)}</td><td class="num">{count(figure.premature)}</td>
                <td class="num">{share(figure.premature, figure.replies)}</td><td class="num">{interval}</td>
                <td class="num">{count(figure.false_alarms)}</td>{mended.into_iter().collect_view()}</tr>
        }
    });
    let ways = Way::ALL.map(|way| view! { <th class="num">{watch::way(lang, way)}</th> });
    let chat = &lang.strings().chat;
    view! {
        <table class="plain-table">
            <thead><tr><th>{chat.model}</th><th>{words.provider}</th><th>{words.week}</th><th class="num">{words.replies}</th><th class="num">{words.early}</th>
                <th class="num">"%"</th><th class="num">{words.interval}</th><th class="num">{words.false_alarms}</th>{ways.into_iter().collect_view()}</tr></thead>
            <tbody>{rows.collect_view()}</tbody>
        </table>
    }
    .into_any()
}
