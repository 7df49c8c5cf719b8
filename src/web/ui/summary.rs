//! The summary at the line where the model's memory begins: read, edited, written anew, thrown away; and what is under way.

use super::focus;
use super::icon::icon;
use super::time;
use crate::chat::{Seq, Summary, summary as core};
use crate::cost::amount;
use crate::id::ChatId;
use crate::prompt::condense;
use crate::settings::Middle;
use crate::web::app::App;
use crate::web::clock;
use crate::web::summary::{self, State, states};
use leptos::html::Textarea;
use leptos::prelude::*;
use leptos::task::spawn_local;
use web_sys::HtmlElement;

/// Milliseconds after which an outdated summary is made anew: a deletion may be undone until then.
const AGAIN: u32 = 12_000;
/// Most tokens of a summary that a person writes.
const LONGEST: u32 = 2_000;

/// What there is for the shown branch of a conversation.
#[derive(Clone, Debug, Default, PartialEq)]
struct Found {
    /// Whether it is to be summarised at all.
    wanted: bool,
    /// Whether the model that would be asked can.
    can: bool,
    /// The newest summary, with the message that it belongs to.
    made: Option<(Seq, Summary)>,
    /// Whether it still stands for what it covers.
    holds: bool,
}

/// A summary that was thrown away, with its message.
type Thrown = RwSignal<Option<(Seq, Summary)>>;

/// What the user is about.
#[derive(Clone, Copy)]
struct Hand {
    editing: RwSignal<bool>,
    thrown: Thrown,
}

async fn look(app: App, chat: &ChatId) -> Option<Found> {
    let (_, path, options) = summary::branch(app, chat).await?;
    let newest = path.iter().rposition(|one| one.summary.is_some());
    let made = newest.and_then(|at| Some((path[at].seq, path[at].summary.clone()?)));
    let holds = newest
        .zip(made.as_ref())
        .is_some_and(|(at, (_, made))| core::holds(&path[..=at], made));
    Some(Found {
        wanted: options.middle == Some(Middle::Summarise),
        can: app.choice_of(&options).0.api.is_remote(),
        made,
        holds,
    })
}

/// The view below the line.
pub fn view(app: App, place: &HtmlElement) -> AnyView {
    let chat = ChatId(place.get_attribute("data-chat").unwrap_or_default());
    let found = RwSignal::new(Found::default());
    let hand = Hand {
        editing: RwSignal::new(false),
        thrown: RwSignal::new(None),
    };
    let id = StoredValue::new(chat.clone());
    let state = Memo::new(move |_| id.with_value(|chat| states().read().get(chat).cloned()));
    let failed = Memo::new(move |_| matches!(state.get(), Some(State::Failed(_))));
    Effect::new(move |_| {
        app.busy.track();
        app.connections.track();
        app.settings.track();
        let chat = id.get_value();
        spawn_local(async move {
            let seen = look(app, &chat).await.unwrap_or_default();
            if found.try_get_untracked().is_some_and(|now| now != seen) {
                found.set(seen);
            }
        });
    });
    let outdated = Memo::new(move |_| {
        let found = found.read();
        let stands = found.made.as_ref();
        let stands = stands.is_some_and(|(_, made)| !made.is_thrown());
        found.wanted && found.can && stands && !found.holds
    });
    // What a deletion began is over when it is undone; the next one has its time again.
    let turns = StoredValue::new(0u32);
    Effect::new(move |_| {
        turns.update_value(|turns| *turns += 1);
        let turn = turns.get_value();
        if outdated.get() {
            spawn_local(async move {
                clock::sleep(AGAIN).await;
                if turns.try_get_value() == Some(turn)
                    && outdated.try_get_untracked() == Some(true)
                    && failed.try_get_untracked() == Some(false)
                    && let Some(chat) = id.try_get_value()
                {
                    summary::make(app, &chat, false).await;
                }
            });
        }
    });
    let lines = move || lines(app, &chat, &found.get(), state.get(), hand);
    lines.into_any()
}

/// What is under way, the summary, and what is to be said of it.
fn lines(app: App, chat: &ChatId, found: &Found, state: Option<State>, hand: Hand) -> AnyView {
    let words = app.lang.get().summary();
    if !found.wanted {
        return ().into_any();
    }
    let body = match &found.made {
        Some((seq, made)) if hand.editing.get() => {
            editor(app, chat, *seq, made.clone(), hand.editing)
        }
        Some((seq, made)) if !made.is_thrown() => folded(app, chat, *seq, made, found.holds, hand),
        _ => ().into_any(),
    };
    let line = match (state, &found.made) {
        (Some(State::Making(_)), _) => None,
        (Some(State::Failed(why)), _) => Some((words.failed)(&why)),
        (None, Some((_, made))) if made.is_thrown() => Some(words.thrown.to_owned()),
        (None, Some(_)) => (!found.holds).then(|| words.outdated.to_owned()),
        (None, None) if !found.can => Some(words.not_by_this.to_owned()),
        (None, None) => Some(words.none_yet.to_owned()),
    };
    let of = chat.clone();
    let make = move |_| {
        let of = of.clone();
        spawn_local(async move { summary::make(app, &of, true).await });
    };
    let is_thrown = found
        .made
        .as_ref()
        .is_some_and(|(_, made)| made.is_thrown());
    let undo = hand.thrown.get().filter(|_| is_thrown).map(|(seq, before)| {
        let of = chat.clone();
        let undo = move |_| {
            let (of, before) = (of.clone(), before.clone());
            spawn_local(async move {
                summary::replace(app, &of, seq, Some(before)).await;
            });
        };
        view! { <button type="button" class="link" data-action="undo-summary" on:click=undo>{words.undo}</button> }
    });
    let line = line.map(|line| {
        view! {
            <p class="summary-state" role="status"><span>{line}</span>{undo}
                {found.can.then(|| view! { <button type="button" class="link" data-action="summarise" on:click=make>{words.make}</button> })}
            </p>
        }
    });
    // It is announced once, by the line above the composer.
    view! { <div class="summary">{making(app, chat, None)}{body}{line}</div> }.into_any()
}

