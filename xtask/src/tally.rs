//! Counting what test runners report.

/// Passed and failed so far.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Tests that passed.
    pub passed: u64,
    /// Tests that failed.
    pub failed: u64,
}

impl Tally {
    /// Reads a line of a runner's output; lines that report nothing change nothing.
    ///
    /// Cargo's runner and wasm-bindgen's both end with `test result: ok. 3 passed; 0 failed; ...`.
    pub fn see(&mut self, line: &str) {
        let Some((_, result)) = line.split_once("test result: ") else {
            return;
        };
        let figure = |word: &str| {
            let mut words = result
                .split([' ', '.', ';'])
                .filter(|word| !word.is_empty())
                .peekable();
            while let Some(now) = words.next() {
                if words.peek() == Some(&word) {
                    return now.parse().unwrap_or(0);
                }
            }
            0
        };
        self.passed += figure("passed");
        self.failed += figure("failed");
    }

    /// Closes a step. A step that reports nothing counts as one, and one that fails without saying which
    /// test failed, as when it does not compile, counts as one failure.
    pub fn close(mut self, succeeded: bool) -> Self {
        if !succeeded && self.failed == 0 {
            self.failed = 1;
        } else if succeeded && self.passed + self.failed == 0 {
            self.passed = 1;
        }
        self
    }

    /// Both together.
    pub fn plus(self, other: Self) -> Self {
        Self {
            passed: self.passed + other.passed,
            failed: self.failed + other.failed,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Tally;

    #[test]
    fn counts() {
        let ok = "test result: ok. 12 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.1s";
        let bad = "test result: FAILED. 3 passed; 2 failed; 0 ignored; 0 filtered out";
        for (lines, succeeded, passed, failed) in [
            (vec![], true, 1, 0),
            (vec![], false, 0, 1),
            (vec![ok], true, 12, 0),
            (vec![ok, "noise", ok], true, 24, 0),
            (vec![ok, bad], false, 15, 2),
            (vec![ok], false, 12, 1),
            (vec!["7 passed"], true, 1, 0),
        ] {
            let mut tally = Tally::default();
            lines.iter().for_each(|line| tally.see(line));
            assert_eq!(
                tally.close(succeeded),
                Tally { passed, failed },
                "{lines:?}"
            );
        }
    }
}
