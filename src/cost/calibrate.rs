//! The token estimate of a model, fitted to what its provider reports.
//!
//! Tokenizers differ most in what a 汉字 weighs: from half a token to one and a half. So 汉字 and other text
//! have a weight each, a message has one for its frame, and a request one for what the provider puts before it.
//! The fit is a small least-squares problem over the last reports, held to the plain estimate where they say
//! nothing: after Chinese only, the weight of English is still the plain one.

use crate::reply::{Reply, Usage};
use crate::text::between;
use crate::tokens::{Measure, Weights};

/// Reports that are kept of a model.
pub const KEPT: usize = 24;

/// How many tokens a provider counted in a text that was measured here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Report {
    /// The text; without messages where it is a reply.
    pub measure: Measure,
    /// What the provider counted.
    pub tokens: u64,
}

impl Report {
    /// What an ended reply tells: about the request, and about its own text where reasoning can be told
    /// from it. Counts that no tokenizer could have made are left aside: they are of something else.
    pub fn of(reply: &Reply, usage: Usage, sent: Measure) -> impl Iterator<Item = Self> {
        let answer = usage.output.saturating_sub(usage.reasoning);
        let told_apart = reply.reasoning.is_empty() || usage.reasoning > 0;
        let plain = reply.tools.is_empty() && reply.garbled == 0 && told_apart;
        let request = Some((sent, usage.input));
        let text = plain.then(|| (Measure::of(&reply.text), answer));
        request
            .into_iter()
            .chain(text)
            .map(|(measure, tokens)| Self { measure, tokens })
            .filter(|report| report.is_believable())
    }

    fn is_believable(&self) -> bool {
        let plain = u64::from(self.measure.tokens(Weights::default()));
        let room = match self.measure.turns {
            0 => 0,
            _ => BASE_MOST,
        };
        plain >= 8 && self.tokens >= plain / 5 && self.tokens <= plain * 5 + room
    }
}

/// Adds a report to those that are kept, oldest first.
pub fn keep(reports: &mut Vec<Report>, new: Report) {
    reports.push(new);
    let old = reports.len().saturating_sub(KEPT);
    reports.drain(..old);
}

/// The most tokens that a provider is believed to put before a request.
const BASE_MOST: u64 = 4000;
/// How many unknowns there are: 汉字, other text, a message, a request.
const N: usize = 4;
/// What they are where nothing was reported.
const PLAIN: [f64; N] = [1.0, 1.0, 4.0, 0.0];
/// How firmly each is held there, against a report that is all about it.
const HOLD: [f64; N] = [0.12, 0.12, 0.005, 0.000_1];
/// Their bounds.
const BOUNDS: [(f64, f64); N] = [(0.3, 4.0), (0.3, 4.0), (0.0, 64.0), (0.0, BASE_MOST as f64)];
/// How much less each report counts than the one after it.
const FADE: f64 = 0.93;

/// The weights that fit the reports of a model, oldest first.
pub fn fit(reports: &[Report]) -> Weights {
    let mut matrix = [[0.0; N + 1]; N];
    for (row, held) in HOLD.into_iter().enumerate() {
        matrix[row][row] = held;
        matrix[row][N] = held * PLAIN[row];
    }
    let mut trust = 1.0;
    for report in reports.iter().rev() {
        let Some(parts) = parts(report) else { continue };
        for row in 0..N {
            for column in 0..N {
                matrix[row][column] += trust * parts[row] * parts[column];
            }
            matrix[row][N] += trust * parts[row];
        }
        trust *= FADE;
    }
    let mut fitted = solve(matrix);
    for (value, (least, most)) in fitted.iter_mut().zip(BOUNDS) {
        *value = between(*value, least, most);
    }
    let thousandths = |value: f64| (value * 1000.0 + 0.5) as u32;
    Weights {
        han: thousandths(fitted[0]),
        other: thousandths(fitted[1]),
        turn: thousandths(fitted[2]),
        base: thousandths(fitted[3]),
    }
}

/// What a report is about, as shares of what was counted, so that it asks for the sum 1 and a long text
/// counts no more than a short one.
fn parts(report: &Report) -> Option<[f64; N]> {
    let tokens = report.tokens as f64;
    let turns = f64::from(report.measure.turns);
    let shares = [
        report.measure.han as f64 / 12.0,
        report.measure.other as f64 / 12.0,
        turns,
        turns.min(1.0),
    ];
    (report.tokens > 0).then(|| shares.map(|share| share / tokens))
}

/// Gauss's elimination. The matrix has a positive diagonal and is symmetric, so no pivot is zero.
fn solve(mut matrix: [[f64; N + 1]; N]) -> [f64; N] {
    for pivot in 0..N {
        for row in pivot + 1..N {
            let factor = matrix[row][pivot] / matrix[pivot][pivot];
            let above = matrix[pivot];
            for (value, above) in matrix[row].iter_mut().zip(above) {
                *value -= factor * above;
            }
        }
    }
    let mut solved = [0.0; N];
    for row in (0..N).rev() {
        let known: f64 = (row + 1..N)
            .map(|column| matrix[row][column] * solved[column])
            .sum();
        solved[row] = (matrix[row][N] - known) / matrix[row][row];
    }
    solved
}
