//! What keys, secrets in URLs, addresses and numbers look like.

use super::{Span, What, span};
use std::ops::Range;

/// Words of a text that could be part of a token, with their places.
fn words<'a>(
    text: &'a str,
    inside: impl Fn(char) -> bool + 'a,
) -> impl Iterator<Item = (usize, &'a str)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = at + text[at..].find(&inside)?;
        let end = text[start..]
            .find(|c| !inside(c))
            .map_or(text.len(), |length| start + length);
        at = end;
        Some((start, &text[start..end]))
    })
}

pub fn keys(text: &str, spans: &mut Vec<Span>) {
    const BEGINS: [&str; 18] = [
        "sk-",
        "sk_",
        "pk_live_",
        "rk_live_",
        "AIza",
        "gsk_",
        "xai-",
        "hf_",
        "ghp_",
        "gho_",
        "github_pat_",
        "glpat-",
        "xoxb-",
        "xoxp-",
        "AKIA",
        "ASIA",
        "r8_",
        "nvapi-",
    ];
    const NAMES: [&str; 10] = [
        "api_key", "apikey", "api-key", "secret", "password", "passwd", "token", "密码", "密钥",
        "口令",
    ];
    let mut after_bearer = false;
    for (at, word) in words(text, |c| {
        c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.' | '~' | '+' | '/' | '=')
    }) {
        let word = word.trim_end_matches(['.', '=']);
        let begin = BEGINS.iter().find_map(|begin| {
            let from = word.find(begin)?;
            let own = from == 0 || !word[..from].ends_with(|c: char| c.is_ascii_alphanumeric());
            (own && word.len() - from - begin.len() >= 12).then_some(from)
        });
        let jwt = word.starts_with("eyJ") && word.matches('.').count() >= 2;
        if let Some(from) = begin {
            spans.push(span(at + from..at + word.len(), What::Key));
        } else if jwt || (after_bearer && word.len() >= 8) {
            spans.push(span(at..at + word.len(), What::Key));
        }
        after_bearer = word.eq_ignore_ascii_case("bearer");
    }
    for (at, _) in text.match_indices("-----BEGIN ") {
        let end = text[at..].find("-----END ").map_or(text.len(), |end| {
            let rest = at + end + 9;
            text[rest..]
                .find("-----")
                .map_or(text.len(), |more| rest + more + 5)
        });
        spans.push(span(at..end, What::Key));
    }
    // "password: x", 「密码：x」.
    let lower = text.to_ascii_lowercase();
    for name in NAMES {
        for (at, _) in lower.match_indices(name) {
            if let Some(value) = value_after(&text[at + name.len()..]) {
                let start = at + name.len();
                spans.push(span(start + value.start..start + value.end, What::Key));
            }
        }
    }
}

/// The value after a name: a sign, then at least six signs of a password, not all of them small letters.
fn value_after(text: &str) -> Option<Range<usize>> {
    let rest = text.trim_start_matches(['"', '\'', ' ', '是', '为', '`']);
    let sign = rest
        .chars()
        .next()
        .filter(|c| matches!(c, ':' | '=' | '：'));
    let named = text.len() != rest.len() && text.trim_start().starts_with(['是', '为']);
    let rest = match sign {
        Some(sign) => &rest[sign.len_utf8()..],
        None if named => rest,
        None => return None,
    };
    let value = rest.trim_start_matches(['"', '\'', ' ', '`']);
    let start = text.len() - value.len();
    let length = value
        .find(|c: char| {
            !c.is_ascii_graphic()
                || matches!(c, '"' | '\'' | '`' | ',' | ';' | ')' | '}' | '&' | '<')
        })
        .unwrap_or(value.len());
    let word = value[..length].trim_end_matches('.');
    let mixed = word.bytes().any(|byte| !byte.is_ascii_lowercase());
    (word.len() >= 6 && mixed && !word.starts_with(['$', '{', '<', '[']))
        .then(|| start..start + word.len())
}

pub fn urls(text: &str, spans: &mut Vec<Span>) {
    const SECRETS: [&str; 16] = [
        "key",
        "token",
        "secret",
        "sig",
        "signature",
        "password",
        "passwd",
        "pwd",
        "auth",
        "code",
        "access_token",
        "api_key",
        "apikey",
        "credential",
        "session",
        "sid",
    ];
    for (at, _) in text.match_indices("://") {
        let end = text[at..]
            .find(|c: char| {
                c.is_whitespace() || !c.is_ascii() || matches!(c, '"' | '<' | '>' | '`' | '\'')
            })
            .map_or(text.len(), |length| at + length);
        let start = at + 3;
        let host = text[start..end]
            .find(['/', '?', '#'])
            .map_or(end, |length| start + length);
        if let Some(sign) = text[start..host].rfind('@') {
            spans.push(span(start..start + sign, What::UrlSecret));
        }
        let mut from = start;
        while let Some(next) = text[from..end].find(['?', '&', '#', ';']) {
            from += next + 1;
            let stop = text[from..end]
                .find(['&', '#', ';', ')', ']'])
                .map_or(end, |length| from + length);
            if let Some((name, value)) = text[from..stop].split_once('=') {
                let name = name.to_ascii_lowercase();
                let last = name.rsplit(['-', '_']).next().unwrap_or_default();
                let secret =
                    SECRETS.contains(&name.as_str()) || SECRETS.contains(&last) && last.len() > 2;
                let long = value.len() >= 32 && value.bytes().any(|byte| byte.is_ascii_digit());
                if (secret || long) && value.len() >= 4 {
                    spans.push(span(stop - value.len()..stop, What::UrlSecret));
                }
            }
        }
    }
}

