//! The doors of the preference memory.

use serde_json::{Value, json};
use viewfinder::i18n::Lang;
use viewfinder::id::ChatId;
use viewfinder::memory::{
    Act, BUDGET, Book, Change, Outcome, Place, Preference, Source, Status, Why, hear, learn, recall,
};

/// A time on a Tuesday in 2023; messages come a minute apart.
const START: i64 = 1_700_000_000_000;
const MINUTE: i64 = 60_000;

pub fn reconcile_line(line: &Value) -> Value {
    let (book, acts) = told(line);
    let list = |keep: &dyn Fn(&Preference) -> bool| -> Vec<Value> {
        let kept = book.all().filter(|pref| keep(pref));
        kept.map(|pref| json!({ "topic": pref.topic, "polarity": pref.polarity().sign() }))
            .collect()
    };
    let of = |status| list(&move |pref: &Preference| pref.status == status);
    json!({
        "id": line["id"],
        "active": list(&|pref| pref.status == Status::Active && pref.until.is_none()),
        "temporary": list(&|pref| pref.status == Status::Active && pref.until.is_some()),
        "superseded": of(Status::Superseded),
        "retracted": of(Status::Retracted),
        "proposed": of(Status::Proposed),
        "acts": acts,
    })
}

pub fn recall_line(line: &Value) -> Value {
    let (book, acts) = told(line);
    let place = Place {
        chat: chat(),
        persona: None,
        lang: if line["lang"] == "zh" {
            Lang::Zh
        } else {
            Lang::En
        },
    };
    let budget = line["budget"]
        .as_u64()
        .and_then(|budget| u32::try_from(budget).ok());
    let now = START + acts.len() as i64 * MINUTE;
    let question = line["question"].as_str().unwrap_or_default();
    let found = recall(&book, question, &place, budget.unwrap_or(BUDGET), now);
    let chosen = found.chosen.iter().filter_map(|chosen| {
        let pref = book.get(&chosen.id)?;
        Some(json!({ "topic": pref.topic, "why": why(chosen.why), "tokens": chosen.tokens }))
    });
    json!({
        "id": line["id"], "chosen": chosen.collect::<Vec<Value>>(), "tokens": found.tokens, "text": found.text,
    })
}

/// The book after the messages of a line, and what each of them did.
fn told(line: &Value) -> (Book, Vec<Vec<&'static str>>) {
    let mut book = Book::default();
    let mut acts = Vec::new();
    let messages = line["utterances"]
        .as_array()
        .map(Vec::as_slice)
        .unwrap_or_default();
    for (seq, text) in (1u32..).zip(messages.iter().filter_map(Value::as_str)) {
        let [a, b, c, d] = seq.to_be_bytes();
        let source = Source {
            chat: chat(),
            seq,
            words: text.to_owned(),
            random: [0, 0, 0, 0, a, b, c, d, 0, 0],
            ..Source::default()
        };
        let outcomes = learn(
            &mut book,
            &hear(text),
            &source,
            START + i64::from(seq) * MINUTE,
        );
        acts.push(outcomes.iter().flat_map(names).collect());
    }
    (book, acts)
}

fn chat() -> ChatId {
    ChatId("script".to_owned())
}

fn names(outcome: &Outcome) -> Vec<&'static str> {
    let changes = match outcome {
        Outcome::Done(changes) => changes.as_slice(),
        Outcome::Ask(_) => return vec!["ask"],
    };
    let name = |change: &Change| match change {
        Change::Put { act, .. } => Act::name(*act),
        Change::Erase { .. } => "erase",
    };
    changes.iter().map(name).collect()
}

fn why(why: Why) -> &'static str {
    match why {
        Why::Pinned => "pinned",
        Why::Boundary => "boundary",
        Why::Style => "style",
        Why::Match => "match",
    }
}
