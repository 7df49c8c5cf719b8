//! The budgets: a row for each currency that has one or in which something was spent.

use super::{View, amount_field};
use crate::cost::budget::{Budget, Span, Standing, standing};
use crate::cost::figures;
use crate::cost::tally::Tally;
use crate::cost::{Currency, Money, amount};
use crate::web::app::db;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// The budgets, editable.
#[component]
pub(super) fn Budgets(view: View) -> impl IntoView {
    let more = RwSignal::new(Vec::<Currency>::new());
    let shown = move || {
        let data = view.data.get();
        let spent = view.total(&data.tallies);
        let mut shown: Vec<Currency> = data.budgets.iter().map(|budget| budget.currency).collect();
        shown.extend(spent.costs.iter().map(|(money, _)| money.currency));
        shown.extend(more.get());
        if shown.is_empty() {
            shown.push(Currency::Usd);
        }
        shown.sort_unstable();
        shown.dedup();
        shown
    };
    let rows = move || {
        shown()
            .into_iter()
            .map(|currency| row(view, currency))
            .collect_view()
    };
    let others = move || {
        let shown = shown();
        let others = Currency::ALL.into_iter().filter(|one| !shown.contains(one));
        others
            .map(|one| {
                view! { <button class="button" on:click=move |_| more.update(|more| more.push(one))>{format!("+ {}", one.code())}</button> }
            })
            .collect_view()
    };
    view! {
        <section class="section" id="budget">
            <h3>{move || view.words().budget}</h3>
            <p>{move || view.words().budget_lede}</p>
            <div class="table-wrap"><table class="usage-table">
                <thead><tr>
                    <th scope="col">{move || view.words().currency}</th>
                    <th scope="col">{move || view.words().per_day}</th>
                    <th scope="col">{move || view.words().per_month}</th>
                    <th scope="col">{move || view.words().warn_at}</th>
                </tr></thead>
                <tbody>{rows}</tbody>
            </table></div>
            <div class="actions">{others}</div>
        </section>
    }
}

fn row(view: View, currency: Currency) -> AnyView {
    let words = view.words();
    let data = view.data.get();
    let found = data
        .budgets
        .iter()
        .find(|budget| budget.currency == currency);
    let budget = found.copied().unwrap_or(Budget::none(currency));
    let spent = |of: &dyn Fn(&Tally) -> bool| {
        let tallies: Vec<Tally> = data
            .tallies
            .iter()
            .filter(|tally| of(tally))
            .cloned()
            .collect();
        // Only what was priced when it was used counts against a budget.
        figures::total(&tallies, &|_| None).cost(currency)
    };
    let month = data.today.get(..7).unwrap_or_default();
    let today = spent(&|tally| tally.day == data.today);
    let month = spent(&|tally| tally.day.starts_with(month));
    let state = match standing(budget, today, month) {
        Standing::Well => None,
        Standing::Near(against) => Some((against.span, "near")),
        Standing::Reached(against) => Some((against.span, "reached")),
    };
    let cell = |span: Span, spent: Money, name: &str| {
        let limit = budget.limit(span);
        let label = format!("{} {name}", currency.code());
        let field = amount_field(
            label,
            limit,
            words.no_limit,
            words.bad_amount,
            move |limit| {
                put(view, currency, move |budget| budget.with(span, limit));
            },
        );
        let said = match limit {
            Some(limit) => (words.spent_of)(&amount(spent), &amount(Money::micro(currency, limit))),
            None => (words.spent_no_limit)(&amount(spent)),
        };
        let limit_nano = limit.unwrap_or(0).saturating_mul(1000);
        let state = state.filter(|(of, _)| *of == span).map(|(_, state)| state);
        let meter = limit.map(|_| {
            let share = spent.nano.saturating_mul(100).checked_div(limit_nano).unwrap_or(100).min(100);
            view! { <progress class="bar" aria-hidden="true" max="100" value=share.to_string()></progress> }
        });
        view! { <td data-head=name.to_owned() data-budget=state>{field}{meter}<span class="hint-line">{said}</span></td> }
    };
    let day = cell(Span::Day, today, words.per_day);
    let month = cell(Span::Month, month, words.per_month);
    let warn = view! {
        <td data-head=words.warn_at><input class="input figure" type="number" min="10" max="100" step="5" prop:value=budget.warn.to_string()
            aria-label=format!("{} {}", currency.code(), words.warn_at)
            on:change:target=move |event| {
                let share = event.target().value().parse::<u8>().unwrap_or(Budget::WARN).clamp(10, 100);
                event.target().set_value(&share.to_string());
                put(view, currency, move |budget| Budget { warn: share, ..budget });
            }/></td>
    };
    view! {
        <tr data-currency=currency.code()><th scope="row">{format!("{} {}", currency.sign(), currency.code())}</th>{day}{month}{warn}</tr>
    }
    .into_any()
}

fn put(view: View, currency: Currency, change: impl FnOnce(Budget) -> Budget + 'static) {
    spawn_local(async move {
        let done = db().change_budget(currency, change).await;
        view.changed(done);
    });
}
