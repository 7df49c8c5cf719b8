//! One message: who and when in the gutter, the words, what can be done with them, the readout in the margin.

use super::editing::{Editor, edit_name};
use super::ending::{Ending, WaitingLine};
use super::icon::{icon, small_icon};
use super::live::{flag, shown, text, whether};
use super::prose::ProseView;
use super::{thread, time};
use crate::chat::{Message, Role, Seq};
use crate::cost;
use crate::record;
use crate::reply::End;
use crate::text::marked;
use crate::tokens;
use crate::web::app::{App, Open, Row};
use crate::web::prose::language_of;
use crate::web::{chats, turn};
use leptos::prelude::*;
use std::sync::Arc;

/// One message of the open conversation.
#[component]
pub fn MessageView(app: App, row: Row, open: Open) -> impl IntoView {
    let first = row.message.get_untracked();
    let role = first.role;
    // What was being edited when the page or the screen was left is still being edited.
    let edited = app.drafts.read_untracked().contains(&edit_name(&first));
    let editing = RwSignal::new(edited);
    let message = row.message.clone();
    let end = Memo::new(move |_| {
        let message = message.read();
        match (message.role, message.end) {
            (Role::User, _) => "",
            (Role::Assistant, None) => "streaming",
            (Role::Assistant, Some(end)) => end.name(),
        }
    });
    let lang = RwSignal::new(language_of(&first.text));
    let (row_words, open_words) = (row.clone(), open.clone());
    let (row_edit, row_foot, open_foot, row_out) = (row.clone(), row.clone(), open, row.clone());
    view! {
        <article class="message" id=format!("m{}", row.seq) tabindex="-1" data-role=role.name() lang=flag(move || lang.get())
            data-end=flag(move || (role == Role::Assistant).then(|| end.get()))>
            <Who app message=first />
            <div class="body">
                {move || match (editing.get(), role) {
                    (true, _) => view! { <Editor app row=row_edit.clone() editing /> }.into_any(),
                    (false, Role::User) => {
                        let message = row_words.message.clone();
                        let (chat, seq) = (open_words.id.to_string(), row_words.seq.to_string());
                        view! {
                            <div class="words">{text(move || marked(&message.read().text))}</div>
                            <vf-place data-kind="learned" data-chat=chat data-seq=seq></vf-place>
                        }.into_any()
                    }
                    (false, Role::Assistant) => {
                        view! { <Reply app row=row_words.clone() open=open_words.clone() lang /> }.into_any()
                    }
                }}
                <Foot app row=row_foot open=open_foot editing />
            </div>
            {(role == Role::Assistant).then(|| view! { <Readout app row=row_out /> })}
        </article>
    }
}

/// Who speaks and when.
#[component]
fn Who(app: App, message: Arc<Message>) -> impl IntoView {
    let created = message.created;
    let name = move || match (message.role, message.connection.is_empty()) {
        (Role::User, _) => app.t().chat.you.to_owned(),
        (Role::Assistant, true) => app.t().chat.demo.to_owned(),
        (Role::Assistant, false) => message.connection.clone(),
    };
    view! {
        <header class="who">
            <b>{name}</b>
            <time>{text(move || time::when(app.lang.get(), created))}</time>
        </header>
    }
}

