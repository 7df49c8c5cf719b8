//! Every message in memory, folded, for answers at once.
//!
//! The messages of a conversation lie end to end in one text, so that a search is one scan. What
//! folding changed is kept beside it, so that the words themselves can be shown again.

use super::{Query, fold_char, snippet};
use crate::chat::{Message, Role, Seq};
use crate::id::ChatId;
use std::collections::BTreeMap;

/// Characters of an excerpt.
const WIDTH: usize = 60;

/// All messages.
#[derive(Default)]
pub struct Index {
    chats: BTreeMap<ChatId, Chat>,
}

/// The messages of one conversation.
#[derive(Default)]
struct Chat {
    title: String,
    /// The folded texts, end to end.
    text: String,
    /// The places in `text` where folding changed a character, in order, and what stood there.
    changed: Vec<(u32, char)>,
    messages: Vec<Place>,
}

/// Where a message lies.
#[derive(Clone, Copy)]
struct Place {
    seq: Seq,
    reply: bool,
    created: i64,
    /// Where it ends in the text of its conversation.
    end: u32,
}

/// A message that a query finds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Hit {
    /// Its conversation.
    pub chat: ChatId,
    /// Its place there.
    pub seq: Seq,
    /// Whether it is a reply.
    pub reply: bool,
    /// When it was made, in milliseconds since 1970.
    pub created: i64,
    /// The title of its conversation.
    pub title: String,
    /// The words around the hit; `true` marks what was looked for.
    pub excerpt: Vec<(String, bool)>,
}

impl Index {
    /// Adds a message after those of its conversation that are there. Deleted ones are left out.
    pub fn add(&mut self, message: &Message) {
        let chat = self.chats.entry(message.chat.clone()).or_default();
        // A conversation of 4 GB would not fit into a browser in any other way either.
        let fits = chat.text.len() + message.text.len() * 2 < u32::MAX as usize;
        if message.deleted || message.text.is_empty() || !fits {
            return;
        }
        for c in message.text.chars() {
            let folded = fold_char(c);
            if folded != c {
                chat.changed.push((chat.text.len() as u32, c));
            }
            chat.text.push(folded);
        }
        chat.messages.push(Place {
            seq: message.seq,
            reply: message.role == Role::Assistant,
            created: message.created,
            end: chat.text.len() as u32,
        });
    }

    /// Names a conversation.
    pub fn name(&mut self, chat: &ChatId, title: &str) {
        title.clone_into(&mut self.chats.entry(chat.clone()).or_default().title);
    }

    /// Forgets a conversation.
    pub fn remove(&mut self, chat: &ChatId) {
        self.chats.remove(chat);
    }

    /// The number of messages.
    pub fn len(&self) -> usize {
        self.chats.values().map(|chat| chat.messages.len()).sum()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The newest messages that have every word of the query, newest first, at most `most`.
    pub fn find(&self, query: &Query, most: usize) -> Vec<Hit> {
        let mut words: Vec<Word> = query.words.iter().map(|word| Word::new(word)).collect();
        // The longest word is the rarest, near enough.
        words.sort_by_key(|word| std::cmp::Reverse(word.text.len()));
        let Some((lead, rest)) = words.split_first() else {
            return Vec::new();
        };
        let mut found = Vec::new();
        for (id, chat) in &self.chats {
            chat.find(lead, rest, |at| {
                found.push((std::cmp::Reverse(chat.messages[at].created), id, chat, at));
            });
        }
        let newest = |hit: &(std::cmp::Reverse<i64>, &ChatId, &Chat, usize)| hit.0;
        if found.len() > most {
            found.select_nth_unstable_by_key(most, newest);
            found.truncate(most);
        }
        found.sort_by_key(newest);
        let hits = found.into_iter();
        hits.map(|(_, id, chat, at)| Hit {
            chat: id.clone(),
            seq: chat.messages[at].seq,
            reply: chat.messages[at].reply,
            created: chat.messages[at].created,
            title: chat.title.clone(),
            excerpt: snippet(&chat.original(at), query, WIDTH),
        })
        .collect()
    }
}

impl Chat {
    /// Tells the messages that have `lead` and all of `rest`, in order.
    fn find(&self, lead: &Word, rest: &[Word], mut tell: impl FnMut(usize)) {
        let mut from = 0;
        let mut message = 0;
        while let Some(hit) = lead.find(&self.text, from) {
            // Common words are found in the next message already.
            while message % 4 != 3 && self.end(message) <= hit {
                message += 1;
            }
            if self.end(message) <= hit {
                let ends = &self.messages[message..];
                message += ends.partition_point(|place| place.end as usize <= hit);
            }
            let Some(place) = self.messages.get(message) else {
                return;
            };
            let end = place.end as usize;
            if hit + lead.text.len() > end {
                // It begins in one message and ends in the next one.
                from = hit + lead.first;
                continue;
            }
            let text = &self.text[self.start(message)..end];
            if rest.iter().all(|word| word.find(text, 0).is_some()) {
                tell(message);
            }
            from = end;
        }
    }

