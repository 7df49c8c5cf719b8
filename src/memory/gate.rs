//! What may enter the book: one clean line, and nothing that was erased.

use crate::chat::Seq;
use crate::id::ChatId;
use crate::text::{Piece, marks};

/// The most characters of a topic, a condition or the kept words of a message.
pub const LONGEST: usize = 500;

/// A text as one line of at most [`LONGEST`] characters: spaces are single, and control, bidi, tag and other hidden
/// characters are gone.
pub fn line(text: &str) -> String {
    let mut line = String::new();
    let mut length = 0;
    let mut gap = false;
    for piece in marks(text) {
        let Piece::Text(text) = piece else {
            continue;
        };
        for c in text.chars() {
            if c.is_whitespace() {
                gap = length > 0;
                continue;
            }
            if length + usize::from(gap) >= LONGEST {
                return line;
            }
            if std::mem::take(&mut gap) {
                line.push(' ');
                length += 1;
            }
            line.push(c);
            length += 1;
        }
    }
    line
}

/// The hash that an erased saying leaves (FNV-1a, 64 bits): it tells that message from others and holds no text.
pub fn tomb(chat: &ChatId, seq: Seq, words: &str) -> u64 {
    let place = seq.to_be_bytes();
    let bytes = chat
        .as_str()
        .bytes()
        .chain([0])
        .chain(place)
        .chain(words.bytes());
    bytes.fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn lines() {
        for (text, expected) in [
            ("  rainy \n days ", "rainy days"),
            ("a\u{202E}b\u{E0041}\u{200B}c\u{7}", "abc"),
            ("下雨\u{3000}天", "下雨 天"),
            ("", ""),
        ] {
            assert_eq!(line(text), expected, "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn a_line_is_short_clean_and_its_own_line(text in any::<String>()) {
            let once = line(&text.repeat(20));
            prop_assert!(once.chars().count() <= LONGEST);
            prop_assert!(!once.chars().any(char::is_control));
            prop_assert_eq!(line(&once), once);
        }
    }
}
