//! "You're not finished": whether a reply that claims to be complete is not, and the signs that say so.
//!
//! Reading order: [`judge`] weighs the signs; `lines` says what each line is; `open` finds what was opened and never
//! closed; `count` compares what was promised with what came; `tail` reads the last words; `zh` and `en` hold the words.
//! [`resume`] asks for the rest, [`stitch`] joins it on; [`wire`] is what the two programs of the page tell each other of it.
//!
//! Nothing here alters a text. A sign is a reason to offer the button loudly, never more.

mod asked;
mod count;
mod en;
mod lines;
mod open;
pub mod resume;
pub mod stitch;
mod tail;
pub mod wire;
mod zh;

use crate::reply::End;
use lines::{Lines, Shape};
use std::ops::Range;

/// What the judge makes of a reply.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Verdict {
    /// How likely the reply is cut, in percent. From [`Verdict::LIKELY`] on it is to be said aloud.
    pub certainty: u8,
    /// Why, the strongest first. May hold weak signs that do not add up to a cut.
    pub signs: Vec<Sign>,
}

impl Verdict {
    /// From here on a reply counts as cut.
    pub const LIKELY: u8 = 50;
    /// From here on there is hardly a doubt.
    pub const CERTAIN: u8 = 85;

    /// Whether the reply looks cut.
    pub fn is_cut(&self) -> bool {
        self.certainty >= Self::LIKELY
    }
}

/// One reason to think that a reply is cut.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sign {
    /// What kind of reason.
    pub kind: Kind,
    /// The place in the text, in bytes, on character borders.
    pub at: Range<usize>,
    /// How likely this sign alone makes it, in percent, 1 to 99.
    pub weight: u8,
}

/// The closed list of signs. Each has a stable name and, in `i18n`, a sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// The provider's reason, or the transport, says so: see the message's end.
    End,
    /// A code block is open.
    OpenFence,
    /// Code between backticks is open.
    OpenCode,
    /// A formula is open.
    OpenFormula,
    /// A bracket or a link is open.
    OpenBracket,
    /// A quotation mark or a title is open.
    OpenQuote,
    /// Bold or italic is open.
    OpenEmphasis,
    /// A row of a table is begun.
    RowBegun,
    /// A list item is begun.
    ItemBegun,
    /// A heading with nothing under it.
    HeadingOnly,
    /// Fewer things than the reply, or the question, announced.
    TooFew,
    /// Much shorter than the question asked for.
    TooShort,
    /// It ends with a colon.
    Colon,
    /// It ends with a comma or its like.
    Comma,
    /// It ends with a word that asks for another.
    Connective,
    /// It ends without a stop, in a text that uses stops.
    NoStop,
    /// It ends with a space, where a word would follow.
    Space,
}

impl Kind {
    /// Every kind, for tables and tests.
    pub const ALL: [Kind; 17] = [
        Kind::End,
        Kind::OpenFence,
        Kind::OpenCode,
        Kind::OpenFormula,
        Kind::OpenBracket,
        Kind::OpenQuote,
        Kind::OpenEmphasis,
        Kind::RowBegun,
        Kind::ItemBegun,
        Kind::HeadingOnly,
        Kind::TooFew,
        Kind::TooShort,
        Kind::Colon,
        Kind::Comma,
        Kind::Connective,
        Kind::NoStop,
        Kind::Space,
    ];

    /// The stable name: in storage and in exports.
    pub fn name(self) -> &'static str {
        match self {
            Kind::End => "end",
            Kind::OpenFence => "open-fence",
            Kind::OpenCode => "open-code",
            Kind::OpenFormula => "open-formula",
            Kind::OpenBracket => "open-bracket",
            Kind::OpenQuote => "open-quote",
            Kind::OpenEmphasis => "open-emphasis",
            Kind::RowBegun => "row-begun",
            Kind::ItemBegun => "item-begun",
            Kind::HeadingOnly => "heading-only",
            Kind::TooFew => "too-few",
            Kind::TooShort => "too-short",
            Kind::Colon => "colon",
            Kind::Comma => "comma",
            Kind::Connective => "connective",
            Kind::NoStop => "no-stop",
            Kind::Space => "space",
        }
    }

    /// The kind with this stable name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }
}

