//! JSON objects from bytes: one after the other, on lines of their own, or as the members of an array.

/// Bytes in, whole objects out. What lies between objects is passed over.
#[derive(Debug, Default)]
pub struct Objects {
    held: Vec<u8>,
    depth: u32,
    string: bool,
    escaped: bool,
    /// Whether the object goes over more than one line.
    long: bool,
    /// Whether its first line held more than its bracket: such a line is mostly meant to be all of it.
    suspect: bool,
    /// Whether a line break has just been passed.
    fresh: bool,
    /// Whether the rest of this line is passed over.
    stray: bool,
}

/// What came out.
#[derive(Debug, PartialEq)]
pub enum Piece {
    /// The bytes of an object.
    Object(Vec<u8>),
    /// Something that is none.
    Stray,
}

impl Objects {
    /// More bytes; the objects that they complete.
    pub fn push(&mut self, bytes: &[u8]) -> Vec<Piece> {
        let mut pieces = Vec::new();
        for &byte in bytes {
            if self.depth > 0 {
                self.inside(byte, &mut pieces);
            } else {
                self.between(byte, &mut pieces);
            }
        }
        pieces
    }

    /// Whether an object has begun and not ended.
    pub fn is_open(&self) -> bool {
        self.depth > 0
    }

    fn between(&mut self, byte: u8, pieces: &mut Vec<Piece>) {
        match byte {
            b'{' => {
                self.held.push(byte);
                (self.depth, self.long, self.suspect, self.fresh) = (1, false, false, false);
            }
            b'\n' => self.stray = false,
            b' ' | b'\t' | b'\r' | b',' | b'[' | b']' => {}
            _ if !self.stray => {
                self.stray = true;
                pieces.push(Piece::Stray);
            }
            _ => {}
        }
    }

    fn inside(&mut self, byte: u8, pieces: &mut Vec<Piece>) {
        // An object that was to stand on one line is broken where a string goes over the end of it, or where a later
        // line begins an object. In one that is written for people the lines begin with its bracket alone.
        let broken = (self.string && byte == b'\n') || (self.fresh && self.suspect && byte == b'{');
        if broken {
            *self = Self::default();
            pieces.push(Piece::Stray);
            return self.between(byte, pieces);
        }
        self.held.push(byte);
        self.fresh = byte == b'\n' || (self.fresh && byte == b'\r');
        if byte == b'\n' && !self.long {
            self.long = true;
            self.suspect = self.held[1..]
                .iter()
                .any(|byte| !byte.is_ascii_whitespace());
        }
        match byte {
            _ if self.escaped => self.escaped = false,
            b'\\' if self.string => self.escaped = true,
            b'"' => self.string = !self.string,
            b'{' | b'[' if !self.string => self.depth += 1,
            b'}' | b']' if !self.string => self.depth -= 1,
            _ => {}
        }
        if self.depth == 0 {
            pieces.push(Piece::Object(std::mem::take(&mut self.held)));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[&str]) {
        for size in [1, 2, 3, 1000] {
            let mut objects = Objects::default();
            let pieces = text.as_bytes().chunks(size).flat_map(|c| objects.push(c));
            let pieces: Vec<String> = pieces
                .map(|piece| match piece {
                    Piece::Object(bytes) => String::from_utf8_lossy(&bytes).into_owned(),
                    Piece::Stray => "?".to_owned(),
                })
                .collect();
            assert_eq!(pieces, expected, "{text:?} by {size}");
        }
    }

    #[test]
    fn lines_arrays_and_whole_bodies() {
        check("{\"a\":1}\n{\"b\":2}\r\n", &["{\"a\":1}", "{\"b\":2}"]);
        check(
            "[{\"a\":[1]}\n,\r\n{\"b\":{}}]",
            &["{\"a\":[1]}", "{\"b\":{}}"],
        );
        check("{\"a\":\"}\\\"{\"}", &["{\"a\":\"}\\\"{\"}"]);
        check("{\n  \"a\": [\n{\n}]}", &["{\n  \"a\": [\n{\n}]}"]);
    }

    #[test]
    fn a_broken_line_takes_no_other_with_it() {
        check("{\"a\":\n{\"b\":2}\n", &["?", "{\"b\":2}"]);
        check("{\"a\":\"x\n{\"b\":2}\n", &["?", "{\"b\":2}"]);
        check("{\"a\":\nnot json\n{\"b\":2}\n", &["?", "{\"b\":2}"]);
        check("garbage }\n{\"b\":2}\n", &["?", "{\"b\":2}"]);
        check("{broken}\n{\"b\":2}", &["{broken}", "{\"b\":2}"]);
        check("{\"a\":", &[]);
    }
}
