//! The list of the model picker: the models of all connections, with search, favourites, context and prices. Drawn by
//! the second program; the chat names in the place whom it would ask.

use super::icon::{icon, small_icon};
use super::lens::Listening;
use super::live::flag;
use super::sidebar::{hide_popover, opens};
use crate::chat::choice;
use crate::cost::charge::Rate;
use crate::cost::{Price, per_million};
use crate::i18n::models::Words;
use crate::provider::{Connection, ModelInfo};
use crate::record::favourites::Favourite;
use crate::route::{Page, Route};
use crate::text::lowered;
use crate::tokens;
use crate::web::app::{App, db};
use crate::web::bridge::{self, Program};
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::sync::Arc;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

/// Models of a connection that are listed at most; the search finds the others.
const MOST: usize = 200;

/// One line of the list.
#[derive(Clone, PartialEq)]
struct Line {
    /// Over which group it stands: a connection's name, or that of the favourites.
    group: String,
    connection: String,
    model: String,
    shown: String,
    /// Context and price, short.
    figures: String,
    /// The same in words.
    said: String,
    favourite: bool,
    selected: bool,
}

/// What is stored about models.
#[derive(Default)]
struct Known {
    favourites: Vec<Favourite>,
    rates: Vec<Rate>,
}

/// The list. `Copy`, so that it goes into every closure.
#[derive(Clone, Copy)]
struct List {
    app: App,
    /// Whether it is to be seen. Closed it is not drawn.
    up: RwSignal<bool>,
    query: RwSignal<String>,
    known: RwSignal<Arc<Known>>,
    lines: Memo<Vec<Line>>,
    /// The line that the arrow keys have reached.
    active: RwSignal<usize>,
    told: RwSignal<String>,
}

/// The list in its place.
pub fn view(app: App, place: &HtmlElement) -> AnyView {
    let named = |name: &str| place.get_attribute(name).unwrap_or_default();
    let now = StoredValue::new((named("data-connection"), named("data-model")));
    let query = RwSignal::new(String::new());
    let known = RwSignal::new(Arc::new(Known::default()));
    let up = RwSignal::new(false);
    let lines = Memo::new(move |_| match up.get() {
        true => now.with_value(|now| lines(app, now, &known.read(), query.read().trim())),
        false => Vec::new(),
    });
    let list = List {
        app,
        up,
        query,
        known,
        lines,
        active: RwSignal::new(0),
        told: RwSignal::new(String::new()),
    };
    if let Some(popover) = place.parent_element() {
        let listening = Listening::new(&popover, "toggle", move |event| match opens(&event) {
            true => list.open(),
            false => list.up.set(false),
        });
        let listening = StoredValue::new_local(listening);
        on_cleanup(move || listening.dispose());
        if popover.matches(":popover-open").unwrap_or_default() {
            list.open();
        }
    }
    list.draw()
}

