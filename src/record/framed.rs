//! What the input frame keeps in the row of a conversation: the frame that is pinned to it, and how its last
//! message was framed. The chat itself knows neither, and leaves both as they are.

use super::{Row, field};
use crate::guide::effect::Sent;

/// The id of the pinned frame; empty for none.
const PINNED: &str = "frame";
/// The last message.
const LAST: &str = "framed";

/// The id of the frame that is pinned to a conversation; empty where it is chosen by what is written.
pub fn pinned(conversation: &Row) -> String {
    field::text(conversation, PINNED)
}

/// Pins a frame, or none with an empty id.
pub fn pin(conversation: &mut Row, frame: &str) {
    conversation.remove(PINNED);
    field::put_text(conversation, PINNED, frame);
}

/// How the last message was framed; `None` before the first.
pub fn last(conversation: &Row) -> Option<Sent> {
    let row = field::object(conversation, LAST)?;
    Some(Sent {
        week: field::count(row, "week"),
        frame: field::text(row, "frame"),
        guided: field::flag(row, "guided"),
        covered: field::count(row, "covered"),
        slots: field::count(row, "slots"),
    })
}

/// Notes how a message was framed; `None` for one that needs no frame.
pub fn put_last(conversation: &mut Row, sent: Option<&Sent>) {
    conversation.remove(LAST);
    let Some(sent) = sent else { return };
    let mut row = Row::new();
    field::put_text(&mut row, "frame", &sent.frame);
    field::put_flag(&mut row, "guided", sent.guided);
    for (name, count) in [
        ("week", sent.week),
        ("covered", sent.covered),
        ("slots", sent.slots),
    ] {
        field::put_int(&mut row, name, count.into());
    }
    field::put_object(conversation, LAST, row);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::conversation;

    fn sent() -> Sent {
        Sent {
            week: 2_900,
            frame: "write".into(),
            guided: true,
            covered: 2,
            slots: 6,
        }
    }

    #[test]
    fn what_the_frame_keeps_comes_back_and_outlives_what_the_chat_writes() {
        let mut row = Row::new();
        assert_eq!((pinned(&row), last(&row)), (String::new(), None));
        pin(&mut row, "ad-copy");
        put_last(&mut row, Some(&sent()));
        let mut chat = conversation::read(&row);
        chat.title = "renamed".into();
        let row = conversation::write(&chat, &row);
        assert_eq!(
            (pinned(&row).as_str(), last(&row)),
            ("ad-copy", Some(sent()))
        );
    }

    #[test]
    fn both_are_taken_out() {
        let mut row = Row::new();
        pin(&mut row, "ad-copy");
        pin(&mut row, "");
        put_last(&mut row, Some(&sent()));
        put_last(&mut row, None);
        assert!(row.is_empty());
    }
}
