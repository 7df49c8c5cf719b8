//! Standing instructions on how answers should be, in both languages.

use super::super::lists::list;
use super::super::{Cue, Duration, Kind, Slot, Statement, topic};
use super::{Clause, Open, first, words::TIMES};
use crate::text::is_cjk;
use std::sync::LazyLock;

/// Words that make an instruction a lasting one.
static LASTING: LazyLock<Vec<&str>> = LazyLock::new(|| {
    list(
        "以后|今后|从现在|从今|往后|每次|默认|一律|永远|一直用|总是|始终|凡是|from now on|always|\
         going forward|from here on|in future|in the future|every time|by default|never|whenever|\
         at all times|henceforth|from this point|each time|as a rule|from today on",
    )
});

/// Words that address the assistant's answers.
static ADDRESSED: LazyLock<Vec<&str>> = LazyLock::new(|| {
    list(
        "回答|回复|跟我说|和我说|对我说|跟我讲|跟我聊|和我聊|跟我交流|说话|跟我对话|你说|你讲|\
         your answer|your repl|your response|your message|your writing|your code|to me|talk to|answer in|\
         answer me|answer with|reply in|reply with|respond in|respond with|speak |answers short|keep it|\
         keep answers|keep replies|keep things|give me|i want answers|i want you to|i'd like you to|\
         be more|be less|i prefer answers|write to me|explanations|answer more|answer less|you can be|\
         answers",
    )
});

/// Words that bind an instruction to one text or one answer.
static ONCE: LazyLock<Vec<&str>> = LazyLock::new(|| {
    list(
        "这个|这道|这封|这段|这篇|这次|这条|这张|上面|下面|刚才|那段|这份|这一次|就这一次|this one|\
         this time|this once|this email|this essay|this paragraph|this answer|this question|this text|\
         this letter|this post|this message|that paragraph|that answer|last answer|above|the following|\
         this article|this report",
    )
});

static NOT: LazyLock<Vec<&str>> = LazyLock::new(|| {
    list(
        "别|不要|不用|少用|禁止|停止|不许|不准|不必|不想|不再|不喜欢|讨厌|受不了|don't|do not|never|stop|\
         no |avoid|without|skip|hate|dislike|quit|drop the|not ",
    )
});

/// Whether a clause has a word that makes an instruction a lasting one.
pub fn is_lasting(low: &str) -> bool {
    LASTING.iter().any(|word| low.contains(word))
}

/// Reads a clause as an instruction on style; whether it was one.
/// `text` is the clause without what leads it in.
pub fn read(clause: &Clause, text: &str, open: &mut Open) -> bool {
    let low = clause.low;
    open.once |= ONCE.iter().any(|word| low.contains(word));
    if open.once {
        return false;
    }
    let time = first(low, &TIMES).map(|(_, (_, time), _)| time);
    let brief = low.contains("先") && low.contains(is_cjk);
    let duration = time.unwrap_or(if brief {
        Duration::Today
    } else {
        Duration::Lasting
    });
    let lasting = is_lasting(low) || open.style;
    let addressed = ADDRESSED.iter().any(|word| low.contains(word));
    let Some(found) = word(low) else {
        return lasting && free(clause, open);
    };
    let (before, _) = low.split_at(found.start);
    let against = NOT.iter().any(|word| before.contains(word));
    let correcting = corrects(low);
    let strength = if lasting || addressed || duration != Duration::Lasting {
        Some(if against { -1 } else { 1 })
    } else if correcting || short_imperative(text) {
        // "还是用列表吧": only against what was asked for before.
        None
    } else {
        return false;
    };
    if !lasting && !addressed && first_person(text) {
        return false;
    }
    let topic = clause.typed(&low[found]).to_owned();
    // 以后不用分点了 takes an instruction back; it is no wish of its own.
    let done = against
        && low.ends_with('了')
        && ["不用", "不必", "不需要"]
            .iter()
            .any(|word| low.contains(word));
    open.style = true;
    open.add(Statement {
        kind: Kind::Style,
        strength: if done { Some(1) } else { strength },
        slot: Slot::of_topic(&topic::key(&topic)),
        topic,
        duration,
        condition: condition(clause),
        cue: if done {
            Cue::Retract
        } else if correcting {
            Cue::Correct
        } else {
            Cue::None
        },
        certainty: 85,
        ..Statement::default()
    });
    true
}

