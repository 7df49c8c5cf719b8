//! Conditions: when or where something holds, and since when.

use super::super::{first, front};
use super::mood::Mood;
use super::tables::{self, PREDICATES};

/// A condition before 我; what is left may be the topic.
pub fn outer_condition<'t>(before: &'t str, mood: &mut Mood) -> &'t str {
    match condition(before) {
        Some(Condition::Holds(words)) => words.clone_into(&mut mood.condition),
        Some(Condition::Turned) => mood.turned = true,
        None => return before,
    }
    ""
}

pub enum Condition<'t> {
    /// It holds then.
    Holds(&'t str),
    /// It has been so since then.
    Turned,
}

pub fn condition(text: &str) -> Option<Condition<'_>> {
    let text = text.trim();
    for end in ["的时候", "时候", "的话", "期间", "时"] {
        if let Some(words) = text.strip_suffix(end).filter(|words| !words.is_empty()) {
            return Some(Condition::Holds(
                front(words, &["当", "在"])
                    .filter(|w| !w.is_empty())
                    .unwrap_or(words),
            ));
        }
    }
    for end in ["以后", "之后", "以来", "后", "开始"] {
        if text.len() > end.len() && text.ends_with(end) {
            let daily = "下班|饭|放学|起床|睡|下课|运动"
                .split('|')
                .any(|word| text.contains(word));
            return Some(if daily {
                Condition::Holds(text)
            } else {
                Condition::Turned
            });
        }
    }
    let time = tables::WHEN
        .iter()
        .any(|word| text == *word || text.strip_prefix("在") == Some(word));
    time.then_some(Condition::Holds(text))
}

/// 在家的时候喜欢…: a condition after 我.
pub fn inner_condition(rest: &str) -> Option<(&str, &str)> {
    for link in ["的时候", "时候", "时"] {
        if let Some((inner, after)) = rest.split_once(link) {
            let predicate = first(inner, &PREDICATES).is_some();
            return (!predicate && !inner.is_empty() && !after.is_empty())
                .then_some((inner, after));
        }
    }
    tables::WHEN.iter().find_map(|word| {
        let after = rest.strip_prefix(word)?;
        (!after.is_empty()).then_some((&rest[..word.len()], after))
    })
}

/// 搬家后反而喜欢…: since then it has been otherwise. Gives what comes after.
pub fn since(rest: &str) -> Option<&str> {
    ["以后", "之后", "后"].iter().find_map(|link| {
        let (inner, after) = rest.split_once(link)?;
        let short = (1..=8).contains(&inner.chars().count()) && first(inner, &PREDICATES).is_none();
        (short && !after.is_empty()).then_some(after)
    })
}