/// A reply: reasoning folded, the answer, what it waits for, how it ended.
#[component]
fn Reply(app: App, row: Row, open: Open, lang: RwSignal<Option<&'static str>>) -> impl IntoView {
    let reasoning = RwSignal::new(row.message.read_untracked().reasoning.clone());
    let message = row.message.clone();
    Effect::new(move |_| {
        let stored = message.read().reasoning.clone();
        if stored.len() > reasoning.read_untracked().len() {
            reasoning.set(stored);
        }
    });
    let has_reasoning = whether(move || !reasoning.read().is_empty());
    let (message, ending) = (row.message.clone(), row.clone());
    let (chat, seq) = (open.id.clone(), row.seq);
    let (of, at) = (chat.to_string(), seq.to_string());
    let waiting = move || {
        let streaming = message.read().is_streaming();
        streaming.then(|| view! { <WaitingLine app waiting=turn::waiting(&chat, seq) /> })
    };
    let message = row.message.clone();
    let sent = Memo::new(move |_| message.read().sent.clone());
    let used = move || {
        let sent = record::write(&sent.get()?.write().into());
        Some(
            view! { <vf-place data-kind="used" data-sent=sent data-chat=of.clone() data-seq=at.clone()></vf-place> },
        )
    };
    view! {
        {shown(move || has_reasoning.get(), move || view! {
            <details class="reasoning">
                <summary>{small_icon("down")}{app.words(|t| t.chat.reasoning)}<span class="figure">{move || {
                    let tokens = tokens::estimate(&reasoning.read());
                    (app.t().chat.about_tokens)(&time::count(app.lang.get(), tokens.into()))
                }}</span></summary>
                <div class="thought">{text(move || marked(&reasoning.read()))}</div>
            </details>

            })}
        <ProseView app row open reasoning lang />
        {waiting}
        {used}
        <Ending app row=ending />
    }
}

/// Branches, and what can be done with a message.
#[component]
fn Foot(app: App, row: Row, open: Open, editing: RwSignal<bool>) -> impl IntoView {
    let seq = row.seq;
    let (role, parent) = {
        let message = row.message.read_untracked();
        (message.role, message.parent)
    };
    let conversation = open.row.clone();
    let siblings = Memo::new(move |_| conversation.read().siblings(seq));
    let place = move || {
        let all = siblings.get();
        let at = all.iter().position(|head| *head == seq).unwrap_or_default();
        (at, all.len())
    };
    let message = row.message.clone();
    let streaming = whether(move || message.read().is_streaming());
    let row_words = row.message.clone();
    let row_pin = row.message.clone();
    // One handler for the whole row: `data-action` says what.
    let act = move |event: web_sys::MouseEvent| {
        let message = row.message.get_untracked();
        let all = siblings.get_untracked();
        let at = all.iter().position(|head| *head == seq).unwrap_or_default();
        let turn_to = |to: Option<&Seq>| {
            if let Some(to) = to {
                chats::switch(app, open.clone(), parent, seq, *to);
                thread::focus_tool(
                    *to,
                    if *to < seq {
                        "previous-branch"
                    } else {
                        "next-branch"
                    },
                );
            }
        };
        match thread::action(&event).as_deref() {
            Some("previous-branch") => turn_to(at.checked_sub(1).and_then(|at| all.get(at))),
            Some("next-branch") => turn_to(all.get(at + 1)),
            Some("copy") => thread::copy(app, message.text.clone(), thread::button(&event)),
            Some("quote") => {
                super::composer::quote(&thread::chosen_in(seq).unwrap_or(message.text.clone()))
            }
            Some("pin") => chats::pin_message(app, open.id.clone(), seq),
            Some("edit") => editing.set(true),
            Some("regenerate") => {
                thread::to_end();
                turn::regenerate(app, (*message).clone());
                super::composer::focus_unless_touch();
            }
            Some("delete") => {
                chats::delete_message(app, open.clone(), seq);
                super::notices::focus_after_loss(&event);
            }
            _ => {}
        }
    };
    let words = app.t_now();
    let mut tools = vec![
        ("copy", "copy", words.chat.copy),
        ("quote", "quote", words.chat.quote),
        ("edit", "edit", words.chat.edit),
        ("pin", "pin", words.chat.pin),
        ("regenerate", "retry", words.chat.regenerate),
        ("delete", "bin", words.shell.delete),
    ];
    match role {
        Role::User => tools.retain(|tool| tool.0 != "regenerate"),
        Role::Assistant => tools[2].2 = words.chat.edit_reply,
    }
    let wordless = {
        let message = row_words.clone();
        Signal::derive(move || message.read().text.is_empty())
    };
    let tools = tools.into_iter().map(|(action, drawing, label)| {
        let of_words = matches!(action, "copy" | "quote" | "edit");
        let gone = Signal::derive(move || of_words && wordless.get());
        let row = row_pin.clone();
        let pressed = (action == "pin").then(|| Signal::derive(move || row.read().pinned));
        view! { <Tool action drawing label gone pressed /> }
    });
    view! {
        <div class="reply-foot" hidden=move || streaming.get() || editing.get() on:click=act>
            {shown(move || !siblings.read().is_empty(), move || view! {
                <span class="branch" role="group" aria-label=words.chat.branches>
                    <Tool action="previous-branch" drawing="prev" label=words.chat.previous_branch off=Signal::derive(move || place().0 == 0) />
                    <span class="figure">{text(move || format!("{}/{}", place().0 + 1, place().1))}</span>
                    <Tool action="next-branch" drawing="next" label=words.chat.next_branch off=Signal::derive(move || place().0 + 1 == place().1) />
                </span>
                <span class="divider"></span>

            })}
            {tools.collect_view()}
        </div>
    }
}

