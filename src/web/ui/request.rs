//! What the next request will be, beside the composer: how long, how dear, and whether the budget allows it. Drawn by
//! the second program; the chat names in the place whom it would ask and for which conversation.

use super::composer;
use super::icon::icon;
use super::lens::Listening;
use super::time;
use crate::chat::{Options, summary};
use crate::cost::budget::{Against, Span, Standing, raised};
use crate::cost::{Money, Price, amount, calibrate};
use crate::id::ChatId;
use crate::prompt;
use crate::provider::ModelInfo;
use crate::reply::Usage;
use crate::route::{Page, Route};
use crate::tokens::{Measure, Weights};
use crate::web::app::{App, db, notify};
use crate::web::db::Fault;
use crate::web::places::{Kind, TEXT};
use crate::web::remember;
use crate::web::tabs::Notice;
use crate::web::{chats, clock};
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, HtmlTextAreaElement};

/// Milliseconds of rest after which the text is measured.
const REST: u32 = 200;
/// Whom the chat would ask, and for which conversation.
#[derive(Clone)]
struct About {
    connection: String,
    model: String,
    /// `None` for one that is not stored: new, or temporary.
    chat: Option<ChatId>,
    /// Whether memory goes along.
    memory: bool,
}

/// What is known of the next request before its text.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Before {
    measure: Measure,
    weights: Weights,
    price: Option<Price>,
}

/// The estimate or the budget's line, by the kind of the place.
pub fn in_place(app: App, kind: Kind, place: &HtmlElement) -> AnyView {
    let named = |name: &str| place.get_attribute(name).unwrap_or_default();
    let about = About {
        connection: named("data-connection"),
        model: named("data-model"),
        chat: Some(ChatId(named("data-chat"))).filter(|id| !id.as_str().is_empty()),
        memory: place.has_attribute("data-memory"),
    };
    match kind {
        Kind::Budget => view! {
            {super::summary::under_way(app, about.chat.clone())}
            <Line app about />
        }
        .into_any(),
        _ => view! { <Estimate app about /> }.into_any(),
    }
}

/// How long the request is and what it costs to send, while something is being written.
#[component]
fn Estimate(app: App, about: About) -> impl IntoView {
    let before = RwSignal::new(Before::default());
    let text = RwSignal::new(Measure::default());
    let pause = StoredValue::new_local(clock::Pause::default());
    let memory = RwSignal::new(Measure::default());
    let recalls = about.memory.then(|| about.chat.clone().unwrap_or_default());
    let recalls = StoredValue::new(recalls);
    let whom = about.clone();
    let stored = about.chat.is_some();
    // Whether what was found is no longer so. It is looked for again when there is a text to count it with.
    let stale = StoredValue::new(true);
    let find = move || {
        stale.set_value(false);
        let about = whom.clone();
        spawn_local(async move {
            if let Ok(known) = look(app, about).await {
                before.try_set(known);
            }
        });
    };
    let again = StoredValue::new_local(find.clone());
    let measure = move |rest: u32| {
        pause.with_value(|pause| {
            pause.then(rest, move || {
                let words = composer::words().trim().to_owned();
                text.try_set(Measure::of(&words));
                if words.is_empty() {
                    return;
                }
                // Nobody tells what happens in a conversation that is not stored.
                if !stored || stale.try_get_value() == Some(true) {
                    again.try_with_value(|find| find());
                }
                let Some(chat) = recalls.try_get_value().flatten() else {
                    return;
                };
                spawn_local(async move {
                    let section = remember::section(app, (chat, 0), &words).await;
                    memory.try_set(Measure::of(&section.text));
                });
            });
        });
    };
    if let Some(field) = field() {
        let listening = StoredValue::new_local(vec![
            Listening::new(&field, "input", move |_| measure(REST)),
            Listening::new(&field, TEXT, move |_| measure(REST)),
        ]);
        on_cleanup(move || listening.dispose());
    }
    measure(0);
    Effect::new(move |_| {
        app.connections.track();
        app.busy.track();
        match text.get_untracked() == Measure::default() {
            true => stale.set_value(true),
            false => find(),
        }
    });
    move || {
        let text = text.get();
        let Before {
            measure,
            weights,
            price,
        } = before.get();
        if text == Measure::default() {
            return None;
        }
        let (words, lang) = (app.lang.get().usage(), app.lang.get());
        let count = |measure: Measure| time::count(lang, measure.tokens(weights).into());
        let memory = memory.get();
        let all = measure.and(memory).and(Measure { turns: 1, ..text });
        let cost = price.map(|price| {
            amount(price.of(Usage {
                input: all.tokens(weights).into(),
                ..Usage::default()
            }))
        });
        let mut said = (words.request)(&count(all), &count(text));
        let recalled = (memory != Measure::default()).then(|| count(memory));
        if let Some(tokens) = &recalled {
            said += &(words.request_memory)(tokens);
        }
        if let Some(cost) = &cost {
            said = [&said, "\n", &(words.request_cost)(cost)].concat();
        }
        Some(view! {
            <span class="estimate" title=said>
                <span class:wide-only=cost.is_some()>{(words.about_tokens)(&count(all))}</span>
                {recalled.map(|tokens| view! { <span class="wide-only" data-memory="">{(words.of_memory)(&tokens)}</span> })}
                {cost.map(|cost| view! { <span>{(words.about_cost)(&cost)}</span> })}
            </span>
        })
    }
}

