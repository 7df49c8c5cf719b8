//! What is sent, and what is left out and why.

use crate::chat::{Message, Options, Role, Seq};
use crate::provider::{Ask, Turn};
use crate::tokens;

/// A request's content, with what it leaves out.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Prompt {
    /// What is sent.
    pub ask: Ask,
    /// What is not, oldest first.
    pub omitted: Vec<Omitted>,
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

/// The request for the shown branch. `budget` is in tokens, estimated; the system prompt and the last
/// message are sent whatever their length. Reasoning is never sent.
pub fn assemble(path: &[Message], options: &Options, model: &str, budget: u32) -> Prompt {
    let mut left = i64::from(budget) - i64::from(tokens::estimate(&options.system));
    let mut turns = Vec::new();
    let mut omitted = Vec::new();
    let mut full = false;
    for message in path.iter().rev() {
        let why = match message {
            _ if message.deleted => Some(Why::Deleted),
            _ if message.text.trim().is_empty() || message.is_streaming() => Some(Why::Empty),
            _ => {
                left -= i64::from(tokens::estimate(&message.text)) + 4;
                full |= left < 0 && !turns.is_empty();
                full.then_some(Why::NoRoom)
            }
        };
        match why {
            Some(why) => omitted.push(Omitted {
                seq: message.seq,
                why,
            }),
            None => turns.push(Turn {
                role: message.role,
                text: message.text.clone(),
            }),
        }
    }
    turns.reverse();
    omitted.reverse();
    // Many servers refuse a conversation that begins with a reply.
    if full && turns.len() > 1 && turns[0].role == Role::Assistant {
        turns.remove(0);
    }
    Prompt {
        ask: Ask {
            model: model.to_owned(),
            system: options.system.clone(),
            turns,
            temperature: options.temperature,
            max_output: options.max_output,
        },
        omitted,
    }
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
        assert_eq!(
            assemble(&path, &Options::default(), "m", 1).ask.turns.len(),
            1
        );
    }
}
