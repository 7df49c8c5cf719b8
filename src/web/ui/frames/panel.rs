//! Beside the gallery: the frame that is open, or what the frames are good for.

use super::desk::{Desk, delete, keep, new_id};
use super::slots::{choice, field, slots};
use super::trial::trial;
use super::{effect, exchange, order};
use crate::chat::Conversation;
use crate::guide::Kind;
use crate::guide::effect::Effect as Counts;
use crate::guide::frames::{built_in, find};
use crate::guide::own;
use crate::id::ChatId;
use crate::route::Route;
use crate::web::app::{App, db};
use crate::web::ui::focus;
use crate::web::ui::icon::{icon, small_icon};
use crate::web::ui::lens::Stock;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::sync::Arc;

/// The right side of the screen.
pub fn panel(app: App, chosen: Memo<Option<String>>, counts: RwSignal<Arc<Counts>>) -> AnyView {
    let stock = Stock::get().own;
    // Which frame is open, and whose; not how it stands, or each change would draw the editor anew.
    let open = Memo::new(move |_| {
        let id = chosen.get()?;
        let own = stock.read().iter().any(|frame| frame.id == id);
        (own || find(&id).is_some()).then_some((id, own))
    });
    (move || match open.get() {
        None => view! {
            <section class="editor" aria-label=app.lang.get().frames().effect>
                <header class="editor-head"><h2>{app.lang.get().frames().effect}</h2></header>
                {effect::figures(app, counts)}
            </section>
        }
        .into_any(),
        Some((id, own)) => {
            let frame = Stock::get().find(&id);
            let frame = frame.map(|frame| (*frame).clone()).unwrap_or_default();
            editor(Desk::new(app, frame, own), counts)
        }
    })
    .into_any()
}

fn editor(desk: Desk, counts: RwSignal<Arc<Counts>>) -> AnyView {
    let app = desk.app;
    let name = move || desk.frame.read().name.get(app.lang.get()).to_owned();
    let id = desk.frame.read_untracked().id.clone();
    view! {
        <section class="editor" aria-label=name>
            <header class="editor-head">
                <h2 id="frame-title" tabindex="-1">{name}</h2>
                {tools(desk)}
            </header>
            {pins(app, id.clone())}
            {(!desk.own).then(|| view! { <p class="hint-line">{move || app.lang.get().frames().built_in}</p> })}
            {desk.own.then(|| names(desk))}
            {trial(desk)}
            {slots(desk)}
            {when(desk)}
            {effect::of_frame(app, counts, id)}
        </section>
    }
    .into_any()
}

fn tools(desk: Desk) -> AnyView {
    let app = desk.app;
    let copy = move |_| {
        let name = |old: &str, lang: crate::i18n::Lang| (lang.frames().copy_of)(old);
        let frame = own::copy(&desk.frame.read_untracked(), new_id(), name);
        let id = frame.id.clone();
        keep(app, vec![frame]);
        app.go(&Route::Frames(Some(id)));
        focus::soon("#frame-name".to_owned());
    };
    let out = move |_| {
        let frame = desk.frame.get_untracked();
        exchange::write(std::slice::from_ref(&frame), &frame.id);
    };
    let gone = move |event: web_sys::MouseEvent| {
        delete(app, desk.frame.get_untracked());
        app.go(&Route::Frames(None));
        crate::web::ui::notices::focus_after_loss(&event);
    };
    view! {
        <div class="tools">
            <button class="tool" id="frame-copy" on:click=copy>{icon("copy")}{move || app.lang.get().frames().copy}</button>
            {desk.own.then(|| view! {
                <button class="tool" id="frame-export" on:click=out>{move || app.lang.get().frames().export}</button>
                <button class="tool" id="frame-delete" aria-label=move || app.lang.get().frames().delete title=move || app.lang.get().frames().delete on:click=gone>{icon("bin")}</button>
            })}
            <a class="tool" id="frame-close" href=Route::Frames(None).hash() aria-label=move || app.lang.get().frames().close>{small_icon("cross")}</a>
        </div>
    }
    .into_any()
}

