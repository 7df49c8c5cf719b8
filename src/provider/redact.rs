//! What a server says, without the key.

/// Most characters of a provider's message that are kept.
const LONGEST: usize = 500;

/// A text without the key, in any of the forms in which a server may echo it, and without what looks like one.
pub fn redact(text: &str, key: &str) -> String {
    let mut text = text.to_owned();
    if key.len() >= 4 {
        text = without(&text, key);
        text = text.replace(&base64(key.as_bytes()), "•••");
    }
    let hidden = text
        .split_inclusive(|c: char| c.is_whitespace() || "\"'`,;()<>".contains(c))
        .scan(false, |after_bearer, word| {
            let bare =
                word.trim_end_matches(|c: char| c.is_whitespace() || "\"'`,;()<>".contains(c));
            let secret = looks_secret(bare) || (*after_bearer && bare.len() > 8);
            *after_bearer = bare.eq_ignore_ascii_case("bearer");
            Some(if secret {
                format!("•••{}", &word[bare.len()..])
            } else {
                word.to_owned()
            })
        })
        .collect::<String>();
    hidden.chars().take(LONGEST).collect()
}

fn looks_secret(word: &str) -> bool {
    ["sk-", "sk_", "AIza", "gsk_", "xai-"].iter().any(|start| {
        word.find(start).is_some_and(|at| {
            word[at + start.len()..]
                .chars()
                .take_while(|c| c.is_ascii_alphanumeric() || "-_*".contains(*c))
                .count()
                >= 12
        })
    })
}

/// A text without the key, whichever of its characters are percent-encoded.
fn without(text: &str, key: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let (shown, length) = match spelled(rest.as_bytes(), key.as_bytes()) {
            Some(length) => ("•••", length),
            None => (&rest[..first.len_utf8()], first.len_utf8()),
        };
        out.push_str(shown);
        rest = &rest[length..];
    }
    out
}

/// How many bytes of the beginning of a text spell the key.
fn spelled(text: &[u8], key: &[u8]) -> Option<usize> {
    let digit = |byte: u8| char::from(byte).to_digit(16);
    let mut at = 0;
    for wanted in key {
        at += match text[at..] {
            [b'%', high, low, ..]
                if Some(u32::from(*wanted))
                    == digit(high)
                        .zip(digit(low))
                        .map(|(high, low)| high * 16 + low) =>
            {
                3
            }
            [byte, ..] if byte == *wanted => 1,
            _ => return None,
        };
    }
    Some(at)
}

/// Without the signs that only fill it up: an echo may leave them out.
fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::new();
    for chunk in bytes.chunks(3) {
        let bits = chunk
            .iter()
            .fold(0u32, |bits, byte| bits << 8 | u32::from(*byte))
            << (8 * (3 - chunk.len()));
        for at in 0..=chunk.len() {
            text.push(char::from(LETTERS[(bits >> (18 - 6 * at)) as usize & 63]));
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_taken_out() {
        let key = "test+key/0123456789";
        for text in [
            key.to_owned(),
            "test%2Bkey%2F0123456789".into(),
            "%74%65%73%74%2b%6b%65%79%2f%30%31%32%33%34%35%36%37%38%39".into(),
            base64(key.as_bytes()),
            "sk-abcdefghijklmnop".into(),
            "Bearer abcdefghijkl".into(),
        ] {
            let said = redact(&format!("key \"{text}\" is wrong"), key);
            assert!(
                said == "key \"•••\" is wrong" || said == "key \"Bearer •••\" is wrong",
                "{said}"
            );
        }
        assert_eq!(redact("ask the desk-clerk", ""), "ask the desk-clerk");
        assert_eq!(redact("试 100% 的 %7", "test"), "试 100% 的 %7");
    }
}
