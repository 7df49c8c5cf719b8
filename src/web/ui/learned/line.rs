//! One line of what was learned, with what can be done about it.

use super::{Is, Line, Undone};
use crate::cost::amount;
use crate::i18n::Lang;
use crate::i18n::learned::{Words, short};
use crate::memory::{Answer, Edit, Origin, PrefId, undo};
use crate::route::Route;
use crate::web::app::App;
use crate::web::remember::{self, At, Opinion};
use crate::web::ui::icon::{icon, small_icon};
use crate::web::ui::{focus, message, thread};
use leptos::html::Input;
use leptos::prelude::*;
use leptos::task::spawn_local;
use web_sys::{KeyboardEvent, MouseEvent};

/// The line with its buttons. What is undone goes to `undone`.
pub fn line(app: App, at: At, line: Line, undone: RwSignal<Vec<Undone>>) -> AnyView {
    let lang = app.lang.get();
    let asking = RwSignal::new(false);
    let id = line.pref.id.clone();
    let asks = matches!(
        line.is,
        Is::Asked(_) | Is::Proposed | Is::Offered(_) | Is::TakeBack
    );
    let drawing = match asks {
        true => small_icon("ring-next").into_any(),
        false => icon("memory").into_any(),
    };
    let (told, buttons) = (told(lang, &line), buttons(lang, &line));
    let (of, condition) = (id.clone(), line.pref.condition.clone());
    let act = move |event: MouseEvent| {
        let Some(action) = thread::action(&event) else {
            return;
        };
        if action == "when" {
            asking.set(true);
            return;
        }
        let (at, line) = (at.clone(), line.clone());
        spawn_local(async move { done(app, &at, line, &action, undone).await });
    };
    view! {
        <p class="chip-line" data-kind=asks.then_some("ask") data-preference=id.to_string() on:click=act>
            {drawing} {told} {buttons}
            {move || asking.get().then(|| when(app, of.clone(), &condition))}
        </p>
    }
    .into_any()
}

/// Does what a button asks for.
async fn done(app: App, at: &At, line: Line, action: &str, undone: RwSignal<Vec<Undone>>) {
    let id = line.pref.id.clone();
    let change = match (action, &line.is) {
        ("undo", _) => remember::take_back(app, at, &id).await,
        _ => {
            let edit = match action {
                "accept" | "replace" => Edit::Accept(id.clone(), Answer::Replace),
                "both" => Edit::Accept(id.clone(), Answer::Both),
                // The card stays as it is; only the question goes.
                "keep" => Edit::Keep(id.clone()),
                _ => Edit::Retract(id.clone()),
            };
            match &line.is {
                Is::Offered(offer) => {
                    remember::take_offer(app, at, offer, action == "accept").await;
                }
                _ => drop(remember::gesture(app, edit).await),
            }
            // The line is drawn anew: the keyboard stays with it, or goes back to writing.
            focus::soon(format!(
                "[data-preference=\"{id}\"] :is(button, a), #composer"
            ));
            return;
        }
    };
    let Some(change) = change else { return };
    let words = short(app.lang.get_untracked(), &line.pref);
    undone.update(|all| all.push(Undone { words, change }));
    focus::soon("[data-action=\"redo\"]".to_owned());
}

/// What was undone here, each with a way back.
pub fn undone(app: App, undone: RwSignal<Vec<Undone>>) -> AnyView {
    let act = move |event: MouseEvent| {
        let button = thread::button(&event);
        let nth = button.and_then(|button| button.get_attribute("data-nth")?.parse().ok());
        let Some(nth) = nth.filter(|nth: &usize| *nth < undone.read_untracked().len()) else {
            return;
        };
        let gone = undone.write().remove(nth);
        spawn_local(async move {
            if let Some(again) = undo(&gone.change) {
                remember::make(app, again).await;
            }
            focus::soon("[data-action=\"undo\"], #composer".to_owned());
        });
    };
    let lines = move || {
        let words = app.lang.get().learned();
        let all = undone.get().into_iter().enumerate();
        all.map(|(nth, one)| {
            view! {
                <p class="chip-line" data-kind="undone">
                    {icon("revert")}<span>{words.undone}<del>{one.words}</del></span>{dot()}
                    <button type="button" class="link" data-action="redo" data-nth=nth.to_string()>{words.redo}</button>
                </p>
            }
        })
        .collect_view()
    };
    view! { <div on:click=act>{lines}</div> }.into_any()
}

