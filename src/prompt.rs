//! What is sent, and what is left out and why.

use crate::chat::{Message, Options, Role, Seq};
use crate::provider::{Ask, Turn};
use crate::tokens::{self, Measure};

/// A request's content, with what it leaves out.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Prompt {
    /// What is sent.
    pub ask: Ask,
    /// What is not, oldest first.
    pub omitted: Vec<Omitted>,
    /// The message at which the model's memory begins: from there on nothing is left out for want of room. 0 where
    /// nothing is at all.
    pub begins: Seq,
}

/// A message that is not sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Omitted {
    /// Which.
    pub seq: Seq,
    /// Why.
    pub why: Why,
}

/// Why a message is not sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// It was deleted.
    Deleted,
    /// It has no words, or is still being received.
    Empty,
    /// Together with what comes after it, it is more than the model takes.
    NoRoom,
}

impl Ask {
    /// How much text it is.
    pub fn measure(&self) -> Measure {
        let system = match self.system.trim().is_empty() {
            true => Measure::default(),
            false => Measure::of_turn(&self.system),
        };
        let turns = self.turns.iter();
        turns.fold(system, |sum, turn| sum.and(Measure::of_turn(&turn.text)))
    }
}

/// Tokens of a conversation that are sent where the model's context is not known.
const UNKNOWN: u32 = 100_000;

/// Tokens of a conversation that are sent to a model: three quarters of its context, since the reply takes room in it
/// too and the count is an estimate.
pub fn budget(context: Option<u32>) -> u32 {
    context.map_or(UNKNOWN, |context| context / 4 * 3)
}

/// The request for the shown branch. `budget` is in tokens, estimated; the system prompt and the last message are
/// sent whatever their length, and pinned messages before all others. Of the rest go the newest that have room, in
/// one piece. Reasoning is never sent.
pub fn assemble(path: &[Message], options: &Options, model: &str, budget: u32) -> Prompt {
    let mut left = i64::from(budget) - i64::from(tokens::estimate(&options.system));
    let pinned = pinned(path, left / 2);
    left -= pinned.iter().map(|at| room(&path[*at])).sum::<i64>();
    let mut prompt = Prompt::default();
    let mut sent = Vec::new();
    let mut full = false;
    for (at, message) in path.iter().enumerate().rev() {
        let why = match message {
            _ if message.deleted => Some(Why::Deleted),
            _ if is_empty(message) => Some(Why::Empty),
            _ if pinned.contains(&at) => None,
            _ => {
                left -= room(message);
                full |= left < 0 && !prompt.ask.turns.is_empty();
                full.then_some(Why::NoRoom)
            }
        };
        match why {
            Some(why) => prompt.omitted.push(Omitted {
                seq: message.seq,
                why,
            }),
            None => {
                if !full {
                    prompt.begins = message.seq;
                }
                sent.push(message.seq);
                prompt.ask.turns.push(Turn {
                    role: message.role,
                    text: message.text.clone(),
                });
            }
        }
    }
    // Many servers refuse a conversation that begins with a reply.
    let turns = &mut prompt.ask.turns;
    if full
        && turns.len() > 1
        && turns
            .last()
            .is_some_and(|turn| turn.role == Role::Assistant)
    {
        turns.pop();
        let first = sent.pop().unwrap_or_default();
        prompt.omitted.push(Omitted {
            seq: first,
            why: Why::NoRoom,
        });
        if prompt.begins == first {
            prompt.begins = sent.last().copied().unwrap_or_default();
        }
    }
    turns.reverse();
    prompt.omitted = in_order(std::mem::take(&mut prompt.omitted));
    if !full {
        prompt.begins = 0;
    }
    prompt.ask.model = model.to_owned();
    prompt.ask.system.clone_from(&options.system);
    prompt.ask.temperature = options.temperature;
    prompt.ask.max_output = options.max_output;
    prompt
}

