//! Reading and writing the binary form of a WebAssembly module, as far as the build changes it: its sections, and
//! the entries of those that hold names. https://webassembly.github.io/spec/core/binary/

/// The length of the magic word and the version.
pub const HEADER: usize = 8;
/// What the sections that matter here are called.
pub const IMPORTS: u8 = 2;
pub const EXPORTS: u8 = 7;
pub const FUNCTIONS: u8 = 10;
/// What a module may hold beside what the format knows, the names of functions among it.
pub const CUSTOM: u8 = 0;

/// An import or an export.
pub struct Entry {
    /// The module that an import comes from.
    pub module: Option<String>,
    pub name: String,
    /// What it is, as it stands in the program.
    pub what: Vec<u8>,
}

impl Entry {
    /// Whether it is a function.
    pub fn is_function(&self) -> bool {
        self.what.first() == Some(&0)
    }
}

/// The sections of a program in their order: what each is, and its content.
pub fn sections(program: &[u8]) -> Option<Vec<(u8, &[u8])>> {
    let mut reader = Reader(program.get(HEADER..)?);
    let mut sections = Vec::new();
    while !reader.0.is_empty() {
        let id = reader.byte()?;
        let length = reader.number()?;
        sections.push((id, reader.take(length)?));
    }
    Some(sections)
}

/// Puts a section behind what there is of a program.
pub fn push_section(program: &mut Vec<u8>, id: u8, content: &[u8]) {
    program.push(id);
    number(program, content.len());
    program.extend(content);
}

/// The program with one of its two sections of names changed.
pub fn with_section(
    program: &[u8],
    wanted: u8,
    change: impl FnOnce(&mut Vec<Entry>) -> Option<()>,
) -> Option<Vec<u8>> {
    let mut out = program.get(..HEADER)?.to_vec();
    let mut change = Some(change);
    for (id, content) in sections(program)? {
        match change.take_if(|_| id == wanted) {
            Some(change) => {
                let mut entries = entries(content, wanted)?;
                change(&mut entries)?;
                push_section(&mut out, id, &written(&entries));
            }
            None => push_section(&mut out, id, content),
        }
    }
    Some(out)
}

/// The bodies of a program's own functions, in the order of their numbers.
pub fn bodies(section: &[u8]) -> Option<Vec<&[u8]>> {
    let mut reader = Reader(section);
    let count = reader.number()?;
    let mut bodies = Vec::new();
    for _ in 0..count {
        let length = reader.number()?;
        bodies.push(reader.take(length)?);
    }
    reader.0.is_empty().then_some(bodies)
}

/// The entries of a section of imports or exports.
pub fn entries(section: &[u8], id: u8) -> Option<Vec<Entry>> {
    let mut reader = Reader(section);
    let count = reader.number()?;
    let mut entries = Vec::new();
    for _ in 0..count {
        let module = match id {
            IMPORTS => Some(reader.text()?),
            _ => None,
        };
        let name = reader.text()?;
        let from = reader.0;
        let kind = reader.byte()?;
        match (id, kind) {
            (EXPORTS, _) | (_, 0) => drop(reader.number()?),
            (_, 1) => {
                reader.byte()?;
                reader.limits()?;
            }
            (_, 2) => reader.limits()?,
            (_, 3) => drop(reader.take(2)?),
            _ => return None,
        }
        let what = from[..from.len() - reader.0.len()].to_vec();
        entries.push(Entry { module, name, what });
    }
    reader.0.is_empty().then_some(entries)
}

fn written(entries: &[Entry]) -> Vec<u8> {
    let mut out = Vec::new();
    number(&mut out, entries.len());
    for entry in entries {
        for text in entry.module.iter().chain([&entry.name]) {
            number(&mut out, text.len());
            out.extend(text.as_bytes());
        }
        out.extend(&entry.what);
    }
    out
}

/// LEB128, as all numbers of a program are written.
pub fn number(out: &mut Vec<u8>, mut number: usize) {
    loop {
        let low = (number & 0x7f) as u8;
        number >>= 7;
        out.push(if number == 0 { low } else { low | 0x80 });
        if number == 0 {
            return;
        }
    }
}

/// What is left to read of a program.
struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    fn byte(&mut self) -> Option<u8> {
        self.take(1).map(|bytes| bytes[0])
    }

    fn take(&mut self, length: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        Some(taken)
    }

    fn number(&mut self) -> Option<usize> {
        let mut number = 0;
        for shift in (0..35).step_by(7) {
            let byte = self.byte()?;
            number |= usize::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return Some(number);
            }
        }
        None
    }

    fn text(&mut self) -> Option<String> {
        let length = self.number()?;
        String::from_utf8(self.take(length)?.to_vec()).ok()
    }

    /// The bounds of a memory or a table.
    fn limits(&mut self) -> Option<()> {
        let bounded = self.byte()? & 1;
        for _ in 0..=bounded {
            self.number()?;
        }
        Some(())
    }
}