impl List {
    fn words(self) -> &'static Words {
        Words::of(self.app.lang.get())
    }

    /// The list comes up: with everything, on the model in use.
    fn open(self) {
        self.up.set(true);
        self.query.set(String::new());
        self.told.set(String::new());
        spawn_local(async move {
            self.read().await;
            self.reach(|line| line.selected);
        });
        if !super::composer::coarse() {
            super::focus::soon("#model-search".to_owned());
        }
    }

    async fn read(self) {
        let db = db();
        if let (Ok(favourites), Ok(rates)) = (db.favourites().await, db.rates().await) {
            self.known.try_set(Arc::new(Known { favourites, rates }));
        }
    }

    fn at(self, at: usize) -> Option<Line> {
        self.lines.try_read_untracked()?.get(at).cloned()
    }

    /// Goes to a line. What was read meanwhile may have come after the list has gone: a choice makes a new one.
    fn reach(self, wanted: impl Fn(&Line) -> bool) {
        let Some(lines) = self.lines.try_read_untracked() else {
            return;
        };
        let at = lines.iter().position(wanted).unwrap_or_default();
        drop(lines);
        self.active.try_set(at);
        show_active(at);
    }

    fn choose(self, at: usize) {
        let Some(line) = self.at(at) else { return };
        hide_popover("models");
        spawn_local(async move {
            bridge::ask(Program::Chat, &choice::write(&line.connection, &line.model)).await;
        });
    }

    /// Makes a model a favourite, or no longer one.
    fn favour(self, at: usize) {
        let Some(line) = self.at(at).filter(|line| line.connection != "demo") else {
            return;
        };
        spawn_local(async move {
            let one = (line.connection, line.model);
            match db().turn_favourite(&one).await {
                Ok(is_new) => {
                    self.read().await;
                    let words = Words::of(self.app.lang.get_untracked());
                    let said = if is_new { words.added } else { words.removed };
                    self.told.try_set(said(&one.1));
                    self.reach(|line| is(line, &one));
                }
                Err(fault) => self.app.fault(&fault),
            }
        });
    }

    fn on_key(self, event: &web_sys::KeyboardEvent) {
        if super::message::composing(event) {
            return;
        }
        let last = self.lines.read_untracked().len().saturating_sub(1);
        let at = self.active.get_untracked().min(last);
        match event.key().as_str() {
            "ArrowDown" => self.active.set(if at == last { 0 } else { at + 1 }),
            "ArrowUp" => self.active.set(if at == 0 { last } else { at - 1 }),
            "Enter" if event.shift_key() => self.favour(at),
            "Enter" => self.choose(at),
            _ => return,
        }
        event.prevent_default();
        show_active(self.active.get_untracked());
    }

    /// A click on a line chooses it, on its star it makes a favourite of it.
    fn on_click(self, event: &web_sys::MouseEvent) {
        let target = event
            .target()
            .and_then(|target| target.dyn_into::<web_sys::Element>().ok());
        let within = |css: &str| target.as_ref()?.closest(css).ok().flatten();
        let at =
            within("[role=option]").and_then(|line| line.id().strip_prefix("model-")?.parse().ok());
        match (at, within("[data-action=favourite]")) {
            (Some(at), None) => self.choose(at),
            (Some(at), Some(_)) => self.favour(at),
            (None, _) => {}
        }
    }

    fn draw(self) -> AnyView {
        let list = self;
        let none = move || {
            let words = list.words();
            (list.up.get() && list.lines.read().is_empty())
                .then(|| view! { <p class="none" role="status">{words.none}</p> })
        };
        let figures = move || {
            let any = list
                .lines
                .read()
                .iter()
                .any(|line| !line.figures.is_empty());
            any.then(
                || view! { <p class="none figure" aria-hidden="true">{list.words().figures}</p> },
            )
        };
        let connect = Route::Settings(Page::Connections(Some("new".to_owned()))).hash();
        let only_demo = move || {
            let href = connect.clone();
            (list.app.connections.read().len() < 2).then(|| view! {
                <a class="none" href=href on:click=move |_| hide_popover("models")>{list.app.t().chat.connect}</a>
            })
        };
        view! {
            <div class="side-search">
                {icon("find")}
                <input type="search" id="model-search" autocomplete="off" role="combobox" aria-expanded="true" aria-controls="model-list"
                    aria-activedescendant=move || format!("model-{}", list.active.get())
                    placeholder=move || list.words().search aria-label=move || list.words().search
                    prop:value=move || list.query.get() on:keydown=move |event| list.on_key(&event)
                    on:input:target=move |event| { list.active.set(0); list.query.set(event.target().value()) }/>
            </div>
            <div role="listbox" id="model-list" aria-label=move || list.app.t().chat.model on:click=move |event| list.on_click(&event)>
                {move || list.groups()}
            </div>
            {none}{figures}{only_demo}
            <p class="visually-hidden" role="status">{move || list.told.get()}</p>
        }
        .into_any()
    }

    fn groups(self) -> AnyView {
        let all = self.lines.read();
        let words = self.words();
        let mut at = 0;
        let groups = all.chunk_by(|a, b| a.group == b.group).map(|group| {
            let (name, label) = (group[0].group.clone(), group[0].group.clone());
            let lines = group.iter().map(|line| {
                at += 1;
                self.line(words, at - 1, line)
            });
            view! { <div role="group" aria-label=label><span aria-hidden="true">{name}</span>{lines.collect_view()}</div> }
        });
        groups.collect_view().into_any()
    }

    fn line(self, words: &Words, at: usize, line: &Line) -> AnyView {
        let (star, favour) = match line.favourite {
            true => ("★", words.remove),
            false => ("☆", words.add),
        };
        let star = (line.connection != "demo").then(|| view! {
            <span class="star" data-action="favourite" data-on=line.favourite.then_some("") title=favour aria-hidden="true">{star}</span>
        });
        let said = [line.shown.as_str(), &line.said].join(" ");
        let said = match line.favourite {
            true => [&said, ", ", words.favourites].concat(),
            false => said,
        };
        let active = self.active;
        view! {
            <div role="option" id=format!("model-{at}") aria-selected=line.selected.to_string() aria-label=said
                data-model=line.model.clone() data-active=flag(move || (active.get() == at).then_some(""))>
                {small_icon("tick")}<span class="name">{line.shown.clone()}</span><span class="sub figure">{line.figures.clone()}</span>{star}
            </div>
        }
        .into_any()
    }
}

/// What there is to choose from. A name that is typed can be used though no server has listed it.
fn lines(app: App, now: &Favourite, known: &Known, wanted: &str) -> Vec<Line> {
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
            typed.push(line);
        }
    }
    // After everything that was found: Enter chooses the first line.
    all.extend(typed);
    all
}

fn name_of(app: App, connection: &Connection) -> String {
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

fn is(line: &Line, one: &Favourite) -> bool {
    line.connection == one.0 && line.model == one.1
}

/// Keeps the line in view that the arrow keys have reached.
fn show_active(at: usize) {
    spawn_local(async move {
        crate::web::clock::frame().await;
        let line = document().get_element_by_id(&format!("model-{at}"));
        if let Some(line) = line.and_then(|line| line.dyn_into::<HtmlElement>().ok()) {
            let options = web_sys::ScrollIntoViewOptions::new();
            options.set_block(web_sys::ScrollLogicalPosition::Nearest);
            line.scroll_into_view_with_scroll_into_view_options(&options);
        }
    });
}