/// Where the frame is used: in a new conversation, or in the one that was open last.
fn pins(app: App, id: String) -> AnyView {
    let last = RwSignal::new(None::<(ChatId, String, bool)>);
    let look = {
        let id = id.clone();
        move || {
            let id = id.clone();
            let chat = Stock::get().last.get_untracked();
            spawn_local(async move {
                let Some(chat) = chat else { return };
                let row: Option<Conversation> = db().conversation(&chat).await.ok().flatten();
                let pinned = db().pinned_frame(&chat).await.unwrap_or_default();
                if let Some(row) = row {
                    last.try_set(Some((chat, row.title, pinned == id)));
                }
            });
        }
    };
    look();
    let begin = {
        let id = id.clone();
        move |_| {
            Stock::get().fresh.set(id.clone());
            app.go(&Route::New);
        }
    };
    let pin = move |_| {
        let Some((chat, _, pinned)) = last.get_untracked() else {
            return;
        };
        let (id, look) = (
            if pinned { String::new() } else { id.clone() },
            look.clone(),
        );
        spawn_local(async move {
            match db().pin_frame(&chat, &id).await {
                Ok(()) => look(),
                Err(fault) => app.fault(&fault),
            }
        });
    };
    view! {
        <div class="actions">
            <button class="button" id="frame-use" on:click=begin>{icon("edit")}{move || app.lang.get().frames().write_with}</button>
            {move || last.get().map(|(_, title, pinned)| {
                let words = app.lang.get().frames();
                let said = if pinned { words.pinned_to } else { words.pin_to };
                view! { <button class="tool" id="frame-pin" aria-pressed=pinned.to_string() on:click=pin.clone()>{icon("pin")}<span>{said(&title)}</span></button> }
            })}
        </div>
    }
    .into_any()
}

fn names(desk: Desk) -> AnyView {
    let app = desk.app;
    let frame = desk.frame.get_untracked();
    let kinds = move || {
        let lang = app.lang.get();
        let any = (String::new(), lang.frames().any_kind.to_owned());
        let kinds = built_in().iter().take(Kind::ALL.len());
        let kinds = kinds.map(|frame| (frame.id.clone(), frame.name.get(lang).to_owned()));
        std::iter::once(any).chain(kinds).collect::<Vec<_>>()
    };
    view! {
        <div class="form-grid">
            {field(app, |words| words.name_zh, frame.name.zh.clone(), "frame-name", move |text| desk.change(|frame| frame.name.zh = text))}
            {field(app, |words| words.name_en, frame.name.en.clone(), "", move |text| desk.change(|frame| frame.name.en = text))}
            {choice(app, |words| words.kind, kinds, frame.kind, move |kind| desk.change(|frame| frame.kind = kind))}
            {order::buttons(app, frame.id)}
            <p class="wrong full" role="status" id="frame-trouble">{move || desk.trouble()}</p>
        </div>
    }
    .into_any()
}

/// The words by which the frame comes up by itself.
fn when(desk: Desk) -> AnyView {
    let app = desk.app;
    let body = match desk.own {
        true => {
            let cues = own::write_cues(&desk.frame.read_untracked().when);
            let change =
                move |text: String| desk.change(|frame| frame.when = own::read_cues(&text));
            view! {
                {field(app, |words| words.when, cues, "frame-when", change)}
                <p class="hint-line">{move || app.lang.get().frames().when_hint}</p>
            }
            .into_any()
        }
        false => {
            let cues: Vec<String> = desk
                .frame
                .read_untracked()
                .when
                .all()
                .map(str::to_owned)
                .collect();
            let none = cues.is_empty();
            view! {
                <h3>{move || app.lang.get().frames().when}</h3>
                {super::slots::tags(cues)}
                {none.then(|| view! { <p class="hint-line">{move || app.lang.get().frames().when_none}</p> })}
            }
            .into_any()
        }
    };
    view! { <div>{body}</div> }.into_any()
}
