//! A topic's text to the units of its key.

use super::super::lists::list;
use super::han::simplify;
use super::lexicon::LEXICON;
use super::stem::stem;
use crate::text::is_cjk;
use std::sync::LazyLock;

/// The units of a topic: what does not tell it from others is gone, the head noun is last.
pub fn units(text: &str) -> Vec<String> {
    let runs = runs(text);
    let mut units = Vec::new();
    let mut english: Vec<&str> = Vec::new();
    for run in &runs {
        if run.starts_with(is_cjk) {
            units.extend(phrase(std::mem::take(&mut english)));
            units.extend(chinese(run));
        } else {
            english.push(run);
        }
    }
    units.extend(phrase(english));
    if units.is_empty() {
        // Nothing but fillers: they are the topic.
        units = runs.iter().map(|run| stem(run)).collect();
    }
    units
}

/// All units of any text, nothing left out: stems, known Chinese words and the letters between them.
pub fn pieces(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut english = Vec::new();
    for run in runs(text) {
        if run.starts_with(is_cjk) {
            found.append(&mut english);
            found.extend(cut(&run));
        } else {
            english.push(stem(&run));
        }
    }
    found.append(&mut english);
    named(found)
}

/// Runs of 汉字 and words of other letters, lower case, simplified, half width.
fn runs(text: &str) -> Vec<String> {
    let mut runs: Vec<String> = Vec::new();
    let mut open = false;
    for c in text.chars().map(fold) {
        let inner = matches!(c, '-' | '\'' | '&' | '+' | '#');
        let han = is_cjk(c) && c.is_alphanumeric();
        match runs.last_mut() {
            Some(run)
                if open && (han == run.starts_with(is_cjk)) && (c.is_alphanumeric() || inner) =>
            {
                run.push(c)
            }
            _ if c.is_alphanumeric() => runs.push(c.to_string()),
            _ => {
                open = false;
                continue;
            }
        }
        open = true;
    }
    for run in &mut runs {
        let end = run.trim_end_matches(['-', '\'']).len();
        run.truncate(end);
    }
    runs
}

fn fold(c: char) -> char {
    let c = match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        '’' | '‘' => '\'',
        c => simplify(c),
    };
    c.to_lowercase().next().unwrap_or(c)
}

/// Words that say nothing about what is meant.
static FILLERS: LazyLock<Vec<&str>> = LazyLock::new(|| {
    list(
        "a|an|the|my|our|your|all|any|every|each|some|most|those|these|this|that|kind|kinds|type|types|\
         sort|sorts|really|very|just|so|much|many|more|lots|lot|of|it|when|to|it's|stuff|things|thing|\
         general|whatever|and|or|is|are|be|at|do|does|both|other|another|certain|whole|genre|only|around|\
         please|too|also|quite|answer|answers|reply|replies|response|responses|format|style|tone|get",
    )
});

/// What one does with a thing; the thing is the topic.
static DOINGS: LazyLock<Vec<&str>> = LazyLock::new(|| {
    list(
        "eat|eating|drink|drinking|watch|watching|listen|listening|play|playing|have|having|take|taking|\
         ride|riding|use|using|visit|visiting|going|go|doing|being|get|getting|attending|attend|hear|\
         hearing|see|seeing|read|reading|wear|wearing|buy|buying|own|owning|keep|keeping|practicing|\
         practising|practice|answering",
    )
});

/// After these words a modifier follows its head noun.
static LINKS: LazyLock<Vec<&str>> = LazyLock::new(|| {
    list(
        "of|with|in|on|at|before|after|for|from|about|by|without|under|over|during|like|named|called|who|\
         which|to",
    )
});

fn phrase(words: Vec<&str>) -> Vec<String> {
    let whole: Vec<String> = words.iter().map(|word| stem(word)).collect();
    if LEXICON.find(&whole.join(" ")).is_some() {
        return named(whole);
    }
    let mut words = words.as_slice();
    while let [first, rest @ ..] = words {
        let leads = FILLERS.contains(first) || (DOINGS.contains(first) && has_content(rest));
        if !leads {
            break;
        }
        words = rest;
    }
    let link = words.iter().skip(1).position(|word| LINKS.contains(word));
    let (head, after) = match link {
        Some(at) if has_content(&words[..=at]) => (&words[..=at], &words[at + 2..]),
        _ => (words, &[][..]),
    };
    let content = |words: &[&str]| -> Vec<String> {
        let words = words.iter().filter(|word| !FILLERS.contains(word));
        words.map(|word| stem(word)).collect()
    };
    let mut ordered = content(after);
    ordered.extend(content(head));
    named(ordered)
}

