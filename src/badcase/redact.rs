//! What is not for others: addresses, numbers, keys, secrets in URLs, and what the user selects. First found, so that it
//! can be shown, then taken out.

mod patterns;

use super::Case;
use std::ops::Range;

/// A stretch of a text that is to be taken out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Span {
    /// Where, in bytes, on character borders.
    pub at: Range<usize>,
    /// What it is.
    pub what: What,
}

/// What was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum What {
    /// A secret in a URL.
    UrlSecret,
    /// A key, a token, a password.
    Key,
    /// A mail address.
    Email,
    /// A phone number.
    Phone,
    /// A number of an identity card.
    Identity,
    /// A number of a bank card.
    Card,
    /// What the user selected.
    Chosen,
}

impl What {
    /// Every kind, in the order in which it is offered.
    pub const ALL: [What; 7] = [
        What::UrlSecret,
        What::Key,
        What::Email,
        What::Phone,
        What::Identity,
        What::Card,
        What::Chosen,
    ];

    /// Whether it is taken out whatever the user says: keys never leave.
    pub fn is_always(self) -> bool {
        matches!(self, What::UrlSecret | What::Key)
    }

    /// What stands in its place: the same for every value of its kind.
    pub fn mark(self) -> &'static str {
        match self {
            What::Key => "[key]",
            What::UrlSecret => "[secret]",
            What::Email => "[email]",
            What::Phone => "[phone]",
            What::Identity => "[id-number]",
            What::Card => "[card]",
            What::Chosen => "[removed]",
        }
    }
}

/// Where a text is in a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    /// The system prompt.
    System,
    /// A turn of what was sent, counted from 0.
    Turn(usize),
    /// The cut reply.
    Cut,
    /// The mended reply.
    Mended,
}

/// Everything in a case that would be taken out; `chosen` are words that the user selected, wherever they occur.
/// Kinds in `kept` stay.
pub fn preview(case: &Case, chosen: &[&str], kept: &[What]) -> Vec<(Field, Vec<Span>)> {
    let turns = case.ask.turns.iter().enumerate();
    [(Field::System, case.ask.system.as_str())]
        .into_iter()
        .chain(turns.map(|(nth, turn)| (Field::Turn(nth), turn.text.as_str())))
        .chain([(Field::Cut, case.cut.as_str())])
        .chain(case.mended.iter().map(|m| (Field::Mended, m.text.as_str())))
        .map(|(field, text)| (field, found(text, chosen, kept)))
        .filter(|(_, spans)| !spans.is_empty())
        .collect()
}

/// The case without what [`preview`] shows.
pub fn case(case: &Case, chosen: &[&str], kept: &[What]) -> Case {
    let mut case = case.clone();
    case.redacted |= case.rewrite(|text| found(text, chosen, kept));
    case
}

fn found(text: &str, chosen: &[&str], kept: &[What]) -> Vec<Span> {
    let mut spans = find(text, chosen);
    spans.retain(|span| span.what.is_always() || !kept.contains(&span.what));
    spans
}

/// What would be taken out of a text, in order and without overlaps.
pub fn find(text: &str, chosen: &[&str]) -> Vec<Span> {
    let mut spans = Vec::new();
    for words in chosen.iter().filter(|words| !words.trim().is_empty()) {
        for (at, found) in text.match_indices(words) {
            spans.push(span(at..at + found.len(), What::Chosen));
        }
    }
    patterns::keys(text, &mut spans);
    patterns::urls(text, &mut spans);
    patterns::emails(text, &mut spans);
    patterns::numbers(text, &mut spans);
    tidy(spans)
}

/// Where a text repeats one of these secrets: as it is, percent-encoded, or in base64 at any offset.
pub fn secrets(text: &str, secrets: &[&str]) -> Vec<Span> {
    let mut spans = Vec::new();
    for secret in secrets.iter().filter(|secret| secret.len() >= 6) {
        let mut forms = vec![(*secret).to_owned(), percent(secret)];
        forms.extend((0..3).map(|offset| base64(secret.as_bytes(), offset)));
        for form in forms.iter().filter(|form| form.len() >= 6) {
            for (at, found) in text.match_indices(form.as_str()) {
                spans.push(span(at..at + found.len(), What::Key));
            }
        }
    }
    tidy(spans)
}

/// The text with a mark for each span; spans in order and without overlaps.
pub fn apply(text: &str, spans: &[Span]) -> String {
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for span in spans {
        out.push_str(&text[at..span.at.start]);
        out.push_str(span.what.mark());
        at = span.at.end;
    }
    out.push_str(&text[at..]);
    out
}

/// Where a place is after the spans were replaced, in a text that is then `length` long.
pub fn moved(place: usize, spans: &[Span], length: usize) -> usize {
    let mut shift = 0i64;
    for span in spans {
        if place <= span.at.start {
            break;
        }
        if place < span.at.end {
            return (span.at.start as i64 + shift).clamp(0, length as i64) as usize;
        }
        shift += span.what.mark().len() as i64 - span.at.len() as i64;
    }
    (place as i64 + shift).clamp(0, length as i64) as usize
}

fn span(at: Range<usize>, what: What) -> Span {
    Span { at, what }
}

/// In order; where two overlap, the one that begins first takes in the other.
fn tidy(mut spans: Vec<Span>) -> Vec<Span> {
    spans.sort_by(|a, b| {
        (a.at.start, a.what)
            .cmp(&(b.at.start, b.what))
            .then(b.at.end.cmp(&a.at.end))
    });
    let mut tidied: Vec<Span> = Vec::new();
    for span in spans {
        match tidied.last_mut() {
            Some(before) if span.at.start < before.at.end => {
                before.at.end = before.at.end.max(span.at.end);
            }
            _ => tidied.push(span),
        }
    }
    tidied
}

fn percent(text: &str) -> String {
    const HEX: &[u8; 16] = b"0123456789ABCDEF";
    let mut out = String::new();
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'~') {
            out.push(byte.into());
        } else {
            out.push('%');
            out.push(HEX[usize::from(byte >> 4)].into());
            out.push(HEX[usize::from(byte & 15)].into());
        }
    }
    out
}

/// The letters of base64 that are the same whatever stands around the bytes, where `offset` bytes come before them.
fn base64(bytes: &[u8], offset: usize) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let skip = (3 - offset) % 3;
    let whole = bytes.get(skip..).unwrap_or_default().chunks_exact(3);
    let mut out = String::new();
    for three in whole {
        let bits = u32::from(three[0]) << 16 | u32::from(three[1]) << 8 | u32::from(three[2]);
        for shift in [18, 12, 6, 0] {
            out.push(LETTERS[(bits >> shift) as usize & 63].into());
        }
    }
    out
}
