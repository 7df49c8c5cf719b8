//! The icons that only the second program uses. Those of the chat are in `index.html`; these join them when it starts.

use leptos::prelude::document;
use web_sys::Element;

const SVG: &str = "http://www.w3.org/2000/svg";

/// The id of the symbol, the side of its box, and its lines.
type Drawing = (&'static str, u32, &'static [Line]);

/// The path of a line, and how it differs from a plain one.
type Line = (&'static str, Stroke);

#[derive(Clone, Copy)]
enum Stroke {
    Plain,
    /// A point as thick as this, in tenths.
    Dot(u32),
    Filled,
}

const RING: Line = (
    "M9.75 6a3.75 3.75 0 1 1-7.5 0 3.75 3.75 0 1 1 7.5 0",
    Stroke::Plain,
);

const DRAWINGS: &[Drawing] = &[
    (
        "persona",
        16,
        &[
            (
                "M10.75 5.25a2.75 2.75 0 1 1-5.5 0 2.75 2.75 0 1 1 5.5 0",
                Stroke::Plain,
            ),
            (
                "M2.75 14c.5-3 2.5-4.5 5.25-4.5s4.75 1.5 5.25 4.5",
                Stroke::Plain,
            ),
        ],
    ),
    (
        "memory",
        16,
        &[("M3 3.5h10v9H3zM5.5 6.5h5M5.5 9.5h3", Stroke::Plain)],
    ),
    ("ring", 12, &[RING]),
    ("ring-next", 12, &[RING, ("M6 6h.01", Stroke::Dot(25))]),
    (
        "half",
        12,
        &[RING, ("M6 2.25a3.75 3.75 0 0 1 0 7.5z", Stroke::Filled)],
    ),
    (
        "from-memory",
        12,
        &[(
            "M1.75 2.25h8.5v7.5h-8.5zM4 6l1.5 1.5L8.25 4.75",
            Stroke::Plain,
        )],
    ),
    (
        "redo",
        16,
        &[(
            "M10.5 3l2.75 2.75L10.5 8.5M13 5.75H6.5a3.75 3.75 0 0 0 0 7.5H10",
            Stroke::Plain,
        )],
    ),
    (
        "left",
        12,
        &[("M11 6H2M5.5 2.5 2 6l3.5 3.5", Stroke::Plain)],
    ),
    (
        "download",
        16,
        &[("M8 2.5v8M4.5 7.5 8 11l3.5-3.5M2.5 13.5h11", Stroke::Plain)],
    ),
    (
        "seam",
        16,
        &[("M5 12.5 7 3.5M9 12.5l2-9M1.5 8h13", Stroke::Plain)],
    ),
    (
        "clock",
        12,
        &[
            (
                "M10.25 6a4.25 4.25 0 1 1-8.5 0 4.25 4.25 0 1 1 8.5 0",
                Stroke::Plain,
            ),
            ("M6 3.5V6l1.75 1.25", Stroke::Plain),
        ],
    ),
    ("grip", 12, &[("M2 4.5h8M2 7.5h8", Stroke::Plain)]),
];

/// Puts the symbols beside those of the page.
pub fn add() {
    let known = document().get_element_by_id("mark");
    let Some(sheet) = known.and_then(|known| known.parent_element()) else {
        return;
    };
    for drawing in DRAWINGS {
        if let Some(symbol) = symbol(drawing) {
            let _ = sheet.append_child(&symbol);
        }
    }
}

fn symbol((id, side, lines): &Drawing) -> Option<Element> {
    let symbol = make("symbol")?;
    set(&symbol, "id", id);
    set(&symbol, "viewBox", &format!("0 0 {side} {side}"));
    for (path, stroke) in *lines {
        let line = make("path")?;
        set(&line, "d", path);
        match stroke {
            Stroke::Plain => {}
            Stroke::Dot(tenths) => {
                set(
                    &line,
                    "stroke-width",
                    &format!("{}.{}", tenths / 10, tenths % 10),
                );
                set(&line, "stroke-linecap", "round");
            }
            Stroke::Filled => set(&line, "fill", "currentColor"),
        }
        symbol.append_child(&line).ok()?;
    }
    Some(symbol)
}

fn make(name: &str) -> Option<Element> {
    document().create_element_ns(Some(SVG), name).ok()
}

fn set(element: &Element, name: &str, value: &str) {
    let _ = element.set_attribute(name, value);
}
