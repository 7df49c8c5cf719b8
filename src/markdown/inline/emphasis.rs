//! Emphasis and strikethrough: runs of marks, which of them can open and close, and their pairing.

use super::class::{is_cjk, is_ideographic_selector, is_punctuation, is_selector};
use super::{Mark, Reader, Token};

/// A run of marks that may open or close a span.
pub struct Delimiter {
    /// Its token.
    token: usize,
    mark: u8,
    /// How many marks there were.
    length: usize,
    opens: bool,
    closes: bool,
}

/// What stands on both sides of a run.
struct Sides {
    before: Side,
    after: Side,
    /// Whether the run can begin or end a word.
    left: bool,
    right: bool,
}

#[derive(Clone, Copy)]
struct Side {
    space: bool,
    punctuation: bool,
    cjk: bool,
}

impl Reader<'_, '_, '_> {
    pub(super) fn marks(&mut self) {
        let mark = self.bytes[self.at];
        let from = self.at;
        let length = self.bytes[from..]
            .iter()
            .take_while(|&&b| b == mark)
            .count();
        let sides = sides(self.text, from, from + length);
        let (mut opens, mut closes) = (sides.left, sides.right);
        if mark == b'_' {
            opens = sides.left && (!sides.right || sides.before.punctuation);
            closes = sides.right && (!sides.left || sides.after.punctuation);
        }
        if !(opens || closes) || (mark == b'~' && length > 2) {
            return self.take_text(length);
        }
        self.delimiters.push(Delimiter {
            token: self.tokens.len(),
            mark,
            length,
            opens,
            closes,
        });
        self.at += length;
        self.tokens
            .push(Token::Marks(Vec::new(), from, self.at, Vec::new()));
    }

    /// Pairs the runs from `bottom` on, and forgets them.
    pub(super) fn pair(&mut self, bottom: usize) {
        let delimiters = self.delimiters.split_off(bottom);
        let mut openers: Vec<usize> = Vec::new();
        // Below this run there is no opener, for each kind of closer.
        let mut floors = [0; 18];
        for (nth, closer) in delimiters.iter().enumerate() {
            let kind = match closer.mark {
                b'*' => 0,
                b'_' => 6,
                _ => 12,
            };
            let kind = kind + usize::from(closer.opens) * 3 + closer.length % 3;
            while closer.closes && self.left(closer) > 0 {
                let candidates = openers
                    .iter()
                    .rposition(|&at| at < floors[kind] || pairs(&delimiters[at], closer));
                let found = candidates.filter(|&place| openers[place] >= floors[kind]);
                let Some(place) = found else {
                    floors[kind] = nth;
                    break;
                };
                openers.truncate(place + 1);
                let opener = &delimiters[openers[place]];
                self.join(opener, closer);
                if self.left(opener) == 0 {
                    openers.pop();
                }
            }
            if closer.opens && self.left(closer) > 0 {
                openers.push(nth);
            }
        }
    }

    /// Makes a span between two runs.
    fn join(&mut self, opener: &Delimiter, closer: &Delimiter) {
        let strong = self.left(opener) >= 2 && self.left(closer) >= 2;
        let mark = match opener.mark {
            b'~' => Mark::Strike,
            _ if strong => Mark::Strong,
            _ => Mark::Emph,
        };
        let width = if strong { 2 } else { 1 };
        if let Token::Marks(_, _, to, opened) = &mut self.tokens[opener.token] {
            *to -= width;
            opened.push(mark.clone());
        }
        if let Token::Marks(closed, from, _, _) = &mut self.tokens[closer.token] {
            *from += width;
            closed.push(mark);
        }
    }

    /// How many marks of a run are not paired yet.
    fn left(&self, delimiter: &Delimiter) -> usize {
        match self.tokens[delimiter.token] {
            Token::Marks(_, from, to, _) => to - from,
            _ => 0,
        }
    }
}

/// Whether two runs can make a span.
fn pairs(opener: &Delimiter, closer: &Delimiter) -> bool {
    if opener.mark != closer.mark || (opener.mark == b'~' && opener.length != closer.length) {
        return false;
    }
    // The rule of three.
    let both = closer.opens || opener.closes;
    let thirds = (opener.length + closer.length).is_multiple_of(3);
    !(both && thirds && !opener.length.is_multiple_of(3))
}

/// What stands around the run between two places. Tildes beside it are looked through.
fn sides(text: &str, from: usize, to: usize) -> Sides {
    let mut chars = text[..from].trim_end_matches('~').chars();
    let before = chars.next_back().unwrap_or('\n');
    let after = text[to..]
        .trim_start_matches('~')
        .chars()
        .next()
        .unwrap_or('\n');
    let after = Side {
        space: after.is_whitespace(),
        punctuation: is_punctuation(after),
        cjk: is_cjk(after),
    };
    let before = before_side(before, chars.as_str());
    let close = |this: Side, other: Side| other.space || other.punctuation || other.cjk || this.cjk;
    Sides {
        left: !after.space && (!after.punctuation || close(after, before)),
        right: !before.space && (!before.punctuation || close(before, after)),
        before,
        after,
    }
}

/// What stands before a run: behind a variation selector, the character that it selects.
fn before_side(before: char, rest: &str) -> Side {
    let mut side = Side {
        space: before.is_whitespace(),
        punctuation: is_punctuation(before),
        cjk: is_cjk(before) || is_ideographic_selector(before),
    };
    if is_selector(before) {
        let selected = rest
            .trim_end_matches('~')
            .chars()
            .next_back()
            .unwrap_or('\n');
        let quote = before == '\u{FE01}' && matches!(selected, '‘' | '’' | '“' | '”');
        side.cjk = is_cjk(selected) || quote;
        side.punctuation = is_punctuation(selected);
    }
    side
}
