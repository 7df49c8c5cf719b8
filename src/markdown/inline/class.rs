//! Which characters are punctuation, and which are Chinese, Japanese or Korean as far as emphasis goes.

/// The punctuation and symbols beyond ASCII, packed as `tests/markdown_tables.rs` says.
const PUNCTUATION: &[u8] = include_bytes!("punctuation.bin");

/// Whether a character is punctuation or a symbol, as CommonMark has it.
pub fn is_punctuation(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_punctuation();
    }
    // By far the most frequent ones need no search.
    match c {
        '\u{4E00}'..='\u{9FFF}'
        | '\u{3041}'..='\u{3096}'
        | '\u{30A1}'..='\u{30FA}'
        | '\u{AC00}'..='\u{D7A3}' => {
            return false;
        }
        '\u{3001}'..='\u{3003}'
        | '\u{3008}'..='\u{3011}'
        | '\u{FF01}'..='\u{FF0F}'
        | '\u{FF1A}'..='\u{FF20}'
        | '\u{2018}'..='\u{201F}' => return true,
        _ => {}
    }
    let code = u32::from(c);
    let mut at = 0;
    let mut end = 0x80;
    while at < PUNCTUATION.len() {
        let start = end + number(&mut at);
        if code < start {
            return false;
        }
        end = start + number(&mut at);
        if code < end {
            return true;
        }
    }
    false
}

fn number(at: &mut usize) -> u32 {
    let mut number = 0;
    let mut shift = 0;
    while let Some(&byte) = PUNCTUATION.get(*at) {
        *at += 1;
        number |= u32::from(byte & 0x7F) << shift;
        shift += 7;
        if byte < 0x80 {
            break;
        }
    }
    number
}

/// Whether a character is Chinese, Japanese or Korean, punctuation included: beside it, marks of emphasis are read as if
/// the words were set apart by spaces. Characters that English shares are not here, nor are emoji.
pub fn is_cjk(c: char) -> bool {
    matches!(u32::from(c),
        0x1100..=0x11FF | 0x20A9 | 0x2329..=0x232A | 0x2630..=0x2637 | 0x268A..=0x268F | 0x2E80..=0x303E
        | 0x3041..=0x3247 | 0x3250..=0xA4C6 | 0xA960..=0xA97C | 0xAC00..=0xD7FB | 0xF900..=0xFAFF | 0xFE10..=0xFE19
        | 0xFE30..=0xFE6B | 0xFF01..=0xFFEE | 0x16FE0..=0x191D2 | 0x1AFF0..=0x1B2FB | 0x1D300..=0x1D376
        | 0x20000..=0x3FFFD)
}

/// A variation selector that says nothing of emoji; the character before it counts.
pub fn is_selector(c: char) -> bool {
    matches!(c, '\u{FE00}'..='\u{FE0E}')
}

/// A variation selector of ideographs.
pub fn is_ideographic_selector(c: char) -> bool {
    matches!(c, '\u{E0100}'..='\u{E01EF}')
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use finl_unicode::categories::CharacterCategories;

    #[test]
    fn punctuation_is_what_unicode_says() {
        for c in '\0'..=char::MAX {
            let expected = c.is_punctuation() || c.is_symbol();
            assert_eq!(super::is_punctuation(c), expected, "{c:?}");
        }
    }
}
