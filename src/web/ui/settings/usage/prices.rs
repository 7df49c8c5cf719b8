//! The prices: of the models that were used, and of each connection's own.

use super::{View, amount_field, currency_field};
use crate::cost::calibrate;
use crate::cost::{Currency, Price};
use crate::web::app::db;
use crate::web::ui::time;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// A model of a connection.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Model {
    name: String,
    model: String,
    connection: String,
}

/// What a field does to a price.
type Change = Box<dyn FnOnce(Price) -> Option<Price>>;

/// The prices, editable.
#[component]
pub(super) fn Prices(view: View) -> impl IntoView {
    let rows = move || {
        models(view)
            .into_iter()
            .map(|model| row(view, model))
            .collect_view()
    };
    let heads = move || {
        let words = view.words();
        [
            words.model,
            words.currency,
            words.price_in,
            words.price_cached,
            words.price_out,
            words.estimate,
        ]
        .map(|head| view! { <th scope="col">{head}</th> })
        .into_iter()
        .collect_view()
    };
    view! {
        <section class="section" id="prices">
            <h3>{move || view.words().prices}</h3>
            <p>{move || view.words().prices_lede}</p>
            <div class="table-wrap"><table class="usage-table">
                <thead><tr>{heads}</tr></thead>
                <tbody>{rows}</tbody>
            </table></div>
        </section>
    }
}

/// Which models have a row: those that were asked or priced, and those that are asked by default. Not those of
/// connections that are gone.
fn models(view: View) -> Vec<Model> {
    let data = view.data.get();
    let all = view.app.connections.read();
    let mut models = Vec::new();
    let mut add = |connection: &str, model: &str| {
        let found = all.iter().find(|one| one.id == connection);
        if let Some(found) = found.filter(|one| one.id != "demo" && !model.is_empty()) {
            models.push(Model {
                name: found.name.clone(),
                model: model.to_owned(),
                connection: connection.to_owned(),
            });
        }
    };
    for rate in &data.rates {
        add(&rate.connection, &rate.model);
    }
    for connection in all.iter() {
        add(&connection.id, &connection.model);
    }
    let (connection, model) = view.app.choice_by_default();
    add(&connection.id, &model);
    models.sort();
    models.dedup();
    models
}

fn row(view: View, of: Model) -> AnyView {
    let words = view.words();
    let data = view.data.get();
    let rate = data
        .rates
        .iter()
        .find(|rate| rate.connection == of.connection && rate.model == of.model);
    let own = rate.and_then(|rate| rate.price);
    let listed = view.listed(&of.connection, &of.model);
    let price = own.or(listed);
    let source = match (own, listed) {
        (Some(_), _) => words.own,
        (None, Some(_)) => words.listed,
        _ => words.unknown,
    };
    let reports = rate.map_or(0, |rate| rate.reports.len());
    let counted = match reports {
        0 => words.not_calibrated.to_owned(),
        n => (words.calibrated)(&time::count(
            view.app.lang.get(),
            n.min(calibrate::KEPT) as u64,
        )),
    };
    let now = price.unwrap_or(Price {
        currency: likely(view, &of.connection),
        ..Price::default()
    });
    let name = (words.price_of)(&of.model);
    let set = {
        let of = of.clone();
        move |change: Change| {
            let of = of.clone();
            spawn_local(async move {
                let change = |own: Option<Price>| change(own.unwrap_or(now));
                let done = db().change_price(&of.connection, &of.model, change).await;
                view.changed(done);
            });
        }
    };
    let field = |part: &'static str, value: Option<u64>, with: fn(Price, Option<u64>) -> Price| {
        let set = set.clone();
        let label = format!("{name}: {part}");
        let view = amount_field(label, value, "–", words.bad_amount, move |micro| {
            set(Box::new(move |price| Some(with(price, micro))))
        });
        view! { <td data-head=part>{view}</td> }
    };
    let input = field(
        words.price_in,
        price.map(|price| price.input),
        |price, micro| Price {
            input: micro.unwrap_or(0),
            ..price
        },
    );
    let cached = field(words.price_cached, now.cached, |price, cached| Price {
        cached,
        ..price
    });
    let output = field(
        words.price_out,
        price.map(|price| price.output),
        |price, micro| Price {
            output: micro.unwrap_or(0),
            ..price
        },
    );
    let currency = currency_field(format!("{name}: {}", words.currency), now.currency, {
        let set = set.clone();
        move |currency| set(Box::new(move |price| Some(Price { currency, ..price })))
    });
    let back = own.map(|_| {
        let words = if listed.is_some() {
            words.to_listed
        } else {
            words.forget_price
        };
        view! { <button class="link" on:click=move |_| set(Box::new(|_| None))>{words}</button> }
    });
    view! {
        <tr data-model=of.model.clone()>
            <th scope="row">{of.model.clone()}<span class="hint-line">{format!("{} · {source} ", of.name)}{back}</span></th>
            <td data-head=words.currency>{currency}</td>{input}{cached}{output}
            <td data-head=words.estimate><span class="hint-line">{counted}</span></td>
        </tr>
    }
    .into_any()
}

/// The currency in which a connection bills, as far as another of its models tells; otherwise the one that hosts
/// of its country bill in.
fn likely(view: View, connection: &str) -> Currency {
    let data = view.data.get();
    let known = data
        .rates
        .iter()
        .filter(|rate| rate.connection == connection);
    if let Some(price) = known.filter_map(|rate| rate.price).next() {
        return price.currency;
    }
    let all = view.app.connections.read();
    let base = all
        .iter()
        .find(|one| one.id == connection)
        .map(|one| one.base.clone());
    Currency::of_host(&crate::provider::address::host(&base.unwrap_or_default()))
}
