//! The built-in demo model: a script that plays in the page. It says so, and it sends nothing.

mod words;

use super::Ask;
use crate::chat::Role;
use crate::reply::{Delta, End, Usage};
use crate::tokens;
use words::Words;

/// One step of the script.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// Milliseconds to wait before it.
    pub after_ms: u32,
    /// What is said then.
    pub delta: Delta,
}

/// Every how many turns of the user a reply stops early, so that one can see what the app makes of it.
const EARLY: usize = 5;

/// The reply to `ask`, in the language of its last turn. The same `seed` gives the same reply.
pub fn script(ask: &Ask, seed: u64) -> Vec<Step> {
    let question = ask.turns.iter().rev().find(|turn| turn.role == Role::User);
    let question = question.map(|turn| turn.text.as_str()).unwrap_or_default();
    let turns = ask
        .turns
        .iter()
        .filter(|turn| turn.role == Role::User)
        .count();
    let mut raw = "stop";
    let mut end = End::Complete;
    let rest = rest(ask);
    let words = words::for_text(question);
    let goes_on = rest.is_some();
    let (mut text, asked_to_stop) = match rest {
        Some(rest) => (rest, false),
        None => {
            let (answer, half) = answer(words, question);
            (minded(words, &ask.system) + &answer, half)
        }
    };
    if goes_on {
        // It is asked once, and says all of it.
    } else if asked_to_stop || (turns > 0 && turns.is_multiple_of(EARLY)) {
        text = halve(&text);
    }
    if let Some(most) = ask
        .max_output
        .filter(|most| tokens::estimate(&text) > *most)
    {
        text = within(&text, most);
        (end, raw) = (End::Length, "length");
    }
    let thought = if goes_on {
        ""
    } else if seed.is_multiple_of(2) || question.chars().count() > 24 {
        words.thought
    } else {
        ""
    };
    let mut steps = Vec::new();
    speak(thought, seed, &mut steps, Delta::Reasoning);
    speak(&text, seed, &mut steps, Delta::Text);
    let input = ask
        .turns
        .iter()
        .map(|turn| u64::from(tokens::estimate(&turn.text)) + 4)
        .sum();
    let reasoning = u64::from(tokens::estimate(thought));
    let usage = Usage {
        input,
        output: u64::from(tokens::estimate(&text)) + reasoning,
        cached: 0,
        reasoning,
    };
    let rest = [
        Delta::Finish {
            end,
            raw: raw.to_owned(),
        },
        Delta::Usage(usage),
        Delta::Done,
    ];
    steps.extend(rest.map(|delta| Step { after_ms: 0, delta }));
    steps
}

/// What came along from the memory, said back: a real model would go by it.
fn minded(words: &Words, system: &str) -> String {
    let lines: String = system
        .split_once("<memory>")
        .map(|(_, section)| section.lines().filter(|line| line.starts_with("- ")))
        .into_iter()
        .flatten()
        .flat_map(|line| [line, "\n"])
        .collect();
    match lines.is_empty() {
        true => lines,
        false => [words.minded, "\n\n", &lines, "\n"].concat(),
    }
}

/// What is missing of a reply that stopped early, where its rest is asked for.
fn rest(ask: &Ask) -> Option<String> {
    let [before @ .., reply, asked] = ask.turns.as_slice() else {
        return None;
    };
    let question = before.last().filter(|turn| turn.role == Role::User)?;
    let words = words::for_text(&question.text);
    let text = minded(words, &ask.system) + &answer(words, &question.text).0;
    let said = reply.text.trim_end();
    let rest = text.strip_prefix(said)?;
    // Half a word is said again as a whole one, as it was asked.
    let half = rest.starts_with(|c: char| c.is_ascii_alphanumeric());
    let word = said
        .rfind(|c: char| !c.is_ascii_alphanumeric())
        .filter(|_| half);
    let rest = match word {
        Some(at) => text[at..].trim_start_matches(|c: char| !c.is_ascii_alphanumeric()),
        None => rest,
    };
    let wanted = asked.text.contains("<tail>") && reply.role == Role::Assistant;
    (wanted && !rest.is_empty()).then(|| rest.to_owned())
}

/// The answer by simple rules, and whether the user asked it to stop half-way.
fn answer(words: &Words, question: &str) -> (String, bool) {
    let lower = question.to_ascii_lowercase();
    let asks = |cues: &[&str]| cues.iter().any(|cue| lower.contains(cue));
    let half = asks(&["说一半", "halfway", "half-way", "stop early"]);
    let shows = [
        (asks(&["代码", "code"]), words.code),
        (asks(&["表格", "table"]), words.table),
        (asks(&["公式", "formula", "math"]), words.formula),
    ];
    let shown: Vec<&str> = shows
        .iter()
        .filter(|(asked, _)| *asked)
        .map(|(_, text)| *text)
        .collect();
    let text = if !shown.is_empty() {
        format!("{}\n\n{}", words.shows, shown.join("\n\n"))
    } else if asks(&["诗", "poem"]) {
        words.poem.to_owned()
    } else if asks(&["长", "long"]) {
        (1..=12)
            .map(|n| (words.chapter)(n))
            .collect::<Vec<_>>()
            .join("\n\n")
    } else if asks(&["连接", "密钥", "connect", "api key"]) {
        words.connect.to_owned()
    } else if half
        || asks(&["你好", "您好", "你是谁", "hello", "who are you", "hi "])
        || question.trim().eq_ignore_ascii_case("hi")
    {
        words.hello.to_owned()
    } else {
        let quoted: String = question
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ")
            .chars()
            .take(80)
            .collect();
        (words.other)(&quoted)
    };
    (text, half)
}

