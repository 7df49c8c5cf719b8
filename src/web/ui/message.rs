//! One message: who and when in the gutter, the words, what can be done with them, the readout in the margin.

use super::icon::{icon, small_icon};
use super::prose::ProseView;
use super::{thread, time};
use crate::chat::{Message, Role};
use crate::i18n::{self, Strings};
use crate::reply::End;
use crate::web::app::{App, Open, Row};
use crate::web::prose::language_of;
use crate::web::turn::{self, State, Waiting};
use crate::web::{chats, clock};
use leptos::html::Textarea;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::sync::Arc;

/// One message of the open conversation.
#[component]
pub fn MessageView(app: App, row: Row, open: Open) -> impl IntoView {
    let first = row.message.get_untracked();
    let role = first.role;
    let editing = RwSignal::new(false);
    let message = row.message.clone();
    let end = Memo::new(move |_| {
        let message = message.read();
        match (message.role, message.end) {
            (Role::User, _) => "",
            (Role::Assistant, None) => "streaming",
            (Role::Assistant, Some(end)) => end.name(),
        }
    });
    let message = row.message.clone();
    let lang = Memo::new(move |_| language_of(&message.read().text));
    let (row_words, open_words) = (row.clone(), open.clone());
    let (row_edit, row_foot, open_foot, row_out) = (row.clone(), row.clone(), open, row.clone());
    view! {
        <article class="message" id=format!("m{}", row.seq) data-role=role.name() lang=move || lang.get()
            data-end=move || (role == Role::Assistant).then(|| end.get())>
            <Who app message=first />
            <div class="body">
                {move || match (editing.get(), role) {
                    (true, _) => view! { <Editor app row=row_edit.clone() editing /> }.into_any(),
                    (false, Role::User) => {
                        let message = row_words.message.clone();
                        view! { <div class="words">{move || message.read().text.clone()}</div> }.into_any()
                    }
                    (false, Role::Assistant) => {
                        view! { <Reply app row=row_words.clone() open=open_words.clone() /> }.into_any()
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
            <time>{move || time::clock(app.lang.get(), created)}</time>
        </header>
    }
}

/// A reply: reasoning folded, the answer, what it waits for, how it ended.
#[component]
fn Reply(app: App, row: Row, open: Open) -> impl IntoView {
    let reasoning = RwSignal::new(row.message.read_untracked().reasoning.clone());
    let message = row.message.clone();
    Effect::new(move |_| {
        let stored = message.read().reasoning.clone();
        if stored.len() > reasoning.read_untracked().len() {
            reasoning.set(stored);
        }
    });
    let has_reasoning = Memo::new(move |_| !reasoning.read().is_empty());
    let (message, fault_row) = (row.message.clone(), row.clone());
    let (chat, seq) = (open.id.clone(), row.seq);
    let streaming = Memo::new(move |_| message.read().is_streaming());
    let message = row.message.clone();
    let waiting = move || {
        message.track();
        streaming.get().then(|| turn::waiting(&chat, seq)).flatten()
    };
    view! {
        <Show when=move || has_reasoning.get()>
            <details class="reasoning">
                <summary>{move || app.t().chat.reasoning}</summary>
                <div>{move || reasoning.get()}</div>
            </details>
        </Show>
        <ProseView app row=row.clone() open=open reasoning />
        {move || waiting().map(|waiting| view! { <WaitingLine app waiting /> })}
        <Ending app row=fault_row />
    }
}

/// What a reply waits for, counted in seconds.
#[component]
fn WaitingLine(app: App, waiting: Waiting) -> impl IntoView {
    let now = RwSignal::new(clock::ticks());
    let tick = set_interval_with_handle(
        move || now.set(clock::ticks()),
        std::time::Duration::from_secs(1),
    );
    on_cleanup(move || {
        if let Ok(tick) = tick {
            tick.clear();
        }
    });
    let words = move || {
        let words = &app.t().chat;
        let passed = |since: f64| ((now.get() - since).max(0.0) / 1000.0) as u32;
        Some(match waiting.0.get()? {
            State::Silent(since) if passed(since) < 2 => words.thinking.to_owned(),
            State::Silent(since) => (words.waiting)(passed(since)),
            State::Mute(since) => (words.alive_but_silent)(passed(since)),
            State::Retry(n, at) => {
                (words.retrying)(n, 2, (((at - now.get()) / 1000.0).ceil().max(0.0)) as u32)
            }
        })
    };
    view! {
        {move || words().map(|words| view! {
            <p class="waiting figure"><span>{words}</span></p>
        })}
    }
}

/// How a reply ended, where that is not simply "complete", and what to do.
#[component]
fn Ending(app: App, row: Row) -> impl IntoView {
    let retry = row.message.clone();
    move || {
        let message = row.message.get();
        let end = message.end?;
        let words = app.t();
        let again = retry.clone();
        let button = view! {
            <button class="button" data-action="retry" on:click=move |_| turn::regenerate(app, (*again.get_untracked()).clone())>
                {icon("retry")}{words.chat.retry}
            </button>
        };
        match (&message.fault, end) {
            (Some(fault), _) => Some(
                view! {
                    <div class="fault" role="alert">
                        <p>{icon("cross")}<span>{i18n::sentence(app.lang.get(), fault)}</span></p>
                        {(!fault.message.is_empty()).then(|| view! { <blockquote>{fault.message.clone()}</blockquote> })}
                        {fault.status.map(|status| view! { <p class="figure">{format!("HTTP {status}")}</p> })}
                        <div class="actions">{button}</div>
                    </div>
                }
                .into_any(),
            ),
            (None, End::Complete) if message.garbled == 0 => None,
            (None, _) => Some(
                view! {
                    <p class="end-note">
                        {small_icon("cut")}<span>{end_words(words, &message)}</span>{button}
                    </p>
                }
                .into_any(),
            ),
        }
    }
}

fn end_words(words: &Strings, message: &Message) -> String {
    let mut all = vec![
        message
            .end
            .map(words.chat.end_notes)
            .unwrap_or_default()
            .to_owned(),
    ];
    if !message.tools.is_empty() {
        all.push((words.chat.tool_wanted)(&message.tools.join(", ")));
    }
    if matches!(
        message.end,
        Some(End::Unknown | End::Filtered | End::Refused | End::Paused)
    ) && !message.end_raw.is_empty()
    {
        all.push((words.chat.raw_reason)(&message.end_raw));
    }
    if message.garbled > 0 {
        all.push((words.chat.garbled)(message.garbled));
    }
    all.retain(|part| !part.is_empty());
    all.join(" · ")
}

/// Branches, and what can be done with a message.
#[component]
fn Foot(app: App, row: Row, open: Open, editing: RwSignal<bool>) -> impl IntoView {
    let seq = row.seq;
    let role = row.message.read_untracked().role;
    let conversation = open.row.clone();
    let siblings = Memo::new(move |_| conversation.read().siblings(seq));
    let message = row.message.clone();
    let streaming = Memo::new(move |_| message.read().is_streaming());
    let (id, delete_id) = (open.id.clone(), open.id.clone());
    let step = move |by: isize| {
        let all = siblings.get_untracked();
        let at = all.iter().position(|head| *head == seq).unwrap_or_default();
        if let Some(to) = at.checked_add_signed(by).and_then(|at| all.get(at)) {
            chats::switch(app, id.clone(), seq, *to);
        }
    };
    let (back, forth) = (step.clone(), step);
    let words = app.t_now();
    let (copied, quoted, again) = (
        row.message.clone(),
        row.message.clone(),
        row.message.clone(),
    );
    let place = move || {
        let all = siblings.get();
        let at = all.iter().position(|head| *head == seq).unwrap_or_default() + 1;
        format!("{at}/{}", all.len())
    };
    view! {
        <div class="reply-foot" hidden=move || streaming.get() || editing.get()>
            <Show when=move || !siblings.read().is_empty()>
                <span class="branch" role="group" aria-label=words.chat.branches>
                    <button class="tool" data-action="previous-branch" aria-label=words.chat.previous_branch on:click={let back = back.clone(); move |_| back(-1)}>{icon("prev")}</button>
                    <span class="figure">{place}</span>
                    <button class="tool" data-action="next-branch" aria-label=words.chat.next_branch on:click={let forth = forth.clone(); move |_| forth(1)}>{icon("next")}</button>
                </span>
                <span class="divider"></span>
            </Show>
            <button class="tool" data-action="copy" aria-label=words.chat.copy title=words.chat.copy
                on:click=move |_| thread::copy(app, copied.read_untracked().text.clone())>{icon("copy")}</button>
            <button class="tool" data-action="quote" aria-label=words.chat.quote title=words.chat.quote
                on:click=move |_| super::composer::quote(&quoted.read_untracked().text)>{icon("quote")}</button>
            <button class="tool" data-action="edit" aria-label=if role == Role::User { words.chat.edit } else { words.chat.edit_reply }
                title=words.chat.edit on:click=move |_| editing.set(true)>{icon("edit")}</button>
            {(role == Role::Assistant).then(|| view! {
                <button class="tool" data-action="regenerate" aria-label=words.chat.regenerate title=words.chat.regenerate
                    on:click=move |_| turn::regenerate(app, (*again.get_untracked()).clone())>{icon("retry")}</button>
            })}
            <button class="tool" data-action="delete" aria-label=words.shell.delete title=words.shell.delete
                on:click=move |_| chats::delete_message(app, delete_id.clone(), seq)>{icon("cross")}</button>
        </div>
    }
}

/// Changes a message: one of the user is sent again as a branch, a reply is changed in place.
#[component]
fn Editor(app: App, row: Row, editing: RwSignal<bool>) -> impl IntoView {
    let field: NodeRef<Textarea> = NodeRef::new();
    let message = row.message.get_untracked();
    let is_user = message.role == Role::User;
    Effect::new(move |_| {
        if let Some(field) = field.get() {
            let _ = field.focus();
        }
    });
    let text = message.text.clone();
    let save = move || {
        let Some(words) = field.get_untracked().map(|field| field.value()) else {
            return;
        };
        let message = row.message.get_untracked();
        editing.set(false);
        if is_user {
            spawn_local(async move {
                turn::resend(app, &message, words).await;
            });
        } else {
            chats::edit_reply(app, message.chat.clone(), message.seq, words);
        }
    };
    let by_key = save.clone();
    let on_key = move |event: web_sys::KeyboardEvent| match event.key().as_str() {
        "Escape" => editing.set(false),
        "Enter" if (event.ctrl_key() || event.meta_key()) && !composing(&event) => by_key(),
        _ => {}
    };
    view! {
        <div class="editing">
            <textarea class="input" node_ref=field prop:value=text aria-label=app.t_now().chat.edit on:keydown=on_key></textarea>
            <div class="actions">
                <button class="button button-ink" data-action="save-edit" on:click=move |_| save()>
                    {if is_user { app.t_now().chat.resend } else { app.t_now().shell.save }}
                </button>
                <button class="button" on:click=move |_| editing.set(false)>{app.t_now().shell.cancel}</button>
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
        if message.took > 0 {
            facts.push((
                words.time,
                (words.seconds)(&format!("{:.1}", f64::from(message.took) / 1000.0)),
            ));
        }
        let mut ended = (words.ends)(end).to_owned();
        if message.edited {
            ended = format!("{ended} · {}", words.edited);
        }
        Some(view! {
            <div><dt>{words.end}</dt><dd data-tone=tone>{ended}</dd></div>
            <div><dt>{words.model}</dt><dd>{message.model.clone()}</dd></div>
            {facts.into_iter().map(|(name, value)| view! { <div><dt>{name}</dt><dd>{value}</dd></div> }).collect_view()}
        })
    };
    view! {
        <aside class="readout-block" aria-label=move || app.t().chat.readout><dl>{row}</dl></aside>
    }
}
