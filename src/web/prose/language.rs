//! Which of the two languages a text is written in, for its leading and the forms of its glyphs; or that it is read
//! from right to left.

/// How many characters are looked at: the language shows early, and a reply may be long.
const LOOKED_AT: usize = 400;

/// The `lang` of a text, or `None` where it has none of the letters that tell. `und-Arab` stands for every script that
/// is read from right to left: the sheet turns the direction.
///
/// One 汉字 says about as much as three Latin letters, and Chinese texts quote English names more
/// often than the other way round.
pub fn language_of(text: &str) -> Option<&'static str> {
    let mut han = 0_usize;
    let mut latin = 0_usize;
    let mut from_right = 0_usize;
    for character in text.chars().take(LOOKED_AT) {
        han += usize::from(is_wide(character));
        latin += usize::from(character.is_ascii_alphabetic());
        from_right += usize::from(is_from_right(character));
    }
    match (han, latin) {
        _ if from_right > han * 3 + latin => Some("und-Arab"),
        (0, 0) => None,
        _ if han * 3 >= latin => Some("zh"),
        _ => Some("en"),
    }
}

/// Whether a character is written without spaces around it: 汉字, kana, full-width punctuation.
/// Ranges from the blocks of Unicode; Hangul is left out, since Korean writes spaces.
pub(super) fn is_wide(character: char) -> bool {
    matches!(u32::from(character), 0x2E80..=0x312F | 0x31A0..=0x9FFF | 0xF900..=0xFAFF | 0xFE30..=0xFE4F | 0xFF01..=0xFF60 | 0x20000..=0x3FFFF)
}

/// Whether a letter is written from right to left: Hebrew, Arabic, Syriac, Thaana, N'Ko and their presentation forms.
/// Ranges from the blocks of Unicode.
fn is_from_right(character: char) -> bool {
    matches!(u32::from(character), 0x0590..=0x08FF | 0xFB1D..=0xFDFF | 0xFE70..=0xFEFE)
}