/// Judges a reply that ended with `end`. `prompt` is the question, or empty where it is not known.
///
/// An end that itself says "not finished" is enough; one that says why there is no more (stopped, filtered, refused, a
/// tool, an error) is not doubted; the text is read where the provider said "complete" or nothing.
pub fn judge(end: End, text: &str, prompt: &str) -> Verdict {
    let said = match end {
        End::Length | End::Cut | End::Paused => 99,
        End::Empty => 95,
        End::Unknown => 50,
        End::Complete => 0,
        End::Stopped | End::Filtered | End::Refused | End::Tool | End::Error => {
            return Verdict::default();
        }
    };
    let mut signs = read(text, prompt);
    if said > 0 {
        signs.push(sign(Kind::End, text.len()..text.len(), said));
    }
    weigh(signs)
}

fn sign(kind: Kind, at: Range<usize>, weight: u8) -> Sign {
    Sign { kind, at, weight }
}

/// The signs are taken as independent: each leaves a part of the doubt.
fn weigh(mut signs: Vec<Sign>) -> Verdict {
    signs.retain(|sign| sign.weight > 0);
    signs.sort_by(|a, b| b.weight.cmp(&a.weight).then(a.at.start.cmp(&b.at.start)));
    let doubt = signs.iter().fold(1.0, |doubt, sign| {
        doubt * (1.0 - f32::from(sign.weight) / 100.0)
    });
    Verdict {
        certainty: ((1.0 - doubt) * 100.0).round().clamp(0.0, 99.0) as u8,
        signs,
    }
}

/// The signs in the text itself.
fn read(text: &str, prompt: &str) -> Vec<Sign> {
    let mut signs = Vec::new();
    if text.trim().is_empty() {
        return signs;
    }
    let lines = Lines::new(text);
    if let Some(at) = lines.open_fence {
        signs.push(sign(Kind::OpenFence, at..text.len(), 97));
        return signs;
    }
    if let Some(at) = lines.open_formula {
        signs.push(sign(Kind::OpenFormula, at..text.len(), 96));
        return signs;
    }
    if text.trim_start().starts_with(['{', '[']) && is_data(text) {
        signs.extend(open_data(text));
        return signs;
    }
    let asked = asked::read(prompt);
    let Some(last) = lines.last() else {
        return signs;
    };
    open_prose(text, &lines, last, &mut signs);
    let is_open = !signs.is_empty();
    tail::read(text, &lines, last, &asked, is_open, &mut signs);
    count::read(text, &lines, last, &asked, &mut signs);
    signs
}

/// What the last block of prose leaves open.
fn open_prose(text: &str, lines: &Lines<'_>, last: usize, signs: &mut Vec<Sign>) {
    let line = lines.all[last];
    let start = match line.shape {
        Shape::Prose => lines.all[lines.block_start(last)],
        Shape::Item { .. } | Shape::Heading | Shape::Row => line,
        _ => return,
    };
    let from = start.at
        + match start.shape {
            Shape::Item { body, .. } => body,
            _ => 0,
        };
    for (kind, at) in open::find(&text[from..line.end().max(from)]) {
        let weight = match kind {
            Kind::OpenCode | Kind::OpenFormula => 92,
            Kind::OpenEmphasis => 75,
            Kind::OpenQuote => 88,
            _ => 90,
        };
        signs.push(sign(kind, from + at..text.len(), weight));
    }
}

/// Whether a text that begins with a bracket is JSON or its like, and not a footnote, a check box or a placeholder.
fn is_data(text: &str) -> bool {
    let mut signs = text.trim_start().chars().filter(|c| !c.is_whitespace());
    let (first, second) = (signs.next(), signs.next());
    match (first, second) {
        (Some('{'), Some('"' | '\'' | '}') | None) => true,
        (Some('['), Some('{' | '[' | '"')) => true,
        (Some('['), Some(c)) => c.is_ascii_digit() && text.contains(','),
        _ => false,
    }
}

/// The first bracket of data that is not closed.
fn open_data(text: &str) -> Option<Sign> {
    let mut open = Vec::new();
    let mut string: Option<usize> = None;
    let mut escaped = false;
    for (at, byte) in text.bytes().enumerate() {
        match (string, byte) {
            (Some(_), _) if escaped => escaped = false,
            (Some(_), b'\\') => escaped = true,
            (Some(_), b'"') => string = None,
            (Some(_), _) => {}
            (None, b'"') => string = Some(at),
            (None, b'{' | b'[') => open.push(at),
            (None, b'}' | b']') => drop(open.pop()),
            _ => {}
        }
    }
    open.first()
        .map(|at| sign(Kind::OpenBracket, *at..text.len(), 95))
}

#[cfg(test)]
mod tests;
