//! The slots of the open frame: a table, in which one row is open.

use super::desk::Desk;
use crate::guide::frames::{Need, Slot};
use crate::guide::own;
use crate::i18n::frames::Words;
use crate::web::app::App;
use crate::web::ui::focus;
use crate::web::ui::icon::{icon, small_icon};
use leptos::prelude::*;
use std::sync::Arc;
use wasm_bindgen::JsCast;
use web_sys::KeyboardEvent;

/// One of the words of the frames.
type Word = fn(&'static Words) -> &'static str;

/// What is done with the table.
#[derive(Clone, Copy)]
struct Table {
    desk: Desk,
    /// The id of the slot whose row is open.
    open: RwSignal<String>,
    /// The id of the slot that is being dragged.
    dragged: RwSignal<String>,
}

/// The slots of a frame.
pub fn slots(desk: Desk) -> AnyView {
    let app = desk.app;
    let table = Table {
        desk,
        open: RwSignal::default(),
        dragged: RwSignal::default(),
    };
    let ids = move || {
        let frame = desk.frame.read();
        frame
            .slots
            .iter()
            .map(|slot| slot.id.clone())
            .collect::<Vec<_>>()
    };
    let add = move |_| {
        let lang = app.lang.get_untracked();
        desk.change(|frame| {
            let slot = own::fresh_slot(&frame.slots, lang.frames().new_slot, lang);
            table.open.set(slot.id.clone());
            frame.slots.push(slot);
        });
        focus::soon(".slot-edit input".to_owned());
    };
    let word = move |pick: Word| move || pick(app.lang.get().frames());
    view! {
        <div><h3>{word(|words| words.slots)}</h3>
            <table class="slot-table" aria-label=word(|words| words.slots)>
                <thead><tr><td></td><th scope="col">{word(|words| words.slot)}</th><th scope="col">{word(|words| words.slot_hint)}</th><th scope="col">{word(|words| words.need)}</th></tr></thead>
                <tbody><For each=ids key=|id| id.clone() let:id>{row(table, id)}</For></tbody>
            </table>
            {desk.own.then(|| view! {
                <button class="tool" id="slot-add" on:click=add>{icon("plus")}{word(|words| words.add_slot)}</button>
            })}
        </div>
    }
    .into_any()
}

/// The row of a slot, and what it opens to.
fn row(table: Table, id: String) -> AnyView {
    let Table {
        desk,
        open,
        dragged,
    } = table;
    let app = desk.app;
    let of = id.clone();
    let slot = Memo::new(move |_| {
        let frame = desk.frame.read();
        frame
            .slot(&of)
            .and_then(|nth| frame.slots.get(nth).cloned())
    });
    let is = id.clone();
    let is_open = Memo::new(move |_| *open.read() == is);
    let name = move || {
        slot.get()
            .map(|slot| slot.name.get(app.lang.get()).to_owned())
    };
    let hint = move || {
        slot.get()
            .map(|slot| slot.hint.get(app.lang.get()).to_owned())
    };
    let need = move || {
        let words = app.lang.get().frames();
        slot.get().map(|slot| match slot.need {
            Need::Required => words.required,
            Need::Helpful => words.helpful,
        })
    };
    let (toggled, lifted, dropped, keyed, edited) =
        (id.clone(), id.clone(), id.clone(), id.clone(), id);
    let toggle = move |_| {
        let closed = *open.read_untracked() != toggled;
        open.set(if closed {
            toggled.clone()
        } else {
            String::new()
        });
    };
    let drop_here = move |event: web_sys::DragEvent| {
        event.prevent_default();
        let to = desk.frame.read_untracked().slot(&dropped);
        if let Some(to) = to {
            move_to(table, &dragged.get_untracked(), to);
        }
    };
    let on_key = move |event: KeyboardEvent| {
        let step = match event.key().as_str() {
            "ArrowUp" if event.alt_key() => -1,
            "ArrowDown" if event.alt_key() => 1,
            _ => return,
        };
        event.prevent_default();
        move_by(table, &keyed, step);
    };
    let grip = desk.own.then(|| view! {
        <span draggable="true" on:dragstart=move |_| dragged.set(lifted.clone())>{small_icon("grip")}</span>
    });
    view! {
        <tr data-open=move || is_open.get().then_some("") on:dragover=|event| event.prevent_default() on:drop=drop_here>
            <td class="grip">{grip}</td>
            <td><button class="slot-name" aria-keyshortcuts=desk.own.then_some("Alt+ArrowUp Alt+ArrowDown") aria-expanded=move || is_open.get().to_string() on:click=toggle
                on:keydown=move |event| if desk.own { on_key(event) }>{name}</button></td>
            <td>{hint}</td><td class="figure">{need}</td>
        </tr>
        {move || is_open.get().then(|| view! {
            <tr><td class="slot-edit" colspan="4"><div class="box brackets">{
                slot.get_untracked().map(|slot| match desk.own {
                    true => edit(table, edited.clone(), slot),
                    false => read(app, &slot),
                })
            }</div></td></tr>
        })}
    }
    .into_any()
}

/// What a built-in slot looks for and puts in.
fn read(app: App, slot: &Slot) -> AnyView {
    let word = move |pick: Word| move || pick(app.lang.get().frames());
    let cues = slot.cues.all().map(str::to_owned).collect();
    view! {
        <div class="field full"><span>{word(|words| words.cues)}</span>{tags(cues)}</div>
        <div class="field"><span>{word(|words| words.stub_zh)}</span><span lang="zh">{slot.stub.zh.clone()}</span></div>
        <div class="field"><span>{word(|words| words.stub_en)}</span><span lang="en">{slot.stub.en.clone()}</span></div>
    }
    .into_any()
}

/// The fields of one's own slot.
fn edit(table: Table, id: String, slot: Slot) -> AnyView {
    let desk = table.desk;
    let app = desk.app;
    let text = |label: Word, value: &str, set: fn(&mut Slot, String)| {
        let id = id.clone();
        field(app, label, value.to_owned(), "", move |text| {
            change(desk, &id, |slot| set(slot, text));
        })
    };
    let needs = move || {
        let words = app.lang.get().frames();
        vec![
            ("required".to_owned(), words.required.to_owned()),
            ("helpful".to_owned(), words.helpful.to_owned()),
        ]
    };
    let need = match slot.need {
        Need::Required => "required",
        Need::Helpful => "helpful",
    };
    let (weighed, cued, remembered) = (id.clone(), id.clone(), id.clone());
    let (up, down, gone) = (id.clone(), id.clone(), id.clone());
    let cues = field(
        app,
        |words| words.cues,
        own::write_cues(&slot.cues),
        "",
        move |text| {
            change(desk, &cued, |slot| slot.cues = own::read_cues(&text));
        },
    );
    let word = move |pick: Word| move || pick(app.lang.get().frames());
    view! {
        {text(|words| words.slot_name_zh, &slot.name.zh, |slot, text| slot.name.zh = text)}
        {text(|words| words.slot_name_en, &slot.name.en, |slot, text| slot.name.en = text)}
        {text(|words| words.hint_zh, &slot.hint.zh, |slot, text| slot.hint.zh = text)}
        {text(|words| words.hint_en, &slot.hint.en, |slot, text| slot.hint.en = text)}
        {text(|words| words.stub_zh, &slot.stub.zh, |slot, text| slot.stub.zh = text)}
        {text(|words| words.stub_en, &slot.stub.en, |slot, text| slot.stub.en = text)}
        <div class="full">{cues}<p class="hint-line">{word(|words| words.cues_hint)}</p></div>
        {choice(app, |words| words.need, needs, need.to_owned(), move |need| change(desk, &weighed, |slot| {
            slot.need = if need == "required" { Need::Required } else { Need::Helpful };
        }))}
        <label class="check full"><input type="checkbox" prop:checked=slot.memory on:change=move |event| {
            let on = event_target_checked(&event);
            change(desk, &remembered, |slot| slot.memory = on);
        }/>{word(|words| words.memory_counts)}</label>
        <div class="actions full">
            <button class="tool" on:click=move |_| move_by(table, &up, -1)>{word(|words| words.up)}</button>
            <button class="tool" on:click=move |_| move_by(table, &down, 1)>{word(|words| words.down)}</button>
            <button class="tool end" on:click=move |_| remove(table, &gone)>{icon("bin")}{word(|words| words.delete_slot)}</button>
        </div>
    }
    .into_any()
}

/// A line of text with its label. `id` may be empty.
pub fn field(
    app: App,
    label: Word,
    value: String,
    id: &'static str,
    set: impl Fn(String) + 'static,
) -> AnyView {
    let set: Box<dyn Fn(String)> = Box::new(set);
    view! {
        <label class="field"><span>{move || label(app.lang.get().frames())}</span>
            <input class="input" id=(!id.is_empty()).then_some(id) autocomplete="off" prop:value=value on:input=move |event| set(event_target_value(&event))/></label>
    }
    .into_any()
}

/// One of a few, with its label.
pub fn choice(
    app: App,
    label: Word,
    options: impl Fn() -> Vec<(String, String)> + Send + Sync + 'static,
    value: String,
    set: impl Fn(String) + 'static,
) -> AnyView {
    let set: Box<dyn Fn(String)> = Box::new(set);
    let options = move || {
        let all = options().into_iter().map(|(name, words)| {
            let selected = name == value;
            view! { <option value=name selected=selected>{words}</option> }
        });
        all.collect_view()
    };
    view! {
        <label class="field"><span>{move || label(app.lang.get().frames())}</span>
            <select class="input" on:change=move |event| set(event_target_value(&event))>{options}</select></label>
    }
    .into_any()
}

/// Words to look for.
pub fn tags(cues: Vec<String>) -> AnyView {
    let tags = cues
        .into_iter()
        .map(|cue| view! { <span class="cue">{cue}</span> });
    view! { <div class="cues">{tags.collect_view()}</div> }.into_any()
}

fn change(desk: Desk, id: &str, set: impl FnOnce(&mut Slot)) {
    desk.change(|frame| {
        if let Some(slot) = frame.slot(id).and_then(|nth| frame.slots.get_mut(nth)) {
            set(slot);
        }
    });
}

fn move_by(table: Table, id: &str, step: isize) {
    let at = table.desk.frame.read_untracked().slot(id);
    if let Some(to) = at.and_then(|at| at.checked_add_signed(step)) {
        move_to(table, id, to);
    }
}

fn move_to(table: Table, id: &str, to: usize) {
    let desk = table.desk;
    let frame = desk.frame.get_untracked();
    let Some(from) = frame
        .slot(id)
        .filter(|from| *from != to && to < frame.slots.len())
    else {
        return;
    };
    desk.change(|frame| own::move_slot(frame, from, to));
    let lang = desk.app.lang.get_untracked();
    let name = frame
        .slots
        .get(from)
        .map(|slot| slot.name.get(lang).to_owned());
    // Moving takes the row out of the page for a moment, and the keyboard with it.
    let active = document()
        .active_element()
        .and_then(|at| at.dyn_into::<web_sys::HtmlElement>().ok());
    leptos::task::spawn_local(async move {
        crate::web::clock::frame().await;
        // Unless it is somewhere else by now.
        let lost = document()
            .active_element()
            .is_none_or(|at| at.tag_name() == "BODY");
        if let Some(active) = active.filter(|_| lost) {
            let _ = active.focus();
        }
    });
    desk.app.tell(
        (lang.frames().moved)(&name.unwrap_or_default(), to + 1),
        None,
    );
}

fn remove(table: Table, id: &str) {
    let desk = table.desk;
    let frame = desk.frame.get_untracked();
    let Some((at, slot)) = frame
        .slot(id)
        .and_then(|at| Some((at, frame.slots.get(at)?.clone())))
    else {
        return;
    };
    desk.change(|frame| {
        frame.slots.remove(at);
    });
    let lang = desk.app.lang.get_untracked();
    let words = (lang.frames().deleted_slot)(slot.name.get(lang));
    let back = move || {
        let slot = slot.clone();
        desk.change(|frame| frame.slots.insert(at.min(frame.slots.len()), slot));
    };
    desk.app.tell(words, Some(Arc::new(back)));
}
