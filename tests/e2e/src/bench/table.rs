//! The figures as a table and as JSON.

use super::figure::{Figure, Promise, Unit, digits};
use serde_json::{Value, json};

const HEAD: [&str; 7] = ["id", "what", "floor", "app", "ratio", "promise", ""];

/// The table, a line per figure, in columns.
pub fn text(figures: &[Figure]) -> String {
    let rows = figures.iter().map(cells);
    let all: Vec<[String; 7]> = std::iter::once(HEAD.map(str::to_owned))
        .chain(rows)
        .collect();
    let width = |column: usize| {
        let widths = all.iter().map(|row| row[column].chars().count());
        widths.max().unwrap_or(0)
    };
    let widths: Vec<usize> = (0..HEAD.len()).map(width).collect();
    let mut text = String::new();
    for row in &all {
        let mut line = String::new();
        for (column, cell) in row.iter().enumerate() {
            let room = " ".repeat(widths[column] - cell.chars().count());
            // Numbers end where the others of their column end.
            match column {
                2..=4 => line.extend([room.as_str(), cell, "  "]),
                _ => line.extend([cell, room.as_str(), "  "]),
            }
        }
        text.push_str(line.trim_end());
        text.push('\n');
    }
    text
}

/// Everything, for programs: every sample, and what could not be measured.
pub fn json(figures: &[Figure], failures: &[String]) -> Value {
    let rows = figures.iter().map(|figure| {
        json!({
            "id": figure.id, "what": figure.what, "unit": figure.unit.name(), "promise": promise(figure),
            "floor": figure.floor(), "app": figure.app(), "ratio": figure.ratio(),
            "verdict": figure.verdict().name(), "floor_samples": figure.floor, "app_samples": figure.app,
        })
    });
    json!({ "figures": rows.collect::<Vec<_>>(), "not_measured": failures })
}

fn cells(figure: &Figure) -> [String; 7] {
    let number = |value: Option<f64>| value.map(|value| with_unit(value, figure.unit));
    let ratio = figure.ratio().map(|ratio| format!("{ratio:.1}"));
    [
        figure.id.to_owned(),
        figure.what.clone(),
        number(figure.floor()).unwrap_or_else(|| "-".to_owned()),
        number(figure.app()).unwrap_or_else(|| "-".to_owned()),
        ratio.unwrap_or_else(|| "-".to_owned()),
        promise(figure),
        figure.verdict().name().to_owned(),
    ]
}

fn promise(figure: &Figure) -> String {
    let or_ratio = |limit: f64, then: Option<f64>| {
        let ratio = then.map(|then| format!(", or {:.1} × floor", limit / then));
        format!("{}{}", plain(limit, figure.unit), ratio.unwrap_or_default())
    };
    match figure.promise {
        Promise::AtMost(limit, then) => format!("≤ {}", or_ratio(limit, then)),
        Promise::AtLeast(limit, then) => format!("≥ {}", or_ratio(limit, then)),
        Promise::NoWorse(limit) => format!("≤ {}, or as the floor", plain(limit, figure.unit)),
        Promise::Nothing => String::new(),
    }
}

fn with_unit(value: f64, unit: Unit) -> String {
    let digits = usize::from(if unit == Unit::Count {
        0
    } else {
        digits(value)
    });
    format!("{value:.digits$} {}", unit.name())
        .trim_end()
        .to_owned()
}

/// A limit, as it was written down.
fn plain(value: f64, unit: Unit) -> String {
    format!("{value} {}", unit.name()).trim_end().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn figures() -> Vec<Figure> {
        vec![
            Figure {
                id: "P4",
                what: "CPU per frame".to_owned(),
                unit: Unit::Ms,
                promise: Promise::AtMost(6.0, Some(3.0)),
                floor: vec![3.0, 2.0, 100.0],
                app: vec![8.0],
            },
            Figure {
                id: "P10",
                what: "冷".to_owned(),
                unit: Unit::Count,
                promise: Promise::NoWorse(0.0),
                floor: Vec::new(),
                app: vec![120.0],
            },
        ]
    }

    #[test]
    fn columns() {
        let expected = "\
id   what            floor     app  ratio  promise
P4   CPU per frame  3.0 ms  8.0 ms    2.7  ≤ 6 ms, or 2.0 × floor  MISS
P10  冷                   -     120      -  ≤ 0, or as the floor    MISS
";
        assert_eq!(text(&figures()), expected);
    }

    #[test]
    fn for_programs() {
        let value = json(&figures(), &["P1: no page".to_owned()]);
        let at = |path: &str| value.pointer(path).cloned().unwrap_or_default();
        for (path, expected) in [
            ("/figures/0/floor", json!(3.0)),
            ("/figures/0/floor_samples", json!([3.0, 2.0, 100.0])),
            ("/figures/0/verdict", json!("MISS")),
            ("/figures/1/ratio", Value::Null),
            ("/not_measured/0", json!("P1: no page")),
        ] {
            assert_eq!(at(path), expected, "{path}");
        }
    }
}
