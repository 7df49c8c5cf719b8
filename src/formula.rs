//! TeX to MathML, as a flat list of what to open, say and close; never as a string of markup.
//!
//! Elements, attributes and classes are closed lists: what is on none of them cannot be made. Colours,
//! links and styles are not on them.

mod reader;

use pulldown_latex::config::{DisplayMode, RenderConfig};
use pulldown_latex::{Parser, Storage, push_mathml};

/// The elements, each known by its place.
pub const TAGS: [&str; 25] = [
    "math",
    "mrow",
    "mi",
    "mn",
    "mo",
    "mtext",
    "mspace",
    "mfrac",
    "msqrt",
    "mroot",
    "msub",
    "msup",
    "msubsup",
    "munder",
    "mover",
    "munderover",
    "mtable",
    "mtr",
    "mtd",
    "mpadded",
    "menclose",
    "mstyle",
    "mphantom",
    "ms",
    "mmultiscripts",
];

/// The attributes, each known by its place.
pub const ATTRIBUTES: [&str; 18] = [
    "display",
    "class",
    "mathvariant",
    "stretchy",
    "symmetric",
    "minsize",
    "maxsize",
    "largeop",
    "movablelimits",
    "displaystyle",
    "scriptlevel",
    "linethickness",
    "width",
    "height",
    "depth",
    "accent",
    "notation",
    "lspace",
];

/// The longest formula that is drawn, in bytes of TeX.
const LONGEST: usize = 20_000;

/// What models write and the library does not know, said in what it knows. A frame is a fraction whose
/// line has a thickness that nothing else has.
const PREAMBLE: &str = r"\def\boxed#1{\genfrac{}{}{0.123em}{}{#1}{}}\def\fbox#1{\boxed{\text{#1}}}\def\tag#1{\qquad\text{(#1)}}\def\label#1{}\def\notag{}\def\nonumber{}\def\mbox#1{\text{#1}}\def\hbox#1{\text{#1}}\def\textnormal#1{\text{#1}}\def\bm#1{\boldsymbol{#1}}\def\pmb#1{\boldsymbol{#1}}\def\bold#1{\mathbf{#1}}\def\mathscr#1{\mathcal{#1}}\def\mathbbm#1{\mathbb{#1}}\def\mathds#1{\mathbb{#1}}\def\R{\mathbb{R}}\def\N{\mathbb{N}}\def\Z{\mathbb{Z}}\def\Q{\mathbb{Q}}\def\C{\mathbb{C}}\def\argmax{\operatorname{arg\,max}}\def\argmin{\operatorname{arg\,min}}\def\displaylimits{\limits}\def\ensuremath#1{#1}\def\xlongequal#1{\overset{#1}{=}}";

/// One step in making a formula's nodes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step<'a> {
    /// Begins an element within the one that is open; its name is one of [`TAGS`].
    Open(&'static str),
    /// Sets an attribute of the element just begun; its name is one of [`ATTRIBUTES`].
    Set(&'static str, &'a str),
    /// Says a text within the element that is open.
    Say(&'a str),
    /// Ends the element that is open.
    Close,
}

/// The steps to a formula, written for [`steps`]. `None` where the TeX cannot be read.
///
/// One step is one character and what belongs to it, up to a line feed: `<` and a tag's letter, the
/// letter of an attribute after `@` and its value, a text after `=`, or `>`.
pub fn draw(tex: &str, display: bool) -> Option<String> {
    if tex.len() > LONGEST || tex.trim().is_empty() {
        return None;
    }
    let storage = Storage::new();
    let tex = [PREAMBLE, tex].concat();
    let events: Result<Vec<_>, _> = Parser::new(&tex, &storage).collect();
    let display_mode = match display {
        true => DisplayMode::Block,
        false => DisplayMode::Inline,
    };
    let config = RenderConfig {
        display_mode,
        ..RenderConfig::default()
    };
    let mut mathml = String::new();
    let events = events.ok()?.into_iter().map(Ok::<_, std::fmt::Error>);
    push_mathml(&mut mathml, events, config).ok()?;
    reader::read(&mathml)
}

/// The steps that [`draw`] has written; nothing at all where the text is not such.
pub fn steps(text: &str) -> impl Iterator<Item = Step<'_>> {
    text.lines().map_while(|line| {
        let mut chars = line.chars();
        Some(match chars.next()? {
            '<' => Step::Open(named(&TAGS, chars.next()?)?),
            '@' => Step::Set(named(&ATTRIBUTES, chars.next()?)?, chars.as_str()),
            '=' => Step::Say(chars.as_str()),
            '>' => Step::Close,
            _ => return None,
        })
    })
}

/// The letter of a place: `a` for the first.
fn letter(at: usize) -> char {
    char::from(b'a' + at as u8)
}

fn named(names: &[&'static str], letter: char) -> Option<&'static str> {
    let at = u32::from(letter).checked_sub(u32::from('a'))?;
    names.get(at as usize).copied()
}

#[cfg(test)]
mod tests;
