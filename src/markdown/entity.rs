//! Entity and character references such as `&amp;` and `&#x4E2D;`.

pub mod table;

use std::sync::OnceLock;

/// The longest name, with its semicolon.
const MAX_NAME: usize = 32;

/// Adds what the reference at the start of a text stands for; how long the reference is, or 0 where it is none.
pub fn decode(text: &str, out: &mut String) -> usize {
    let bytes = text.as_bytes();
    if bytes.get(1) == Some(&b'#') {
        return number(bytes, out);
    }
    let name = &bytes[1..bytes.len().min(1 + MAX_NAME)];
    let Some(length) = name.iter().position(|b| !b.is_ascii_alphanumeric()) else {
        return 0;
    };
    if name[length] == b';' && names()(&text[1..1 + length], out) {
        length + 2
    } else {
        0
    }
}

/// Adds what a name stands for; whether there is such a name.
pub type Names = fn(&str, &mut String) -> bool;

/// Has names looked up elsewhere than in the table. In a browser, which knows them all, that keeps the table out of the
/// program: it is never linked there, and where this was not called no name is known. The first call counts.
pub fn look_up(names: Names) {
    let _ = NAMES.set(names);
}

static NAMES: OnceLock<Names> = OnceLock::new();

fn names() -> Names {
    #[cfg(target_arch = "wasm32")]
    const WITHOUT: Names = |_, _| false;
    #[cfg(not(target_arch = "wasm32"))]
    const WITHOUT: Names = table::look_up;
    NAMES.get().copied().unwrap_or(WITHOUT)
}

fn number(bytes: &[u8], out: &mut String) -> usize {
    let hexadecimal = matches!(bytes.get(2), Some(b'x' | b'X'));
    let (from, radix, most) = if hexadecimal { (3, 16, 6) } else { (2, 10, 7) };
    let mut code = 0;
    let mut at = from;
    while let Some(digit) = bytes.get(at).and_then(|&b| char::from(b).to_digit(radix)) {
        if at - from == most {
            return 0;
        }
        code = code * radix + digit;
        at += 1;
    }
    if at == from || bytes.get(at) != Some(&b';') {
        return 0;
    }
    out.push(
        char::from_u32(code)
            .filter(|&c| c != '\0')
            .unwrap_or('\u{FFFD}'),
    );
    at + 1
}