pub fn emails(text: &str, spans: &mut Vec<Span>) {
    for (at, _) in text.match_indices('@') {
        if spans
            .iter()
            .any(|span| span.what == What::UrlSecret && span.at.end == at)
        {
            continue;
        }
        let local = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '%' | '+' | '-');
        let start = at - text[..at].chars().rev().take_while(|c| local(*c)).count();
        let domain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-');
        let length = text[at + 1..].chars().take_while(|c| domain(*c)).count();
        let host = text[at + 1..at + 1 + length].trim_end_matches(['.', '-']);
        let top = host.rsplit('.').next().unwrap_or_default();
        let real = host.contains('.')
            && top.len() >= 2
            && top.bytes().all(|byte| byte.is_ascii_alphabetic());
        if start < at && real {
            spans.push(span(start..at + 1 + host.len(), What::Email));
        }
    }
}

/// Runs of digits with the signs that are written between them.
pub fn numbers(text: &str, spans: &mut Vec<Span>) {
    let inside =
        |c: char| c.is_ascii_digit() || matches!(c, '+' | '-' | ' ' | '(' | ')' | 'X' | 'x');
    for (at, word) in words(text, inside) {
        let lead = word.len() - word.trim_start_matches([' ', '-', ')', 'x', 'X']).len();
        let word = word[lead..].trim_end_matches([' ', '-', '+', '(']);
        let from = at + lead;
        let glued = text[..from]
            .ends_with(|c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '/'))
            || text[from + word.len()..]
                .starts_with(|c: char| c.is_ascii_alphanumeric() || c == '_');
        if !glued && let Some(what) = number(word) {
            let length = word.trim_end_matches(')').len().max(if word.contains('(') {
                word.len()
            } else {
                0
            });
            spans.push(span(from..from + length, what));
        }
    }
}

fn number(word: &str) -> Option<What> {
    let digits: String = word.chars().filter(char::is_ascii_digit).collect();
    let groups: Vec<usize> = word
        .split(|c: char| !c.is_ascii_digit())
        .map(str::len)
        .filter(|length| *length > 0)
        .collect();
    let mobile = |digits: &str| {
        digits.len() == 11 && digits.starts_with('1') && digits.as_bytes()[1] >= b'3'
    };
    let grouped = word.chars().any(|c| matches!(c, '-' | ' ' | '('));
    let phone = mobile(&digits)
        || digits.strip_prefix("86").is_some_and(mobile)
        || (word.starts_with('+') && (8..=15).contains(&digits.len()))
        || (grouped
            && matches!(
                groups.as_slice(),
                [3, 3, 4] | [3, 4, 4] | [3 | 4, 7 | 8] | [1, 3, 3, 4]
            )
            && !word.contains('+'));
    if identity(word) {
        Some(What::Identity)
    } else if phone {
        Some(What::Phone)
    } else if (15..=19).contains(&digits.len())
        && luhn(&digits)
        && groups.iter().all(|length| *length >= 4 || *length == 3)
    {
        Some(What::Card)
    } else {
        None
    }
}

/// Seventeen digits and a check sign, with a date in the middle.
fn identity(word: &str) -> bool {
    if word.len() != 18 || !word[..17].bytes().all(|byte| byte.is_ascii_digit()) {
        return false;
    }
    let part = |from: usize, to: usize| word[from..to].parse::<u32>().unwrap_or(0);
    let date = (1900..=2100).contains(&part(6, 10))
        && (1..=12).contains(&part(10, 12))
        && (1..=31).contains(&part(12, 14));
    date && word.ends_with(|c: char| c.is_ascii_digit() || matches!(c, 'x' | 'X'))
}

fn luhn(digits: &str) -> bool {
    let sum: u32 = digits
        .bytes()
        .rev()
        .enumerate()
        .map(|(nth, byte)| {
            let digit = u32::from(byte - b'0');
            match nth % 2 {
                1 if digit > 4 => digit * 2 - 9,
                1 => digit * 2,
                _ => digit,
            }
        })
        .sum();
    sum.is_multiple_of(10)
}
