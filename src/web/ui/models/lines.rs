//! What there is to choose from in the picker: a line for every model of every connection.

use crate::cost::charge::Rate;
use crate::cost::{Price, per_million};
use crate::i18n::models::Words;
use crate::provider::{Connection, ModelInfo};
use crate::record::favourites::Favourite;
use crate::text::lowered;
use crate::tokens;
use crate::web::app::App;
use leptos::prelude::*;

/// Models of a connection that are listed at most; the search finds the others.
const MOST: usize = 200;

/// One line of the list.
#[derive(Clone, PartialEq)]
pub struct Line {
    /// Over which group it stands: a connection's name, or that of the favourites.
    pub group: String,
    /// Whose it is.
    pub connection: String,
    /// Its name in requests.
    pub model: String,
    /// What stands there.
    pub shown: String,
    /// Context and price, short.
    pub figures: String,
    /// The same in words.
    pub said: String,
    /// Whether it is a favourite.
    pub favourite: bool,
    /// Whether it is in use.
    pub selected: bool,
    /// Whether it is what was typed, which no server has listed.
    pub typed: bool,
}

/// What is stored about models.
#[derive(Default)]
pub struct Known {
    /// The favourites, in their order.
    pub favourites: Vec<Favourite>,
    /// The prices that the user has set.
    pub rates: Vec<Rate>,
}

/// What there is to choose from. A name that is typed can be used though no server has listed it.
pub fn lines(app: App, now: &Favourite, known: &Known, wanted: &str) -> Vec<Line> {
    let words = Words::of(app.lang.get());
    let connections = app.connections.read();
    let several = connections.len() > 2;
    let lower = lowered(wanted);
    let fits = |text: &str| lower.is_empty() || lowered(text).contains(&lower);
    let is_favourite = |connection: &str, model: &str| {
        let mut all = known.favourites.iter();
        all.any(|one| one.0 == connection && one.1 == model)
    };
    let line = |connection: &Connection, model: &str| {
        let demo = connection.id == "demo";
        let (figures, said) = figures(words, known, connection, model);
        Line {
            group: name_of(app, connection),
            shown: match demo {
                true => app.t().chat.demo_note.to_owned(),
                false => model.to_owned(),
            },
            figures,
            said,
            favourite: is_favourite(&connection.id, model),
            selected: now.0 == connection.id && (demo || now.1 == model),
            connection: connection.id.clone(),
            model: model.to_owned(),
            typed: false,
        }
    };
    let (mut all, mut typed) = (Vec::new(), Vec::new());
    for (id, model) in &known.favourites {
        let Some(connection) = connections.iter().find(|one| one.id == *id) else {
            continue;
        };
        let name = name_of(app, connection);
        if fits(model) || fits(&name) {
            let mut line = line(connection, model);
            line.group = words.favourites.to_owned();
            if several {
                let parts = [name, std::mem::take(&mut line.figures)];
                line.figures = parts
                    .into_iter()
                    .filter(|part| !part.is_empty())
                    .collect::<Vec<_>>()
                    .join(" · ");
            }
            all.push(line);
        }
    }
    for connection in connections.iter() {
        let name = name_of(app, connection);
        let models = || models(connection, now);
        let found = models().filter(|model| fits(model) || fits(&name));
        let found = found.filter(|model| !is_favourite(&connection.id, model));
        all.extend(found.take(MOST).map(|model| line(connection, model)));
        let named = is_favourite(&connection.id, wanted) || models().any(|model| model == wanted);
        if connection.id != "demo" && !wanted.is_empty() && !named {
            let mut line = line(connection, wanted);
            line.shown = (words.typed)(wanted);
            line.typed = true;
            typed.push(line);
        }
    }
    // After everything that was found: Enter chooses the first line.
    all.extend(typed);
    all
}

/// What a connection is called.
pub fn name_of(app: App, connection: &Connection) -> String {
    match connection.id.as_str() {
        "demo" => app.t().chat.demo.to_owned(),
        _ => connection.name.clone(),
    }
}

/// The connection's own model and the one in use, where its server does not list them, and those that it does.
fn models<'a>(connection: &'a Connection, now: &'a Favourite) -> impl Iterator<Item = &'a str> {
    let unlisted = |model: &&str| !model.is_empty() && connection.listed(model).is_none();
    let own = Some(connection.model.as_str()).filter(unlisted);
    let used = Some(now.1.as_str())
        .filter(|used| connection.id == now.0 && connection.model != *used)
        .filter(unlisted);
    let listed = connection.models.iter().map(|model| model.id.as_str());
    own.into_iter().chain(used).chain(listed)
}

/// Context and price of a model, short and in words; empty where nothing is known.
fn figures(words: &Words, known: &Known, connection: &Connection, model: &str) -> (String, String) {
    let listed = connection.listed(model);
    let own = known
        .rates
        .iter()
        .find(|rate| rate.connection == connection.id && rate.model == model);
    let price = own
        .and_then(|rate| rate.price)
        .or(listed.and_then(|one| one.price));
    let context = listed
        .and_then(|one: &ModelInfo| one.context)
        .map(tokens::short);
    let of = |price: Price, micro| [price.currency.sign(), &per_million(micro)].concat();
    let short = price.map(|price| match price.is_free() {
        true => words.free.to_owned(),
        false => format!("{}/{}", of(price, price.input), per_million(price.output)),
    });
    let long = price.map(|price| match price.is_free() {
        true => words.free.to_owned(),
        false => (words.price)(&of(price, price.input), &of(price, price.output)),
    });
    let said = context.as_deref().map(|tokens| (words.context)(tokens));
    let join = |parts: [Option<String>; 2], by: &str| {
        parts.into_iter().flatten().collect::<Vec<_>>().join(by)
    };
    (join([context, short], " · "), join([said, long], ", "))
}
