//! Blocks of HTML: how each of the seven kinds begins and ends.

use super::super::inline::html::tag;
use super::line::Line;
use super::{Kind, Reader, Step};

/// The elements of the sixth kind.
const NAMES: &str = " address article aside base basefont blockquote body caption center col colgroup dd details \
    dialog dir div dl dt fieldset figcaption figure footer form frame frameset h1 h2 h3 h4 h5 h6 head header hr html \
    iframe legend li link main menu menuitem nav noframes ol optgroup option p param search section summary table \
    tbody td tfoot th thead title tr track ul ";
/// The elements whose content is no Markdown at all.
const RAW: [&str; 4] = ["script", "pre", "textarea", "style"];

impl Reader {
    pub(super) fn open_html(&mut self, container: usize, line: &mut Line<'_>) -> Step {
        let paragraph = matches!(self.nodes[container].kind, Kind::Paragraph);
        match kind(line.content(), paragraph) {
            0 => Step::No,
            kind => Step::Into(self.add(container, Kind::Html(kind))),
        }
    }
}

/// Which kind of block a line begins; 0 where it begins none.
fn kind(line: &str, paragraph: bool) -> u8 {
    let rest = &line[1..];
    let name_from = usize::from(rest.starts_with('/'));
    let name_to = rest[name_from..]
        .bytes()
        .position(|b| !b.is_ascii_alphanumeric())
        .map_or(rest.len(), |at| name_from + at);
    let name = &rest[name_from..name_to];
    let behind = &rest[name_to..];
    let ends =
        behind.is_empty() || behind.starts_with([' ', '\t', '\n', '\r', '\x0B', '\x0C', '>']);
    if ends && name_from == 0 && RAW.iter().any(|raw| name.eq_ignore_ascii_case(raw)) {
        return 1;
    }
    if rest.starts_with("!--") {
        return 2;
    }
    if rest.starts_with('?') {
        return 3;
    }
    if rest.starts_with("![CDATA[") {
        return 5;
    }
    if rest.starts_with('!') && rest[1..].starts_with(|c: char| c.is_ascii_alphabetic()) {
        return 4;
    }
    if (ends || behind.starts_with("/>")) && is_block(name) {
        return 6;
    }
    let end = tag(line.as_bytes(), 1);
    let whole = end.is_some_and(|end| {
        line[end..]
            .trim_matches([' ', '\t', '\n', '\r', '\x0C'])
            .is_empty()
    });
    if whole && !paragraph { 7 } else { 0 }
}

fn is_block(name: &str) -> bool {
    let name = [" ", &name.to_ascii_lowercase(), " "].concat();
    name.len() > 2 && NAMES.contains(&name)
}

/// Whether a block ends with this line.
pub fn ends(kind: u8, line: &str) -> bool {
    match kind {
        1 => line.match_indices("</").any(|(at, _)| {
            let rest = &line.as_bytes()[at + 2..];
            RAW.iter().any(|raw| {
                rest.get(..raw.len())
                    .is_some_and(|name| name.eq_ignore_ascii_case(raw.as_bytes()))
                    && rest.get(raw.len()) == Some(&b'>')
            })
        }),
        2 => line.contains("-->"),
        3 => line.contains("?>"),
        4 => line.contains('>'),
        5 => line.contains("]]>"),
        _ => false,
    }
}
