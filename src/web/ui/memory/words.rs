//! What the board says of a card.

use super::board::Board;
use crate::i18n::Lang;
use crate::i18n::preference::{self as words, figure};
use crate::memory::{PrefId, Preference, Scope, Status, cost};
use crate::web::ui::time;

/// The topic of a card; empty where it is gone.
pub fn topic_of(board: Board, id: &PrefId) -> String {
    board.card(id).map(|card| card.topic).unwrap_or_default()
}

/// The sentence under a card's subject.
pub fn reads(lang: Lang, card: &Preference) -> String {
    let stop = lang.memory().stop(card.strength);
    let until = card.until.map(|until| time::date_of(lang, until));
    words::reads(lang, card, stop, until.as_deref())
}

/// All that a card says, for a screen reader.
pub fn label(lang: Lang, card: &Preference, times: u32) -> String {
    let t = lang.memory();
    let mut parts = vec![
        card.topic.clone(),
        [t.stop(card.strength), " ", figure(card.strength)].concat(),
    ];
    if card.status != Status::Active {
        parts.push(words::status(lang, card.status).to_owned());
    }
    if !card.condition.is_empty() {
        parts.push(card.condition.clone());
    }
    if let Some(until) = card.until {
        parts.push((t.until)(&time::date_of(lang, until)));
    }
    if card.scope != Scope::Everywhere {
        parts.push(words::range(lang, crate::memory::Range::of(&card.scope)).to_owned());
    }
    if card.pinned {
        parts.push(t.pinned.to_owned());
    }
    parts.push((t.used)(times));
    parts.join(match lang {
        Lang::Zh => "，",
        Lang::En => ", ",
    })
}

/// The tokens that a card takes of a request, estimated.
pub fn tokens(lang: Lang, card: &Preference) -> u32 {
    cost(card, lang)
}
