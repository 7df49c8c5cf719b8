//! What the question says about how its answer may end.

use super::{en, zh};

/// What a question asks for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Asked {
    /// Whether the question is known at all.
    pub known: bool,
    /// An answer that stops in mid-sentence, or a form with blanks.
    pub opening: bool,
    /// Verse: its lines need no stops.
    pub verse: bool,
    /// A letter or mail: it ends with a name.
    pub letter: bool,
    /// A text of some length: an essay, an explanation, a story.
    pub long: bool,
    /// Running prose: an explanation, a description, an essay; it ends with a stop.
    pub prose: bool,
    /// Copy, a post, a joke: its last line may be a line without a stop.
    pub copy: bool,
    /// Work: to write, explain, list. Not chat.
    pub work: bool,
    /// How many items, where it says so.
    pub items: Option<u32>,
    /// How many sentences, where it says so.
    pub sentences: Option<u32>,
    /// How many characters (Chinese) or words (English), where it says so.
    pub length: Option<u32>,
}

const OPENING: &str = "\
    开头|续写|接着写|我来写|模板|填空|表单|表格给我填|登记表|报名表|空白|留空|引出|引导语|冒号|称呼|抬头|\
    半句|上半句|欲言又止|悬念|戛然而止|cliffhanger|cliff-hanger|interrupted|start a sentence|\
    start the sentence|sentence for me|beginning of a sentence|first half|opening line|to finish|template|\
    blank form|fill in|fill-in|introduces a list|heading line|colon|salutation|greeting line|prefix|label";
const VERSE: &str = "\
    诗|歌词|绝句|律诗|对联|春联|上联|下联|俳句|顺口溜|童谣|儿歌|押韵|poem|haiku|lyric|song|verse|rhyme|\
    chorus|sonnet|limerick|couplet|poetry|stanza";
const LETTER: &str = "\
    信|邮件|请假条|通知|贺卡|落款|邀请函|请柬|letter|email|e-mail|mail|invitation|sign-off|note to|memo";
const LONG: &str = "\
    作文|文章|一篇|详细|解释|介绍|讲讲|分析|评价|为什么|怎么|如何|故事|总结|论述|写信|计划|方案|建议|观后感|\
    读后感|essay|explain|describe|in detail|why |how |story|article|report|review|summar|introduce|compare|\
    discuss|write about|tell me about|advice|analy|outline|plan";
const PROSE: &str = "\
    作文|解释|介绍|讲讲|分析|评价|描述|论述|essay|explain|describe|introduce|discuss|write about|\
    tell me about";
const COPY: &str = "\
    文案|广告|标语|口号|朋友圈|小红书|弹幕|笑话|段子|slogan|tagline|ad copy|caption|tweet|post|joke|headline";
const WORK: &str = "\
    写|列|给|推荐|说|翻译|总结|步骤|算法|write|list|give|suggest|translate|name |make|create|generate|show|\
    answer|draft";

/// Reads a question.
pub fn read(prompt: &str) -> Asked {
    let lower = prompt.to_lowercase();
    let has = |cues: &str| cues.split('|').any(|cue| lower.contains(cue));
    Asked {
        known: !lower.trim().is_empty(),
        opening: has(OPENING),
        verse: has(VERSE),
        letter: has(LETTER),
        long: has(LONG),
        prose: has(PROSE),
        copy: has(COPY),
        work: has(LONG) || has(WORK),
        items: items(&lower),
        sentences: sentences(&lower),
        length: length(&lower),
    }
}

/// "list ten cities", 「给我十个书名」.
fn items(prompt: &str) -> Option<u32> {
    const ASKS_ZH: &str = "\
        列|给|推荐|说|写|举|起|想|取|来|介绍";
    const ASKS_EN: &str = "\
        list|give|suggest|name|recommend|write|tell|provide|share|generate|show|top|what are|think of|describe|\
        introduce|explain|outline|come up";
    const NOT_ITEMS: &str = "\
        words word sentences sentence paragraphs lines minutes hours days years people columns characters times \
        pages weeks months";
    let asks = |list: &str| list.split('|').any(|cue| prompt.contains(cue));
    let mut found = None;
    if asks(ASKS_ZH) {
        for unit in [
            "个", "种", "条", "点", "项", "首", "本", "部", "款", "道", "件", "位",
        ] {
            for (at, _) in prompt.match_indices(unit) {
                found = found.or(number_before(&prompt[..at]));
            }
        }
    }
    if found.is_none() && asks(ASKS_EN) {
        let words: Vec<&str> = prompt
            .split(|c: char| !c.is_ascii_alphanumeric())
            .filter(|word| !word.is_empty())
            .collect();
        found = words.iter().enumerate().find_map(|(i, word)| {
            let number = en::number(word).or_else(|| word.parse().ok())?;
            let near = &words[i + 1..words.len().min(i + 4)];
            let counts = near
                .iter()
                .any(|word| word.len() > 3 && word.ends_with('s'));
            (counts
                && !near
                    .iter()
                    .any(|word| NOT_ITEMS.split(' ').any(|not| not == *word)))
            .then_some(number)
        });
    }
    found.filter(|n| (2..=100).contains(n))
}

/// "in five sentences", 「用三句话」.
fn sentences(prompt: &str) -> Option<u32> {
    let found = match prompt.find("句话") {
        Some(at) => number_before(&prompt[..at])?,
        None => {
            let before = prompt[..prompt.find(" sentences")?].rsplit(' ').next()?;
            en::number(before).or_else(|| before.parse().ok())?
        }
    };
    (3..=12).contains(&found).then_some(found)
}

/// "a 500-word essay", 「800 字作文」.
fn length(prompt: &str) -> Option<u32> {
    let at = ["字", "word"].iter().find_map(|unit| prompt.find(unit))?;
    let digits = prompt[..at].trim_end_matches([' ', '-', '个', '左', '右', '来', '多']);
    number_before(digits).filter(|n| *n >= 50)
}

/// The number that a text ends with, in digits or as one Chinese numeral.
pub fn number_before(text: &str) -> Option<u32> {
    let text = text.trim_end();
    let start = text.trim_end_matches(|c: char| c.is_ascii_digit()).len();
    if start < text.len() {
        return text[start..].parse().ok();
    }
    let last = text.chars().next_back()?;
    let before = text[..text.len() - last.len_utf8()].chars().next_back();
    // 十二, 二十: beyond what is counted here. 第三: a place, not a number.
    if before.is_some_and(|c| zh::number(c).is_some() || c == '第' || c.is_ascii_digit()) {
        return None;
    }
    zh::number(last).filter(|n| *n > 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts() {
        for (prompt, items, length) in [
            ("List ten cities", Some(10), None),
            ("Give me 5 good reasons", Some(5), None),
            ("Summarise in five sentences", None, None),
            ("给我十个书名", Some(10), None),
            ("列出 5 种水果", Some(5), None),
            ("写一篇 800 字作文", None, Some(800)),
            ("write a 500-word essay", None, Some(500)),
            ("第三个问题给我讲讲", None, None),
            ("你好", None, None),
        ] {
            let asked = read(prompt);
            assert_eq!((asked.items, asked.length), (items, length), "{prompt}");
        }
    }
}
