//! Preferences as a file of their own: JSON that can be read again, and Markdown for people.

use crate::i18n::Lang;
use crate::i18n::preference as words;
use crate::memory::{
    Areas, Book, Head, Origin, Preference, Said, Status, View, hear, heard, lanes, line, topic,
};
use crate::record::{Row, memory};
use serde_json::Value;

/// How the file names itself.
const FORMAT: &str = "viewfinder-memory";
/// The version that is written, and the newest that is read.
const VERSION: u64 = 1;

/// The preferences of a file, as they are offered to the user.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Offers {
    /// Those that hold.
    pub cards: Vec<Preference>,
    /// How many were left aside: superseded, retracted, expired.
    pub left: usize,
}

/// Everything in the book as JSON.
pub fn json(book: &Book, now: i64) -> String {
    let rows: Vec<Value> = book
        .all()
        .map(|pref| memory::write(pref, book.uses(&pref.id), &Row::new()).into())
        .collect();
    let file = serde_json::json!({
        "format": FORMAT,
        "version": VERSION,
        "exported": now,
        "preferences": rows,
    });
    serde_json::to_string_pretty(&file).unwrap_or_default()
}

/// What holds, by topic, and what was superseded, for people. `date` writes a time as a date.
pub fn markdown(book: &Book, lang: Lang, now: i64, date: impl Fn(i64) -> String) -> String {
    let t = lang.memory();
    let active: Vec<&Preference> = book.all().filter(|pref| pref.holds(now)).collect();
    let mut text = match lang {
        Lang::Zh => format!("# 记忆\n\n{} 导出，{} 条生效。\n", date(now), active.len()),
        Lang::En => format!(
            "# Memory\n\nExported on {}, {} active.\n",
            date(now),
            active.len()
        ),
    };
    let view = View {
        statuses: [Status::Active].into(),
        ..View::default()
    };
    for lane in lanes(book, &view, &mut Areas::default()) {
        let name = match lane.head {
            Head::Area(area) => words::area(lang, area),
            Head::Kind(kind) => words::kind(lang, kind),
        };
        text += &format!("\n## {name}\n\n");
        let mut cards: Vec<&Preference> = lane.cards().filter_map(|id| book.get(id)).collect();
        cards.sort_by_key(|card| std::cmp::Reverse(card.strength));
        for card in cards {
            let mut notes = Vec::new();
            if !card.condition.is_empty() {
                notes.push(plain(&card.condition));
            }
            if let Some(until) = card.until {
                notes.push((t.until)(&date(until)));
            }
            if card.pinned {
                notes.push(t.pinned.to_owned());
            }
            text += &format!(
                "- {}{}\n",
                plain(&words::phrase(lang, card)),
                bracket(lang, &notes)
            );
        }
    }
    let old: Vec<&Preference> = book
        .all()
        .filter(|pref| pref.status == Status::Superseded)
        .collect();
    if !old.is_empty() {
        text += &format!("\n## {}\n\n", words::status(lang, Status::Superseded));
        for card in old {
            text += &format!(
                "- ~~{}~~ {}\n",
                plain(&words::phrase(lang, card)),
                date(card.last_seen)
            );
        }
    }
    text
}

/// The preferences in a file: our own JSON, or else a text with a statement on each line, such as a list that another
/// program has kept. `None` where there are none.
pub fn read(text: &str) -> Option<Offers> {
    let found = match serde_json::from_str::<Value>(text) {
        Ok(file) => read_json(&file)?,
        Err(_) => read_lines(text),
    };
    (!found.cards.is_empty()).then_some(found)
}

fn read_json(file: &Value) -> Option<Offers> {
    let is_ours = file["format"].as_str() == Some(FORMAT);
    if !is_ours
        || file["version"]
            .as_u64()
            .is_none_or(|version| version > VERSION)
    {
        return None;
    }
    let mut offers = Offers::default();
    for row in file["preferences"]
        .as_array()?
        .iter()
        .filter_map(Value::as_object)
    {
        let (pref, _) = memory::read(row);
        match pref.status {
            Status::Active | Status::Proposed => offers.cards.extend(clean(pref)),
            _ => offers.left += 1,
        }
    }
    Some(offers)
}

/// A preference of a file as it would be kept: one clean line each, and nothing that points out of the file.
fn clean(pref: Preference) -> Option<Preference> {
    let words = line(&pref.topic);
    let key = topic::key(&words);
    if key.is_empty() {
        return None;
    }
    let said = pref.said.iter().map(|said| Said {
        chat: Default::default(),
        seq: 0,
        words: line(&said.words),
        at: said.at,
        origin: Origin::Import,
    });
    Some(Preference {
        said: said.collect(),
        topic: words,
        key,
        condition: line(&pref.condition),
        scope: Default::default(),
        status: Status::Active,
        exception_to: None,
        against: None,
        supersedes: Vec::new(),
        superseded_by: None,
        edited: false,
        ..pref
    })
}

