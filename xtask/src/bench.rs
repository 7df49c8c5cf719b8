//! `cargo xtask bench`.

use crate::run::{cargo, succeeds};
use crate::{browsers, build, test};

pub const HELP: &str = "\
cargo xtask bench [ARGUMENTS]

Makes the release build and measures it in a real Chromium against a floor page in the same run; prints a
table of ratios. Arguments are handed on; `cargo xtask bench -- --help` asks the bench itself.";

pub fn main(arguments: &[String]) -> Result<(), String> {
    let browsers = browsers::ready()?;
    let dist = build::release()?;
    let mut bench = cargo();
    bench.args(["run", "--quiet", "--package", "e2e", "--bin", "bench", "--"]);
    bench.args(arguments.iter().filter(|word| *word != "--"));
    test::describe(&mut bench, &browsers, &dist);
    if succeeds(&mut bench)? {
        Ok(())
    } else {
        Err("The bench ended with an error; it is shown above.".to_owned())
    }
}
