//! Tables, as GitHub has them.

use super::super::Align;
use super::line::Line;
use super::{Kind, Node, Reader, Step};

/// A table may lack this many cells in all; a row after that is a paragraph.
const MAX_MISSING: usize = 100_000;
/// A table has at most as many columns.
const MAX_COLUMNS: usize = 65_535;

impl Reader {
    pub(super) fn open_table(&mut self, container: usize, line: &mut Line<'_>) -> Step {
        match &self.nodes[container].kind {
            Kind::Paragraph if !self.nodes[container].no_table => {
                self.open_head(container, line.content())
            }
            Kind::Table(align, missing) if *missing <= MAX_MISSING => {
                let columns = align.len();
                self.open_row(container, columns, line.content())
            }
            _ => Step::No,
        }
    }

    /// The last line of a paragraph is the head of a table if this one is the delimiter row.
    fn open_head(&mut self, at: usize, delimiters: &str) -> Step {
        let Some(align) = read_delimiters(delimiters) else {
            return Step::No;
        };
        let text = self.nodes[at].text.trim_end_matches(['\n', '\r']);
        let from = text.rfind(['\n', '\r']).map_or(0, |at| at + 1);
        let cells = read_row(&text[from..]);
        if cells.len() != align.len() || cells.len() > MAX_COLUMNS {
            self.nodes[at].no_table = true;
            return Step::No;
        }
        let table = if from == 0 {
            self.nodes[at].kind = Kind::Table(align, 0);
            self.nodes[at].text.clear();
            at
        } else {
            self.nodes[at].text.truncate(from);
            let table = self.add(at, Kind::Table(align, 0));
            self.nodes[table].line = self.line - 1;
            table
        };
        let row = self.add(table, Kind::Row(cells));
        self.nodes[row].line = self.line - 1;
        Step::Done(row)
    }

    fn open_row(&mut self, table: usize, columns: usize, content: &str) -> Step {
        let mut cells = read_row(content);
        if cells.is_empty() {
            return Step::No;
        }
        cells.truncate(columns);
        let lack = columns - cells.len();
        if let Node {
            kind: Kind::Table(_, missing),
            ..
        } = &mut self.nodes[table]
        {
            *missing += lack;
        }
        Step::Done(self.add(table, Kind::Row(cells)))
    }
}

/// Whether a line is a row: it holds more than one bar.
pub fn is_row(line: &str) -> bool {
    !matches!(
        line.trim_matches([' ', '\t', '\n', '\r', '\x0B', '\x0C']),
        "" | "|"
    )
}

/// How the columns are aligned, if a line is a delimiter row.
fn read_delimiters(line: &str) -> Option<Vec<Align>> {
    if !line.starts_with(['|', '-', ':']) {
        return None;
    }
    let line = line.trim_end_matches(['\n', '\r', ' ', '\t', '\x0B', '\x0C']);
    let line = line.strip_prefix('|').unwrap_or(line);
    let line = line.strip_suffix('|').unwrap_or(line);
    line.split('|').map(read_delimiter).collect()
}

fn read_delimiter(cell: &str) -> Option<Align> {
    let cell = cell.trim_matches([' ', '\t', '\x0B', '\x0C']);
    let left = cell.starts_with(':');
    let right = cell.len() > 1 && cell.ends_with(':');
    let dashes = &cell[usize::from(left)..cell.len() - usize::from(right)];
    if dashes.is_empty() || dashes.bytes().any(|b| b != b'-') {
        return None;
    }
    Some(match (left, right) {
        (true, true) => Align::Center,
        (true, false) => Align::Left,
        (false, true) => Align::Right,
        (false, false) => Align::None,
    })
}

/// The cells of a row: what stands between bars that no backslash precedes.
fn read_row(line: &str) -> Vec<String> {
    let spaces = [' ', '\t', '\x0B', '\x0C', '\n', '\r'];
    let line = line.trim_matches(spaces);
    let mut rest = line
        .strip_prefix('|')
        .unwrap_or(line)
        .trim_start_matches(spaces);
    let mut cells = Vec::new();
    while !rest.is_empty() {
        let end = cell_end(rest.as_bytes());
        cells.push(unescape(rest[..end].trim_matches(spaces)));
        rest = rest[end..]
            .strip_prefix('|')
            .unwrap_or("")
            .trim_start_matches(spaces);
    }
    cells
}

fn cell_end(row: &[u8]) -> usize {
    (0..row.len())
        .find(|&at| row[at] == b'|' && (at == 0 || row[at - 1] != b'\\'))
        .unwrap_or(row.len())
}

/// A cell without the backslashes before its bars.
fn unescape(cell: &str) -> String {
    let mut out = String::with_capacity(cell.len());
    let mut from = 0;
    let mut at = 0;
    let bytes = cell.as_bytes();
    while at + 1 < bytes.len() {
        if bytes[at] != b'\\' {
            at += 1;
            continue;
        }
        if bytes[at + 1] == b'|' {
            out.push_str(&cell[from..at]);
            from = at + 1;
        }
        at += 2;
    }
    out.push_str(&cell[from..]);
    out
}