/// The places of the pinned messages, newest first, as far as there is room. A pinned reply brings the message that
/// it answers.
fn pinned(path: &[Message], mut room_left: i64) -> Vec<usize> {
    let mut kept: Vec<usize> = Vec::new();
    for (at, message) in path.iter().enumerate().rev() {
        let next = path.get(at + 1);
        let asked = message.role == Role::User
            && next.is_some_and(|next| next.role == Role::Assistant && kept.contains(&(at + 1)));
        if (message.pinned || asked) && !message.deleted && !is_empty(message) {
            room_left -= room(message);
            if room_left < 0 {
                break;
            }
            kept.push(at);
        }
    }
    kept
}

fn is_empty(message: &Message) -> bool {
    message.text.trim().is_empty() || message.is_streaming()
}

fn room(message: &Message) -> i64 {
    i64::from(tokens::estimate(&message.text)) + 4
}

/// What was left out, in the order of the conversation. Put in place and not sorted: there are few, nearly all in
/// reverse, and a sorting of its own is 3 KB of the first load.
fn in_order(omitted: Vec<Omitted>) -> Vec<Omitted> {
    let mut ordered: Vec<Omitted> = Vec::with_capacity(omitted.len());
    for one in omitted {
        let at = ordered.partition_point(|other| other.seq <= one.seq);
        ordered.insert(at, one);
    }
    ordered
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reply::End;

    fn message(seq: Seq, text: &str) -> Message {
        let role = if seq % 2 == 1 {
            Role::User
        } else {
            Role::Assistant
        };
        Message {
            text: text.to_owned(),
            end: (role == Role::Assistant).then_some(End::Complete),
            ..Message::new(role, seq, seq - 1)
        }
    }

    #[test]
    fn what_is_sent() {
        let mut path: Vec<Message> = (1..=5)
            .map(|seq| message(seq, "four words are here"))
            .collect();
        path[1].deleted = true;
        path[3].text.clear();
        path.push(Message::new(Role::Assistant, 6, 5));
        let prompt = assemble(&path, &Options::default(), "m", 1000);
        assert_eq!(prompt.ask.turns.len(), 3);
        let why: Vec<(Seq, Why)> = prompt.omitted.iter().map(|o| (o.seq, o.why)).collect();
        assert_eq!(why, [(2, Why::Deleted), (4, Why::Empty), (6, Why::Empty)]);
    }

    #[test]
    fn the_newest_fit_first_and_the_last_always() {
        let path: Vec<Message> = (1..=5)
            .map(|seq| message(seq, &"word ".repeat(100)))
            .collect();
        let prompt = assemble(&path, &Options::default(), "m", 250);
        assert_eq!(prompt.ask.turns.len(), 1, "a reply never comes first");
        let omitted: Vec<Seq> = prompt.omitted.iter().map(|omitted| omitted.seq).collect();
        assert_eq!((omitted, prompt.begins), (vec![1, 2, 3, 4], 5));
        assert_eq!(
            assemble(&path, &Options::default(), "m", 1).ask.turns.len(),
            1
        );
    }

    #[test]
    fn what_is_pinned_stays_with_its_question() {
        let mut path: Vec<Message> = (1..=9)
            .map(|seq| message(seq, &format!("{seq} {}", "word ".repeat(100))))
            .collect();
        path[3].pinned = true;
        let sent = |budget| {
            let prompt = assemble(&path, &Options::default(), "m", budget);
            let first = |turn: &Turn| turn.text.split(' ').next().and_then(|seq| seq.parse().ok());
            let sent: Vec<Seq> = prompt.ask.turns.iter().filter_map(first).collect();
            (sent, prompt.begins)
        };
        assert_eq!(sent(10_000), ((1..=9).collect(), 0));
        assert_eq!(sent(600), (vec![3, 4, 7, 8, 9], 7));
        assert_eq!(sent(50), (vec![9], 9), "no room for what is pinned");
    }
}