/// Small pieces with small pauses, as a model would send them.
fn speak(text: &str, seed: u64, steps: &mut Vec<Step>, make: impl Fn(String) -> Delta) {
    let letters: Vec<char> = text.chars().collect();
    let mut at = 0;
    let mut dice = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
    while at < letters.len() {
        dice = dice
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        let size = 2 + (dice >> 33) as usize % 4;
        let to = (at + size).min(letters.len());
        let first = if steps.is_empty() { 220 } else { 0 };
        steps.push(Step {
            after_ms: first + 12 + (dice >> 40) as u32 % 16,
            delta: make(letters[at..to].iter().collect()),
        });
        at = to;
    }
}

/// The first half, ending inside a sentence.
fn halve(text: &str) -> String {
    let letters: Vec<char> = text.chars().collect();
    let mut end = letters.len() * 3 / 5;
    while end > 1 && (!letters[end - 1].is_alphanumeric()) {
        end -= 1;
    }
    letters[..end].iter().collect()
}

/// As much as `most` tokens hold.
fn within(text: &str, most: u32) -> String {
    let mut kept = String::new();
    for letter in text.chars() {
        kept.push(letter);
        if tokens::estimate(&kept) > most {
            kept.pop();
            break;
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::provider::Turn;
    use crate::reply::{Close, Reply};
    use crate::watch::judge;
    use crate::watch::resume::asking;
    use crate::watch::stitch::{Mode, join};

    fn ask(questions: &[&str], max_output: Option<u32>) -> Reply {
        let turns = questions
            .iter()
            .map(|text| Turn {
                role: Role::User,
                text: (*text).to_owned(),
            })
            .collect();
        let mut reply = Reply::default();
        for step in script(
            &Ask {
                turns,
                max_output,
                ..Ask::default()
            },
            1,
        ) {
            reply.apply(step.delta);
        }
        reply.close(Close::Eof);
        reply
    }

    #[test]
    fn it_answers_in_the_language_of_the_question_and_says_what_it_is() {
        assert!(ask(&["你好"], None).text.contains("演示"));
        assert!(ask(&["hello"], None).text.contains("demo"));
        let shown = ask(&["给我看看代码、表格和公式"], None).text;
        assert!(shown.contains("```") && shown.contains("|---") && shown.contains("$$"));
        assert_eq!(ask(&["你好"], None).end, Some(End::Complete));
    }

    #[test]
    fn it_says_what_it_was_told_about_the_user() {
        let told = |system: &str| {
            let ask = Ask {
                system: system.to_owned(),
                turns: vec![Turn {
                    role: Role::User,
                    text: "你好".to_owned(),
                }],
                ..Ask::default()
            };
            let mut reply = Reply::default();
            script(&ask, 1)
                .into_iter()
                .for_each(|step| reply.apply(step.delta));
            reply.text
        };
        let line = "- 讨厌：「下雨天」";
        let section = format!("要简短。\n\n<memory>\n偏好如下。\n{line}\n</memory>");
        assert!(told(&section).contains(line));
        assert!(!told("- 要简短。").contains("要简短"));
    }

    #[test]
    fn it_stops_early_now_and_then_and_at_the_limit() {
        let whole = ask(&["hello"], None).text;
        let fifth = ask(&["a", "b", "c", "d", "hello"], None);
        assert!(whole.starts_with(&fifth.text) && fifth.text.len() < whole.len());
        assert_eq!(
            fifth.end,
            Some(End::Complete),
            "as models do it: the reason says stop"
        );
        let judged = judge(End::Complete, &fifth.text, "hello");
        assert!(judged.is_cut(), "{:?}: {judged:?}", fifth.text);
        assert!(!judge(End::Complete, &whole, "hello").is_cut());
        let short = ask(&["hello"], Some(10));
        assert_eq!(short.end, Some(End::Length));
        assert!(tokens::estimate(&short.text) <= 10);
    }

    #[test]
    fn it_says_the_rest_when_it_is_asked() {
        for question in [
            "hello",
            "你好",
            "a table please, halfway",
            "写一段代码，说一半",
        ] {
            let mut first = Ask::default();
            first.turns.push(Turn {
                role: Role::User,
                text: question.to_owned(),
            });
            let whole = answer(words::for_text(question), question).0;
            let cut = halve(&whole);
            let mut rest = Reply::default();
            for step in script(&asking(&first, &cut), 1) {
                rest.apply(step.delta);
            }
            assert_eq!(join(&cut, &rest.text, Mode::Asked).0, whole, "{question}");
        }
    }
}
