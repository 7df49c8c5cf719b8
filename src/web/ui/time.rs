//! Dates, times and counts in the reader's language, by the browser's `Intl`.

use crate::i18n::Lang;
use js_sys::{Array, Date, Function, Intl, Object, Reflect};
use std::cell::RefCell;
use wasm_bindgen::{JsCast, JsValue};

/// The time of day, 21:04.
pub fn clock(lang: Lang, ms: i64) -> String {
    format(
        lang,
        ms,
        &[
            ("hour", "2-digit"),
            ("minute", "2-digit"),
            ("hourCycle", "h23"),
        ],
    )
}

/// For the list: the time today, the weekday this week, else the date.
pub fn short(lang: Lang, ms: i64) -> String {
    match group(ms) {
        Group::Today | Group::Yesterday => clock(lang, ms),
        Group::Week => format(lang, ms, &[("weekday", "short")]),
        Group::Month(..) => day(lang, ms),
    }
}

/// When a message was written: the time, and the day where that is not today.
pub fn when(lang: Lang, ms: i64) -> String {
    match group(ms) {
        Group::Today => clock(lang, ms),
        _ => format!("{} {}", day(lang, ms), clock(lang, ms)),
    }
}

/// A day such as 2026-11-28 in the reader's words.
pub fn date(lang: Lang, day: &str) -> String {
    let mut parts = day.split('-').map(|part| part.parse().unwrap_or(1));
    let mut next = || parts.next().unwrap_or(1i32);
    let (year, month, of_month) = (next(), next(), next());
    let then = Date::new_with_year_month_day(year as u32, month - 1, of_month);
    self::day(lang, then.get_time() as i64)
}

/// For a log: today by its name, a day of this week by the weekday, else the date.
pub fn day_name(lang: Lang, ms: i64) -> String {
    match group(ms) {
        Group::Today => lang.strings().shell.today.to_owned(),
        Group::Yesterday => lang.strings().shell.yesterday.to_owned(),
        Group::Week => format(lang, ms, &[("weekday", "short")]),
        Group::Month(..) => day(lang, ms),
    }
}

/// 11-20, Nov 20.
pub fn day(lang: Lang, ms: i64) -> String {
    let then = Date::new(&(ms as f64).into());
    match lang {
        Lang::Zh => format!("{:02}-{:02}", then.get_month() + 1, then.get_date()),
        Lang::En => format(lang, ms, &[("month", "short"), ("day", "numeric")]),
    }
}

/// A date, with its year where that is another than this one: 11 月 18 日, Nov 18.
pub fn date_of(lang: Lang, ms: i64) -> String {
    let then = Date::new(&(ms as f64).into());
    let (year, month, day) = (then.get_full_year(), then.get_month() + 1, then.get_date());
    let this_year = year == Date::new_0().get_full_year();
    match (lang, this_year) {
        (Lang::Zh, true) => format!("{month} 月 {day} 日"),
        (Lang::Zh, false) => format!("{year} 年 {month} 月 {day} 日"),
        (Lang::En, true) => format(lang, ms, &[("month", "short"), ("day", "numeric")]),
        (Lang::En, false) => format(
            lang,
            ms,
            &[("year", "numeric"), ("month", "short"), ("day", "numeric")],
        ),
    }
}

/// A date in figures, for a column: 11-18, and 2025-03-12 of another year.
pub fn figures(ms: i64) -> String {
    let then = Date::new(&(ms as f64).into());
    let day = format!("{:02}-{:02}", then.get_month() + 1, then.get_date());
    match then.get_full_year() == Date::new_0().get_full_year() {
        true => day,
        false => format!("{}-{day}", then.get_full_year()),
    }
}

/// A date as a date field has it: 2026-11-18.
pub fn field(ms: i64) -> String {
    let then = Date::new(&(ms as f64).into());
    format!(
        "{:04}-{:02}-{:02}",
        then.get_full_year(),
        then.get_month() + 1,
        then.get_date()
    )
}

