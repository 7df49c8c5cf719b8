//! The place for "You're not finished" under the last reply of the shown branch.

use super::focus;
use crate::chat::Role;
use crate::web::app::Open;
use crate::web::clock;
use crate::web::places::Kind;
use leptos::prelude::*;
use leptos::task::spawn_local;
use web_sys::Element;

/// Keeps one place under the last reply, made anew whenever that reply has ended, changed or is another one.
pub fn follow(open: &Open) {
    let open = open.clone();
    Effect::new(move |before: Option<String>| {
        let found = last(&open);
        let key = found
            .as_ref()
            .map(|(seq, state)| format!("{seq}/{state}"))
            .unwrap_or_default();
        if before.as_ref() != Some(&key) {
            spawn_local(put(found, open.id.to_string()));
        }
        key
    });
}

/// The last reply, unless it is on its way for the first time; and its state.
fn last(open: &Open) -> Option<(u32, String)> {
    if !open.ahead.read().is_empty() {
        return None;
    }
    let rows = open.messages.read();
    let shown = rows.iter().rev().map(|row| row.message.read());
    let mut shown = shown.filter(|message| !message.deleted);
    let last = shown
        .next()
        .filter(|message| message.role == Role::Assistant)?;
    match last.end {
        Some(_) => Some((last.seq, last.rev.to_string())),
        None if last.segments.is_empty() => None,
        None => Some((last.seq, "streaming".to_owned())),
    }
}

async fn put(found: Option<(u32, String)>, chat: String) {
    const OLD: &str = "vf-place[data-kind=unfinished]";
    // The message may have to be drawn first.
    clock::frame().await;
    let old = focus::find(OLD);
    let focused = old.as_ref().is_some_and(|old| {
        let active = document().active_element();
        old.contains(active.as_ref().map(AsRef::as_ref))
    });
    if let Some(old) = old {
        old.remove();
    }
    let Some((seq, state)) = found else { return };
    let foot = focus::find(&format!("#m{seq} .reply-foot"));
    let place = document().create_element("vf-place").ok();
    let (Some(foot), Some(place)) = (foot, place) else {
        return;
    };
    let set = |name: &str, value: &str| {
        let _ = Element::set_attribute(&place, name, value);
    };
    set("data-kind", Kind::Unfinished.name());
    set("data-chat", &chat);
    set("data-seq", &seq.to_string());
    set("data-state", &state);
    if focused {
        set("data-focused", "");
    }
    let _ = foot.before_with_node_1(&place);
}
