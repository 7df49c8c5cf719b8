//! One line: how far it was read, in bytes and in columns.

/// Where the line after the one at `at` starts.
pub fn next(bytes: &[u8], at: usize) -> usize {
    match bytes[at..].iter().position(|b| matches!(b, b'\n' | b'\r')) {
        None => bytes.len(),
        Some(length) => {
            let end = at + length;
            let pair = bytes[end] == b'\r' && bytes.get(end + 1) == Some(&b'\n');
            end + 1 + usize::from(pair)
        }
    }
}

/// A line, with its line break, and how far it was read.
pub struct Line<'a> {
    text: &'a str,
    /// The next byte.
    pub offset: usize,
    /// The column of the next byte; a tab goes to the next multiple of four.
    column: usize,
    /// Whether only some columns of a tab at `offset` were read.
    split_tab: bool,
    /// The next byte that is no space, after [`Line::find`].
    pub first: usize,
    /// How many columns are before it.
    pub indent: usize,
    /// Whether there is none.
    pub blank: bool,
}

impl<'a> Line<'a> {
    pub fn new(text: &'a str) -> Self {
        Self {
            text,
            offset: 0,
            column: 0,
            split_tab: false,
            first: 0,
            indent: 0,
            blank: false,
        }
    }

    /// Looks for the next byte that is no space.
    pub fn find(&mut self) {
        let bytes = self.text.as_bytes();
        let mut column = self.column;
        self.first = self.offset;
        loop {
            match bytes.get(self.first) {
                Some(b' ') => column += 1,
                Some(b'\t') => column += 4 - column % 4,
                other => {
                    self.blank = matches!(other, None | Some(b'\n' | b'\r'));
                    self.indent = column - self.column;
                    return;
                }
            }
            self.first += 1;
        }
    }

    /// The byte that [`Line::find`] found; a line feed where the line is blank.
    pub fn byte(&self) -> u8 {
        self.text
            .as_bytes()
            .get(self.first)
            .copied()
            .unwrap_or(b'\n')
    }

    /// The line from there on.
    pub fn content(&self) -> &'a str {
        &self.text[self.first..]
    }

    /// Reads on by as many columns or bytes.
    pub fn advance(&mut self, mut count: usize, columns: bool) {
        let bytes = self.text.as_bytes();
        while count > 0 && self.offset < bytes.len() {
            let mut width = 1;
            if bytes[self.offset] == b'\t' {
                width = 4 - self.column % 4;
            }
            if columns && width > count {
                self.split_tab = true;
                self.column += count;
                return;
            }
            self.split_tab = false;
            self.column += width;
            self.offset += 1;
            count -= if columns { width } else { 1 };
        }
    }

    /// Reads spaces and tabs.
    pub fn skip_spaces(&mut self) {
        self.find();
        self.advance(self.first - self.offset, false);
    }

    /// Reads the mark of a quote, if there is one, and a space behind it.
    pub fn take_quote(&mut self) -> bool {
        if self.indent >= 4 || self.byte() != b'>' {
            return false;
        }
        self.advance(self.first - self.offset + 1, false);
        self.take_space();
        true
    }

    /// Reads one column of space, if there is any.
    pub fn take_space(&mut self) -> bool {
        let space = matches!(self.text.as_bytes().get(self.offset), Some(b' ' | b'\t'));
        if space {
            self.advance(1, true);
        }
        space
    }

    /// Reads an indentation of so many columns; of a blank line, where that is allowed, all there is.
    pub fn take_indent(&mut self, columns: usize, blank: bool) -> bool {
        if self.indent >= columns {
            self.advance(columns, true);
        } else if self.blank && blank {
            self.advance(self.first - self.offset, false);
        } else {
            return false;
        }
        true
    }

    /// How many columns were read.
    pub fn column(&self) -> usize {
        self.column
    }

    /// Where the reading stands, to go back to it.
    pub fn place(&self) -> (usize, usize, bool) {
        (self.offset, self.column, self.split_tab)
    }

    /// Goes back to a place.
    pub fn go_to(&mut self, place: (usize, usize, bool)) {
        (self.offset, self.column, self.split_tab) = place;
    }

    /// Writes what was not read, spaces and all.
    pub fn push_rest(&self, out: &mut String) {
        let mut from = self.offset;
        if self.split_tab {
            from += 1;
            out.push_str(&"   "[..4 - self.column % 4]);
        }
        out.push_str(&self.text[from..]);
    }
}
