//! What is a formula, and what only a price.

/// How a formula is delimited.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// `$…$`
    Dollar,
    /// `$$…$$`
    Dollars,
    /// `\(…\)`
    Round,
    /// `\[…\]`
    Square,
}

impl Kind {
    /// All kinds, in the order of their declaration.
    pub const ALL: [Self; 4] = [Self::Dollar, Self::Dollars, Self::Round, Self::Square];

    /// What stands before the formula.
    pub fn open(self) -> &'static str {
        ["$", "$$", "\\(", "\\["][self as usize]
    }

    /// What stands behind it.
    pub fn close(self) -> &'static str {
        ["$", "$$", "\\)", "\\]"][self as usize]
    }

    /// Whether it is displayed on lines of its own.
    pub fn is_display(self) -> bool {
        matches!(self, Self::Dollars | Self::Square)
    }
}

/// A formula: its content from and to, and where the text goes on.
pub struct Formula {
    pub kind: Kind,
    pub from: usize,
    pub to: usize,
    pub next: usize,
}

/// The formula that starts at `at`, if one does and ends within `text`. `line` is where the line's content starts.
pub fn find(text: &str, at: usize, line: usize, starts_line: bool) -> Option<Formula> {
    let kind = match text.as_bytes().get(at..)? {
        [b'\\', b'(', ..] => Kind::Round,
        [b'\\', b'[', ..] => Kind::Square,
        [b'$', b'$', ..] => Kind::Dollars,
        [b'$', ..] => Kind::Dollar,
        _ => return None,
    };
    let from = at + kind.open().len();
    let to = from + content_length(&text[from..], kind)?;
    let content = &text[from..to];
    if content.trim().is_empty()
        || (content.contains(['\n', '\r']) && kind == Kind::Dollars && !starts_line)
    {
        return None;
    }
    if kind == Kind::Dollar && !is_inline(text, at, to, line) {
        return None;
    }
    Some(Formula {
        kind,
        from,
        to,
        next: to + kind.close().len(),
    })
}

/// How far the content reaches: to the closing sign, but not over a backtick or another opening sign.
fn content_length(text: &str, kind: Kind) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        let rest = &text[at..];
        if rest.starts_with(kind.close()) {
            return Some(at);
        }
        match bytes[at] {
            b'`' => return None,
            b'\\'
                if matches!(kind, Kind::Round | Kind::Square) && rest.starts_with(kind.open()) =>
            {
                return None;
            }
            b'\\'
                if bytes
                    .get(at + 1)
                    .is_some_and(|b| b.is_ascii() && !matches!(b, b'\n' | b'\r')) =>
            {
                at += 2
            }
            _ => at += 1,
        }
        while !text.is_char_boundary(at) {
            at += 1;
        }
    }
    None
}

/// Whether `$…$` is a formula: no space inside its ends, no letter or digit before, no digit behind, and not the text
/// between two prices.
fn is_inline(text: &str, at: usize, to: usize, line: usize) -> bool {
    let content = &text[at + 1..to];
    let before = text[..at].chars().next_back();
    let behind = text[to + 1..].chars().next();
    let spaced = content.starts_with(char::is_whitespace) || content.ends_with(char::is_whitespace);
    if spaced || before.is_some_and(|c| c.is_ascii_alphanumeric() || c == '$') {
        return false;
    }
    if behind.is_some_and(|c| c.is_ascii_digit() || c == '$') {
        return false;
    }
    let row = text[line..].starts_with('|') && content.contains('|');
    let price = content.starts_with(|c: char| c.is_ascii_digit()) && has_words(content);
    !row && !price
}

/// Whether words of a language stand in a formula outside braces.
fn has_words(content: &str) -> bool {
    let mut depth = 0_usize;
    let mut before = ' ';
    let mut letters = 0;
    for c in content.chars() {
        match c {
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        letters = match c {
            'a'..='z' | 'A'..='Z' if letters > 0 || before.is_whitespace() => letters + 1,
            _ => 0,
        };
        if depth == 0 && (letters >= 2 || crate::text::is_cjk(c)) {
            return true;
        }
        before = c;
    }
    false
}
