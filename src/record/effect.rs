//! The counts of what the input frame does, as they are stored: the row `effect` of the store `kv`.

use super::{Row, field};
use crate::guide::effect::{Effect, Tally};
use serde_json::Value;

/// The name of the row.
pub const NAME: &str = "effect";

const FIELDS: &[&str] = &["name", "rows"];

/// The counts in a row.
pub fn read(row: &Row) -> Effect {
    let rows = field::list(row, "rows").iter();
    Effect {
        rows: rows.filter_map(Value::as_object).map(tally).collect(),
    }
}

/// The row of the counts; `kept` is the row that it replaces, or an empty one.
pub fn write(effect: &Effect, kept: &Row) -> Row {
    let mut row = field::unknown(kept, FIELDS);
    row.insert("name".into(), NAME.into());
    field::put_list(
        &mut row,
        "rows",
        effect.rows.iter().map(write_tally).collect(),
    );
    row
}

fn tally(row: &Row) -> Tally {
    Tally {
        week: field::count(row, "week"),
        frame: field::text(row, "frame"),
        guided: field::flag(row, "guided"),
        sent: field::count(row, "sent"),
        covered: field::count(row, "covered"),
        slots: field::count(row, "slots"),
        followed: field::count(row, "followed"),
        corrected: field::count(row, "corrected"),
    }
}

fn write_tally(tally: &Tally) -> Value {
    let mut row = Row::new();
    field::put_text(&mut row, "frame", &tally.frame);
    field::put_flag(&mut row, "guided", tally.guided);
    for (name, count) in [
        ("week", tally.week),
        ("sent", tally.sent),
        ("covered", tally.covered),
        ("slots", tally.slots),
        ("followed", tally.followed),
        ("corrected", tally.corrected),
    ] {
        field::put_int(&mut row, name, count.into());
    }
    row.into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    prop_compose! {
        fn any_tally()(frame in "[a-z-]{0,12}", guided: bool, counts: [u32; 6]) -> Tally {
            let [week, sent, covered, slots, followed, corrected] = counts;
            Tally { week, frame, guided, sent, covered, slots, followed, corrected }
        }
    }

    proptest! {
        #[test]
        fn counts_come_back_as_they_were(rows in proptest::collection::vec(any_tally(), 0..5), future: i32) {
            let effect = Effect { rows };
            let mut kept = Row::new();
            kept.insert("future".into(), future.into());
            let row = write(&effect, &kept);
            prop_assert_eq!(&row["future"], &Value::from(future));
            prop_assert_eq!(read(&row), effect);
        }
    }
}
