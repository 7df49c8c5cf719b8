//! Tables: `div.table-wrap > table > (thead > tr, tbody > tr…)`, the wrap scrolling by keyboard.

use wasm_bindgen::JsCast as _;
use web_sys::{Element, Node};

use crate::markdown::columns::{LONG, columns};
use crate::markdown::{Align, Inline};

use super::super::dom::{Maker, append, child, measure, reconcile, same, set};
use super::super::inline;

type Row = Vec<Vec<Inline>>;

pub(super) fn build(maker: &Maker, align: &[Align], head: &Row, rows: &[Row]) -> Element {
    let wrap = maker.element("div", "table-wrap");
    set(&wrap, "tabindex", "0");
    set(&wrap, "role", "region");
    set(&wrap, "aria-label", maker.labels.table);
    let table = maker.element("table", "");
    let top = maker.element("thead", "");
    append(&top, &row(maker, "th", align, head));
    append(&table, &top);
    let body = maker.element("tbody", "");
    for cells in rows {
        append(&body, &row(maker, "td", align, cells));
    }
    append(&table, &body);
    append(&wrap, &table);
    hold(&table, head, rows);
    wrap
}

/// The columns are the same; what the cells say may differ, and rows may have come or gone.
pub(super) fn patch(
    maker: &Maker,
    wrap: &Element,
    align: &[Align],
    (old_head, head): (&Row, &Row),
    (old, new): (&[Row], &[Row]),
) -> bool {
    let Some(table) = child(wrap, 0).filter(|_| old.len() <= LONG || new.len() > LONG) else {
        return false;
    };
    let head_row = child(&table, 0).and_then(|top| child(&top, 0));
    let Some((head_row, body)) = head_row.zip(child(&table, 1)) else {
        return false;
    };
    patch_row(maker, &head_row, "th", align, old_head, head);
    reconcile(
        &body,
        0,
        old,
        new,
        same(old, new),
        |node, at| patch_row(maker, node, "td", align, &old[at], &new[at]),
        |at| row(maker, "td", align, &new[at]).into(),
    );
    if old.len() <= LONG {
        hold(&table, head, new);
    }
    true
}

/// The last cell.
pub(super) fn tail(wrap: &Element) -> Option<Element> {
    let table = child(wrap, 0)?;
    let body = child(&table, 1).and_then(|body| body.last_element_child());
    body.or_else(|| child(&table, 0).and_then(|top| top.last_element_child()))?
        .last_element_child()
}

/// Gives a long table its widths, so that a row more costs no more than itself.
fn hold(table: &Element, head: &Row, rows: &[Row]) {
    let Some(widths) = columns(head, rows) else {
        return;
    };
    let all: u32 = widths.iter().sum();
    table.set_class_name("long");
    measure(table, &format!("max(100%, {all}em / 10)"));
    let top = child(table, 0).and_then(|top| child(&top, 0));
    for (at, width) in (0..).zip(&widths) {
        if let Some(cell) = top.as_ref().and_then(|top| child(top, at)) {
            measure(&cell, &format!("calc(100% * {width} / {all})"));
        }
    }
}

fn row(maker: &Maker, tag: &'static str, align: &[Align], cells: &[Vec<Inline>]) -> Element {
    let row = maker.element("tr", "");
    for at in 0..cells.len() {
        append(&row, &cell(maker, tag, align, cells, at));
    }
    row
}

fn patch_row(
    maker: &Maker,
    node: &Node,
    tag: &'static str,
    align: &[Align],
    old: &Row,
    new: &Row,
) -> bool {
    let patch = |node: &Node, at: usize| match node.dyn_ref::<Element>() {
        Some(cell) => {
            inline::patch(maker, cell, &old[at], &new[at]);
            true
        }
        None => false,
    };
    reconcile(node, 0, old, new, same(old, new), patch, |at| {
        cell(maker, tag, align, new, at)
    });
    true
}

fn cell(
    maker: &Maker,
    tag: &'static str,
    align: &[Align],
    cells: &[Vec<Inline>],
    at: usize,
) -> Node {
    let class = match align.get(at) {
        Some(Align::Right) => "num",
        Some(Align::Center) => "mid",
        _ => "",
    };
    let cell = maker.element(tag, class);
    if tag == "th" {
        set(&cell, "scope", "col");
    }
    inline::fill(maker, &cell, &cells[at]);
    cell.into()
}
