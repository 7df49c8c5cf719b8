//! The files of an export. Each is JSON lines: one object per line, UTF-8, `\n` after each.
//!
//! # Raw (`bad-cases.jsonl`)
//! Everything that a case holds. Fields that are empty or unknown are left out; new ones may be added.
//!
//! | field | meaning |
//! |---|---|
//! | `schema` | `viewfinder-bad-case/1` |
//! | `id`, `made` | one per reply; milliseconds since 1970 |
//! | `provider`, `model` | the host that was asked; the model that answered |
//! | `request` | `model`, `messages` (`role`, `content`), `temperature`, `max_output` as sent |
//! | `end`, `end_raw` | why it ended, normalised (`complete`, `length`, …) and in the provider's word |
//! | `usage` | `input`, `output`, `cached`, `reasoning` tokens |
//! | `waited`, `took` | milliseconds to the first token and to the end |
//! | `cut` | the reply as it was cut |
//! | `judge` | `certainty` from 0 to 1, `signs`: `sign`, `from`, `to` (characters of `cut`), `weight` |
//! | `mended` | `way` (`prefill`, `ask`, `again`), `text` (the whole reply), `tries`, `model`, `usage`, `took` |
//! | `label` | the user's word: `open`, `cut`, `complete` (a false alarm) |
//! | `redacted` | `true` where words were taken out |
//!
//! # Fine-tuning (`fine-tuning.jsonl`)
//! OpenAI's chat format: `{"messages": [...]}`, the last message the whole reply.
//!
//! # Preferences
//! The mended reply chosen, the cut one rejected: in OpenAI's format for direct preference optimisation (`input`,
//! `preferred_output`, `non_preferred_output`) and in TRL's conversational one (`prompt`, `chosen`, `rejected`).

use super::{Case, Label};
use crate::provider::Ask;
use crate::record;
use crate::reply::Usage;
use serde_json::{Map, Value, json};

/// The name and version of the raw format.
pub const SCHEMA: &str = "viewfinder-bad-case/1";

/// The formats of an export.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Everything.
    Raw,
    /// OpenAI's chat format for supervised fine-tuning.
    FineTuning,
    /// OpenAI's preference pairs.
    OpenAiPairs,
    /// TRL's preference pairs.
    TrlPairs,
}

impl Format {
    /// Every format, in the order in which it is offered.
    pub const ALL: [Format; 4] = [
        Format::Raw,
        Format::FineTuning,
        Format::OpenAiPairs,
        Format::TrlPairs,
    ];

    /// The name of the file.
    pub fn file(self) -> &'static str {
        match self {
            Format::Raw => "bad-cases.jsonl",
            Format::FineTuning => "fine-tuning.jsonl",
            Format::OpenAiPairs => "preferences-openai.jsonl",
            Format::TrlPairs => "preferences-trl.jsonl",
        }
    }
}

/// The lines of the cases that fit the format; the others are left out.
pub fn lines(cases: &[Case], format: Format) -> String {
    let mut out = String::new();
    for value in cases.iter().filter_map(|case| line(case, format)) {
        out.push_str(&record::write(&value));
        out.push('\n');
    }
    out
}

/// One case in a format; `None` where it does not fit: fine-tuning needs the whole reply, a pair a cut and a mended one.
pub fn line(case: &Case, format: Format) -> Option<Value> {
    match format {
        Format::Raw => Some(raw(case)),
        Format::FineTuning => {
            let mut messages = messages(&case.ask);
            messages.push(assistant(whole(case)?));
            is_dialogue(&messages).then(|| json!({ "messages": messages }))
        }
        Format::OpenAiPairs => {
            let (prompt, chosen, rejected) = pair(case)?;
            Some(json!({
                "input": { "messages": prompt, "tools": [], "parallel_tool_calls": true },
                "preferred_output": [chosen], "non_preferred_output": [rejected],
            }))
        }
        Format::TrlPairs => {
            let (prompt, chosen, rejected) = pair(case)?;
            Some(json!({ "prompt": prompt, "chosen": [chosen], "rejected": [rejected] }))
        }
    }
}

