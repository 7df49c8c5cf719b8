//! The list of the model picker: the models of all connections, with search, favourites, context and prices. Drawn by
//! the second program; the chat names in the place whom it would ask.

mod lines;
mod listing;

use super::icon::{icon, small_icon};
use super::live::flag;
use super::place::on_toggle;
use super::settings::put_connection;
use super::sidebar::hide_popover;
use crate::chat::choice;
use crate::i18n::models::Words;
use crate::record::favourites::Favourite;
use crate::route::{CHECK, Page, Route};
use crate::text::lowered;
use crate::web::app::{App, db};
use crate::web::bridge::{self, Program};
use leptos::prelude::*;
use leptos::task::spawn_local;
use lines::{Known, Line, lines};
use std::sync::Arc;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

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
    /// How many servers are being asked for their list.
    asking: RwSignal<usize>,
    /// The connections that gave none, each with a line about it.
    failed: RwSignal<Vec<(String, String)>>,
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
        asking: RwSignal::new(0),
        failed: RwSignal::new(Vec::new()),
    };
    on_toggle(place, move |opens| match opens {
        true => list.open(),
        false => list.up.set(false),
    });
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
            // Whoever has typed meanwhile wants something else than what is in use.
            match self.query.try_with_untracked(String::is_empty) {
                Some(true) => self.reach(|line| line.selected),
                _ => self.aim(),
            }
            self.list(false);
        });
        if !super::composer::coarse() {
            super::focus::soon("#model-search".to_owned());
        }
    }

    /// Asks the servers which models there are: those of which that is not known, or, where the user `asked` for it, all.
    fn list(self, asked: bool) {
        let due = listing::due(self.app, asked);
        self.tell_failures();
        if self
            .asking
            .try_update(|count| *count += due.len())
            .is_none()
        {
            return;
        }
        for connection in due {
            spawn_local(async move {
                if let Some(read) = listing::read(self.app, connection, asked).await {
                    self.keeping_place(move || put_connection(self.app, read));
                }
                if self.asking.try_update(|count| *count -= 1) == Some(()) {
                    self.tell_failures();
                    self.tell_end(asked);
                }
            });
        }
    }

    fn tell_failures(self) {
        let lang = self.app.lang.get_untracked();
        self.failed.try_set(listing::failures(self.app, lang));
    }

    /// Says that all have answered, to whoever asked.
    fn tell_end(self, asked: bool) {
        let over = self.asking.try_get_untracked() == Some(0);
        let good = self.failed.try_with_untracked(Vec::is_empty) == Some(true);
        if asked && over && good {
            let words = Words::of(self.app.lang.get_untracked());
            self.told.try_set(words.listed.to_owned());
        }
    }

    /// Changes what is listed. The line that was reached stays so, but what is typed gives way to a model that is found.
    fn keeping_place(self, change: impl FnOnce()) {
        let at = self.active.try_get_untracked().unwrap_or_default();
        let reached = self.at(at);
        change();
        match reached {
            Some(line) if !line.typed => {
                self.reach(|one| (&one.connection, &one.model) == (&line.connection, &line.model));
            }
            _ => self.aim(),
        }
    }

    /// Goes to the model that is called as was typed, or else to the first that was found.
    fn aim(self) {
        let Some(query) = self.query.try_get_untracked() else {
            return;
        };
        let typed = lowered(query.trim());
        self.reach(|line| !line.typed && !typed.is_empty() && lowered(&line.model) == typed);
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
            (list.up.get() && list.asking.get() == 0 && list.lines.read().is_empty())
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
        let failures = move || {
            let lines = list.failed.get().into_iter().map(|(id, line)| {
                let href = Route::Settings(Page::Connections(Some([CHECK, &id].concat()))).hash();
                let check = list.words().check;
                view! { <p class="none">{line}" "<a href=href on:click=move |_| hide_popover("models")>{check}</a></p> }
            });
            lines.collect_view()
        };
        view! {
            <div class="side-search">
                {icon("find")}
                <input type="search" id="model-search" autocomplete="off" role="combobox" aria-expanded="true" aria-controls="model-list"
                    aria-activedescendant=move || format!("model-{}", list.active.get())
                    placeholder=move || list.words().search aria-label=move || list.words().search
                    prop:value=move || list.query.get() on:keydown=move |event| list.on_key(&event)
                    on:input:target=move |event| { list.query.set(event.target().value()); list.aim(); }/>
                <button type="button" class="tool" id="models-refresh" hidden=move || !list.has_servers() aria-busy=move || (list.asking.get() > 0).to_string()
                    aria-label=move || list.words().refresh title=move || list.words().refresh on:click=move |_| list.list(true)>{icon("retry")}</button>
            </div>
            <div role="listbox" id="model-list" aria-label=move || list.app.t().chat.model on:click=move |event| list.on_click(&event)>
                {move || list.groups()}
            </div>
            {none}{figures}
            <div role="status" id="models-failed">{failures}</div>
            {only_demo}
            <p class="visually-hidden" role="status">{move || list.told.get()}</p>
        }
        .into_any()
    }

    /// Whether there is a server that could be asked.
    fn has_servers(self) -> bool {
        let all = self.app.connections.read();
        all.iter().any(|one| one.api.is_remote())
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
