//! Rows of tables that are not whole.

use crate::watch::lines::{Lines, Shape};
use crate::watch::{Kind, Sign, sign};

/// A row of a table that is written without outer bars.
pub fn is_bare_row(lines: &Lines<'_>, last: usize) -> bool {
    let block = lines.block_start(last);
    lines.all[last].text.contains('|')
        && block > 0
        && matches!(lines.all[block - 1].shape, Shape::Rule)
}

/// A row that is not whole, or a table of which only the head is there.
pub fn table(lines: &Lines<'_>, last: usize) -> Option<Sign> {
    let line = lines.all[last];
    let begun = |weight| {
        Some(sign(
            Kind::RowBegun,
            line.at..line.at + line.text.len(),
            weight,
        ))
    };
    let rule = lines.all[..last]
        .iter()
        .rposition(|line| line.shape == Shape::Rule);
    let Some(rule) = rule.filter(|rule| *rule > 0) else {
        return begun(90);
    };
    let head = lines.all[rule - 1].text.trim();
    let words = line.text.trim();
    if head.ends_with('|') && !words.ends_with('|') || cells(words) < cells(head) {
        return begun(95);
    }
    None
}

fn cells(row: &str) -> usize {
    let row = row.trim();
    let row = row.strip_prefix('|').unwrap_or(row);
    let row = row.strip_suffix('|').unwrap_or(row);
    let (mut cells, mut code, mut before) = (1, false, ' ');
    for c in row.chars() {
        match c {
            '`' => code = !code,
            '|' if !code && before != '\\' => cells += 1,
            _ => {}
        }
        before = c;
    }
    cells
}
