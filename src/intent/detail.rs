//! What belongs to a topic, read by its cues: condition, exceptions, time limit, strength.

use super::han::simplified;
use std::ops::Range;

/// How long a preference holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Duration {
    /// For ever.
    #[default]
    Lasting,
    /// Until the day is over.
    Today,
    /// Until the week is over.
    Week,
    /// Until the month is over.
    Month,
    /// Until the year is over.
    Year,
    /// For a time that is not said exactly.
    ForNow,
}

impl Duration {
    /// The stable name.
    pub fn name(self) -> &'static str {
        match self {
            Duration::Lasting => "lasting",
            Duration::Today => "today",
            Duration::Week => "week",
            Duration::Month => "month",
            Duration::Year => "year",
            Duration::ForNow => "for_now",
        }
    }
}

/// What a sentence says about one of its topics.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Details {
    /// When or where it holds.
    pub condition: Option<String>,
    /// What it does not hold for.
    pub exceptions: Vec<String>,
    /// How long it holds.
    pub duration: Duration,
    /// It is said with force: love, hate, an allergy.
    pub strong: bool,
}

/// Reads the details of the topic at `topic` in the sentence; both are byte ranges of the text.
pub fn details(text: &str, sentence: Range<usize>, topic: Range<usize>) -> Details {
    let clauses = clauses(text, sentence.clone());
    let own = clauses
        .iter()
        .find(|clause| clause.contains(&topic.start))
        .cloned();
    let around = fold(&text[own.unwrap_or_else(|| sentence.clone())]);
    Details {
        condition: condition(text, &clauses, &topic),
        exceptions: exceptions(text, &clauses, &topic),
        duration: duration(&fold(&text[sentence])),
        strong: has_any(&around, STRONG),
    }
}

/// Lower case, simplified and with straight apostrophes; byte for byte as long as a text that has no other.
pub fn fold(text: &str) -> String {
    let text = text.replace('’', "'");
    text.chars()
        .map(|c| simplified(c).to_ascii_lowercase())
        .collect()
}

/// Whether a folded text has a phrase; one of letters counts only as whole words.
pub fn has(folded: &str, phrase: &str) -> bool {
    find(folded, phrase).is_some()
}

/// Whether a folded text has one of the phrases between bars.
fn has_any(folded: &str, phrases: &str) -> bool {
    phrases.split('|').any(|phrase| has(folded, phrase))
}

fn find(folded: &str, phrase: &str) -> Option<usize> {
    let is_letter = |c: char| c.is_ascii_alphanumeric();
    let mut from = 0;
    while let Some(at) = folded.get(from..)?.find(phrase) {
        let (start, end) = (from + at, from + at + phrase.len());
        let joined = phrase.starts_with(is_letter) && folded[..start].ends_with(is_letter)
            || phrase.ends_with(is_letter) && folded[end..].starts_with(is_letter);
        if !joined {
            return Some(start);
        }
        from = end;
    }
    None
}

fn clauses(text: &str, sentence: Range<usize>) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut from = sentence.start;
    for (at, mark) in text[sentence.clone()].match_indices([
        ',', '，', ';', '；', ':', '：', '。', '.', '!', '！', '?', '？',
    ]) {
        found.push(from..sentence.start + at);
        from = sentence.start + at + mark.len();
    }
    found.push(from..sentence.end);
    found.retain(|clause| !text[clause.clone()].trim().is_empty());
    found
}

/// The words beside the topic that say when or where.
fn condition(text: &str, clauses: &[Range<usize>], topic: &Range<usize>) -> Option<String> {
    clauses.iter().find_map(|clause| {
        // Where the topic stands in the clause only what is before or after it can be its condition.
        let parts = if clause.start <= topic.start && topic.end <= clause.end {
            [clause.start..topic.start, topic.end..clause.end]
        } else {
            [clause.clone(), 0..0]
        };
        let mut parts = parts.into_iter().filter(|part| part.start < part.end);
        parts.find_map(|part| time_or_place(&text[part]))
    })
}

