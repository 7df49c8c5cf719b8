//! The names of HTML.
//!
//! They are packed by their first letters; within one letter each name is written as how many letters it shares with
//! the one before and what follows. `tests/markdown_tables.rs` makes the files.

/// For each name but its first letter: a byte with the number of letters shared, then the other letters.
const NAMES: &[u8] = include_bytes!("names.bin");
/// What the names stand for, in the same order; two characters for one name follow a NUL.
const VALUES: &str = include_str!("values.bin");
/// Where the names and values of each letter begin, as pairs of 16-bit numbers, least byte first: `A` to `Z`, `a` to
/// `z`, and the end.
const STARTS: &[u8] = include_bytes!("starts.bin");

/// Adds what a name stands for; whether there is such a name.
pub fn look_up(name: &str, out: &mut String) -> bool {
    let value = named(name.as_bytes());
    out.push_str(value.unwrap_or_default());
    value.is_some()
}

/// Every name, so that another source of them can be compared with this one.
pub fn all() -> Vec<String> {
    let mut all = Vec::new();
    for letter in 0..52 {
        let first = if letter < 26 {
            b'A' + letter
        } else {
            b'a' + letter - 26
        };
        let mut name = String::new();
        let mut packed = &NAMES[start(letter).0..start(letter + 1).0];
        while let Some((&shared, rest)) = packed.split_first() {
            let length = rest.iter().take_while(|&&b| b >= b'0').count();
            name.truncate(usize::from(shared));
            name.extend(rest[..length].iter().copied().map(char::from));
            all.push(format!("{}{name}", char::from(first)));
            packed = &rest[length..];
        }
    }
    all
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
