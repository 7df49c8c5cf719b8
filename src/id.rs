//! Typed ids: UUID version 7, so that ids made later sort later.

use std::fmt;

/// The id of a conversation. Sorts by the time it was made.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct ChatId(pub String);

impl ChatId {
    /// A new id from a time in milliseconds since 1970 and ten random bytes.
    pub fn new(now_ms: i64, random: [u8; 10]) -> Self {
        Self(uuid_v7(now_ms, random))
    }

    /// The id as text, 36 letters.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for ChatId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A UUID version 7 (RFC 9562, section 5.7) as text.
pub fn uuid_v7(now_ms: i64, random: [u8; 10]) -> String {
    let mut bytes = [0u8; 16];
    bytes[..6].copy_from_slice(&now_ms.max(0).to_be_bytes()[2..]);
    bytes[6..].copy_from_slice(&random);
    bytes[6] = (bytes[6] & 0x0f) | 0x70;
    bytes[8] = (bytes[8] & 0x3f) | 0x80;
    let mut text = String::with_capacity(36);
    for (i, byte) in bytes.iter().enumerate() {
        if matches!(i, 4 | 6 | 8 | 10) {
            text.push('-');
        }
        for digit in [byte >> 4, byte & 15] {
            text.push(char::from_digit(digit.into(), 16).unwrap_or('0'));
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn later_ids_sort_later_and_carry_version_and_variant() {
        let a = uuid_v7(1_700_000_000_000, [255; 10]);
        let b = uuid_v7(1_700_000_000_001, [0; 10]);
        assert!(a < b, "{a} {b}");
        assert_eq!(a.len(), 36);
        assert_eq!(&a[14..15], "7");
        assert!("89ab".contains(&a[19..20]));
    }
}