/// The last millisecond of the day in a date field; `None` where there is none.
pub fn end_of(field: &str) -> Option<i64> {
    let end = Date::new(&[field, "T23:59:59.999"].concat().into()).get_time();
    end.is_finite().then_some(end as i64)
}

/// Minutes by which the user's clock is east of UTC.
pub fn offset() -> i32 {
    -(Date::new_0().get_timezone_offset() as i32)
}

/// Under which heading of the list a time falls.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Group {
    /// Today.
    Today,
    /// Yesterday.
    Yesterday,
    /// One of the six days before.
    Week,
    /// A month of a year.
    Month(u32, u32),
}

/// The heading of a time.
pub fn group(ms: i64) -> Group {
    let then = Date::new(&(ms as f64).into());
    let midnight = Date::new_0();
    midnight.set_hours(0);
    midnight.set_minutes(0);
    midnight.set_seconds(0);
    midnight.set_milliseconds(0);
    let days = ((midnight.get_time() - ms as f64) / 86_400_000.0).ceil();
    match days {
        d if d <= 0.0 => Group::Today,
        d if d <= 1.0 => Group::Yesterday,
        d if d <= 6.0 => Group::Week,
        _ => Group::Month(then.get_full_year(), then.get_month()),
    }
}

/// The words of a month's heading.
pub fn month(lang: Lang, ms: i64) -> String {
    let then = Date::new(&(ms as f64).into());
    match then.get_full_year() == Date::new_0().get_full_year() {
        true => format(lang, ms, &[("month", "long")]),
        false => format(lang, ms, &[("year", "numeric"), ("month", "long")]),
    }
}

/// The first day of a week that is counted from 1970.
pub fn day_of_week(lang: Lang, week: u32) -> String {
    day(lang, i64::from(week) * 7 * 86_400_000)
}

/// A count with the language's separators.
pub fn count(lang: Lang, n: u64) -> String {
    let locales = Array::of1(&lang.tag().into());
    let format = Intl::NumberFormat::new(&locales, &Object::new());
    let text = format
        .format()
        .call1(&JsValue::UNDEFINED, &(n as f64).into());
    text.ok()
        .and_then(|text| text.as_string())
        .unwrap_or_else(|| n.to_string())
}

/// Bytes, as 48.2 MB.
pub fn bytes(n: f64) -> String {
    const UNITS: [&str; 4] = ["KB", "MB", "GB", "TB"];
    let mut amount = n / 1024.0;
    let mut unit = 0;
    while amount >= 1000.0 && unit + 1 < UNITS.len() {
        amount /= 1024.0;
        unit += 1;
    }
    format!("{} {}", tenths((amount * 1000.0) as u32), UNITS[unit])
}

/// Thousandths as a number with one digit behind the point, as 1.2 for 1234. In whole numbers, since
/// formatting fractions brings tables into the first load.
pub fn tenths(thousandths: u32) -> String {
    let tenths = thousandths.saturating_add(50) / 100;
    format!("{}.{}", tenths / 10, tenths % 10)
}

/// What a date shows of itself, in the names of `Intl.DateTimeFormat`.
type Parts = &'static [(&'static str, &'static str)];

thread_local! {
    /// The formats made so far: making one takes longer than twenty uses of it.
    static FORMATS: RefCell<Vec<(Lang, Parts, Function)>> = const { RefCell::new(Vec::new()) };
}

fn format(lang: Lang, ms: i64, parts: Parts) -> String {
    let format = FORMATS.with_borrow_mut(|formats| {
        let known = formats.iter().find(|(l, p, _)| *l == lang && *p == parts);
        if let Some((_, _, format)) = known {
            return format.clone();
        }
        let options = Object::new();
        for (name, value) in parts {
            let _ = Reflect::set(&options, &(*name).into(), &(*value).into());
        }
        let locales = Array::of1(&lang.tag().into());
        let format: Function = Intl::DateTimeFormat::new(&locales, &options)
            .format()
            .unchecked_into();
        formats.push((lang, parts, format.clone()));
        format
    });
    let text = format.call1(&JsValue::UNDEFINED, &(ms as f64).into());
    text.ok()
        .and_then(|text| text.as_string())
        .unwrap_or_default()
}
