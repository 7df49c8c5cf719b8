//! Headings, rules and code.

use super::line::Line;
use super::{Fence, Kind, Reader, Step};

impl Reader {
    pub(super) fn open_heading(&mut self, container: usize, line: &mut Line<'_>) -> Step {
        let content = line.content();
        let level = content.bytes().take_while(|&b| b == b'#').count();
        let rest = &content[level..];
        if level > 6 || !(rest.is_empty() || rest.starts_with([' ', '\t', '\n', '\r'])) {
            return Step::No;
        }
        let rest = rest.trim_matches([' ', '\t', '\n', '\r']);
        let open = rest.trim_end_matches('#');
        let text = if open.is_empty() || open.ends_with([' ', '\t']) {
            open.trim_end_matches([' ', '\t'])
        } else {
            rest
        };
        let at = self.add(container, Kind::Heading(level as u8));
        text.clone_into(&mut self.nodes[at].text);
        Step::Done(at)
    }

    /// A rule, or the line under a heading.
    pub(super) fn open_rule(&mut self, container: usize, line: &mut Line<'_>) -> Step {
        let content = line.content().trim_end_matches([' ', '\t', '\n', '\r']);
        let mark = line.byte();
        let paragraph = matches!(self.nodes[container].kind, Kind::Paragraph);
        let under = matches!(mark, b'=' | b'-') && content.bytes().all(|b| b == mark);
        if paragraph && under {
            if !self.take_definitions(container) {
                // Nothing but definitions: the line is text.
                return Step::Into(container);
            }
            self.nodes[container].kind = Kind::Heading(if mark == b'=' { 1 } else { 2 });
            return Step::Done(container);
        }
        let marks = content.bytes().filter(|&b| b == mark).count();
        let only = content
            .bytes()
            .all(|b| b == mark || matches!(b, b' ' | b'\t'));
        if mark == b'=' || marks < 3 || !only {
            return Step::No;
        }
        Step::Done(self.add(container, Kind::Rule))
    }

    pub(super) fn open_fence(&mut self, container: usize, line: &mut Line<'_>) -> Step {
        let content = line.content();
        let mark = line.byte();
        let length = content.bytes().take_while(|&b| b == mark).count();
        let info = content[length..].trim_end_matches(['\n', '\r']);
        if length < 3 || (mark == b'`' && info.contains('`')) {
            return Step::No;
        }
        let fence = Fence {
            mark,
            length,
            indent: line.indent,
            info: info.to_owned(),
            closed: false,
        };
        Step::Done(self.add(container, Kind::Fenced(fence)))
    }

    pub(super) fn go_on_fenced(&mut self, at: usize, line: &mut Line<'_>) -> Step {
        let Kind::Fenced(fence) = &mut self.nodes[at].kind else {
            return Step::No;
        };
        let content = line.content();
        let run = content.bytes().take_while(|&b| b == fence.mark).count();
        let rest = content[run..].trim_matches([' ', '\t', '\n', '\r']);
        if line.indent < 4 && run >= fence.length && rest.is_empty() {
            fence.closed = true;
            self.close_to(self.nodes[at].parent);
            return Step::Done(at);
        }
        for _ in 0..fence.indent {
            if !line.take_space() {
                break;
            }
        }
        Step::Into(at)
    }
}

/// Ends a text after its last line that is not blank.
pub fn trim_blank_lines(text: &mut String) {
    let end = text.trim_end_matches([' ', '\t', '\n', '\r']).len();
    let line = text[end..]
        .find(['\n', '\r'])
        .map_or(text.len(), |at| end + at);
    text.truncate(line);
    text.push('\n');
}
