//! What the shipped weights must do. The figures that count are those of `cargo xtask train --report`.

use super::*;
