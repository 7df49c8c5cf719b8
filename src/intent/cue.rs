//! How a statement stands to earlier ones, from the words that say so.

use super::detail::{fold, has};

/// How a statement stands to what was said before.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Cue {
    /// It does not say.
    #[default]
    None,
    /// Take it back: "forget that I…", 「忘掉…」.
    Retract,
    /// More exactly: "to be precise, only…", 「准确说…」.
    Narrow,
    /// More widely: "in fact all…", 「所有…都」.
    Broaden,
    /// Otherwise than before: "actually", 「其实」.
    Correct,
}

impl Cue {
    /// The stable name.
    pub fn name(self) -> &'static str {
        match self {
            Cue::None => "none",
            Cue::Retract => "retract",
            Cue::Narrow => "narrow",
            Cue::Broaden => "broaden",
            Cue::Correct => "correct",
        }
    }
}

/// The cue of one sentence.
pub fn cue(sentence: &str) -> Cue {
    let folded = fold(sentence);
    let words = folded.trim();
    if retracts(words) {
        return Cue::Retract;
    }
    for (cue, phrases) in [
        (Cue::Narrow, &NARROW[..]),
        (Cue::Broaden, &BROADEN),
        (Cue::Correct, &CORRECT),
    ] {
        if phrases.iter().any(|phrase| has(words, phrase)) {
            return cue;
        }
    }
    Cue::None
}

/// Asks to forget something that was said about the user; not a file, a paragraph or a worry.
fn retracts(words: &str) -> bool {
    let request = polite(words);
    let begins = |starts: &[&str]| starts.iter().any(|start| request.starts_with(start));
    let contains = |parts: &[&str]| parts.iter().any(|part| has(request, part));
    (begins(&FORGET) && contains(&ABOUT_ME))
        || (contains(&REMOVE) && contains(&RECORD))
        || (contains(&VOID) && contains(&["我", "之前", "那条", "i said", "i told", "what i"]))
}

/// What is asked, without the words that ask politely.
fn polite(words: &str) -> &str {
    const BEFORE: [&str; 20] = [
        "please",
        "pls",
        "can you",
        "could you",
        "hey",
        "ok",
        "okay",
        "actually",
        "just",
        "and",
        "请",
        "麻烦",
        "你",
        "帮我",
        "那",
        "还是",
        "其实",
        "把",
        "算了",
        "对了",
    ];
    let mut rest = words;
    for _ in 0..4 {
        rest = rest.trim_start_matches([' ', ',', '，', '、']);
        match BEFORE.iter().find_map(|word| rest.strip_prefix(word)) {
            Some(after) => rest = after,
            None => break,
        }
    }
    rest
}

const FORGET: [&str; 18] = [
    "forget",
    "stop remembering",
    "stop assuming",
    "don't remember",
    "do not remember",
    "no longer remember",
    "unlearn",
    "disregard",
    "忘掉",
    "忘了",
    "忘记",
    "别记",
    "别再记",
    "不要记",
    "不要再记",
    "不用记",
    "不用再记",
    "不必记",
];
const ABOUT_ME: [&str; 6] = ["i", "my", "me", "i'm", "我", "这件事"];
const REMOVE: [&str; 9] = [
    "delete", "remove", "erase", "drop", "clear", "删", "去掉", "清除", "清掉",
];
const RECORD: [&str; 15] = [
    "memory",
    "preference",
    "preferences",
    "what i said",
    "the thing about",
    "that i",
    "the note",
    "the fact that",
    "the part about my",
    "记忆",
    "偏好",
    "那条",
    "这条记",
    "我说过",
    "的记录",
];
const VOID: [&str; 7] = [
    "作废",
    "不算数",
    "收回",
    "撤回",
    "scratch",
    "take back",
    "ignore",
];
const NARROW: [&str; 14] = [
    "to be precise",
    "to be exact",
    "more precisely",
    "specifically",
    "or rather",
    "only really",
    "i only mean",
    "准确说",
    "准确地说",
    "准确来说",
    "确切地",
    "确切说",
    "具体来说",
    "严格来说",
];
const BROADEN: [&str; 13] = [
    "all kinds of",
    "of every kind",
    "every kind of",
    "of any kind",
    "hate all",
    "love all",
    "like all",
    "in general",
    "所有",
    "只要是",
    "任何",
    "各种",
    "什么样的",
];
const CORRECT: [&str; 18] = [
    "actually",
    "correction",
    "i meant",
    "changed my mind",
    "on second thought",
    "i take it back",
    "not anymore",
    "turns out",
    "these days",
    "其实",
    "更正",
    "说错了",
    "改主意",
    "改变主意",
    "之前是误会",
    "还是叫",
    "不对",
    "现在不",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cues_are_read() {
        for (sentence, expected) in [
            ("我喜欢下雨", Cue::None),
            ("忘掉我爱吃甜的", Cue::Retract),
            ("请忘记我住在上海这件事", Cue::Retract),
            ("我忘记密码了", Cue::None),
            ("把不吃辣那条删了", Cue::Retract),
            ("第二段删掉", Cue::None),
            ("准确地说我只听巴赫", Cue::Narrow),
            ("所有的会我都烦", Cue::Broaden),
            ("其实我更喜欢晴天", Cue::Correct),
            ("Please forget that I like jazz", Cue::Retract),
            ("forget it", Cue::None),
            ("Remove my cat allergy from memory", Cue::Retract),
            ("remove the second paragraph", Cue::None),
            ("To be exact, I only drink oolong", Cue::Narrow),
            ("I love dogs of every kind", Cue::Broaden),
            ("Actually I like the window", Cue::Correct),
            ("", Cue::None),
        ] {
            assert_eq!(cue(sentence), expected, "{sentence}");
        }
    }
}
