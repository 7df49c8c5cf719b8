//! Counts per model, provider and week: how often replies end too early, how often the judge was wrong, what mended.

use super::{Case, Label};
use crate::watch::resume::Way;

/// How many replies a model gave in a week: what the cases are a part of.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Total {
    /// The host that was asked.
    pub provider: String,
    /// The model.
    pub model: String,
    /// The week, see [`week_of`].
    pub week: i64,
    /// Replies that ended, good ones and bad ones.
    pub replies: u32,
}

/// The figures of one model at one provider in one week, or over all weeks.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Figure {
    /// The host that was asked.
    pub provider: String,
    /// The model.
    pub model: String,
    /// The week; `None` for all of them.
    pub week: Option<i64>,
    /// Replies that ended. Never fewer than the cases.
    pub replies: u32,
    /// Replies that claimed to be complete and were not: confirmed, or suspected and not denied.
    pub premature: u32,
    /// Of these, the ones that the user confirmed.
    pub confirmed: u32,
    /// Suspicions that the user denied.
    pub false_alarms: u32,
    /// How many were mended by each way, in the order of [`Way::ALL`].
    pub mended: [u32; 3],
}

/// A share with its 95 % interval, each from 0 to 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rate {
    /// The share itself.
    pub share: f64,
    /// The lower border.
    pub low: f64,
    /// The upper border.
    pub high: f64,
}

impl Figure {
    /// The rate of premature ends; `None` without a reply.
    pub fn rate(&self) -> Option<Rate> {
        rate(self.premature, self.replies)
    }

    /// The share of suspicions that were false, among those that the user labelled; `None` where none was.
    pub fn false_rate(&self) -> Option<Rate> {
        rate(self.false_alarms, self.false_alarms + self.confirmed)
    }
}

/// The figures per provider, model and week, in that order; with `by_week` false one per provider and model.
/// `offset_minutes` is how far local time is ahead of UTC.
pub fn figures(
    cases: &[Case],
    totals: &[Total],
    by_week: bool,
    offset_minutes: i32,
) -> Vec<Figure> {
    let mut all: Vec<Figure> = Vec::new();
    for total in totals {
        let week = by_week.then_some(total.week);
        at(&mut all, &total.provider, &total.model, week).replies += total.replies;
    }
    for case in cases {
        let week = by_week.then(|| week_of(case.made, offset_minutes));
        let figure = at(&mut all, &case.provider, &case.model, week);
        figure.premature += u32::from(case.is_premature());
        figure.confirmed += u32::from(case.is_premature() && case.label == Label::Cut);
        figure.false_alarms += u32::from(case.label == Label::Complete);
        if let Some(mended) = &case.mended
            && let Some(nth) = Way::ALL.iter().position(|way| *way == mended.way)
        {
            figure.mended[nth] += 1;
        }
    }
    for figure in &mut all {
        figure.replies = figure.replies.max(figure.premature + figure.false_alarms);
    }
    all.sort_by(|a, b| (&a.provider, &a.model, a.week).cmp(&(&b.provider, &b.model, b.week)));
    all
}

fn at<'a>(
    all: &'a mut Vec<Figure>,
    provider: &str,
    model: &str,
    week: Option<i64>,
) -> &'a mut Figure {
    let found = all.iter().position(|figure| {
        figure.provider == provider && figure.model == model && figure.week == week
    });
    let nth = found.unwrap_or_else(|| {
        all.push(Figure {
            provider: provider.to_owned(),
            model: model.to_owned(),
            week,
            ..Figure::default()
        });
        all.len() - 1
    });
    &mut all[nth]
}

/// A share with its interval by Wilson's score, which stays between 0 and 1 and holds for few cases as well.
pub fn rate(hits: u32, all: u32) -> Option<Rate> {
    const Z: f64 = 1.959_963_984_540_054;
    if all == 0 {
        return None;
    }
    let (n, share) = (f64::from(all), f64::from(hits.min(all)) / f64::from(all));
    let scale = 1.0 + Z * Z / n;
    let middle = (share + Z * Z / (2.0 * n)) / scale;
    let half = Z * (share * (1.0 - share) / n + Z * Z / (4.0 * n * n)).sqrt() / scale;
    Some(Rate {
        share,
        low: (middle - half).clamp(0.0, share),
        high: (middle + half).clamp(share, 1.0),
    })
}

const DAY: i64 = 86_400_000;

/// The week of a time in milliseconds since 1970, in local time: weeks begin on Monday, the one of 1970-01-01 is 0.
pub fn week_of(time: i64, offset_minutes: i32) -> i64 {
    let day = (time + i64::from(offset_minutes) * 60_000).div_euclid(DAY);
    // 1970-01-01 was a Thursday.
    (day + 3).div_euclid(7)
}

/// The first millisecond of a week, in UTC where `offset_minutes` is 0.
pub fn week_start(week: i64, offset_minutes: i32) -> i64 {
    (week * 7 - 3) * DAY - i64::from(offset_minutes) * 60_000
}
