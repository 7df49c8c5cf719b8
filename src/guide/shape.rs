//! What is found by its shape: money, numbers with their units, dates, lengths of time, counts of people and items.

use super::cues::{Class, Hit};
use std::ops::Range;
use std::sync::OnceLock;

/// Adds what is found in a folded text.
pub fn find(folded: &str, hits: &mut Vec<Hit>) {
    let mut at = 0;
    let mut before = ' ';
    while at < folded.len() {
        let rest = &folded[at..];
        let Some(c) = rest.chars().next() else { break };
        let free = !before.is_ascii_alphanumeric();
        before = c;
        let length = if free { number(rest, c) } else { 0 };
        if length == 0 {
            at += c.len_utf8();
            continue;
        }
        let budget = BUDGETS
            .iter()
            .find(|word| folded[..at].trim_end().ends_with(**word));
        if let Some((class, end)) = unit(&rest[length..]) {
            push(hits, class, at..at + length + end);
        } else if let Some(sign) = folded[..at]
            .chars()
            .next_back()
            .filter(|c| "$¥€£￥".contains(*c))
        {
            push(hits, Class::Money, at - sign.len_utf8()..at + length);
        } else if budget.is_some() {
            push(hits, Class::Money, at..at + length);
        } else if rest.starts_with(|c: char| c.is_ascii_digit()) {
            push(hits, Class::Number, at..at + length);
        }
        at += length;
        before = rest[..length].chars().next_back().unwrap_or(' ');
    }
}

/// A number after one of these is money.
const BUDGETS: [&str; 7] = [
    "预算",
    "人均",
    "预算大概",
    "budget",
    "budget of",
    "budget is",
    "月薪",
];

fn push(hits: &mut Vec<Hit>, class: Class, range: Range<usize>) {
    hits.push(Hit { class, range });
}

/// How many bytes of a number stand first: digits with separators, or Chinese numerals.
fn number(rest: &str, first: char) -> usize {
    let ascii = rest.bytes().take_while(u8::is_ascii_digit).count();
    if ascii > 0 {
        let more = rest[ascii..]
            .bytes()
            .take_while(|b| b.is_ascii_digit() || matches!(b, b'.' | b',' | b':' | b'/'))
            .count();
        let all = rest[..ascii + more]
            .trim_end_matches(['.', ',', ':', '/'])
            .len();
        let scale = rest[all..]
            .chars()
            .next()
            .filter(|c| matches!(c, '百' | '千' | '万' | '亿' | '来' | '多'));
        return all + scale.map_or(0, char::len_utf8);
    }
    let words = [
        "one ",
        "two ",
        "three ",
        "four ",
        "five ",
        "six ",
        "seven ",
        "eight ",
        "nine ",
        "ten ",
        "a few ",
        "several ",
        "couple of ",
    ];
    if let Some(word) = words
        .iter()
        .filter(|_| first.is_ascii_lowercase())
        .find(|word| rest.starts_with(**word))
    {
        return word.len() - 1;
    }
    if first.is_ascii() {
        return 0;
    }
    rest.chars()
        .take_while(|c| is_numeral(*c))
        .map(char::len_utf8)
        .sum()
}

/// Asked of every character, hence no search in a text.
fn is_numeral(c: char) -> bool {
    matches!(
        c,
        '一' | '二'
            | '两'
            | '三'
            | '四'
            | '五'
            | '六'
            | '七'
            | '八'
            | '九'
            | '十'
            | '百'
            | '千'
            | '万'
            | '半'
            | '几'
            | '俩'
            | '多'
            | '来'
    )
}

/// The unit that follows a number, and how many bytes it takes.
fn unit(rest: &str) -> Option<(Class, usize)> {
    static BY_BYTE: OnceLock<Vec<Vec<(&str, Class)>>> = OnceLock::new();
    let by_byte = BY_BYTE.get_or_init(by_first_byte);
    let skipped = rest.len() - rest.trim_start_matches([' ', '-', '+']).len();
    let rest = &rest[skipped..];
    let fits = |unit: &str| {
        let latin = unit.ends_with(|c: char| c.is_ascii_alphabetic());
        rest.starts_with(unit)
            && !(latin && rest[unit.len()..].starts_with(|c: char| c.is_ascii_alphanumeric()))
    };
    let units = &by_byte[usize::from(*rest.as_bytes().first()?)];
    let found = units.iter().filter(|(unit, _)| fits(unit));
    let longest = found.max_by_key(|(unit, _)| unit.len());
    longest.map(|(unit, class)| (*class, skipped + unit.len()))
}

fn by_first_byte() -> Vec<Vec<(&'static str, Class)>> {
    let mut lists = vec![Vec::new(); 256];
    for (class, units) in UNITS {
        for unit in units.split(' ') {
            lists[usize::from(unit.as_bytes().first().copied().unwrap_or(0))].push((unit, *class));
        }
    }
    lists
}

const UNITS: &[(Class, &str)] = &[
    (
        Class::Money,
        "块 块钱 元 万元 美元 欧元 英镑 刀 rmb usd eur gbp dollars dollar euros euro pounds quid bucks yen pln chf kr $ € £",
    ),
    (
        Class::Length,
        "字 个字 页 段 行 句 句话 词 words word pages page paragraphs paragraph sentences sentence lines line characters chars stanzas verses bullets bullet slides second seconds",
    ),
    (
        Class::Date,
        "号 日 月 点 点半 月份 am pm jan january feb february mar march apr april may jun june jul july aug august sep sept september oct october nov november dec december th st nd rd",
    ),
    (
        Class::Duration,
        "天 周 个月 年 小时 个小时 分钟 钟头 星期 个星期 晚 天两夜 day days week weeks month months year years yr yrs hour hours hr hrs h minute minutes min mins night nights d wk wks",
    ),
    (
        Class::Count,
        "个人 人 口 位 名 个 条 点 款 种 套 只 次 首 篇 本 部 则 组 道 大 娃 people persons adults kids children guests volunteers ppl items points ideas names titles headlines slogans name title headline slogan caption captions tweets haiku haikus jokes tips examples ways options steps reasons times x questions",
    ),
];
