//! Joining a continuation to a reply that was cut, while the continuation still streams.
//!
//! The first part is never touched. Of the second part only its beginning may be dropped: what repeats the first part, an
//! opening fence or table head that is open already, a list number that is there already, a line that merely says "here is
//! the rest". So the joined text is always the first part, the glue, and the second part without [`Seam::dropped`];
//! whoever keeps the seam has lost nothing.
//!
//! Text is held back only while it is open what it repeats; how it is cut into chunks makes no difference.

mod anew;
mod glue;
mod lead;
mod overlap;

use super::lines::Lines;
use crate::text::is_cjk;
use lead::Lead;
use overlap::{Found, Overlap};

/// How the continuation was asked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Mode {
    /// The model goes on with its own reply, character by character: it repeats nothing and glue would be wrong.
    Prefill,
    /// As [`Mode::Prefill`], but the white space at the end of the first part was not sent.
    Trimmed,
    /// The model was asked for the rest in words: it may repeat, reopen, introduce.
    #[default]
    Asked,
}

/// Where and how two parts were joined.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Seam {
    /// Where the first part ends, in bytes of the joined text.
    pub at: usize,
    /// What was put between the parts: nothing, a space, or line breaks.
    pub glue: &'static str,
    /// The beginning of the second part that was left out, as it came.
    pub dropped: String,
    /// Whether what was left out repeats the first part only nearly.
    pub near: bool,
    /// Whether the second part began the whole answer again. Where it differs, nothing is joined: it is a branch.
    pub restarted: bool,
}

/// A join in progress.
#[derive(Clone, Debug)]
pub struct Stitch {
    first: String,
    mode: Mode,
    /// What came and is held back.
    held: String,
    seam: Option<Seam>,
}

/// What is to be done with the beginning of the second part.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Plan {
    /// Too early to tell.
    Wait,
    /// Drop so many bytes and go on.
    Join {
        drop: usize,
        glue: &'static str,
        near: bool,
        restarted: bool,
    },
    /// The answer starts over and goes its own way.
    Branch,
}

impl Stitch {
    /// A join to `first`, the whole reply so far.
    pub fn new(first: &str, mode: Mode) -> Self {
        Self {
            first: first.to_owned(),
            mode,
            held: String::new(),
            seam: None,
        }
    }

    /// More of the second part; what can be appended to the reply now.
    pub fn push(&mut self, text: &str) -> String {
        match &self.seam {
            None => {
                self.held.push_str(text);
                self.settle(false)
            }
            Some(_) if self.is_branch() => {
                self.held.push_str(text);
                String::new()
            }
            Some(_) => text.to_owned(),
        }
    }

    /// The second part is over; what is still to be appended.
    pub fn finish(&mut self) -> String {
        match self.seam {
            None => self.settle(true),
            Some(_) => String::new(),
        }
    }

    /// The seam, once it is decided.
    pub fn seam(&self) -> Option<&Seam> {
        self.seam.as_ref()
    }

    /// The second part as a whole where the answer started over and went its own way; to be offered as a branch.
    pub fn branch(&self) -> Option<&str> {
        self.is_branch().then_some(self.held.as_str())
    }

    fn is_branch(&self) -> bool {
        self.seam.as_ref().is_some_and(|seam| seam.restarted) && !self.held.is_empty()
    }

    fn settle(&mut self, done: bool) -> String {
        let mut seam = Seam {
            at: self.first.len(),
            ..Seam::default()
        };
        let plan = match self.mode {
            _ if self.held.is_empty() && !done => Plan::Wait,
            Mode::Asked => plan(&self.first, &self.held, done),
            Mode::Prefill => plan_prefill(&self.first, &self.held, done),
            Mode::Trimmed => plan_trimmed(&self.first, &self.held, done),
        };
        match plan {
            Plan::Wait => String::new(),
            Plan::Branch => {
                seam.restarted = true;
                self.seam = Some(seam);
                String::new()
            }
            Plan::Join {
                drop,
                glue,
                near,
                restarted,
            } => {
                let rest = self.held.split_off(drop);
                seam.dropped = std::mem::take(&mut self.held);
                (seam.glue, seam.near, seam.restarted) = (glue, near, restarted);
                self.seam = Some(seam);
                [glue, &rest].concat()
            }
        }
    }
}

/// Two whole parts joined: the text, and how. Where the answer started over and went its own way the text is the first
/// part alone.
pub fn join(first: &str, second: &str, mode: Mode) -> (String, Seam) {
    let mut stitch = Stitch::new(first, mode);
    let mut text = first.to_owned();
    text.push_str(&stitch.push(second));
    text.push_str(&stitch.finish());
    (text, stitch.seam.unwrap_or_default())
}

