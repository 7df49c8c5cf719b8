//! JSON in which a character beyond the basic plane was split over two chunks, as two halves.

/// Puts a held high half before the first low half, takes out the high half that ends a string, and makes
/// every other lone half U+FFFD. Returns the text and the high half that now waits, as `\udXXX`.
pub fn join_halves(text: &str, held: &str) -> (String, String) {
    let mut out = String::with_capacity(text.len() + 8);
    let mut waiting = held.to_owned();
    let mut high = String::new();
    let mut rest = text;
    while let Some(at) = rest.find('\\') {
        out.push_str(&rest[..at]);
        let Some(unit) = half(&rest[at..]) else {
            let next = rest[at + 1..]
                .chars()
                .next()
                .map_or(1, |c| 1 + c.len_utf8());
            out.push_str(&rest[at..at + next]);
            rest = &rest[at + next..];
            continue;
        };
        let escape = &rest[at..at + 6];
        rest = &rest[at + 6..];
        match unit {
            0xD800..0xDC00 if half(rest).is_some_and(|low| low >= 0xDC00) => {
                out.push_str(escape);
                out.push_str(&rest[..6]);
                rest = &rest[6..];
            }
            0xD800..0xDC00 if rest.starts_with('"') => high = escape.to_owned(),
            0xDC00.. if !waiting.is_empty() => {
                out.push_str(&std::mem::take(&mut waiting));
                out.push_str(escape);
            }
            _ => out.push_str("\\ufffd"),
        }
    }
    out.push_str(rest);
    (out, high)
}

/// The surrogate that `text` begins with as an escape.
fn half(text: &str) -> Option<u32> {
    let digits = text.strip_prefix("\\u")?.get(..4)?;
    u32::from_str_radix(digits, 16)
        .ok()
        .filter(|unit| (0xD800..0xE000).contains(unit))
}
