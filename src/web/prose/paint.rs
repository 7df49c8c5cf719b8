//! What is drawn later, when the worker has answered: highlighted code and formulas.

use wasm_bindgen::JsCast as _;
use web_sys::{Element, Node};

use super::dom::{append, set};
use crate::formula::{Step, steps};

const MATHML: &str = "http://www.w3.org/1998/Math/MathML";

/// Something in settled text that waits for the worker.
#[derive(Clone, Debug)]
pub enum Pending {
    /// A block of code whose language is named.
    Code {
        /// The `code` element, for [`paint_code`].
        place: Element,
        /// The first word of the info string; not empty.
        language: String,
        /// The text in it.
        text: String,
    },
    /// A formula.
    Math {
        /// The `code.math` element; what draws into it sets `data-done` on it.
        place: Element,
        /// The TeX.
        tex: String,
        /// Whether it stands on a line of its own.
        display: bool,
    },
}

/// Sets classes on parts of a block of code. `text` is what was highlighted; the spans are byte
/// ranges of it in rising order, each with a class of the sheet, see [`crate::highlight::Class::name`]. Returns
/// whether it was done: not where the block shows another text by now, or a range does not fit.
pub fn paint_code(code: &Element, text: &str, spans: &[(usize, usize, &'static str)]) -> bool {
    if code.text_content().as_deref() != Some(text) {
        return false;
    }
    let Some(runs) = runs(text, spans) else {
        return false;
    };
    let Some(document) = code.owner_document() else {
        return false;
    };
    let all = document.create_document_fragment();
    for (part, class) in runs {
        let text: Node = document.create_text_node(part).into();
        match class.map(|class| (class, document.create_element("span"))) {
            Some((class, Ok(span))) => {
                span.set_class_name(class);
                append(&span, &text);
                append(&all, &span);
            }
            _ => append(&all, &text),
        }
    }
    code.set_text_content(None);
    append(code, &all);
    set(code, "data-done", "");
    true
}

/// Draws a formula, whose steps [`crate::formula::draw`] wrote, in the place of its TeX. Returns whether
/// it was done: not where the place shows another formula by now, or there is nothing to draw.
pub fn paint_math(place: &Element, tex: &str, drawn: &str) -> bool {
    let Some(document) = place.owner_document() else {
        return false;
    };
    if drawn.is_empty() || place.get_attribute("data-tex").as_deref() != Some(tex) {
        return false;
    }
    let all: Node = document.create_document_fragment().into();
    let mut open = vec![all.clone()];
    for step in steps(drawn) {
        let Some(parent) = open.last() else { break };
        match step {
            Step::Open(tag) => {
                let Ok(element) = document.create_element_ns(Some(MATHML), tag) else {
                    return false;
                };
                append(parent, &element);
                open.push(element.into());
            }
            Step::Set(name, value) => {
                if let Some(element) = parent.dyn_ref::<Element>() {
                    set(element, name, value);
                }
            }
            Step::Say(text) => append(parent, &document.create_text_node(text)),
            Step::Close => drop(open.pop()),
        }
    }
    place.set_text_content(None);
    append(place, &all);
    set(place, "data-done", "");
    // A formula does not break: what is too wide scrolls within its paragraph.
    if let Ok(Some(paragraph)) = place.closest("p") {
        set(&paragraph, "class", "formula");
    }
    true
}

/// Adds what waits within a block.
pub(super) fn collect(block: &Element, found: &mut Vec<Pending>) {
    let selector = "pre > code:not([data-done], .language-), .math:not([data-done])";
    let Ok(places) = block.query_selector_all(selector) else {
        return;
    };
    for at in 0..places.length() {
        let Some(place) = places
            .item(at)
            .and_then(|node| node.dyn_into::<Element>().ok())
        else {
            continue;
        };
        found.push(match place.get_attribute("data-tex") {
            Some(tex) => {
                let display = place.get_attribute("data-display").as_deref() == Some("true");
                Pending::Math {
                    place,
                    tex,
                    display,
                }
            }
            None => {
                let language = place
                    .class_name()
                    .trim_start_matches("language-")
                    .to_owned();
                let text = place.text_content().unwrap_or_default();
                Pending::Code {
                    place,
                    language,
                    text,
                }
            }
        });
    }
}

type Run<'a> = (&'a str, Option<&'static str>);

/// Cuts a text into runs with and without a class; `None` where a range does not fit it.
fn runs<'a>(text: &'a str, spans: &[(usize, usize, &'static str)]) -> Option<Vec<Run<'a>>> {
    let mut runs = Vec::with_capacity(spans.len() * 2 + 1);
    let mut end = 0;
    for &(from, to, class) in spans {
        let plain = text.get(end..from)?;
        if !plain.is_empty() {
            runs.push((plain, None));
        }
        runs.push((text.get(from..to)?, Some(class)));
        end = to;
    }
    let rest = text.get(end..)?;
    if !rest.is_empty() {
        runs.push((rest, None));
    }
    Some(runs)
}