/// Says that the budget is near its end or used up, with a way on.
#[component]
fn Line(app: App, about: About) -> impl IntoView {
    let standing = RwSignal::new(Standing::Well);
    let lifted = RwSignal::new(None::<Money>);
    let look = StoredValue::new(about);
    let read = move || {
        let about = look.get_value();
        spawn_local(async move {
            let listed = listed(app, &about).and_then(|one| one.price);
            let (db, today) = (db(), clock::day(0));
            let found = db.standing(&today, &about.connection, &about.model, listed);
            if let Ok(found) = found.await
                && standing.try_get_untracked().is_some_and(|now| now != found)
            {
                standing.set(found);
            }
        });
    };
    Effect::new(move |_| {
        app.connections.track();
        app.busy.track();
        read();
    });
    let raise = move |against: Against| {
        spawn_local(async move {
            match lift(against).await {
                Ok(limit) => {
                    lifted.try_set(Some(limit));
                    read();
                    composer::focus();
                }
                Err(fault) => app.fault(&fault),
            }
        });
    };
    move || {
        let words = app.lang.get().usage();
        let (state, said, against) = match (standing.get(), lifted.get()) {
            (Standing::Reached(against), _) => {
                let limit = amount(against.limit);
                let said = match against.span {
                    Span::Day => (words.reached_day)(&limit),
                    Span::Month => (words.reached_month)(&limit),
                };
                ("reached", said, Some(against))
            }
            (_, Some(limit)) => ("raised", (words.raised)(&amount(limit)), None),
            (Standing::Near(against), None) => {
                let figures = (&amount(against.spent), &amount(against.limit));
                let said = match against.span {
                    Span::Day => (words.near_day)(figures.0, figures.1),
                    Span::Month => (words.near_month)(figures.0, figures.1),
                };
                ("near", said, Some(against))
            }
            (Standing::Well, None) => return None,
        };
        let button = against.map(|against| {
            let limit = Money::micro(against.limit.currency, raised(against));
            let words = (words.raise)(&amount(limit));
            view! { <button type="button" class="button" data-action="raise-budget" on:click=move |_| raise(against)>{words}</button> }
        });
        Some(view! {
            <p class="budget-line" data-budget=state role="status">
                {icon("alert")}<span>{said}</span>{button}
                <a class="link" href=Route::Settings(Page::Usage).hash()>{words.to_usage}</a>
            </p>
        })
    }
}

/// Raises a limit and says to what.
async fn lift(against: Against) -> Result<Money, Fault> {
    let currency = against.limit.currency;
    let limit = raised(against);
    let db = db();
    let span = against.span;
    db.change_budget(currency, |budget| budget.with(span, Some(limit)))
        .await?;
    notify(&Notice::Changed {
        store: crate::record::schema::KV.to_owned(),
        key: crate::record::usage::BUDGETS.to_owned(),
        rev: 0,
    });
    Ok(Money::micro(currency, limit))
}

/// What goes with the next text.
async fn look(app: App, about: About) -> Result<Before, Fault> {
    let database = db();
    let rate = database.rate(&about.connection, &about.model).await?;
    let mut options = Options {
        system: system_prompt(),
        ..Options::default()
    };
    let measure = match &about.chat {
        None => shown().and(prompt::assemble(&[], &options, "", u32::MAX).ask.measure()),
        Some(chat) => {
            let row = database.conversation(chat).await?.unwrap_or_default();
            let path = chats::stored(&database, chat, row.leaf, summary::MOST).await?;
            options = app.with_middle(row.options, false);
            let budget = prompt::budget(listed(app, &about).and_then(|one| one.context));
            prompt::assemble(&path, &options, "", budget).ask.measure()
        }
    };
    Ok(Before {
        measure,
        weights: calibrate::fit(&rate.reports),
        price: rate.price.or(listed(app, &about).and_then(|one| one.price)),
    })
}

/// What the provider's list says of the model that would be asked.
fn listed(app: App, about: &About) -> Option<ModelInfo> {
    let all = app.connections.read_untracked();
    let connection = all.iter().find(|one| one.id == about.connection)?;
    connection.listed(&about.model).cloned()
}

/// What a conversation that is not stored shows of itself.
fn shown() -> Measure {
    let mut all = Measure::default();
    let found = document().query_selector_all(".message :is(.words, .prose)");
    if let Ok(found) = found {
        for at in 0..found.length() {
            let text = found.get(at).and_then(|node| node.text_content());
            all = all.and(Measure::of_turn(&text.unwrap_or_default()));
        }
    }
    all
}

/// The system prompt of a conversation that is not stored, from its field.
fn system_prompt() -> String {
    let field = document().get_element_by_id("option-system");
    let field = field.and_then(|field| field.dyn_into::<HtmlTextAreaElement>().ok());
    field.map(|field| field.value()).unwrap_or_default()
}

fn field() -> Option<HtmlTextAreaElement> {
    document().get_element_by_id("composer")?.dyn_into().ok()
}
