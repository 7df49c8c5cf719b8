//! The seams of a reply that was continued: each continuation with how it came, and what can be done with it alone.

use super::{Known, mark};
use crate::chat::Message;
use crate::i18n::watch;
use crate::record::Row;
use crate::record::message::write;
use crate::text;
use crate::tokens;
use crate::watch::wire::ToChat;
use crate::web::app::App;
use crate::web::rest;
use crate::web::ui::icon::icon;
use crate::web::ui::time;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// Letters of a continuation that are quoted.
const QUOTED: usize = 120;

/// The list of seams. Marks the continuations in the reply above as well.
pub fn view(app: App, message: &Message) -> AnyView {
    let places: Vec<_> = (0..message.segments.len())
        .filter_map(|nth| message.segment(nth))
        .collect();
    mark::show(message.seq, &message.text, &places);
    on_cleanup(mark::clear);
    let lang = app.lang.get();
    let words = lang.unfinished();
    let lines = message.segments.iter().enumerate().map(|(nth, segment)| {
        let added = message.segment(nth).and_then(|at| message.text.get(at)).unwrap_or_default();
        let tokens = segment.usage.map_or_else(|| tokens::estimate(added).into(), |usage| usage.output);
        let mut facts = vec![(words.seam)(watch::way(lang, segment.way), &time::count(lang, tokens))];
        let dropped = text::words(&segment.dropped);
        if dropped > 0 {
            facts.push((words.dropped)(dropped));
        }
        let number = nth.to_string();
        view! {
            <li>
                <p class="seam">{icon("seam")}<span>{facts.join(" · ")}</span>
                    <button class="tool" data-action="retry-segment" data-segment=number.clone()>{words.retry}</button>
                    <button class="tool" data-action="take-out" data-segment=number>{words.take_out}</button>
                </p>
                <p class="seam-words">{text::truncate(added.trim(), QUOTED)}</p>
            </li>
        }
    });
    view! { <ol class="seams">{lines.collect_view()}</ol> }.into_any()
}

/// Takes one continuation out, with undo.
pub fn take_out(app: App, seen: &Known, nth: usize) {
    let Some(seen) = seen else { return };
    let mut message = seen.message.clone();
    message.remove_segment(nth);
    put(message, app.lang.get_untracked().unfinished().taken_out);
}

fn put(message: Message, said: &'static str) {
    let row = write(&message, &Row::new());
    spawn_local(async move {
        drop(rest::tell(&ToChat::Put(row, said.to_owned(), Row::new())).await);
    });
}