    /// Where a message ends; beyond everything for one that is not there.
    fn end(&self, message: usize) -> usize {
        let place = self.messages.get(message);
        place.map_or(usize::MAX, |place| place.end as usize)
    }

    fn start(&self, message: usize) -> usize {
        match message.checked_sub(1) {
            Some(before) => self.messages[before].end as usize,
            None => 0,
        }
    }

    /// The text of a message as it was written.
    fn original(&self, message: usize) -> String {
        let (start, end) = (self.start(message), self.messages[message].end as usize);
        let first = self
            .changed
            .partition_point(|(at, _)| (*at as usize) < start);
        let mut changed = self.changed[first..].iter().peekable();
        let mut out = String::with_capacity(end - start);
        for (at, c) in self.text[start..end].char_indices() {
            let was = changed.next_if(|(place, _)| *place as usize == start + at);
            out.push(was.map_or(c, |(_, was)| *was));
        }
        out
    }
}

/// A word to look for.
struct Word {
    text: String,
    /// The length of its first character.
    first: usize,
    way: Way,
}

/// How a word is looked for.
enum Way {
    /// By its rarest character, which the library scans for many bytes at a time, and where it is in the word.
    Rare(char, usize),
    /// By its last byte: how far the word can be moved on for each byte found there (Horspool).
    Skip(Box<[u8; 256]>),
}

impl Word {
    fn new(letters: &[char]) -> Self {
        let text: String = letters.iter().collect();
        let rare = text.char_indices().min_by_key(|(_, c)| commonness(*c));
        let (before, rare) = rare.unwrap_or_default();
        let way = match text.len() {
            4.. if commonness(rare) > 0 || rare.is_ascii() => Way::Skip(skips(text.as_bytes())),
            _ => Way::Rare(rare, before),
        };
        let first = letters.first().map_or(1, |c| c.len_utf8());
        Self { text, first, way }
    }

    /// Where the word is, at `from` or later.
    fn find(&self, text: &str, from: usize) -> Option<usize> {
        match &self.way {
            Way::Rare(rare, before) => self.find_rare(text, from, *rare, *before),
            Way::Skip(skips) => {
                let (hay, word) = (text.as_bytes(), self.text.as_bytes());
                let last = word.len() - 1;
                let mut end = from + last;
                while let Some(&byte) = hay.get(end) {
                    if byte == word[last] && hay[end - last..].starts_with(word) {
                        return Some(end - last);
                    }
                    end += usize::from(skips[usize::from(byte)]);
                }
                None
            }
        }
    }