/// The summary, folded, with what can be done with it.
fn folded(app: App, chat: &ChatId, seq: Seq, made: &Summary, holds: bool, hand: Hand) -> AnyView {
    let (words, lang) = (app.lang.get().summary(), app.lang.get());
    let mut facts = vec![(words.covers)(made.covers.len()), (words.by)(&made.model)];
    if made.tokens > 0 {
        facts.push(format!("{} tokens", time::count(lang, made.tokens)));
    }
    facts.extend(made.cost.map(amount));
    if made.edited {
        facts.push(words.edited.to_owned());
    }
    let again = {
        let chat = chat.clone();
        move |_| {
            let chat = chat.clone();
            spawn_local(async move { summary::make(app, &chat, true).await });
        }
    };
    let chat = chat.clone();
    let discard = move |_| throw_away(app, chat.clone(), seq, hand.thrown);
    view! {
        <details class="reasoning summary-text" data-outdated=(!holds).then_some("")>
            <summary>{icon("down")}<b>{words.title}</b><span class="figure">{facts.join(" · ")}</span></summary>
            <p class="thought">{made.text.clone()}</p>
            <p class="summary-tools">
                <button type="button" class="link" data-action="edit-summary" on:click=move |_| hand.editing.set(true)>{words.edit}</button>
                <button type="button" class="link" data-action="summarise" on:click=again>{words.again}</button>
                <button type="button" class="link" data-action="discard-summary" on:click=discard>{words.discard}</button>
            </p>
        </details>
    }
    .into_any()
}

/// Takes a summary away; what it covered is left out from now on. It comes back from `thrown`.
fn throw_away(app: App, chat: ChatId, seq: Seq, thrown: Thrown) {
    spawn_local(async move {
        let empty = Some(Summary::default());
        let before = summary::replace(app, &chat, seq, empty).await;
        thrown.try_set(before.map(|before| (seq, before)));
        focus::soon(".summary [data-action=undo-summary]".to_owned());
    });
}

/// The words of the summary in a field.
fn editor(app: App, chat: &ChatId, seq: Seq, made: Summary, editing: RwSignal<bool>) -> AnyView {
    let words = app.lang.get().summary();
    let field: NodeRef<Textarea> = NodeRef::new();
    Effect::new(move |_| {
        if let Some(field) = field.get() {
            let _ = field.focus();
        }
    });
    let (chat, text) = (chat.clone(), made.text.clone());
    let save = move |_| {
        let written = field.get_untracked().map(|field| field.value());
        let written = written.and_then(|text| condense::clean(&text, LONGEST));
        let new = Summary {
            text: written.unwrap_or_default(),
            edited: true,
            created: clock::now_ms(),
            ..made.clone()
        };
        let chat = chat.clone();
        spawn_local(async move {
            summary::replace(app, &chat, seq, Some(new)).await;
            editing.try_set(false);
        });
    };
    view! {
        <div class="editing brackets summary-edit">
            <textarea class="input" rows="8" node_ref=field aria-label=words.title prop:value=text></textarea>
            <p class="actions">
                <button type="button" class="button" on:click=move |_| editing.set(false)>{words.cancel}</button>
                <button type="button" class="button button-ink" data-action="save-summary" on:click=save>{words.save}</button>
            </p>
        </div>
    }
    .into_any()
}

/// That a summary is being made, above the composer: seen wherever the reader is, and where there is no line yet.
pub fn under_way(app: App, chat: Option<ChatId>) -> Option<AnyView> {
    let chat = chat?;
    Some(view! { <div class="summary-above">{making(app, &chat, Some("status"))}</div> }.into_any())
}

/// That a summary is being made.
fn making(app: App, chat: &ChatId, role: Option<&'static str>) -> AnyView {
    let chat = chat.clone();
    let said = move || {
        let all = states();
        let all = all.read();
        match all.get(&chat) {
            Some(State::Making(model)) => Some((app.lang.get().summary().making)(model)),
            _ => None,
        }
    };
    view! { <p class="summary-state" data-state="making" role=role>{said}</p> }.into_any()
}
