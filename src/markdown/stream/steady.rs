//! Half-written syntax at the end, shown as if it were closed.

use super::super::Block;
use super::super::convert::Parsed;

pub fn read(_source: &str, _parsed: &Parsed) -> Option<Vec<Block>> {
    None
}
