//! Taking back, and excepting.

use super::super::super::Slot;
use super::super::super::lists::{list, table};
use super::super::{Clause, Open, removal};
use super::mood::{Mood, ends, starts, take};
use super::object::{clean, parts};
use super::tables::{ADVERBS, PREDICATES};
use std::sync::LazyLock;

/// "forget that I like rain", "delete the thing about olives", "scratch that".
pub fn read(clause: &Clause, text: &str, open: &mut Open) -> bool {
    if LAST.iter().any(|words| text.starts_with(words)) {
        open.add(removal("", None, None));
        return true;
    }
    let text = POLITE
        .iter()
        .find_map(|lead| starts(text, lead))
        .unwrap_or(text);
    let Some(mut rest) = VERBS.iter().find_map(|verb| starts(text, verb)) else {
        return false;
    };
    const THAT: &str = "that|it|this|what i said|what i just said|the last one|that one";
    if rest.is_empty() || THAT.split('|').any(|that| rest == that) {
        open.add(removal("", None, None));
        return true;
    }
    while let Some(inner) = FRAMES.iter().find_map(|frame| starts(rest, frame)) {
        rest = inner;
    }
    for end in BACKS.iter() {
        rest = ends(rest, end).unwrap_or(rest);
    }
    if let Some((_, slot)) = SLOTS.iter().find(|(word, _)| rest.starts_with(word)) {
        open.add(removal("", None, Some(slot.clone())));
        return true;
    }
    if rest.is_empty() {
        return false;
    }
    let (topic, strength) = content(rest);
    open.add(removal(clause.typed(topic), strength, None));
    true
}

/// The topic of what is to be forgotten, and its strength where that was said too.
fn content(rest: &str) -> (&str, Option<i8>) {
    let mut mood = Mood::default();
    let said = ["i'm", "i've", "i'd", "i", "my"];
    let said = said.iter().find_map(|subject| starts(rest, subject));
    let mut body = said.unwrap_or(rest);
    while let Some((inner, word)) = take(body, &ADVERBS) {
        word.mark(&mut mood);
        body = inner;
    }
    let (topic, strength) = match take(body, &PREDICATES) {
        Some((topic, strength)) => (topic, Some(if mood.not { -strength } else { strength })),
        None => (body, None),
    };
    let doing = ["am allergic to", "allergic to", "live in", "eat", "drink"];
    let doing = doing.iter().find_map(|lead| starts(topic, lead));
    (clean(doing.unwrap_or(topic), &mut mood), strength)
}

/// "except durian", "but not storms", "just not Monopoly", "apart from opera".
pub fn exception(clause: &Clause, text: &str, mood: &Mood, open: &mut Open) -> bool {
    let found = EXCEPT.iter().find_map(|lead| starts(text, lead));
    let contrast = mood.contrast || starts(text, "not").is_some();
    let not = found.is_none() && contrast;
    let Some(rest) = found.or_else(|| starts(text, "not").filter(|_| not)) else {
        return false;
    };
    let mut inner = Mood::default();
    let topic = clean(rest, &mut inner);
    let topic = ends(topic, "though").unwrap_or(topic);
    if topic.is_empty() || topic.split(' ').count() > 6 || starts(topic, "i").is_some() {
        return false;
    }
    clause.typed(topic).clone_into(&mut open.topic);
    open.exceptions
        .extend(parts(clause.typed(topic)).into_iter().map(str::to_owned));
    true
}

static EXCEPT: LazyLock<Vec<&str>> = LazyLock::new(|| {
    list(
        "except for|except|apart from|other than|with the exception of|excluding|aside from|just not|\
         only not|anything but|all but|save for|minus|not counting",
    )
});

const POLITE: &[&str] = &[
    "please",
    "can you",
    "could you",
    "you can",
    "you should",
    "i want you to",
    "i'd like you to",
    "pls",
    "just",
];

static VERBS: LazyLock<Vec<&str>> = LazyLock::new(|| {
    list(
        "forget about|forget|delete|remove|erase|drop|discard|unlearn|don't remember|do not remember|\
         stop remembering|take back|i take back|ignore|clear|cancel|undo|get rid of|scrap|don't store|\
         stop assuming|disregard|no longer remember|wipe|strike",
    )
});

static FRAMES: LazyLock<Vec<&str>> = LazyLock::new(|| {
    list(
        "that|about|what i said about|what i told you about|everything about|what you know about|\
         what you remember about|all you know about|everything you know about|anything about|\
         the thing about|the note about|the one about|the memory about|the preference about|\
         the preference for|the entry about|the fact that|the fact|the memory that|the note that|\
         the record about|the bit about|the part about|my preference for|my preference about|my love of|\
         my hatred of|my dislike of|my thing about|the info about|the item about|the card about|\
         when i said|me saying|the memory of|the note on|the one on|what i said on|that i said|i said|\
         i told you|i ever said|anything i said about",
    )
});

static BACKS: LazyLock<Vec<&str>> = LazyLock::new(|| {
    list(
        "please|from memory|from your memory|from the list|thing|preference|memory|note|entry|one|\
         anymore|for me|now|completely|from my profile|part|stuff",
    )
});

static LAST: LazyLock<Vec<&str>> = LazyLock::new(|| {
    list(
        "scratch that|never mind|nevermind|strike that|forget what i just said|forget i said|\
         forget i mentioned|ignore what i just said|ignore that|i take that back|i take it back|\
         undo that|delete that last|remove that last|forget the last|delete the last|remove the last|\
         don't remember that last|disregard that",
    )
});

static SLOTS: LazyLock<Vec<(&str, Slot)>> = LazyLock::new(|| {
    table(&[
        (
            Slot::Residence,
            "where i live|my address|my location|my city|my home town|where i'm from",
        ),
        (Slot::Name, "my name|what i'm called|my nickname"),
        (
            Slot::Job,
            "my job|my profession|my occupation|what i do for|where i work",
        ),
        (Slot::Age, "my age|how old i am"),
    ])
});
