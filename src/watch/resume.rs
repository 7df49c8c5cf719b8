//! Ways to get the rest of a reply: continue by prefill, ask for it in words, run the question again.
//!
//! [`Ladder`] says which way is next, given what happened; [`prefill`], [`asking`] and the question itself are what is
//! sent; [`Ways`] remembers what worked. Whatever fails, the text that is there stays as it is.

mod dialect;

pub use dialect::{Prefill, Server, dialect, prefill, server};

use super::Verdict;
use super::stitch::{Mode, Seam};
use crate::chat::Role;
use crate::fault::{Fault, Kind};
use crate::provider::{Ask, Turn};
use crate::reply::{End, Reply};
use crate::text::is_cjk;

/// A rung of the ladder.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Way {
    /// The model goes on with its own open reply.
    Prefill,
    /// The model is asked for the rest, with the tail quoted.
    Ask,
    /// The same question again, as a sibling branch.
    Again,
}

impl Way {
    /// Every way, in the order of the ladder.
    pub const ALL: [Way; 3] = [Way::Prefill, Way::Ask, Way::Again];

    /// The stable name: in storage and in exports.
    pub fn name(self) -> &'static str {
        match self {
            Way::Prefill => "prefill",
            Way::Ask => "ask",
            Way::Again => "again",
        }
    }

    /// The way with this stable name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|way| way.name() == name)
    }
}

/// What came of one try.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The rest is there.
    Mended,
    /// More is there, and it is cut again.
    CutAgain,
    /// The server refused the request as such.
    Refused,
    /// Nothing came, or nothing but what was there.
    Nothing,
    /// The answer started over and went its own way.
    Restarted,
    /// The request failed for another reason (network, key, balance, rate): the next rung would fail as well.
    Failed,
    /// The user pressed Stop.
    Stopped,
}

impl Outcome {
    /// What came of a try whose reply is over. `verdict` is the judge's on the joined text, `added` what was joined on.
    pub fn of(reply: &Reply, seam: &Seam, added: &str, verdict: &Verdict) -> Self {
        let refused = |fault: &Fault| matches!(fault.kind, Kind::BadRequest | Kind::NotFound);
        match (reply.end, &reply.fault) {
            (Some(End::Stopped), _) => Outcome::Stopped,
            (_, Some(fault)) if refused(fault) && reply.text.is_empty() => Outcome::Refused,
            (_, Some(_)) if added.trim().is_empty() => Outcome::Failed,
            _ if seam.restarted && added.trim().is_empty() => Outcome::Restarted,
            _ if added.trim().is_empty() => Outcome::Nothing,
            _ if verdict.is_cut() => Outcome::CutAgain,
            _ => Outcome::Mended,
        }
    }
}

/// The rungs in the order in which they are tried, and where one stands. A plain value: see [`Ladder::after`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ladder {
    left: Vec<Way>,
    /// How often the reply was continued, over all rungs.
    continued: u8,
}

impl Ladder {
    /// More continuations of one reply than this are for the user to ask for, one by one.
    pub const CAP: u8 = 3;

    /// The ladder for a connection and model: what worked there last comes first. Without a dialect there is no prefill.
    pub fn new(dialect: Option<Prefill>, known: Option<Way>) -> Self {
        let mut left: Vec<Way> = Way::ALL
            .into_iter()
            .filter(|way| *way != Way::Prefill || dialect.is_some())
            .collect();
        // Running again is always offered beside the ladder; as what worked last it does not skip a real continuation.
        if let Some(known) = known.filter(|way| *way != Way::Again)
            && let Some(at) = left.iter().position(|way| *way == known)
        {
            left.drain(..at);
        }
        Self { left, continued: 0 }
    }

    /// These ways and no other, as the user chose.
    pub fn of(ways: &[Way]) -> Self {
        Self {
            left: ways.to_vec(),
            continued: 0,
        }
    }

    /// The ladder without its last rung, which gives another answer.
    pub fn without_again(mut self) -> Self {
        self.left.retain(|way| *way != Way::Again);
        self
    }

    /// The way to try now; `None` where there is nothing more to do.
    pub fn now(&self) -> Option<Way> {
        self.left.first().copied()
    }

    /// The ladder after a try. A refused rung gives way to the next; a reply that is cut again is continued the same way,
    /// at most [`Ladder::CAP`] times; a failure and Stop end it.
    pub fn after(mut self, outcome: Outcome) -> Self {
        match outcome {
            Outcome::CutAgain if self.continued + 1 < Self::CAP => self.continued += 1,
            Outcome::Refused | Outcome::Nothing | Outcome::Restarted if !self.left.is_empty() => {
                self.left.remove(0);
            }
            _ => self.left.clear(),
        }
        self
    }
}

/// Whether to continue without being asked. Off unless the user turned it on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Auto {
    /// Whether the user turned it on.
    pub on: bool,
}