/// The whole reply: mended, or complete by the user's word.
fn whole(case: &Case) -> Option<&str> {
    let text = match (&case.mended, case.label) {
        (_, Label::Complete) => case.cut.as_str(),
        (Some(mended), _) => mended.text.as_str(),
        (None, _) => return None,
    };
    Some(text).filter(|text| !text.trim().is_empty())
}

fn pair(case: &Case) -> Option<(Vec<Value>, Value, Value)> {
    let mended = case
        .mended
        .as_ref()
        .filter(|_| case.label != Label::Complete)?;
    let differ = mended.text.trim() != case.cut.trim();
    let there = !mended.text.trim().is_empty() && !case.cut.trim().is_empty();
    let prompt = messages(&case.ask);
    let asked = prompt.last().is_some_and(|last| last["role"] == "user");
    (differ && there && asked).then(|| (prompt, assistant(&mended.text), assistant(&case.cut)))
}

/// Whether there is a question before the answer.
fn is_dialogue(messages: &[Value]) -> bool {
    messages.iter().any(|message| message["role"] == "user")
}

fn messages(ask: &Ask) -> Vec<Value> {
    let system = Some(ask.system.as_str()).filter(|text| !text.trim().is_empty());
    system
        .map(|text| json!({ "role": "system", "content": text }))
        .into_iter()
        .chain(
            ask.turns
                .iter()
                .map(|turn| json!({ "role": turn.role.name(), "content": turn.text })),
        )
        .collect()
}

fn assistant(text: &str) -> Value {
    json!({ "role": "assistant", "content": text })
}

fn raw(case: &Case) -> Value {
    let mut row = Map::new();
    let mut put = |name: &str, value: Value| {
        let empty = value.is_null() || value == "" || value == 0;
        if !empty {
            row.insert(name.into(), value);
        }
    };
    put("schema", SCHEMA.into());
    put("id", case.id.as_str().into());
    put("provider", case.provider.as_str().into());
    put("model", case.model.as_str().into());
    put("request", request(&case.ask));
    put("end", case.end.map(|end| end.name()).into());
    put("end_raw", case.end_raw.as_str().into());
    put("usage", usage(case.usage.as_ref()));
    put("waited", case.waited.into());
    put("took", case.took.into());
    put("judge", judge(case));
    if let Some(mended) = &case.mended {
        let value = json!({
            "way": mended.way.name(), "text": mended.text, "tries": mended.tries, "model": mended.model,
            "usage": usage(mended.usage.as_ref()), "took": mended.took,
        });
        put("mended", value);
    }
    put("label", case.label.name().into());
    if case.redacted {
        put("redacted", true.into());
    }
    // There whatever they hold: readers count on them.
    row.insert("made".into(), case.made.into());
    row.insert("cut".into(), case.cut.as_str().into());
    Value::Object(row)
}

fn request(ask: &Ask) -> Value {
    let mut request = json!({ "model": ask.model, "messages": messages(ask) });
    if let Some(temperature) = ask.temperature {
        request["temperature"] = temperature.into();
    }
    if let Some(most) = ask.max_output {
        request["max_output"] = most.into();
    }
    request
}

fn judge(case: &Case) -> Value {
    let place = |at: usize| {
        case.cut
            .get(..at)
            .map_or(0, |before| before.chars().count())
    };
    let share = |percent: u8| f64::from(percent) / 100.0;
    let signs: Vec<Value> = case
        .signs
        .iter()
        .map(|sign| {
            json!({
                "sign": sign.kind.name(), "from": place(sign.at.start), "to": place(sign.at.end),
                "weight": share(sign.weight),
            })
        })
        .collect();
    json!({ "certainty": share(case.certainty), "signs": signs })
}

fn usage(usage: Option<&Usage>) -> Value {
    usage.map_or(Value::Null, |usage| {
        json!({
            "input": usage.input, "output": usage.output, "cached": usage.cached, "reasoning": usage.reasoning,
        })
    })
}