fn has_content(words: &[&str]) -> bool {
    words
        .iter()
        .any(|word| !FILLERS.contains(word) && !LINKS.contains(word))
}

/// Known phrases of up to four units become the names of their groups, the last ones first.
fn named(units: Vec<String>) -> Vec<String> {
    let mut named = Vec::new();
    let mut end = units.len();
    while end > 0 {
        let longest = (1..=end.min(4)).rev();
        let known = longest
            .filter_map(|length| Some((length, LEXICON.find(&units[end - length..end].join(" "))?)))
            .next();
        let (length, unit) = match known {
            Some((length, name)) => (length, name.to_owned()),
            None => (1, units[end - 1].clone()),
        };
        named.push(unit);
        end -= length;
    }
    named.reverse();
    named
}

static BEFORE: LazyLock<Vec<&str>> = LazyLock::new(|| {
    list(
        "所有的|所有|任何|一切|各种各样的|各种|各类|那种|这种|这些|那些|那个|这个|只要是|凡是|全部|\
         每天早上|每天晚上|每天|很多|太多|一只|一条|一个|一杯|两只|一些|别人|我的|用",
    )
});

static DONE: LazyLock<Vec<&str>> = LazyLock::new(|| {
    list("吃|喝|看|听|玩|打|坐|搭|乘|骑|去|逛|做|读|穿|养|学|弹|写|过|说|搞|买|放|聊")
});

static AFTER: LazyLock<Vec<&str>> = LazyLock::new(|| {
    list(
        "这件事|这种事|这事儿|这事|什么的|之类的|之类|等等|的东西|的味道|这东西|这玩意儿|这玩意|的感觉|\
         方面的|方面|类的|的|了|啊|呢|吧|呀|嘛|回答|来回答|回复|一点|一些|点|风格|儿",
    )
});

fn chinese(run: &str) -> Vec<String> {
    let mut rest = run;
    loop {
        if LEXICON.find(rest).is_some() {
            break;
        }
        let shorter = shorten(rest);
        if shorter.is_empty() || shorter == rest {
            break;
        }
        rest = shorter;
    }
    named(rest.split('的').flat_map(cut).collect())
}

/// One prefix or suffix less, where something is left.
fn shorten(text: &str) -> &str {
    let after = AFTER.iter().filter_map(|end| text.strip_suffix(end));
    let before = BEFORE.iter().filter_map(|start| text.strip_prefix(start));
    let all = after.chain(before);
    if let Some(shorter) = all.into_iter().find(|shorter| !shorter.is_empty()) {
        return shorter;
    }
    let done = DONE.iter().find_map(|verb| text.strip_prefix(verb));
    match done {
        Some(object) if object.chars().count() > 1 || LEXICON.find(object).is_some() => object,
        _ => text,
    }
}

/// 汉字 that are a head noun on their own, as in 花茶 and 京巴狗.
const HEADS: &str = "茶酒肉鱼虾面饭汤狗猫鸟歌书花菜";

/// Cuts a run of 汉字 at the words of the lexicon, from its end; what is between stays together.
fn cut(run: &str) -> Vec<String> {
    let at: Vec<usize> = run
        .char_indices()
        .map(|(at, _)| at)
        .chain([run.len()])
        .collect();
    let last = at.len() - 1;
    let mut pieces: Vec<String> = Vec::new();
    let mut end = last;
    let mut unknown = last;
    while end > 0 {
        let shortest = if end == last && HEADS.contains(&run[at[end - 1]..]) || last == 1 {
            1
        } else {
            2
        };
        let known = (shortest..=end.min(7))
            .rev()
            .find_map(|length| Some((length, LEXICON.find(&run[at[end - length]..at[end]])?)));
        let Some((length, name)) = known else {
            end -= 1;
            continue;
        };
        if end < unknown {
            pieces.push(run[at[end]..at[unknown]].to_owned());
        }
        pieces.push(name.to_owned());
        end -= length;
        unknown = end;
    }
    if unknown > 0 {
        pieces.push(run[..at[unknown]].to_owned());
    }
    pieces.reverse();
    pieces
}
