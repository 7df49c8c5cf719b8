//! What was used and what it cost: figures, plots with their tables, budgets, prices. Part of the second program.

mod budget;
mod plot;
mod prices;

use super::context::Context;
use crate::cost::budget::Budget;
use crate::cost::charge::Rate;
use crate::cost::figures::{self, Quantity};
use crate::cost::tally::{Tally, Total};
use crate::cost::{Currency, Money, Price, amount};
use crate::i18n::UsageWords;
use crate::web::app::{App, db, notify};
use crate::web::clock;
use crate::web::db::Fault;
use crate::web::tabs::Notice;
use crate::web::ui::time;
use budget::Budgets;
use leptos::prelude::*;
use leptos::task::spawn_local;
use plot::{ByDay, ByModel};
use prices::Prices;
use std::sync::Arc;

/// The time spans that can be looked at, in days.
const SPANS: [u32; 3] = [7, 30, 90];

/// Everything that the page shows, as it was when it was read.
#[derive(Clone, Default)]
struct Data {
    today: String,
    tallies: Vec<Tally>,
    rates: Vec<Rate>,
    budgets: Vec<Budget>,
}

/// The page. `Copy`, so that it goes into every closure.
#[derive(Clone, Copy)]
struct View {
    app: App,
    data: RwSignal<Arc<Data>>,
    /// Days that are looked at.
    span: RwSignal<u32>,
    /// What the plots measure; `None` for the cost, where there is any.
    measure: RwSignal<Option<Quantity>>,
}

impl View {
    fn words(self) -> &'static UsageWords {
        self.app.lang.get().usage()
    }

    /// Reads everything again.
    fn read(self) {
        spawn_local(async move {
            match read().await {
                Ok(data) => self.data.set(Arc::new(data)),
                Err(fault) => self.app.fault(&fault),
            }
        });
    }

    /// After a change: tells the others and reads it again.
    fn changed(self, done: Result<(), Fault>) {
        match done {
            Ok(()) => notify(&Notice::Changed {
                store: crate::record::schema::RATES.to_owned(),
                key: String::new(),
                rev: 0,
            }),
            Err(fault) => self.app.fault(&fault),
        }
        self.read();
    }

    /// A model's price: the person's own, else the one that its provider lists.
    fn price(self, data: &Data, connection: &str, model: &str) -> Option<Price> {
        let of = |rate: &&Rate| rate.connection == connection && rate.model == model;
        let own = data.rates.iter().find(of).and_then(|rate| rate.price);
        own.or_else(|| self.listed(connection, model))
    }

    fn listed(self, connection: &str, model: &str) -> Option<Price> {
        let all = self.app.connections.read();
        let connection = all.iter().find(|one| one.id == connection)?;
        connection.listed(model)?.price
    }

    /// The tallies of the last days, today included.
    fn recent(self, days: u32) -> Vec<Tally> {
        let first = clock::day(days.saturating_sub(1));
        let data = self.data.get();
        data.tallies
            .iter()
            .filter(|tally| tally.day >= first)
            .cloned()
            .collect()
    }

    fn total(self, tallies: &[Tally]) -> Total {
        let data = self.data.get();
        figures::total(tallies, &|tally| {
            self.price(&data, &tally.connection, &tally.model)
        })
    }

    /// What the plots measure, and everything that they could.
    fn quantity(self) -> (Quantity, Vec<Quantity>) {
        let total = self.total(&self.recent(self.span.get()));
        let costs = total
            .costs
            .iter()
            .map(|(money, _)| Quantity::Cost(money.currency));
        let all: Vec<Quantity> = costs.chain([Quantity::Tokens]).collect();
        let chosen = self.measure.get().filter(|chosen| all.contains(chosen));
        (chosen.unwrap_or(all[0]), all)
    }

    /// A figure of this quantity in words.
    fn figure(self, quantity: Quantity, value: u64) -> String {
        match quantity {
            Quantity::Cost(currency) => amount(Money {
                currency,
                nano: value,
            }),
            Quantity::Tokens => time::count(self.app.lang.get(), value),
        }
    }
}

/// The page of usage.
#[component]
pub fn Usage(app: App) -> impl IntoView {
    let view = View {
        app,
        data: RwSignal::default(),
        span: RwSignal::new(SPANS[1]),
        measure: RwSignal::new(None),
    };
    // What others change is heard with the settings.
    Effect::new(move |_| {
        app.connections.track();
        if app.ready.get() {
            view.read();
        }
    });
    let some = Memo::new(move |_| !view.data.read().tallies.is_empty());
    view! {
        <section class="section" id="usage">
            <h2>{move || view.words().title}</h2>
            <p>{move || view.words().lede}</p>
            <dl class="usage-sums">
                <Sum view of=Sums::Today />
                <Sum view of=Sums::Month />
                <Sum view of=Sums::Span />
            </dl>
            <Show when=move || !some.get()><p class="hint-line">{move || view.words().nothing_yet}</p></Show>
            <Notes view />
        </section>
        <Budgets view />
        <Show when=move || some.get()>
            <ByDay view />
            <ByModel view />
        </Show>
        <Prices view />
        <Context app />
    }
}