/// Decides on the second part of a reply that was asked for in words. Once it does not say "wait", more text does not
/// change what it says.
fn plan(first: &str, second: &str, done: bool) -> Plan {
    let Some(lead) = lead::read(first, second, done) else {
        return Plan::Wait;
    };
    let rest = &second[lead.drop..];
    match again(first, rest, lead.reopened, done) {
        None => return Plan::Wait,
        Some(None) => {}
        Some(Some(bytes)) => {
            return Plan::Join {
                drop: lead.drop + bytes,
                glue: "",
                near: false,
                restarted: false,
            };
        }
    }
    let Found { overlap, restarted } = match overlap::find(first, rest, done) {
        Some(found) => found,
        None => return Plan::Wait,
    };
    match overlap {
        None if restarted => Plan::Branch,
        Some(Overlap { bytes, near }) => {
            let drop = lead.drop + bytes;
            let Some(space) = glue::after_overlap(first, &second[drop..], done) else {
                return Plan::Wait;
            };
            Plan::Join {
                drop: drop + space,
                glue: "",
                near,
                restarted,
            }
        }
        None => match half(first, rest, done) {
            None => Plan::Wait,
            // A block that was opened again is gone on with.
            Some(0) if lead.reopened => glued(first, rest, &lead, done),
            Some(0) => match anew::is_anew(first, rest, done) {
                None => Plan::Wait,
                Some(true) => Plan::Branch,
                Some(false) => glued(first, rest, &lead, done),
            },
            Some(bytes) => Plan::Join {
                drop: lead.drop + bytes,
                glue: "",
                near: false,
                restarted: false,
            },
        },
    }
}

/// The second part as it came, with what has to stand between.
fn glued(first: &str, rest: &str, lead: &Lead, done: bool) -> Plan {
    match glue::between(first, rest, lead.reopened, done) {
        None => Plan::Wait,
        Some((space, glue)) => Plan::Join {
            // Without a lead the white space at the beginning is looked at by the glue.
            drop: lead.drop + space,
            glue,
            near: false,
            restarted: false,
        },
    }
}

/// How much of `rest` writes the last line of `first` again, sign by sign: the whole line, its words without the mark of
/// an item, or what stands after the last mark that opens something. Lines of more than a few letters are left to the
/// comparison by letters, unless `whole` says that a block was opened again to write its last line once more.
fn again(first: &str, rest: &str, whole: bool, done: bool) -> Option<Option<usize>> {
    const MARKS: [&str; 8] = ["**", "*", "`", "“", "「", "《", "（", "("];
    let line = first.rsplit('\n').next().unwrap_or_default();
    let words = Lines::new(line)
        .all
        .first()
        .map_or(line, |line| line.words());
    let opened = MARKS
        .iter()
        .filter_map(|mark| line.rfind(mark))
        .max()
        .map_or("", |at| &line[line[..at].trim_end_matches('*').len()..]);
    let letters = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).count();
    let fits = |text: &&str| letters(text) > 0 && (whole || letters(text) < 8);
    // A line of nothing but signs is the same line only with the same indent.
    let closing = Some(line).filter(|line| whole && letters(line) == 0 && line.trim().len() > 1);
    let texts = [line, line.trim_start(), words, opened];
    for text in texts.into_iter().filter(fits).chain(closing) {
        if rest.starts_with(text) {
            return Some(Some(text.len()));
        }
        if text.starts_with(rest) && !done {
            return None;
        }
    }
    Some(None)
}

/// How many bytes of `rest` write the last word of `first` again because it was only half there: "send th" and "them
/// again". A word that is whole is followed by another one, not by a longer one that begins with it.
fn half(first: &str, rest: &str, done: bool) -> Option<usize> {
    let in_word = |c: char| c.is_alphanumeric() && !is_cjk(c);
    let word = &first[first.trim_end_matches(in_word).len()..];
    if word.is_empty() {
        return Some(0);
    }
    match rest.strip_prefix(word).map(|after| after.chars().next()) {
        Some(Some(next)) if in_word(next) => Some(word.len()),
        Some(None) if !done => None,
        None if word.starts_with(rest) && !done => None,
        _ => Some(0),
    }
}

/// A continuation by prefill is taken as it comes, unless the server sends the prefix back.
fn plan_prefill(first: &str, second: &str, done: bool) -> Plan {
    let join = |drop| Plan::Join {
        drop,
        glue: "",
        near: false,
        restarted: false,
    };
    let same = first
        .bytes()
        .zip(second.bytes())
        .take_while(|(a, b)| a == b)
        .count();
    if same == first.len() && same >= ECHO {
        return join(same);
    }
    if same == second.len() && !done && first.len() >= ECHO {
        return Plan::Wait;
    }
    // A server that does not know the dialect answers from the beginning.
    match overlap::starts_over(first, second, done) {
        Some(false) => match anew::is_anew(first, second, done) {
            None => Plan::Wait,
            Some(true) => Plan::Branch,
            Some(false) => join(0),
        },
        Some(true) => Plan::Branch,
        None => Plan::Wait,
    }
}

/// As [`plan_prefill`]; white space that the first part has already is not written again.
fn plan_trimmed(first: &str, second: &str, done: bool) -> Plan {
    let blank = &first[first.trim_end().len()..];
    match plan_prefill(first, second, done) {
        Plan::Join { drop: 0, .. } if blank.starts_with(second) && !done => Plan::Wait,
        Plan::Join {
            drop: 0,
            near,
            restarted,
            ..
        } => {
            let same = blank
                .bytes()
                .zip(second.bytes())
                .take_while(|(a, b)| a == b)
                .count();
            Plan::Join {
                drop: if second.is_char_boundary(same) {
                    same
                } else {
                    0
                },
                glue: "",
                near,
                restarted,
            }
        }
        plan => plan,
    }
}

/// From so many bytes on a server that begins with the very same text sends the prefix back.
const ECHO: usize = 24;

#[cfg(test)]
mod tests;
