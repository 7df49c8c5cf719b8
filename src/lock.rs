//! Keys locked by a passphrase: the form in which they are stored, and what the chat asks the second program about them.
//!
//! A locked key is encrypted with AES-GCM under a key that PBKDF2 makes of the passphrase. Neither that key nor the
//! passphrase is ever stored; without the passphrase the keys are lost, and nothing else is.

use crate::record::{self, field};
use serde_json::json;

/// Rounds of PBKDF2 with SHA-256 for new locks.
pub const ROUNDS: u32 = 600_000;
/// The fewest characters of a new passphrase.
pub const SHORTEST: usize = 8;
/// The rounds that are believed: fewer protect nothing, more would stop the page for minutes.
const BELIEVED: std::ops::RangeInclusive<u32> = 100_000..=10_000_000;
/// The form of what is stored.
const FORM: &str = "1";

/// From which passphrase an encryption key is made: with another salt the same passphrase makes another key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Salt {
    /// Rounds of PBKDF2.
    pub rounds: u32,
    /// Random bytes.
    pub salt: [u8; 16],
}

/// A key as it is stored while it is locked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sealed {
    /// How its encryption key is made.
    pub salt: Salt,
    /// Random bytes, new for every sealing.
    pub iv: [u8; 12],
    /// What was encrypted, and the tag.
    pub data: Vec<u8>,
}

impl Sealed {
    /// As text.
    pub fn write(&self) -> String {
        let rounds = self.salt.rounds.to_string();
        [
            FORM,
            &rounds,
            &hex(&self.salt.salt),
            &hex(&self.iv),
            &hex(&self.data),
        ]
        .join(".")
    }

    /// What is in a text; `None` where it is not of this form, or names rounds that are not to be believed.
    pub fn read(text: &str) -> Option<Self> {
        let mut parts = text.split('.');
        if parts.next()? != FORM {
            return None;
        }
        let rounds = parts.next()?.parse().ok()?;
        let mut bytes = || unhex(parts.next()?);
        let salt = bytes()?.try_into().ok()?;
        let iv = bytes()?.try_into().ok()?;
        let data = bytes()?;
        let salt = Salt { rounds, salt };
        let whole = parts.next().is_none() && BELIEVED.contains(&rounds);
        whole.then_some(Self { salt, iv, data })
    }
}

/// Whether a passphrase is too short for a new lock.
pub fn is_short(passphrase: &str) -> bool {
    passphrase.chars().count() < SHORTEST
}

/// The question for the key of a connection. The answer is the key, or empty where it stays locked: the user is asked
/// for the passphrase first where that is needed. It is asked and answered within the page.
pub fn question(connection: &str) -> String {
    record::write(&json!({ "is": "key", "connection": connection }))
}

/// The connection in a question for its key; `None` where it is another question.
pub fn asked(question: &str) -> Option<String> {
    let row = record::parse(question)?;
    (field::text(&row, "is") == "key").then(|| field::text(&row, "connection"))
}

fn hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let digits = bytes.iter().flat_map(|byte| [byte >> 4, byte & 15]);
    digits
        .map(|digit| char::from(DIGITS[usize::from(digit)]))
        .collect()
}

fn unhex(text: &str) -> Option<Vec<u8>> {
    let digit = |byte: u8| char::from(byte).to_digit(16);
    let (pairs, rest) = text.as_bytes().as_chunks::<2>();
    if !rest.is_empty() {
        return None;
    }
    let bytes = pairs
        .iter()
        .map(|[high, low]| u8::try_from(digit(*high)? * 16 + digit(*low)?).ok());
    bytes.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn what_is_sealed_comes_back(rounds in BELIEVED, salt: [u8; 16], iv: [u8; 12], data: Vec<u8>) {
            let sealed = Sealed { salt: Salt { rounds, salt }, iv, data };
            prop_assert_eq!(Sealed::read(&sealed.write()), Some(sealed));
        }

        #[test]
        fn any_text_is_read_or_refused(text in "\\PC{0,60}") {
            let _ = Sealed::read(&text);
            let _ = asked(&text);
        }
    }

    #[test]
    fn what_is_not_to_be_believed_is_refused() {
        let salt = "00".repeat(16);
        let iv = "0f".repeat(12);
        let text = |rounds: &str| format!("1.{rounds}.{salt}.{iv}.ff");
        assert!(Sealed::read(&text("600000")).is_some());
        for rounds in ["0", "1000", "4294967295", "99999999999", "-1", "x"] {
            assert_eq!(Sealed::read(&text(rounds)), None, "{rounds}");
        }
        for bad in ["", "1", "sk-secret", "2.600000", "1.600000.00.00.00"] {
            assert_eq!(Sealed::read(bad), None, "{bad}");
        }
        assert_eq!(Sealed::read(&(text("600000") + ".00")), None);
        assert_eq!(Sealed::read(&(text("600000") + "f")), None);
    }

    #[test]
    fn a_question_names_its_connection() {
        assert_eq!(asked(&question("c1")).as_deref(), Some("c1"));
        assert_eq!(asked("{\"is\":\"ended\"}"), None);
    }

    #[test]
    fn length_is_counted_in_characters() {
        assert!(is_short("1234567") && is_short("七个字的口令吧"));
        assert!(!is_short("12345678") && !is_short("八个字的口令可以"));
    }
}