/// Which sum.
#[derive(Clone, Copy)]
enum Sums {
    Today,
    Month,
    Span,
}

/// One sum: what it cost, tokens, replies, cost per 1,000 characters.
#[component]
fn Sum(view: View, of: Sums) -> impl IntoView {
    let tallies = move || {
        let data = view.data.get();
        let month = data.today.get(..7).unwrap_or_default().to_owned();
        let of_it = |tally: &&Tally| match of {
            Sums::Today => tally.day == data.today,
            Sums::Month => tally.day.starts_with(&month),
            Sums::Span => true,
        };
        match of {
            Sums::Span => view.recent(view.span.get()),
            _ => data.tallies.iter().filter(of_it).cloned().collect(),
        }
    };
    let facts = move || {
        let (words, lang) = (view.words(), view.app.lang.get());
        let total = view.total(&tallies());
        let tokens = total.usage.input.saturating_add(total.usage.output);
        let mut facts = vec![(words.replies)(&time::count(lang, total.replies))];
        facts.push(format!("{} tokens", time::count(lang, tokens)));
        for money in figures::per_thousand(&total) {
            facts.push(format!("{} {}", words.per_thousand, amount(money)));
        }
        (costs(&total), facts)
    };
    let name = move || match of {
        Sums::Today => view.words().today.to_owned(),
        Sums::Month => view.words().this_month.to_owned(),
        Sums::Span => (view.words().last_days)(view.span.get()),
    };
    view! {
        <div><dt>{name}</dt><dd><b class="figure">{move || facts().0}</b>{move || facts().1.into_iter().map(|fact| view! { <span class="figure">{fact}</span> }).collect_view()}</dd></div>
    }
}

/// The costs of a total, one for each currency.
fn costs(total: &Total) -> String {
    match total.costs.as_slice() {
        [] => "–".to_owned(),
        costs => costs
            .iter()
            .map(|(money, _)| amount(*money))
            .collect::<Vec<_>>()
            .join(" + "),
    }
}

/// What the figures leave out or guess.
#[component]
fn Notes(view: View) -> impl IntoView {
    move || {
        let total = view.total(&view.recent(view.span.get()));
        let (words, lang) = (view.words(), view.app.lang.get());
        let unpriced =
            (total.unpriced > 0).then(|| (words.unpriced)(&time::count(lang, total.unpriced)));
        let guessed =
            (total.guessed > 0).then(|| (words.guessed)(&time::count(lang, total.guessed)));
        let notes = unpriced.into_iter().chain(guessed);
        notes
            .map(|note| view! { <p class="hint-line">{note}</p> })
            .collect_view()
    }
}

/// A field for an amount. What cannot be read is said beside it and changes nothing.
fn amount_field(
    label: String,
    value: Option<u64>,
    hint: &'static str,
    wrong: &'static str,
    set: impl Fn(Option<u64>) + 'static,
) -> AnyView {
    let bad = RwSignal::new(false);
    let shown = value.map(crate::cost::per_million).unwrap_or_default();
    view! {
        <label class="amount"><span class="visually-hidden">{label}</span>
            <input class="input figure" inputmode="decimal" autocomplete="off" size="8" placeholder=hint prop:value=shown
                aria-invalid=move || bad.get().then_some("true")
                on:change:target=move |event| {
                    let text = event.target().value();
                    let read = crate::cost::read_amount(&text);
                    let empty = text.trim().is_empty();
                    bad.set(!empty && read.is_none());
                    if empty || read.is_some() {
                        set(read);
                    }
                }/>
            <Show when=move || bad.get()><span class="wrong" role="alert">{wrong}</span></Show>
        </label>
    }
    .into_any()
}

/// A choice of a currency.
fn currency_field(label: String, now: Currency, set: impl Fn(Currency) + 'static) -> AnyView {
    let options = Currency::ALL.into_iter().map(|one| {
        view! { <option value=one.code() selected=one == now>{format!("{} {}", one.sign(), one.code())}</option> }
    });
    view! {
        <select class="input" aria-label=label on:change:target=move |event| {
            if let Some(currency) = Currency::from_code(&event.target().value()) {
                set(currency);
            }
        }>{options.collect_view()}</select>
    }
    .into_any()
}

async fn read() -> Result<Data, Fault> {
    let today = clock::day(0);
    // The month can be longer than the longest span only by its first days.
    let first = clock::day(SPANS[2].max(31));
    Ok(Data {
        tallies: db().tallies(&first, &today).await?,
        rates: db().rates().await?,
        budgets: db().budgets().await?,
        today,
    })
}
