//! The few DOM calls that the prose needs, with their failures that cannot happen taken out of sight.

use wasm_bindgen::JsCast as _;
use web_sys::{Document, Element, HtmlElement, Node, Text};

use super::Labels;

const SVG: &str = "http://www.w3.org/2000/svg";

/// Makes nodes of one document, with words of one language.
pub(super) struct Maker {
    document: Document,
    pub labels: Labels,
}

impl Maker {
    pub fn new(document: Document, labels: Labels) -> Maker {
        Maker { document, labels }
    }

    pub fn text(&self, data: &str) -> Node {
        self.document.create_text_node(data).into()
    }

    /// An element with a class, which may be empty. The tag is a constant of this program.
    pub fn element(&self, tag: &'static str, class: &str) -> Element {
        let element = self.document.create_element(tag).expect("a valid tag name");
        if !class.is_empty() {
            element.set_class_name(class);
        }
        element
    }

    /// An element that holds nothing but a text.
    pub fn holding(&self, tag: &'static str, class: &str, data: &str) -> Element {
        let element = self.element(tag, class);
        append(&element, &self.text(data));
        element
    }

    /// A button for the handler of the thread.
    pub fn button(&self, class: &str, action: &str) -> Element {
        let button = self.element("button", class);
        set(&button, "type", "button");
        set(&button, "data-action", action);
        button
    }

    /// An icon of the sprite.
    pub fn icon(&self, id: &str, class: &str) -> Element {
        let svg = self
            .document
            .create_element_ns(Some(SVG), "svg")
            .expect("a valid tag name");
        set(&svg, "class", class);
        set(&svg, "aria-hidden", "true");
        let symbol = self
            .document
            .create_element_ns(Some(SVG), "use")
            .expect("a valid tag name");
        set(&symbol, "href", id);
        append(&svg, &symbol);
        svg
    }
}

// The calls below fail only for invalid names and for nodes that another program moved meanwhile
// (a translator, an extension). Then there is nothing to mend: the next patch replaces the block.

pub(super) fn set(element: &Element, name: &str, value: &str) {
    let _ = element.set_attribute(name, value);
}

/// Gives an element its width.
pub(super) fn measure(element: &Element, width: &str) {
    if let Some(element) = element.dyn_ref::<HtmlElement>() {
        let _ = element.style().set_property("inline-size", width);
    }
}

pub(super) fn unset(element: &Element, name: &str) {
    let _ = element.remove_attribute(name);
}

pub(super) fn append(parent: &Node, child: &Node) {
    let _ = parent.append_child(child);
}

pub(super) fn insert(parent: &Node, child: &Node, before: Option<&Node>) {
    let _ = parent.insert_before(child, before);
}

pub(super) fn replace(parent: &Node, new: &Node, old: &Node) {
    if parent.replace_child(new, old).is_err() {
        append(parent, new);
    }
}

pub(super) fn remove(parent: &Node, child: &Node) {
    let _ = parent.remove_child(child);
}

/// The child element at a place, counted without text nodes.
pub(super) fn child(parent: &Element, at: u32) -> Option<Element> {
    parent.children().item(at)
}

/// Makes the only text of an element, which is `old`, be `new`. An element with anything else in it
/// is emptied first.
pub(super) fn retext(element: &Element, old: &str, new: &str) {
    let only = element
        .first_child()
        .filter(|first| first.next_sibling().is_none());
    if !only.is_some_and(|node| redata(&node, old, new)) {
        element.set_text_content(Some(new));
    }
}

/// Makes the data of a text node, which is `old`, be `new`: what is new at its end is appended, so
/// that a selection in the rest survives and nothing is read back. `false` where it is no text node.
pub(super) fn redata(node: &Node, old: &str, new: &str) -> bool {
    let Some(text) = node.dyn_ref::<Text>() else {
        return false;
    };
    match new.strip_prefix(old) {
        Some("") => {}
        Some(more) if text.append_data(more).is_ok() => {}
        _ => text.set_data(new),
    }
    true
}

/// Makes the children of `parent` from the place `first` on, which show `old`, show `new`.
///
/// The first `start` values are known to be shown rightly. `patch` changes a node in place or says
/// that it cannot; `build` makes the node of the value at an index of `new`.
pub(super) fn reconcile<T>(
    parent: &Node,
    first: usize,
    old: &[T],
    new: &[T],
    start: usize,
    patch: impl Fn(&Node, usize) -> bool,
    build: impl Fn(usize) -> Node,
) {
    let mut next = place(parent, first + start);
    for at in start..new.len() {
        match next.take() {
            Some(node) if at < old.len() => {
                next = node.next_sibling();
                if !patch(&node, at) {
                    replace(parent, &build(at), &node);
                }
            }
            after => {
                insert(parent, &build(at), after.as_ref());
                next = after;
            }
        }
    }
    for _ in new.len()..old.len() {
        let Some(node) = next.take() else { break };
        next = node.next_sibling();
        remove(parent, &node);
    }
}

/// How many values at the beginning are the same.
pub(super) fn same<T: PartialEq>(old: &[T], new: &[T]) -> usize {
    old.iter()
        .zip(new)
        .take_while(|(old, new)| old == new)
        .count()
}

fn place(parent: &Node, at: usize) -> Option<Node> {
    parent.child_nodes().item(u32::try_from(at).ok()?)
}
