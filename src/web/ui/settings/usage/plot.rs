//! The plots: bars by day and by model, each with the table that it was drawn from.

use super::{SPANS, View, costs};
use crate::cost::amount;
use crate::cost::figures::{self, Quantity};
use crate::cost::tally::Total;
use crate::web::clock;
use crate::web::ui::time;
use leptos::prelude::*;

/// Bars for the last days.
#[component]
pub(super) fn ByDay(view: View) -> impl IntoView {
    let days = move || -> Vec<String> { (0..view.span.get()).rev().map(clock::day).collect() };
    let totals = move || {
        let data = view.data.get();
        let tallies = view.recent(view.span.get());
        figures::by_day(&tallies, &days(), &|tally| {
            view.price(&data, &tally.connection, &tally.model)
        })
    };
    let plot = move || {
        let (quantity, _) = view.quantity();
        let values: Vec<u64> = totals().iter().map(|total| quantity.of(total)).collect();
        let most = values.iter().copied().max().unwrap_or(0);
        let all = values
            .iter()
            .fold(0, |sum: u64, value| sum.saturating_add(*value));
        let lang = view.app.lang.get();
        let days = days();
        let ends = [days.first(), days.last()]
            .map(|day| day.map(|day| time::date(lang, day)).unwrap_or_default());
        let said = (view.words().plot_of)(
            name(view, quantity),
            &(view.words().last_days)(view.span.get()),
            &view.figure(quantity, all),
        );
        let bars = figures::shares(&values)
            .into_iter()
            .zip(&values)
            .zip(&days)
            .enumerate();
        let bars = bars.filter(|(_, ((share, _), _))| *share > 0).map(|(at, ((share, value), day))| {
            let tip = format!("{} · {}", time::date(lang, day), view.figure(quantity, *value));
            view! { <rect x=(at * 10 + 1).to_string() y=(1000 - share).to_string() width="8" height=share.to_string()><title>{tip}</title></rect> }
        });
        let frame = format!("0 0 {} 1000", days.len() * 10);
        let [first, last] = ends;
        view! {
            <figure class="usage-plot">
                <p class="plot-top figure" aria-hidden="true">{view.figure(quantity, most)}</p>
                <svg role="img" aria-label=said viewBox=frame preserveAspectRatio="none">{bars.collect_view()}</svg>
                <p class="plot-ends figure" aria-hidden="true"><span>{first}</span><span>{last}</span></p>
            </figure>
        }
    };
    let table = move || {
        let lang = view.app.lang.get();
        let rows = days()
            .into_iter()
            .zip(totals())
            .rev()
            .filter(|(_, total)| total.replies > 0);
        let rows =
            rows.map(|(day, total)| cells(view, time::date(lang, &day).into_any(), None, &total));
        table(
            view,
            view.words().day,
            false,
            rows.collect_view().into_any(),
        )
    };
    view! {
        <section class="section">
            <div class="title-row"><h3>{move || view.words().by_day}</h3><div class="tools">
                <Spans view />
                <Measures view />
            </div></div>
            {plot}
            <details class="plot-table"><summary>{move || view.words().as_table}</summary>{table}</details>
        </section>
    }
}

/// A bar for each model, in its table.
#[component]
pub(super) fn ByModel(view: View) -> impl IntoView {
    let rows = move || {
        let data = view.data.get();
        let (quantity, _) = view.quantity();
        let mut models = figures::by_model(&view.recent(view.span.get()), &|tally| {
            view.price(&data, &tally.connection, &tally.model)
        });
        models.sort_by_key(|one| std::cmp::Reverse(quantity.of(&one.total)));
        let values: Vec<u64> = models.iter().map(|one| quantity.of(&one.total)).collect();
        let rows = models.iter().zip(figures::shares(&values)).map(|(one, share)| {
            let bar = view! {
                <svg class="share" aria-hidden="true" viewBox="0 0 1000 1" preserveAspectRatio="none"><rect width=share.to_string() height="1"></rect></svg>
            };
            let name = view! { {one.model.clone()}<span class="hint-line">{one.name.clone()}</span> };
            cells(view, name.into_any(), Some(bar.into_any()), &one.total)
        });
        table(
            view,
            view.words().model,
            true,
            rows.collect_view().into_any(),
        )
    };
    view! {
        <section class="section">
            <div class="title-row"><h3>{move || view.words().by_model}</h3></div>
            {rows}
        </section>
    }
}

/// A table of totals.
fn table(view: View, first: &'static str, bars: bool, rows: AnyView) -> AnyView {
    let words = view.words();
    let heads = [
        words.cost,
        words.per_thousand,
        words.input,
        words.of_it_cached,
        words.output,
        words.of_it_reasoning,
        words.replies_head,
    ];
    view! {
        <div class="table-wrap" tabindex="0" role="region" aria-label=first><table class="usage-table">
            <thead><tr><th scope="col">{first}</th>
                {bars.then(|| view! { <td></td> })}
                {heads.map(|head| view! { <th scope="col" class="figure">{head}</th> }).into_iter().collect_view()}
            </tr></thead>
            <tbody>{rows}</tbody>
        </table></div>
    }
    .into_any()
}

fn cells(view: View, name: AnyView, bar: Option<AnyView>, total: &Total) -> AnyView {
    let lang = view.app.lang.get();
    let per: Vec<String> = figures::per_thousand(total)
        .into_iter()
        .map(amount)
        .collect();
    let per = match per.is_empty() {
        true => "–".to_owned(),
        false => per.join(" + "),
    };
    let count = |n| time::count(lang, n);
    let usage = total.usage;
    let figures = [
        costs(total),
        per,
        count(usage.input),
        count(usage.cached),
        count(usage.output),
        count(usage.reasoning),
        count(total.replies),
    ];
    view! {
        <tr><th scope="row">{name}</th>
            {bar.map(|bar| view! { <td>{bar}</td> })}
            {figures.map(|figure| view! { <td class="figure">{figure}</td> }).into_iter().collect_view()}
        </tr>
    }
    .into_any()
}

/// How many days are looked at.
#[component]
fn Spans(view: View) -> impl IntoView {
    let options = move || {
        SPANS.map(|days| {
            view! {
                <label><input type="radio" name="span" prop:checked=move || view.span.get() == days on:change=move |_| view.span.set(days)/>{days.to_string()}</label>
            }
        })
        .into_iter()
        .collect_view()
    };
    view! { <fieldset class="segmented"><legend class="visually-hidden">{move || view.words().span}</legend>{options}</fieldset> }
}

/// What the plots measure.
#[component]
fn Measures(view: View) -> impl IntoView {
    let all = Memo::new(move |_| view.quantity().1);
    let options = move || {
        let options = all.get().into_iter().map(|one| {
            view! {
                <label><input type="radio" name="measure" prop:checked=move || view.quantity().0 == one on:change=move |_| view.measure.set(Some(one))/>{name(view, one)}</label>
            }
        });
        options.collect_view()
    };
    view! { <fieldset class="segmented"><legend class="visually-hidden">{move || view.words().measure}</legend>{options}</fieldset> }
}

fn name(view: View, quantity: Quantity) -> &'static str {
    match quantity {
        Quantity::Cost(currency) => currency.sign(),
        Quantity::Tokens => view.words().tokens,
    }
}
