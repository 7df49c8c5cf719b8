//! The command line of the bench.

use std::path::PathBuf;

/// What `--help` prints.
pub const HELP: &str = "\
bench [--only P4,P7] [--json FILE] [--quick]

Measures the promises of speed, P1 to P11, in a real Chromium beside a floor page in the same run.

  --only IDS    only these promises, separated by commas
  --json FILE   also writes the figures, every sample included, into a file
  --quick       everything once, and the search over a tenth of the messages; for a first look";

/// What is asked for.
#[derive(Debug, Default, PartialEq)]
pub struct Options {
    /// The promises, all where there is none.
    pub only: Vec<String>,
    /// Where the figures are written.
    pub json: Option<PathBuf>,
    /// Whether one sample is enough.
    pub quick: bool,
}

impl Options {
    /// Reads the words of a command line; `None` where help is asked for.
    ///
    /// # Errors
    /// A sentence about the first word that is not understood.
    pub fn read(words: &[String]) -> Result<Option<Self>, String> {
        let mut options = Self::default();
        let mut words = words.iter();
        while let Some(word) = words.next() {
            let mut value = || {
                let next = words.next().filter(|next| !next.starts_with('-'));
                next.ok_or_else(|| format!("`{word}` needs a value; see --help."))
            };
            match word.as_str() {
                "--help" | "-h" => return Ok(None),
                "--quick" => options.quick = true,
                "--json" => options.json = Some(value()?.into()),
                "--only" => {
                    for id in value()?.split(',') {
                        options.only.push(known(id.trim())?);
                    }
                }
                _ => return Err(format!("`bench` does not know `{word}`; see --help.")),
            }
        }
        Ok(Some(options))
    }

    /// Whether this promise is asked for.
    pub fn wants(&self, id: &str) -> bool {
        self.only.is_empty() || self.only.iter().any(|one| one == id)
    }

    /// Whether one of these promises is asked for.
    pub fn wants_any(&self, ids: &[&str]) -> bool {
        ids.iter().any(|id| self.wants(id))
    }

    /// How often something is measured that is worth so many samples.
    pub fn times(&self, samples: usize) -> usize {
        if self.quick { 1 } else { samples }
    }
}

fn known(id: &str) -> Result<String, String> {
    let id = id.to_ascii_uppercase();
    let all = super::PARTS.iter().flat_map(|part| part.ids);
    match all.into_iter().any(|known| *known == id) {
        true => Ok(id),
        false => Err(format!("There is no promise {id:?}; they are P1 to P11.")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words() {
        let read = |line: &str| {
            let words: Vec<String> = line.split_whitespace().map(str::to_owned).collect();
            Options::read(&words).ok()
        };
        let only = |ids: &[&str]| Options {
            only: ids.iter().map(|id| (*id).to_owned()).collect(),
            ..Options::default()
        };
        let all = Options {
            only: vec!["P10".into()],
            json: Some("out.json".into()),
            quick: true,
        };
        for (line, expected) in [
            ("", Some(Some(Options::default()))),
            ("--only P4,p7", Some(Some(only(&["P4", "P7"])))),
            ("--only P10 --json out.json --quick", Some(Some(all))),
            ("--quick --help", Some(None)),
            ("--only", None),
            ("--only --quick", None),
            ("--only P12", None),
            ("P4", None),
        ] {
            assert_eq!(read(line), expected, "{line:?}");
        }
    }

    #[test]
    fn what_is_wanted() {
        let some = Options {
            only: vec!["P1".into()],
            ..Options::default()
        };
        assert!(some.wants("P1") && !some.wants("P10") && !some.wants_any(&["P2", "P3"]));
        assert!(some.wants_any(&["P2", "P1"]) && Options::default().wants("P3"));
    }
}