/// One small button with an icon.
#[component]
fn Tool(
    action: &'static str,
    drawing: &'static str,
    label: &'static str,
    /// Whether there is nothing to be done with it now; it keeps its place.
    #[prop(optional)]
    off: Signal<bool>,
    /// Whether it makes no sense here.
    #[prop(optional)]
    gone: Signal<bool>,
    /// Whether it is on, where it can be.
    #[prop(default = None)]
    pressed: Option<Signal<bool>>,
) -> impl IntoView {
    view! {
        <button class="tool" data-action=action aria-label=label title=label hidden=gone
            aria-disabled=flag(move || off.get().then_some("true"))
            aria-pressed=flag(move || pressed.map(|on| if on.get() { "true" } else { "false" }))>{icon(drawing)}</button>
    }
}

/// Whether a key belongs to an input method. Safari ends the composition before the key that confirms it,
/// and marks that key with code 229.
pub fn composing(event: &web_sys::KeyboardEvent) -> bool {
    event.is_composing() || event.key_code() == 229
}

/// What the picture was taken with: end, tokens, time.
#[component]
fn Readout(app: App, row: Row) -> impl IntoView {
    let row = move || {
        let message = row.message.get();
        let end = message.end?;
        let lang = app.lang.get();
        let words = &app.t().chat;
        let tone = match end {
            End::Complete => "done",
            End::Length | End::Cut | End::Unknown => "unfinished",
            _ => "",
        };
        let mut facts = Vec::new();
        if !message.connection.is_empty() {
            facts.push((words.model, message.model.clone()));
        }
        if let Some(usage) = message.usage {
            let tokens = |n| (words.tokens)(&time::count(lang, n));
            facts.push((words.input, tokens(usage.input)));
            facts.push((words.output, tokens(usage.output)));
            if usage.cached > 0 {
                facts.push((words.cached, tokens(usage.cached)));
            }
            if usage.reasoning > 0 {
                facts.push((words.of_reasoning, tokens(usage.reasoning)));
            }
        }
        if let Some(cost) = message.cost {
            let about = if message.usage.is_none() { "≈ " } else { "" };
            let shown = |cost| [about, &cost::amount(cost)].concat();
            facts.push((words.cost, shown(cost)));
            if let Some(cost) = cost::per_thousand(cost, cost::characters(&message.text)) {
                facts.push((words.per_thousand, shown(cost)));
            }
        }
        if message.took > 0 {
            facts.push((words.time, (words.seconds)(&time::tenths(message.took))));
        }
        let mut ended = (words.ends)(end).to_owned();
        if message.edited {
            ended = format!("{ended} · {}", words.edited);
        }
        Some(view! {
            <div><dt>{words.end}</dt><dd data-tone=tone>{ended}</dd></div>
            {facts.into_iter().map(|(name, value)| view! { <div><dt>{name}</dt><dd>{value}</dd></div> }).collect_view()}
        })
    };
    view! {
        <aside class="readout-block"><dl>{row}</dl></aside>
    }
}