fn time_or_place(part: &str) -> Option<String> {
    let spoken = part.replace('’', "'");
    let folded = fold(&spoken);
    for ending in ["的时候", "时候", "的时间", "期间", "时"] {
        if let Some(at) = folded.find(ending) {
            let words = &spoken[..at + ending.len()];
            let before = &folded[..at];
            let start = before
                .rfind('在')
                .or_else(|| Some(before.rfind(['当', '我'])? + '我'.len_utf8()));
            let words = words.get(start.unwrap_or(0)..)?.trim();
            let is_phrase = words.chars().count() > ending.chars().count()
                && !WHENEVER.iter().any(|word| words.ends_with(word));
            return is_phrase.then(|| words.to_owned());
        }
    }
    let starts = [
        "whenever",
        "when",
        "while",
        "if i'm",
        "during",
        "as long as",
        "on weekdays",
        "on weekends",
        "in the morning",
        "at night",
    ];
    let at = starts.iter().filter_map(|word| find(&folded, word)).min()?;
    let end = [
        " i love",
        " i like",
        " i hate",
        " i prefer",
        " i always",
        " i only",
        " i enjoy",
        " i can't",
        " i don't",
    ];
    let stop = end
        .iter()
        .filter_map(|word| find(&folded[at..], word))
        .filter(|end| *end > 0)
        .min();
    let words = &spoken[at..stop.map_or(spoken.len(), |stop| at + stop)];
    let words = words.trim_matches([' ', '"']);
    let last = words.split_whitespace().skip(1).last();
    last.filter(|last| !["I", "i", "I'm", "the", "it"].contains(last))?;
    Some(words.to_owned())
}

/// Ends of words that end as a condition does and are none.
const WHENEVER: [&str; 8] = [
    "平时", "小时", "有时", "随时", "同时", "暂时", "按时", "准时",
];

fn exceptions(text: &str, clauses: &[Range<usize>], topic: &Range<usize>) -> Vec<String> {
    let mut found = Vec::new();
    for clause in clauses {
        // Places in the folded words are places in these.
        let words = text[clause.clone()].trim().replace('’', "'");
        if let Some(except) = exception(&words, &fold(&words))
            && !text[topic.clone()].contains(except)
        {
            found.push(except.to_owned());
        }
    }
    found
}

fn exception<'a>(words: &'a str, folded: &str) -> Option<&'a str> {
    const BEFORE: [&str; 11] = [
        "except for",
        "except",
        "apart from",
        "aside from",
        "other than",
        "excluding",
        "but not",
        "just not",
        "除了",
        "除去",
        "不包括",
    ];
    const AFTER: [&str; 7] = ["除外", "例外", "以外", "之外", "不算", "都", "我"];
    for cue in BEFORE {
        if let Some(at) = find(folded, cue) {
            let rest = words.get(at + cue.len()..)?;
            let end = AFTER
                .iter()
                .filter_map(|word| rest.find(word))
                .min()
                .unwrap_or(rest.len());
            let rest = rest.get(..end)?.trim();
            return (!rest.is_empty()).then_some(rest);
        }
    }
    let end = ["除外", "例外"].iter().find_map(|word| folded.find(word))?;
    let before = words.get(..end)?;
    let start = ["不过", "但是", "但", "就是", "只有"]
        .iter()
        .find_map(|word| Some(before.rfind(word)? + word.len()));
    let before = before
        .get(start.unwrap_or(0)..)?
        .trim_end_matches(['是', '都'])
        .trim();
    (!before.is_empty()).then_some(before)
}

/// A time limit counts where something is kept from or kept to for that time.
fn duration(folded: &str) -> Duration {
    let found = TIMES.iter().find(|(_, words)| has_any(folded, words));
    match found {
        Some((duration, _)) if has_any(folded, LIMITED) => *duration,
        _ => Duration::Lasting,
    }
}

const LIMITED: &str = "\
    不|只|戒|忌|别|先|想|都|no|not|off|only|avoid|avoiding|can't|don't|without|on a|reply|\
    answer|use|eating|want|doing|keep|give|write";