impl Auto {
    /// Whether to continue `text` by itself, after `done` continuations of which the last added `added`.
    ///
    /// Only a reply that stopped in the middle is continued: not one that came to nothing, and never by running again.
    pub fn goes_on(self, verdict: &Verdict, end: End, done: u8, text: &str, added: &str) -> bool {
        let worth = matches!(
            end,
            End::Complete | End::Length | End::Cut | End::Paused | End::Unknown
        );
        let repeats = done > 0 && repeats(text.strip_suffix(added).unwrap_or(text), added);
        self.on
            && worth
            && verdict.is_cut()
            && done < Ladder::CAP
            && !text.trim().is_empty()
            && !repeats
    }
}

/// Whether most of what was added was there before: the model runs in circles.
fn repeats(before: &str, added: &str) -> bool {
    const PIECE: usize = 12;
    let letters = |text: &str| -> Vec<char> {
        let all: Vec<char> = text.chars().filter(|c| c.is_alphanumeric()).collect();
        all[all.len().saturating_sub(8000)..].to_vec()
    };
    let (before, added) = (letters(before), letters(added));
    if added.len() < PIECE {
        return added.is_empty();
    }
    let before: String = before.into_iter().collect();
    let pieces = added.chunks_exact(PIECE);
    let all = pieces.len();
    let known = pieces.filter(|piece| before.contains(&piece.iter().collect::<String>()));
    known.count() * 2 >= all
}

/// What worked, per connection and model, newest last.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ways {
    /// Connection, model, way.
    pub known: Vec<(String, String, Way)>,
}

impl Ways {
    /// More than this are not remembered; the oldest go first.
    pub const MOST: usize = 200;

    /// What worked last.
    pub fn get(&self, connection: &str, model: &str) -> Option<Way> {
        let found = self
            .known
            .iter()
            .rev()
            .find(|(c, m, _)| c == connection && m == model);
        found.map(|(_, _, way)| *way)
    }

    /// Remembers that a way worked.
    pub fn learn(&mut self, connection: &str, model: &str, way: Way) {
        self.known.retain(|(c, m, _)| c != connection || m != model);
        self.known
            .push((connection.to_owned(), model.to_owned(), way));
        let extra = self.known.len().saturating_sub(Self::MOST);
        self.known.drain(..extra);
    }
}

/// How the continuation by a way is joined on.
pub fn mode(way: Way, dialect: Option<Prefill>) -> Mode {
    match (way, dialect) {
        (Way::Prefill, Some(Prefill::Trailing)) => Mode::Trimmed,
        (Way::Prefill, _) => Mode::Prefill,
        _ => Mode::Asked,
    }
}

/// The request that asks in words for the rest of `reply`, the answer to `ask` so far.
///
/// The tail is quoted so that the model sees where it stopped; the request is in the language of the reply.
pub fn asking(ask: &Ask, reply: &str) -> Ask {
    let mut ask = ask.clone();
    ask.turns.push(Turn {
        role: Role::Assistant,
        text: reply.to_owned(),
    });
    ask.turns.push(Turn {
        role: Role::User,
        text: words(reply),
    });
    ask
}

/// So many characters of the reply are quoted.
const QUOTED: usize = 200;

fn words(reply: &str) -> String {
    let quoted = tail(reply, QUOTED);
    let han = quoted.chars().filter(|c| is_cjk(*c)).count();
    let lines = super::lines::Lines::new(reply);
    let in_code = lines.open_fence.is_some();
    let in_table = lines
        .last()
        .is_some_and(|at| lines.all[at].shape == super::lines::Shape::Row);
    if han * 4 > quoted.chars().count() {
        let place = match (in_code, in_table) {
            (true, _) => "现在正在代码块里面：不要再写 ``` 开头，直接接着写代码。",
            (_, true) => "现在正在表格里面：不要重复表头，直接接着写。",
            _ => "",
        };
        return [
            "你的上一条回复没有写完，停在这里：\n\n<tail>\n", quoted,
            "\n</tail>\n\n请紧接着最后一个字继续写，只写剩下的部分：不要重复已经写过的内容，不要从头开始，不要加开场白或说明。最后一个词如果只写了一半，就从这个词写起。",
            place,
        ]
        .concat();
    }
    let place = match (in_code, in_table) {
        (true, _) => " You are inside a code block: do not open it again, go on with the code.",
        (_, true) => " You are inside a table: do not repeat its head.",
        _ => "",
    };
    [
        "Your last reply is not finished. It stops here:\n\n<tail>\n", quoted,
        "\n</tail>\n\nGo on right after its last character and write only what is missing: repeat nothing, do not start over, and add no introduction. If the last word is only half there, begin with that whole word.",
        place,
    ]
    .concat()
}

/// The last `most` characters.
fn tail(text: &str, most: usize) -> &str {
    let start = text.char_indices().rev().nth(most.saturating_sub(1));
    start.map_or(text, |(at, _)| &text[at..])
}

#[cfg(test)]
mod tests;
