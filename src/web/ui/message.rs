//! One message: who and when in the gutter, the words, what can be done with them, the readout in the margin.

use super::composer::{REST, store_draft};
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
use crate::web::app::{App, Open, Row, db};
use crate::web::clock::Pause;
use crate::web::prose::language_of;
use crate::web::{chats, turn};
use leptos::html::Textarea;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::sync::Arc;

thread_local! {
    /// Keeps what a message is being changed to when the typing rests.
    static EDIT: Pause = Pause::default();
}

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

/// Keeps at once what a message is being changed to.
pub fn keep_now() {
    EDIT.with(Pause::now);
}

/// The name under which is kept what a message is being changed to.
fn edit_name(message: &Message) -> String {
    format!("{}/{}", message.chat, message.seq)
}

/// Changes a message: one of the user is sent again as a branch, a reply is changed in place.
#[component]
fn Editor(app: App, row: Row, editing: RwSignal<bool>) -> impl IntoView {
    let field: NodeRef<Textarea> = NodeRef::new();
    let message = row.message.get_untracked();
    let (is_user, seq) = (message.role == Role::User, message.seq);
    let name = edit_name(&message);
    let draft = name.clone();
    let begun = app.drafts.read_untracked().contains(&name);
    Effect::new(move |_| {
        if let Some(field) = field.get() {
            if begun {
                let draft = draft.clone();
                return spawn_local(async move {
                    field.set_value(&db().draft(&draft).await.unwrap_or_default());
                });
            }
            let _ = field.focus();
            let end = field.value().encode_utf16().count() as u32;
            let _ = field.set_selection_range(end, end);
        }
    });
    let text = message.text.clone();
    let kept = !app
        .open
        .read_untracked()
        .as_ref()
        .is_some_and(|open| open.temporary);
    let keep = move |rest: u32, text: String| {
        let name = name.clone();
        let store = move || spawn_local(async move { store_draft(app, name, &text).await });
        if kept {
            EDIT.with(|edit| edit.then(rest, store));
        }
    };
    let on_input = keep.clone();
    let done = move || {
        keep(0, String::new());
        // Where another branch is shown now, this is gone already.
        let _ = editing.try_set(false);
    };
    let sent = done.clone();
    let close_saved = move || {
        done();
        thread::focus_tool(seq, "edit");
    };
    let (dropped, back, was) = (
        close_saved.clone(),
        edit_name(&message),
        row.message.clone(),
    );
    let close = move || {
        let words = field.get_untracked().map(|field| field.value());
        let was = was.get_untracked();
        dropped();
        if let Some(words) = words.filter(|words| kept && *words != was.text) {
            let back = back.clone();
            let undo = move || {
                let (back, words) = (back.clone(), words.clone());
                spawn_local(async move {
                    store_draft(app, back, &words).await;
                    let _ = editing.try_set(true);
                });
            };
            app.tell(
                app.t_now().chat.change_left.to_owned(),
                Some(Arc::new(undo)),
            );
        }
    };
    let cancel = close.clone();
    let sending = StoredValue::new(false);
    let save = move || {
        let Some(words) = field.get_untracked().map(|field| field.value()) else {
            return;
        };
        let message = row.message.get_untracked();
        if !is_user {
            close_saved();
            return chats::edit_reply(app, message.chat.clone(), message.seq, words);
        }
        if words.trim().is_empty() || sending.get_value() {
            return;
        }
        sending.set_value(true);
        let sent = sent.clone();
        spawn_local(async move {
            // The words stay in the field until they are stored: nothing is lost where they may not go.
            if turn::resend(app, &message, words).await {
                sent();
                thread::to_end();
                super::composer::focus_unless_touch();
            }
            let _ = sending.try_update_value(|sending| *sending = false);
        });
    };
    let by_key = save.clone();
    let on_key = move |event: web_sys::KeyboardEvent| {
        if composing(&event) {
            return;
        }
        match event.key().as_str() {
            "Escape" => close(),
            "Enter" if event.ctrl_key() || event.meta_key() => by_key(),
            _ => return,
        }
        event.prevent_default();
    };
    view! {
        <div class="editing brackets">
            <textarea node_ref=field prop:value=text aria-label=app.t_now().chat.edit on:keydown=on_key
                on:input:target=move |event| on_input(REST, event.target().value())></textarea>
            <div class="actions">
                <button class="button" data-action="cancel-edit" on:click=move |_| cancel()>{app.t_now().shell.cancel} <kbd class="wide-only">"Esc"</kbd></button>
                <button class="button button-ink" data-action="save-edit" on:click=move |_| save()>
                    {if is_user { app.t_now().chat.resend } else { app.t_now().shell.save }} <kbd class="wide-only">{super::notices::key_name("Ctrl+Enter")}</kbd>
                </button>
            </div>
        </div>
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
