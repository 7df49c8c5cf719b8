//! How wide the columns of a long table are to be, reckoned from its text.
//!
//! A browser that finds the widths by itself looks at every cell again whenever a row comes. That is right for the
//! tables that people read, and freezes the page with those of thousands of rows.

use super::Inline;

/// Rows of a table that are looked at. One with more gets its widths from these.
pub const LONG: usize = 200;

/// Least and greatest width of a column, in tenths of an em. The sheet bounds those of short tables likewise.
const LEAST: u32 = 20;
const MOST: u32 = 170;
/// Space beside a cell, and letters that are an em wide or less; in tenths of an em.
const SPACE: u32 = 12;
const WIDE: u32 = 10;
const LETTER: u32 = 6;

/// The width of each column in tenths of an em, with the space beside it; `None` where the table is not long. Rows that
/// come later do not change it.
pub fn columns(head: &[Vec<Inline>], rows: &[Vec<Vec<Inline>>]) -> Option<Vec<u32>> {
    let rows = rows.get(..LONG).filter(|_| rows.len() > LONG)?;
    let widest = |at: usize| {
        let cells = rows.iter().filter_map(|row| row.get(at));
        let widths = cells.chain(head.get(at)).map(|cell| width(cell));
        widths.fold(LEAST, u32::max).min(MOST) + SPACE
    };
    Some((0..head.len()).map(widest).collect())
}

fn width(runs: &[Inline]) -> u32 {
    let one = |run: &Inline| match run {
        Inline::Emph(runs) | Inline::Strong(runs) | Inline::Strike(runs) => width(runs),
        Inline::Link { host, content, .. } => width(content).saturating_add(of(host)),
        Inline::Image { host, alt, .. } => of(host).saturating_add(of(alt)),
        Inline::Text(text) | Inline::Code(text) | Inline::Math(text, _) | Inline::Html(text) => {
            of(text)
        }
        Inline::FootnoteRef(..) | Inline::Break | Inline::SoftBreak | Inline::Mark(_) => WIDE,
    };
    runs.iter().map(one).fold(0, u32::saturating_add)
}

fn of(text: &str) -> u32 {
    // Hangul, kana, ideographs and emoji fill the em.
    let wide = |c: char| if c >= '\u{1100}' { WIDE } else { LETTER };
    text.chars().map(wide).fold(0, u32::saturating_add)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cell(text: &str) -> Vec<Inline> {
        vec![Inline::Text(text.to_owned())]
    }

    fn rows(count: usize) -> Vec<Vec<Vec<Inline>>> {
        let row = |at: usize| vec![cell(&at.to_string()), cell("第一行文字")];
        (0..count).map(row).collect()
    }

    #[test]
    fn a_table_that_people_read_finds_its_own_widths() {
        assert_eq!(columns(&[cell("号"), cell("名")], &rows(LONG)), None);
    }

    #[test]
    fn a_long_one_is_as_wide_as_its_first_rows() {
        let mut all = rows(LONG + 1);
        let head = [cell("号"), cell("名")];
        let widths = columns(&head, &all).expect("a long table");
        assert_eq!(widths, [LEAST + SPACE, 5 * WIDE + SPACE]);
        all.extend(vec![vec![cell("1"), cell(&"长".repeat(90))]; 5]);
        assert_eq!(columns(&head, &all), Some(widths));
    }

    #[test]
    fn no_column_takes_all_the_room() {
        let mut all = rows(LONG + 1);
        all[3][0] = vec![Inline::Strong(cell(&"wide ".repeat(400)))];
        let widths = columns(&[cell("号"), cell("名")], &all).expect("a long table");
        assert_eq!(widths[0], MOST + SPACE);
    }
}
