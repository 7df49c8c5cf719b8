//! Entity and character references such as `&amp;` and `&#x4E2D;`.
//!
//! The names of HTML are packed by their first letters; within one letter each name is written as how many letters it
//! shares with the one before and what follows. `tests/markdown_tables.rs` makes the files.

/// For each name but its first letter: a byte with the number of letters shared, then the other letters.
const NAMES: &[u8] = include_bytes!("entity/names.bin");
/// What the names stand for, in the same order; two characters for one name follow a NUL.
const VALUES: &str = include_str!("entity/values.bin");
/// Where the names and values of each letter begin, as pairs of 16-bit numbers, least byte first: `A` to `Z`, `a` to
/// `z`, and the end.
const STARTS: &[u8] = include_bytes!("entity/starts.bin");
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
    let value = Some(&name[..length])
        .filter(|_| name[length] == b';')
        .and_then(named);
    match value {
        Some(value) => {
            out.push_str(value);
            length + 2
        }
        None => 0,
    }
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

fn named(name: &[u8]) -> Option<&'static str> {
    let (first, rest) = name.split_first()?;
    let letter = match first {
        b'A'..=b'Z' => first - b'A',
        b'a'..=b'z' => first - b'a' + 26,
        _ => return None,
    };
    let (from, values) = start(letter);
    let (to, _) = start(letter + 1);
    let nth = position(&NAMES[from..to], rest)?;
    let mut values = &VALUES[values..];
    for _ in 0..nth {
        values = &values[value_length(values)..];
    }
    Some(values[..value_length(values)].trim_start_matches('\0'))
}

fn start(letter: u8) -> (usize, usize) {
    let at = usize::from(letter) * 4;
    let number = |at: usize| usize::from(u16::from_le_bytes([STARTS[at], STARTS[at + 1]]));
    (number(at), number(at + 2))
}

/// Which of the packed names this is.
fn position(packed: &[u8], name: &[u8]) -> Option<usize> {
    let mut nth = 0;
    // How many letters of `name` the last packed one has, and whether that is all it has.
    let mut same = 0;
    let mut at = 0;
    while at < packed.len() {
        let shared = usize::from(packed[at]);
        at += 1;
        let length = packed[at..].iter().take_while(|&&b| b >= b'0').count();
        let letters = &packed[at..at + length];
        at += length;
        if shared <= same {
            let rest = &name[shared.min(name.len())..];
            let equal = letters.iter().zip(rest).take_while(|(a, b)| a == b).count();
            same = shared + equal;
            if equal == length && rest.len() == length {
                return Some(nth);
            }
        }
        nth += 1;
    }
    None
}

fn value_length(values: &str) -> usize {
    let count = if values.starts_with('\0') { 3 } else { 1 };
    values.chars().take(count).map(char::len_utf8).sum()
}
