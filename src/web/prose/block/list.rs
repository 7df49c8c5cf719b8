//! Lists. A paragraph in an item is always a `p`: whether a list is tight shows by an attribute
//! only, because a list that grows may stop being so.

use wasm_bindgen::JsCast as _;
use web_sys::{Element, Node};

use crate::markdown::Item;

use super::super::dom::{Maker, append, reconcile, same, set, unset};

pub(super) fn build(maker: &Maker, start: Option<u32>, tight: bool, items: &[Item]) -> Element {
    let list = maker.element(if start.is_some() { "ol" } else { "ul" }, "");
    dress(&list, start, tight);
    for item in items {
        append(&list, &build_item(maker, item));
    }
    list
}

pub(super) fn patch(
    maker: &Maker,
    list: &Element,
    (start, tight): (Option<u32>, bool),
    old: &[Item],
    new: &[Item],
) {
    dress(list, start, tight);
    reconcile(
        list,
        0,
        old,
        new,
        same(old, new),
        |node, at| patch_item(maker, node, &old[at], &new[at]),
        |at| build_item(maker, &new[at]).into(),
    );
}

fn dress(list: &Element, start: Option<u32>, tight: bool) {
    match start {
        Some(start) if start != 1 => set(list, "start", &start.to_string()),
        _ => unset(list, "start"),
    }
    if tight {
        unset(list, "data-loose")
    } else {
        set(list, "data-loose", "")
    }
}

fn build_item(maker: &Maker, item: &Item) -> Element {
    let element = maker.element("li", "");
    if let Some(done) = item.task {
        set(&element, "data-task", if done { "done" } else { "open" });
        let check = maker.element("input", "task");
        set(&check, "aria-label", maker.labels.task);
        set(&check, "type", "checkbox");
        set(&check, "disabled", "");
        if done {
            set(&check, "checked", "");
        }
        append(&element, &check);
    }
    super::fill(maker, &element, &item.blocks);
    element
}

fn patch_item(maker: &Maker, node: &Node, old: &Item, new: &Item) -> bool {
    let Some(element) = node.dyn_ref::<Element>() else {
        return false;
    };
    if old.task != new.task {
        return false;
    }
    super::patch_all(
        maker,
        element,
        usize::from(new.task.is_some()),
        &old.blocks,
        &new.blocks,
    );
    true
}
