//! Lists of words, written as one text with a bar between, so that they stay small in the program and easy to read.

/// The words of a text.
pub fn list(text: &'static str) -> Vec<&'static str> {
    text.split('|').collect()
}

/// The words of several texts, each with what they say.
pub fn table<T: Clone>(rows: &[(T, &'static str)]) -> Vec<(&'static str, T)> {
    rows.iter()
        .flat_map(|(mark, words)| words.split('|').map(|word| (word, mark.clone())))
        .collect()
}
