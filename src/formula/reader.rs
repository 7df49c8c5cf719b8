//! Reads the markup of the library strictly: what is not on the lists is left out, and markup that
//! does not close is refused.

use super::{ATTRIBUTES, TAGS, letter};

/// More elements within each other than this are refused: browsers lay them out by recursion.
const DEEPEST: usize = 120;

/// What the preamble makes of a frame.
const FRAME: &str = " linethickness=\"0.123em\">";

/// What a class may be, as the sheet knows it; others are left out.
const CLASSES: [&str; 15] = [
    "small",
    "mop-negated",
    "cell-left",
    "cell-right",
    "menv-alignlike",
    "menv-align",
    "menv-arraylike",
    "menv-cells-left",
    "menv-cells-right",
    "menv-cases",
    "menv-multline",
    "menv-left-solid",
    "menv-right-solid",
    "menv-hline",
    "menv-hdashline",
];

/// The steps of a formula, written as [`super::steps`] reads them.
pub(super) fn read(markup: &str) -> Option<String> {
    let mut out = String::with_capacity(markup.len());
    let mut open: Vec<Option<usize>> = Vec::new();
    let mut rest = markup;
    while !rest.is_empty() {
        let end = text_end(rest);
        if end > 0 {
            say(&mut out, &rest[..end]);
            rest = &rest[end..];
            continue;
        }
        let tag = &rest[1..];
        if let Some(tag) = tag.strip_prefix('/') {
            let (name, after) = tag.split_once('>')?;
            let opened = open.pop()?;
            if opened != place(&TAGS, name) {
                return None;
            }
            out.push_str(">\n");
            rest = after;
            continue;
        }
        let name = tag.find(|c: char| !c.is_ascii_alphanumeric())?;
        let at = place(&TAGS, &tag[..name])?;
        let (empty, after) = match tag[name..].strip_prefix(FRAME) {
            Some(after) => {
                out.extend(['<', letter(place(&TAGS, "mrow")?), '\n']);
                out.extend(['@', letter(place(&ATTRIBUTES, "class")?)]);
                out.push_str("boxed\n");
                (false, after)
            }
            _ => {
                out.extend(['<', letter(at), '\n']);
                attributes(&mut out, &tag[name..])?
            }
        };
        match empty {
            true => out.push_str(">\n"),
            false => open.push(Some(at)),
        }
        if open.len() > DEEPEST {
            return None;
        }
        rest = after;
    }
    (open.is_empty() && out.starts_with("<a\n")).then_some(out)
}

/// Where a text ends: at a tag. The library writes the relation `<` as it is.
fn text_end(text: &str) -> usize {
    let is_tag = |at: usize| {
        let next = text.as_bytes().get(at + 1);
        next.is_some_and(|byte| byte.is_ascii_alphabetic() || *byte == b'/')
    };
    let mut marks = text.match_indices('<').map(|(at, _)| at);
    marks.find(|at| is_tag(*at)).unwrap_or(text.len())
}

/// The attributes of a tag. Returns whether it has nothing within, and what comes after it.
fn attributes<'a>(out: &mut String, mut rest: &'a str) -> Option<(bool, &'a str)> {
    loop {
        rest = rest.trim_start();
        if let Some(after) = rest.strip_prefix('>') {
            return Some((false, after));
        }
        if let Some(after) = rest.strip_prefix("/>") {
            return Some((true, after));
        }
        let (name, after) = rest.split_once("=\"")?;
        let (value, after) = after.split_once('"')?;
        if let Some(at) = place(&ATTRIBUTES, name)
            && let Some(value) = allowed(name, value)
        {
            out.extend(['@', letter(at)]);
            out.push_str(&value);
            out.push('\n');
        }
        rest = after;
    }
}

/// The value of an attribute as it may be set: known classes, numbers with units, plain words.
fn allowed(name: &str, value: &str) -> Option<String> {
    if name == "class" {
        let known: Vec<_> = value
            .split(' ')
            .filter(|class| CLASSES.contains(class))
            .collect();
        return (!known.is_empty()).then(|| known.join(" "));
    }
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'%');
    (!value.is_empty() && value.bytes().all(plain)).then(|| value.to_owned())
}

/// Says a text, with its few entities as what they stand for. The library writes some `&` as they are.
fn say(out: &mut String, text: &str) {
    out.push('=');
    let mut rest = text;
    while let Some((before, from)) = rest.split_once('&') {
        push_plain(out, before);
        let known = ENTITIES
            .iter()
            .find_map(|(name, c)| Some((c, from.strip_prefix(name)?)));
        let (c, after) = known.unwrap_or((&'&', from));
        out.push(*c);
        rest = after;
    }
    push_plain(out, rest);
    out.push('\n');
}

const ENTITIES: [(&str, char); 6] = [
    ("amp;", '&'),
    ("lt;", '<'),
    ("gt;", '>'),
    ("quot;", '"'),
    ("apos;", '\''),
    ("nbsp;", '\u{A0}'),
];

/// A line feed within a text is a space, since steps end with one.
fn push_plain(out: &mut String, text: &str) {
    out.extend(text.chars().map(|c| if c.is_control() { ' ' } else { c }));
}

fn place(names: &[&str], name: &str) -> Option<usize> {
    names.iter().position(|known| *known == name)
}
