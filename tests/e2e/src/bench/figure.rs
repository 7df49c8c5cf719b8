//! A figure: its samples, what was promised, and whether that is kept.

/// How a figure is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// Milliseconds.
    Ms,
    /// Frames per second.
    Fps,
    /// A count.
    Count,
    /// A factor.
    Times,
    /// Thousands of 1,024 bytes.
    Kb,
    /// Millions of 1,048,576 bytes.
    Mb,
}

impl Unit {
    /// The name behind a number; empty for a count.
    pub fn name(self) -> &'static str {
        match self {
            Unit::Ms => "ms",
            Unit::Fps => "fps",
            Unit::Count => "",
            Unit::Times => "×",
            Unit::Kb => "KB",
            Unit::Mb => "MB",
        }
    }
}

/// What was promised.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Promise {
    /// Not more than this. With a floor, the one that the figure was measured against: on a slower machine not
    /// more than this many times the floor of the same run.
    AtMost(f64, Option<f64>),
    /// Not less than this; with a floor likewise.
    AtLeast(f64, Option<f64>),
    /// Not more than this, or than the floor of the same run.
    NoWorse(f64),
    /// Nothing: shown for whoever reads the others.
    Nothing,
}

/// Whether a promise is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// The figure is reached.
    Pass,
    /// The figure is not reached, the ratio to the floor is.
    PassByRatio,
    /// Neither.
    Miss,
    /// Nothing was promised.
    Open,
}

impl Verdict {
    /// In a word.
    pub fn name(self) -> &'static str {
        match self {
            Verdict::Pass => "pass",
            Verdict::PassByRatio => "pass, by ratio",
            Verdict::Miss => "MISS",
            Verdict::Open => "",
        }
    }
}

/// A row of the table.
#[derive(Clone, Debug)]
pub struct Figure {
    /// The promise, such as `P4`.
    pub id: &'static str,
    /// What is measured.
    pub what: String,
    /// In what.
    pub unit: Unit,
    /// What was promised.
    pub promise: Promise,
    /// Samples of the floor page; empty where it has no such figure.
    pub floor: Vec<f64>,
    /// Samples of the app, never empty.
    pub app: Vec<f64>,
}

impl Figure {
    /// The floor's figure.
    pub fn floor(&self) -> Option<f64> {
        median(&self.floor)
    }

    /// The app's figure.
    pub fn app(&self) -> Option<f64> {
        median(&self.app)
    }

    /// The app's figure as a part of the floor's.
    pub fn ratio(&self) -> Option<f64> {
        let floor = self.floor().filter(|floor| *floor > 0.0)?;
        Some(self.app()? / floor)
    }

    /// Whether the promise is kept. Figures count as they are shown, rounded.
    pub fn verdict(&self) -> Verdict {
        let Some(app) = self.app().map(rounded) else {
            return Verdict::Miss;
        };
        let by_ratio = |limit: f64, then: Option<f64>, most: bool| {
            let (Some(ratio), Some(then)) = (self.ratio(), then) else {
                return Verdict::Miss;
            };
            let kept = if most {
                ratio <= limit / then
            } else {
                ratio >= limit / then
            };
            if kept {
                Verdict::PassByRatio
            } else {
                Verdict::Miss
            }
        };
        match self.promise {
            Promise::Nothing => Verdict::Open,
            Promise::AtMost(limit, _) if app <= limit => Verdict::Pass,
            Promise::AtMost(limit, then) => by_ratio(limit, then, true),
            Promise::AtLeast(limit, _) if app >= limit => Verdict::Pass,
            Promise::AtLeast(limit, then) => by_ratio(limit, then, false),
            Promise::NoWorse(limit) if app <= limit => Verdict::Pass,
            Promise::NoWorse(_) => by_ratio(1.0, Some(1.0), true),
        }
    }
}

/// A number as it is shown: three digits, or all before the point.
pub fn rounded(value: f64) -> f64 {
    let scale = 10f64.powi(digits(value).into());
    (value * scale).round() / scale
}

/// Digits behind the point.
pub fn digits(value: f64) -> u8 {
    match value.abs() {
        size if size >= 99.5 => 0,
        size if size >= 1.0 => 1,
        _ => 2,
    }
}

/// The middle one of some samples, or what lies between the two in the middle; `None` where there is none.
pub fn median(samples: &[f64]) -> Option<f64> {
    let mut sorted = samples.to_vec();
    sorted.sort_by(f64::total_cmp);
    let half = sorted.len() / 2;
    match sorted.len() % 2 {
        1 => sorted.get(half).copied(),
        _ => Some((sorted.get(half.checked_sub(1)?)? + sorted.get(half)?) / 2.0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn medians() {
        for (samples, expected) in [
            (&[][..], None),
            (&[4.0], Some(4.0)),
            (&[9.0, 1.0], Some(5.0)),
            (&[9.0, 1.0, 2.0], Some(2.0)),
            (&[1.0, 100.0, 3.0, 2.0], Some(2.5)),
        ] {
            assert_eq!(median(samples), expected, "{samples:?}");
        }
    }

    #[test]
    fn rounding() {
        for (value, expected) in [
            (0.0, 0.0),
            (0.456, 0.46),
            (6.04, 6.0),
            (6.06, 6.1),
            (99.6, 100.0),
            (812.4, 812.0),
        ] {
            assert_eq!(rounded(value), expected, "{value}");
        }
    }

    #[test]
    fn verdicts() {
        use Promise::{AtLeast, AtMost, NoWorse, Nothing};
        use Verdict::{Miss, Open, Pass, PassByRatio};
        for (promise, floor, app, expected) in [
            (AtMost(6.0, Some(3.0)), Some(3.0), 6.04, Pass),
            (AtMost(6.0, Some(3.0)), Some(9.0), 17.0, PassByRatio),
            (AtMost(6.0, Some(3.0)), Some(9.0), 19.0, Miss),
            (AtMost(6.0, Some(3.0)), None, 7.0, Miss),
            (AtMost(6.0, None), Some(9.0), 7.0, Miss),
            (AtMost(6.0, Some(3.0)), Some(0.0), 7.0, Miss),
            (AtLeast(58.0, Some(60.0)), Some(60.0), 58.5, Pass),
            (AtLeast(58.0, Some(60.0)), Some(40.0), 39.0, PassByRatio),
            (AtLeast(58.0, Some(60.0)), Some(40.0), 38.0, Miss),
            (NoWorse(0.0), Some(3.0), 0.0, Pass),
            (NoWorse(0.0), Some(3.0), 3.0, PassByRatio),
            (NoWorse(0.0), Some(3.0), 4.0, Miss),
            (NoWorse(0.0), None, 1.0, Miss),
            (Nothing, None, 1.0, Open),
        ] {
            let figure = Figure {
                id: "P4",
                what: String::new(),
                unit: Unit::Ms,
                promise,
                floor: floor.into_iter().collect(),
                app: vec![app],
            };
            assert_eq!(figure.verdict(), expected, "{promise:?} {floor:?} {app}");
        }
    }

    #[test]
    fn what_was_not_measured_is_missed() {
        let figure = Figure {
            id: "P4",
            what: String::new(),
            unit: Unit::Ms,
            promise: Promise::AtMost(1.0, None),
            floor: vec![1.0],
            app: Vec::new(),
        };
        assert_eq!(figure.verdict(), Verdict::Miss);
        assert_eq!(figure.ratio(), None);
    }
}