    fn find_rare(&self, text: &str, from: usize, rare: char, before: usize) -> Option<usize> {
        let mut at = (from + before).min(text.len());
        while !text.is_char_boundary(at) {
            at += 1;
        }
        loop {
            let found = at + text.get(at..)?.find(rare)?;
            let start = found - before;
            if text.as_bytes()[start..].starts_with(self.text.as_bytes()) {
                return Some(start);
            }
            at = found + rare.len_utf8();
        }
    }
}

/// The distance of each byte's last place in the word from its end, at most 255.
fn skips(word: &[u8]) -> Box<[u8; 256]> {
    let clamp = |distance: usize| u8::try_from(distance).unwrap_or(u8::MAX);
    let mut skips = Box::new([clamp(word.len()); 256]);
    for (at, byte) in word.iter().enumerate().take(word.len() - 1) {
        skips[usize::from(*byte)] = clamp(word.len() - 1 - at);
    }
    skips
}

/// How often a character is met in English and Chinese, roughly; 0 for most.
fn commonness(c: char) -> usize {
    const COMMON: &str = "在人有我不了一是的。，0-./,vkbgpywmfculdhrsnioate \n";
    COMMON.find(c).map_or(0, |at| at + 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chat::Role;
    use proptest::prelude::*;

    fn index(texts: &[(&str, &str)]) -> Index {
        let mut index = Index::default();
        for (at, (chat, text)) in texts.iter().enumerate() {
            let seq = at as u32 + 1;
            let mut message = Message::new(Role::User, seq, 0);
            message.chat = ChatId((*chat).into());
            message.text = (*text).into();
            message.created = i64::from(seq);
            index.name(&message.chat, &format!("About {chat}"));
            index.add(&message);
        }
        index
    }

    fn found(index: &Index, typed: &str) -> Vec<u32> {
        let hits = index.find(&Query::new(typed), 3);
        hits.iter().map(|hit| hit.seq).collect()
    }

    #[test]
    fn messages_are_found_newest_first() {
        let mut index = index(&[
            ("a", "昨天下雨，今天下雨"),
            ("a", "雨停了"),
            ("b", "It rains in Rust, ＡＢＣ"),
            ("b", "rust and WASM"),
            ("a", "下"),
            ("a", "雨"),
            ("c", "İstanbul straße"),
        ]);
        for (typed, expected) in [
            ("下雨", &[1][..]),
            ("雨", &[6, 2, 1]),
            ("rust", &[4, 3]),
            ("RUST wasm", &[4]),
            ("\"in rust\"", &[3]),
            ("abc", &[3]),
            ("a", &[7, 4, 3]),
            ("istanbul", &[7]),
            ("nothing", &[]),
            ("", &[]),
            ("cru", &[]),
        ] {
            assert_eq!(found(&index, typed), expected, "{typed}");
        }
        index.remove(&ChatId("b".into()));
        assert!(found(&index, "rust").is_empty());
        assert_eq!(index.len(), 5);
    }

    #[test]
    fn an_excerpt_is_as_it_was_written() {
        let index = index(&[("a", "before"), ("a", "Rust ＡＢ İx"), ("a", "After")]);
        let hit = &index.find(&Query::new("ab"), 1)[0];
        let words = |marked| {
            let runs = hit.excerpt.iter().filter(|(_, mark)| *mark == marked);
            runs.map(|(run, _)| run.as_str()).collect::<Vec<_>>()
        };
        assert_eq!(words(true), ["ＡＢ"]);
        assert_eq!(words(false), ["Rust ", " İx"]);
        assert_eq!((hit.title.as_str(), hit.created), ("About a", 2));
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn the_index_finds_what_a_query_matches(
            texts in prop::collection::vec("[aAb雨下İ ]{0,9}", 1..12),
            typed in "[aAb雨下i\" ]{0,6}",
        ) {
            let pairs: Vec<(&str, &str)> = texts.iter().enumerate()
                .map(|(at, text)| (if at % 3 == 0 { "x" } else { "y" }, text.as_str()))
                .collect();
            let query = Query::new(&typed);
            let hits = index(&pairs).find(&query, 100);
            let mut seqs: Vec<_> = hits.iter().map(|hit| hit.seq as usize - 1).collect();
            seqs.reverse();
            let expected: Vec<_> = (0..texts.len()).filter(|at| query.matches(&texts[*at])).collect();
            prop_assert_eq!(seqs, expected);
            for hit in hits {
                let shown: String = hit.excerpt.iter().map(|(run, _)| run.as_str()).collect();
                prop_assert_eq!(&shown, &texts[hit.seq as usize - 1]);
            }
        }
    }
}