const TIMES: [(Duration, &str); 5] = [
    (
        Duration::Today,
        "today only|just for today|for today|just today|今天先|今天就|今天只|就今天|仅今天",
    ),
    (
        Duration::Week,
        "this week|for the week|这周|本周|这星期|这个星期|这礼拜|这一周|这个礼拜",
    ),
    (
        Duration::Month,
        "this month|for january|for the month|这个月我|本月|这一个月|这个月不|这个月只",
    ),
    (Duration::Year, "this year|今年我打算|今年不|今年先"),
    (
        Duration::ForNow,
        "for now|for the time being|for the moment|for the next few|for a few days|for a while|\
         temporarily|until|while i'm pregnant|暂时|这几天|这两天|这段时间|这阵子|期间我|备考期间|\
         孕期|最近一个月",
    ),
];

const STRONG: &str = "\
    最|超|特别|特|非常|极|死|太|受不了|恨|绝|深恶痛绝|痴迷|热爱|狂|酷爱|无法忍受|不能忍|\
    情有独钟|上瘾|命|过敏|崩溃|恶心|无法自拔|永远|从不|坚决|love|adore|hate|can't stand|\
    cannot stand|can't bear|loathe|despise|detest|obsessed|absolutely|so much|passionate|\
    passion|terrified|favorite|favourite|crazy|huge|never|allergic|allergy|disgusting|\
    refuse|worst|best|addicted|hooked|can't live|live for|fanatic|nightmare|phobia|always";

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, topic: &str) -> Details {
        let at = text.find(topic).expect("the topic is in the text");
        details(text, 0..text.len(), at..at + topic.len())
    }

    #[test]
    fn conditions_are_read() {
        for (text, topic, expected) in [
            ("上班路上的时候我喜欢听播客", "播客", Some("上班路上的时候")),
            ("我喜欢在写代码的时候听雨声", "雨声", Some("在写代码的时候")),
            ("在家的时候我喜欢下雨", "下雨", Some("在家的时候")),
            ("I hate rain when I commute", "commute", None),
            ("我平时喜欢爬山", "爬山", None),
            (
                "I like podcasts when I'm commuting",
                "podcasts",
                Some("when I'm commuting"),
            ),
            (
                "While I work I love silence",
                "silence",
                Some("While I work"),
            ),
            ("I love when it snows", "when it snows", None),
            ("I like rain", "rain", None),
        ] {
            assert_eq!(check(text, topic).condition.as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn exceptions_are_read() {
        for (text, topic, expected) in [
            ("我喜欢海鲜，除了生蚝", "海鲜", Some("生蚝")),
            ("除了榴莲，水果我都爱", "水果", Some("榴莲")),
            ("狗我都喜欢，不过吉娃娃例外", "狗", Some("吉娃娃")),
            (
                "I like all fruit except papaya",
                "all fruit",
                Some("papaya"),
            ),
            ("I love rain, but not storms", "rain", Some("storms")),
            ("I like rain", "rain", None),
        ] {
            assert_eq!(
                check(text, topic).exceptions.first().map(String::as_str),
                expected,
                "{text}"
            );
        }
    }

    #[test]
    fn limits_and_strength_are_read() {
        for (text, topic, duration, strong) in [
            ("这周我不喝奶茶", "奶茶", Duration::Week, false),
            ("这个月第七杯奶茶了", "奶茶", Duration::Lasting, false),
            (
                "no coffee for me this week",
                "coffee",
                Duration::Week,
                false,
            ),
            (
                "just for today, reply in French",
                "French",
                Duration::Today,
                false,
            ),
            ("I hate olives", "olives", Duration::Lasting, true),
            ("我最爱下雨", "下雨", Duration::Lasting, true),
            ("I like tea", "tea", Duration::Lasting, false),
        ] {
            let found = check(text, topic);
            assert_eq!((found.duration, found.strong), (duration, strong), "{text}");
        }
    }
}