fn read_lines(text: &str) -> Offers {
    let mut offers = Offers::default();
    for (at, own) in text.lines().enumerate() {
        let own = own.trim().trim_start_matches(['-', '*', '•', ' ']);
        let own = own.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.' || c == ')');
        let own = line(own);
        if own.is_empty() {
            continue;
        }
        let mut said: Vec<_> = heard(&own, &[])
            .into_iter()
            .map(|heard| heard.statement)
            .collect();
        if said.is_empty() {
            said = hear(&own);
        }
        for statement in said {
            let Some(strength) = statement.strength else {
                continue;
            };
            let pref = Preference {
                topic: statement.topic,
                kind: statement.kind,
                strength,
                condition: statement.condition,
                slot: statement.slot,
                confidence: statement.certainty,
                said: vec![Said {
                    words: own.clone(),
                    seq: at as u32,
                    origin: Origin::Import,
                    ..Said::default()
                }],
                ..Preference::default()
            };
            offers.cards.extend(clean(pref));
        }
    }
    offers
}

fn bracket(lang: Lang, notes: &[String]) -> String {
    match (notes.is_empty(), lang) {
        (true, _) => String::new(),
        (false, Lang::Zh) => format!("（{}）", notes.join("，")),
        (false, Lang::En) => format!(" ({})", notes.join(", ")),
    }
}

/// Words that Markdown takes for nothing but words.
fn plain(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        if matches!(
            c,
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '~' | '#' | '|'
        ) {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::memory::{Kind, PrefId};

    fn pref(id: &str, words: &str, strength: i8) -> Preference {
        Preference {
            id: PrefId(id.into()),
            topic: words.into(),
            key: topic::key(words),
            strength,
            said: vec![Said {
                words: format!("我说过{words}"),
                ..Said::default()
            }],
            ..Preference::default()
        }
    }

    #[test]
    fn what_was_exported_is_offered_again() {
        let mut rain = pref("a", "下雨天", -2);
        rain.condition = "通勤时".into();
        rain.until = Some(9);
        rain.pinned = true;
        let mut old = pref("b", "雪", 1);
        old.status = Status::Superseded;
        let book = Book::new([rain.clone(), old], [], []);
        let offers = read(&json(&book, 5)).unwrap();
        assert_eq!(offers.left, 1);
        let [card] = offers.cards.as_slice() else {
            panic!("{offers:?}")
        };
        assert_eq!(
            (&card.topic, card.strength, card.until),
            (&rain.topic, -2, Some(9))
        );
        assert_eq!((&card.condition, card.pinned), (&rain.condition, true));
        assert_eq!(card.said[0].origin, Origin::Import);
    }

    #[test]
    fn a_file_is_no_way_around_the_gate() {
        let row = serde_json::json!({
            "format": FORMAT, "version": 1,
            "preferences": [
                { "id": "x", "topic": "a\u{202e}b\n<system>", "status": "active", "said": [{ "chat": "c", "seq": 4, "words": "hi", "origin": "typed" }] },
                { "id": "y", "topic": "…" },
                7,
            ],
        });
        let offers = read(&row.to_string()).unwrap();
        let [card] = offers.cards.as_slice() else {
            panic!("{offers:?}")
        };
        assert_eq!(card.topic, "ab <system>");
        assert_eq!((card.said[0].origin, card.said[0].seq), (Origin::Import, 0));
        assert!(card.said[0].chat.as_str().is_empty());
    }

    #[test]
    fn what_is_no_file_of_preferences_gives_none() {
        for text in [
            "",
            "{}",
            "[1]",
            "null",
            "# 标题\n\n一段说明文字。",
            r#"{"format":"viewfinder-memory","version":2,"preferences":[{"topic":"a"}]}"#,
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn a_list_of_statements_is_read_line_by_line() {
        let offers = read("- 我喜欢下雨天\n2. I hate coriander.\n今天星期三\n").unwrap();
        let found: Vec<_> = offers
            .cards
            .iter()
            .map(|card| (card.topic.as_str(), card.strength.signum()))
            .collect();
        assert_eq!(found, [("下雨天", 1), ("coriander", -1)]);
    }

    #[test]
    fn markdown_reads_well() {
        let mut name = pref("c", "住在杭州", 0);
        name.kind = Kind::Fact;
        let mut rain = pref("a", "下*雨", -2);
        rain.condition = "通勤时".into();
        let mut old = pref("b", "雪", 1);
        old.status = Status::Superseded;
        let book = Book::new([rain, old, name], [], []);
        let text = markdown(&book, Lang::Zh, 0, |_| "1 月 1 日".into());
        assert!(
            text.starts_with("# 记忆\n\n1 月 1 日 导出，2 条生效。\n"),
            "{text}"
        );
        assert!(text.contains("- 讨厌下\\*雨（通勤时）\n"), "{text}");
        assert!(text.contains("- 住在杭州\n"), "{text}");
        assert!(
            text.contains("## 已取代\n\n- ~~喜欢雪~~ 1 月 1 日\n"),
            "{text}"
        );
    }
}
