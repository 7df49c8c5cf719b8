//! The names of characters, `&amp;` and 2,124 more, as the browser knows them.

use std::cell::RefCell;
use std::collections::BTreeMap;
use web_sys::{DomParser, SupportedType};

/// Adds what a name stands for; whether there is such a name. For [`crate::markdown::entity::look_up`].
pub fn look_up(name: &str, out: &mut String) -> bool {
    let value = ASKED.with_borrow_mut(|asked| {
        if asked.len() >= MOST {
            asked.clear();
        }
        asked
            .entry(name.to_owned())
            .or_insert_with(|| ask(name))
            .clone()
    });
    out.push_str(value.as_deref().unwrap_or_default());
    value.is_some()
}

/// How many answers are kept: the browser takes some 20 µs for one, and a streamed text is read over and over.
const MOST: usize = 500;

thread_local! {
    static ASKED: RefCell<BTreeMap<String, Option<String>>> = RefCell::default();
}

/// Letters and digits alone come in, and what comes out is read as text: nothing of it ever becomes part of the page.
#[expect(clippy::disallowed_methods, reason = "see above")]
fn ask(name: &str) -> Option<String> {
    if !name.bytes().all(|b| b.is_ascii_alphanumeric()) {
        return None;
    }
    // Space at the start of a document would be dropped, and a name may stand for space.
    let source = format!("x&{name};");
    let parser = DomParser::new().ok()?;
    let page = parser
        .parse_from_string(&source, SupportedType::TextHtml)
        .ok()?;
    let text = page.body()?.text_content()?;
    let value = text.strip_prefix('x')?;
    // Old names need no semicolon in HTML and are seen at the start of longer words; the rest is then left behind.
    (value == ";" || !value.ends_with(';')).then(|| value.to_owned())
}