fn told(lang: Lang, line: &Line) -> AnyView {
    let words = lang.learned();
    let what = short(lang, &line.pref);
    let plain =
        |before: &'static str| view! { <span>{before}<b>{what.clone()}</b></span> }.into_any();
    match &line.is {
        Is::Remembered(old) if old.is_empty() => plain(words.remembered),
        Is::Remembered(old) => {
            let replaced: Vec<String> = old.iter().map(|old| short(lang, old)).collect();
            let all = replaced
                .into_iter()
                .map(|old| view! { " "<del>{old}</del> });
            view! { {plain(words.remembered)}{dot()}<span>{words.replaced}{all.collect_view()}</span> }.into_any()
        }
        Is::Again => plain(words.again),
        Is::Asked(old) => view! { <span>{(words.asked)(&short(lang, old))}</span> }.into_any(),
        Is::Proposed => view! { {plain(words.proposed)}{quoted(lang, line)} }.into_any(),
        Is::Offered(offer) => view! {
            {plain(words.offered)}<q class="chip-words">{offer.words.clone()}</q>
        }
        .into_any(),
        Is::TakenBack => view! { <span>{words.taken_back}<del>{what}</del></span> }.into_any(),
        Is::TakeBack => view! { <span>{(words.take_back)(&what)}</span> }.into_any(),
        Is::Gone => view! { <span>{(words.gone)(&what)}</span> }.into_any(),
    }
}

/// Where a model read a proposal out of them: the user's own words.
fn quoted(lang: Lang, line: &Line) -> Option<AnyView> {
    let said = line.pref.said.last()?;
    let words = said.words.clone();
    let source = lang.memory().from_model;
    (said.origin == Origin::Model).then(|| {
        view! { <span class="sub">{source}</span><q class="chip-words">{words}</q> }.into_any()
    })
}

/// What asking the model came to, and what it cost.
pub fn opinion(app: App, opinion: &Opinion) -> AnyView {
    let lang = app.lang.get();
    let words = lang.learned();
    let what = match opinion.found {
        None => words.opinion_none,
        Some(0) => words.opinion_no,
        Some(_) => words.opinion_yes,
    };
    let mut figures = vec![opinion.model.clone()];
    if opinion.tokens > 0 {
        figures.push((words.exact_tokens)(opinion.tokens));
    }
    figures.extend(opinion.cost.map(amount));
    view! {
        <p class="chip-line" data-kind="opinion">{icon("seam")}<span>{what}</span>{dot()}<span class="figure">{figures.join(" · ")}</span></p>
    }
    .into_any()
}

/// What can be done: names of actions with their words; the card itself is a link.
fn buttons(lang: Lang, line: &Line) -> AnyView {
    let words: &'static Words = lang.learned();
    let card = match line.is {
        Is::Remembered(_) => Some(words.edit),
        Is::Again | Is::Gone => Some(words.view),
        _ => None,
    };
    let actions: Vec<(&'static str, String)> = match &line.is {
        Is::Remembered(_) | Is::Again | Is::TakenBack => vec![("undo", words.undo.to_owned())],
        Is::Gone => Vec::new(),
        Is::Proposed | Is::Offered(_) => vec![
            ("accept", words.remember.to_owned()),
            ("decline", words.not.to_owned()),
        ],
        Is::Asked(_) => vec![
            ("replace", (words.change)(&short(lang, &line.pref))),
            ("when", words.depends.to_owned()),
            ("both", words.both.to_owned()),
            ("decline", words.not.to_owned()),
        ],
        Is::TakeBack => vec![
            ("retract", words.yes.to_owned()),
            ("keep", words.not.to_owned()),
        ],
    };
    let href = Route::Memory(Some(line.pref.id.clone())).hash();
    view! {
        {actions.into_iter().map(|(name, label)| view! {
            {dot()}<button type="button" class="link" data-action=name>{label}</button>
        }).collect_view()}
        {card.map(|label| view! { {dot()}<a class="link" href=href>{label}</a> })}
    }
    .into_any()
}

/// The field for the condition under which both hold.
fn when(app: App, id: PrefId, condition: &str) -> AnyView {
    let words = app.lang.get_untracked().learned();
    let field: NodeRef<Input> = NodeRef::new();
    Effect::new(move |_| {
        if let Some(field) = field.get() {
            let _ = field.focus();
        }
    });
    let keep = move || {
        let text = field.get_untracked().map(|field| field.value());
        let Some(text) = text.filter(|text| !text.trim().is_empty()) else {
            return;
        };
        let edit = Edit::Accept(id.clone(), Answer::When(text));
        spawn_local(async move {
            remember::gesture(app, edit).await;
            focus::soon("#composer".to_owned());
        });
    };
    let by_key = keep.clone();
    let on_key = move |event: KeyboardEvent| {
        if event.key() == "Enter" && !message::composing(&event) {
            event.prevent_default();
            by_key();
        }
    };
    view! {
        <span class="chip-when">
            <input class="input" node_ref=field prop:value=condition.to_owned() aria-label=words.when placeholder=words.when on:keydown=on_key/>
            <button type="button" class="link" on:click=move |_| keep()>{words.keep}</button>
        </span>
    }
    .into_any()
}

fn dot() -> AnyView {
    view! { <span class="dot" aria-hidden="true">"·"</span> }.into_any()
}
