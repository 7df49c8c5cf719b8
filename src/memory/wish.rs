//! What the user wants of the memory, beside whether there is one.

use super::BUDGET;
use crate::record::{Row, field};

/// The name of its row in the store `kv`.
pub const NAME: &str = "memory";

const FIELDS: &[&str] = &["name", "second", "budget"];

/// What is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wish {
    /// Whether the connected model is asked about what is not clear.
    pub second: bool,
    /// Tokens that the memory may take of a request.
    pub budget: u32,
}

impl Default for Wish {
    fn default() -> Self {
        Self {
            second: false,
            budget: BUDGET,
        }
    }
}

impl Wish {
    /// The least and the most that the budget can be.
    pub const RANGE: (u32, u32) = (100, 600);

    /// What is wanted, from a row; what is missing or not understood is as by default.
    pub fn read(row: &Row) -> Self {
        let budget = row.get("budget").map_or(BUDGET, field::small);
        Self {
            second: field::flag(row, "second"),
            budget: budget.clamp(Self::RANGE.0, Self::RANGE.1),
        }
    }

    /// The row; `kept` is the one that it replaces, or an empty one.
    pub fn write(self, kept: &Row) -> Row {
        let mut row = field::unknown(kept, FIELDS);
        row.insert("name".into(), NAME.into());
        field::put_flag(&mut row, "second", self.second);
        row.insert("budget".into(), self.budget.into());
        row
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_is_read_back_and_nothing_is_wanted_by_default() {
        assert_eq!(Wish::read(&Row::new()), Wish::default());
        let wish = Wish {
            second: true,
            budget: 450,
        };
        assert_eq!(Wish::read(&wish.write(&Row::new())), wish);
        let far = Row::from_iter([("budget".to_owned(), 90_000.into())]);
        assert_eq!(Wish::read(&far).budget, 600);
    }
}
