//! `cargo xtask bench`.

use crate::run::{cargo, succeeds};
use crate::{browsers, build, test};

pub const HELP: &str = "\
cargo xtask bench [--only P4,P7] [--json FILE] [--quick]

Makes the release build and measures its promises of speed, P1 to P11, in a real Chromium beside a floor page
in the same run; prints a table. A promise is kept where its figure is reached, or where the ratio to the floor
is. Takes about 8 minutes after the build. A miss is no error; what could not be measured is one.

  --only IDS    only these promises, separated by commas
  --json FILE   also writes the figures, every sample included, into a file
  --quick       everything once, and the search over a tenth of the messages; for a first look";

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
