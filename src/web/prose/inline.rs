//! Runs of text within a block.

use wasm_bindgen::JsCast as _;
use web_sys::{Element, Node};

use crate::markdown::Inline;

use super::dom::{Maker, append, reconcile, redata, retext, same, set};
use super::language::is_wide;

/// Puts the nodes of runs at the end of an element.
pub(super) fn fill(maker: &Maker, parent: &Element, runs: &[Inline]) {
    for at in 0..runs.len() {
        append(parent, &build(maker, runs, at));
    }
}

/// Makes the first children of an element, which show `old`, show `new`.
pub(super) fn patch(maker: &Maker, parent: &Element, old: &[Inline], new: &[Inline]) {
    let mut start = same(old, new);
    // How a line break shows depends on what follows it.
    if start > 0 && matches!(new.get(start - 1), Some(Inline::SoftBreak)) {
        start -= 1;
    }
    reconcile(
        parent,
        0,
        old,
        new,
        start,
        |node, at| patch_run(maker, node, old, new, at),
        |at| build(maker, new, at),
    );
}

fn build(maker: &Maker, runs: &[Inline], at: usize) -> Node {
    let element = match &runs[at] {
        Inline::Text(text) => return maker.text(text),
        Inline::SoftBreak => return maker.text(soft_break(runs, at)),
        Inline::Break => maker.element("br", ""),
        Inline::Emph(runs) => holding(maker, "em", runs),
        Inline::Strong(runs) => holding(maker, "strong", runs),
        Inline::Strike(runs) => holding(maker, "del", runs),
        Inline::Code(text) => maker.holding("code", "", text),
        Inline::Html(text) => maker.holding("span", "html", text),
        Inline::Math(tex, display) => math(maker, tex, *display),
        Inline::Mark(character) => mark(maker, *character),
        Inline::FootnoteRef(number, _) => note_ref(maker, *number),
        Inline::Image { src, host, alt } => image(maker, src, host, alt),
        Inline::Link {
            href,
            host,
            title,
            content,
        } => link(maker, href, host, title, content),
    };
    element.into()
}

/// Changes a node in place; `false` where it has to be replaced.
fn patch_run(maker: &Maker, node: &Node, old: &[Inline], new: &[Inline], at: usize) -> bool {
    match (&old[at], &new[at]) {
        (Inline::Text(was), Inline::Text(text)) => return redata(node, was, text),
        (Inline::SoftBreak, Inline::SoftBreak) => {
            return redata(node, soft_break(old, at), soft_break(new, at));
        }
        _ => {}
    }
    let Some(element) = node.dyn_ref::<Element>() else {
        return false;
    };
    match (&old[at], &new[at]) {
        (Inline::Emph(old), Inline::Emph(new))
        | (Inline::Strong(old), Inline::Strong(new))
        | (Inline::Strike(old), Inline::Strike(new)) => patch(maker, element, old, new),
        (Inline::Code(old), Inline::Code(new)) | (Inline::Html(old), Inline::Html(new)) => {
            retext(element, old, new)
        }
        (
            Inline::Link {
                href,
                host,
                title,
                content,
            },
            Inline::Link {
                href: new_href,
                host: new_host,
                title: new_title,
                content: new,
            },
        ) if (href, host, title) == (new_href, new_host, new_title) => {
            patch(maker, element, content, new)
        }
        (old, new) => return old == new,
    }
    true
}

fn holding(maker: &Maker, tag: &'static str, runs: &[Inline]) -> Element {
    let element = maker.element(tag, "");
    fill(maker, &element, runs);
    element
}

/// A link that gives nothing away to where it leads. The host stands within it, last.
fn link(maker: &Maker, href: &str, host: &str, title: &str, content: &[Inline]) -> Element {
    let link = holding(maker, "a", content);
    lead(&link, href);
    if !title.is_empty() {
        set(&link, "title", title);
    }
    if !host.is_empty() {
        append(&link, &maker.holding("span", "host", host));
    }
    link
}

/// Has an element lead to an address, in a tab of its own that learns nothing of this one.
fn lead(link: &Element, href: &str) {
    set(link, "href", href);
    set(link, "rel", "noopener noreferrer nofollow");
    set(link, "target", "_blank");
}

/// An image that asks before it is loaded. One over plain http, which the page may not load, is a link to it; one that
/// may not be loaded at all says so.
fn image(maker: &Maker, src: &str, host: &str, alt: &str) -> Element {
    let labels = &maker.labels;
    let (gate, says) = if src.is_empty() {
        let gate = maker.element("span", "image-gate");
        (gate, labels.image_refused.to_owned())
    } else if src.starts_with("http:") {
        let gate = maker.element("a", "image-gate");
        lead(&gate, src);
        (gate, (labels.image_plain)(host))
    } else {
        let gate = maker.button("image-gate", "load-image");
        set(&gate, "data-src", src);
        set(&gate, "data-host", host);
        set(&gate, "data-alt", alt);
        (gate, (labels.image_from)(host))
    };
    append(&gate, &maker.icon("#image", "icon"));
    if !alt.is_empty() {
        append(&gate, &maker.holding("span", "alt", alt));
    }
    append(&gate, &maker.holding("span", "", &says));
    gate
}

/// A formula as TeX, until it is drawn.
pub(super) fn math(maker: &Maker, tex: &str, display: bool) -> Element {
    let code = maker.holding("code", "math", tex);
    set(&code, "data-tex", tex);
    set(
        &code,
        "data-display",
        if display { "true" } else { "false" },
    );
    code
}

fn mark(maker: &Maker, character: char) -> Element {
    let code = format!("U+{:04X}", u32::from(character));
    let mark = maker.holding("span", "mark", &code);
    set(&mark, "title", &code);
    mark
}

/// A button and not a link: a link with a hash would be a route.
fn note_ref(maker: &Maker, number: u32) -> Element {
    let number = number.to_string();
    let button = maker.button("note-ref", "to-note");
    set(&button, "data-note", &number);
    set(
        &button,
        "aria-label",
        &format!("{} {number}", maker.labels.footnote),
    );
    append(&button, &maker.text(&number));
    button
}

/// A line break in the source is a space, but nothing at all between two characters that are
/// written without spaces.
fn soft_break(runs: &[Inline], at: usize) -> &'static str {
    let before = at
        .checked_sub(1)
        .and_then(|before| runs.get(before))
        .and_then(last);
    let after = runs.get(at + 1).and_then(first);
    match (before, after) {
        (Some(before), Some(after)) if is_wide(before) && is_wide(after) => "",
        _ => "\n",
    }
}

fn first(run: &Inline) -> Option<char> {
    match run {
        Inline::Text(text) => text.chars().next(),
        Inline::Emph(runs) | Inline::Strong(runs) | Inline::Strike(runs) => {
            runs.first().and_then(first)
        }
        Inline::Link { content, .. } => content.first().and_then(first),
        _ => None,
    }
}

fn last(run: &Inline) -> Option<char> {
    match run {
        Inline::Text(text) => text.chars().next_back(),
        Inline::Emph(runs) | Inline::Strong(runs) | Inline::Strike(runs) => {
            runs.last().and_then(last)
        }
        // A host that is shown after the text needs its space.
        Inline::Link { content, host, .. } if host.is_empty() => content.last().and_then(last),
        _ => None,
    }
}