/// "when you write code", 写代码时: what an instruction is bound to.
fn condition(clause: &Clause) -> String {
    let low = clause.low;
    for (link, cut) in [
        ("when i ", 5),
        ("when you ", 5),
        ("whenever i ", 9),
        ("whenever you ", 9),
    ] {
        if let Some(at) = low.find(link) {
            let rest = &low[at + cut..];
            let end = rest.find(',').unwrap_or(rest.len());
            return clause.typed(&rest[..end]).trim().to_owned();
        }
    }
    for link in ["的时候", "时"] {
        if let Some((before, _)) = low.split_once(link) {
            let before = before.trim_start_matches("以后").trim_start_matches("给我");
            return clause.typed(before).trim().to_owned();
        }
    }
    String::new()
}

fn corrects(low: &str) -> bool {
    "还是|改成|换成|改用|改回|换回"
        .split('|')
        .any(|word| low.contains(word))
        || "instead|rather|on second thought|actually|go back to|switch to|no,"
            .split('|')
            .any(|word| low.contains(word))
}

fn short_imperative(low: &str) -> bool {
    "use |make it |switch |be |用|说得|讲得"
        .split('|')
        .any(|word| low.starts_with(word))
}

fn first_person(low: &str) -> bool {
    low.starts_with("i ") || low.starts_with("i'") || low.starts_with('我')
}

/// A lasting instruction in words of its own: the words are the topic.
fn free(clause: &Clause, open: &mut Open) -> bool {
    let mut text = clause.low;
    for lead in [
        "以后",
        "今后",
        "从现在起",
        "从现在开始",
        "从今以后",
        "请",
        "记住",
        "你",
        "都",
        "please ",
        "from now on",
        "always ",
    ] {
        text = text
            .strip_prefix(lead)
            .unwrap_or(text)
            .trim_start_matches([' ', ',']);
    }
    let ordered = ZH_ORDERS.iter().any(|verb| text.starts_with(verb))
        || EN_ORDERS.iter().any(|verb| {
            text.strip_prefix(verb)
                .is_some_and(|rest| rest.starts_with(' '))
        });
    if !ordered {
        return false;
    }
    let against = "别|不要|不用|don't|never|stop|avoid"
        .split('|')
        .any(|word| clause.low.contains(word));
    let mut topic = text;
    for lead in [
        "别再",
        "不要再",
        "别",
        "不要",
        "don't ",
        "never ",
        "stop ",
        "avoid ",
    ] {
        topic = topic.strip_prefix(lead).unwrap_or(topic);
    }
    for end in [
        "from now on",
        "going forward",
        "from here on",
        "吧",
        "every time",
    ] {
        topic = topic.strip_suffix(end).unwrap_or(topic).trim_end();
    }
    open.add(Statement {
        kind: Kind::Style,
        strength: Some(if against { -1 } else { 1 }),
        topic: clause.typed(topic).to_owned(),
        certainty: 65,
        ..Statement::default()
    });
    true
}

static ZH_ORDERS: LazyLock<Vec<&str>> = LazyLock::new(|| {
    list("先|给|说|讲|写|用|把|直接|别|不要|回答|回复|解释|附|列|多|少|记得|引用|加|带|称呼")
});

static EN_ORDERS: LazyLock<Vec<&str>> = LazyLock::new(|| {
    list(
        "answer|reply|respond|use|give|start|begin|end|add|include|cite|show|explain|ask|don't|never|\
         stop|avoid|skip|keep|put|write|tell|be|speak|make|assume|default",
    )
});

/// The words of a clause that name a style, the longest.
fn word(low: &str) -> Option<std::ops::Range<usize>> {
    let mut best: Option<std::ops::Range<usize>> = None;
    let mut try_range = |range: std::ops::Range<usize>| {
        let longer = best.as_ref().is_none_or(|best| range.len() > best.len());
        if longer && topic::is_style(&low[range.clone()]) {
            best = Some(range);
        }
    };
    let ends: Vec<usize> = low
        .char_indices()
        .map(|(at, _)| at)
        .chain([low.len()])
        .collect();
    for (nth, &from) in ends.iter().enumerate() {
        if !low[from..].starts_with(is_cjk) {
            continue;
        }
        for &to in ends.iter().skip(nth + 2).take(5) {
            try_range(from..to);
        }
    }
    let starts = |at: &usize| *at == 0 || low[..*at].ends_with(|c: char| !c.is_alphanumeric());
    let tokens: Vec<usize> = ends.iter().copied().filter(starts).collect();
    for &from in &tokens {
        let mut stops = low[from..]
            .char_indices()
            .filter(|(_, c)| matches!(c, ' ' | ',' | '.'));
        for _ in 0..3 {
            let to = stops.next().map_or(low.len(), |(at, _)| from + at);
            if low[from..to].is_ascii() {
                try_range(from..to);
            }
        }
    }
    best
}
