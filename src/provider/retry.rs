//! How long a server asks to wait before another try.

use crate::text::decimal;

/// Most seconds of waiting that are believed.
pub const DAY: f64 = 86_400.0;

/// Seconds to wait from `now`, milliseconds since 1970, as a `Retry-After` header says it: in seconds, or by a date
/// in any of the three forms of HTTP, which all mean UTC. At most a day; `None` where it is neither, or past.
pub fn retry_after(header: &str, now: i64) -> Option<u32> {
    let header = header.trim();
    if let Some(seconds) = decimal(header) {
        return (seconds >= 0.0).then(|| seconds.ceil().min(DAY) as u32);
    }
    let left = date(header)?.checked_mul(1000)?.checked_sub(now)?;
    (left > 0).then(|| (left as f64 / 1000.0).ceil().min(DAY) as u32)
}

/// Seconds since 1970 of `Sun, 06 Nov 1994 08:49:37 GMT`, `Sunday, 06-Nov-94 08:49:37 GMT` or
/// `Sun Nov  6 08:49:37 1994`.
fn date(text: &str) -> Option<i64> {
    const MONTHS: &str = "JanFebMarAprMayJunJulAugSepOctNovDec";
    let mut words = text
        .split([' ', ',', '-'])
        .filter(|word| !word.is_empty())
        .skip(1);
    let (first, second, third, fourth) =
        (words.next()?, words.next()?, words.next()?, words.next()?);
    let (day, month, year, time) = match first.as_bytes()[0].is_ascii_digit() {
        true => (first, second, third, fourth),
        false => (second, first, fourth, third),
    };
    let month = MONTHS.find(month.get(..3)?).filter(|at| at % 3 == 0)? as i64 / 3 + 1;
    let day = day
        .parse::<i64>()
        .ok()
        .filter(|day| (1..=31).contains(day))?;
    let year = match (year.len(), year.parse::<i64>().ok()?) {
        (2, year @ 0..70) => 2000 + year,
        (2, year @ 70..) => 1900 + year,
        (4, year @ 1970..) => year,
        _ => return None,
    };
    let mut seconds = 0;
    let mut parts = time.split(':');
    for most in [23, 59, 60] {
        let part = parts.next()?.parse::<i64>().ok();
        seconds = seconds * 60 + part.filter(|part| (0..=most).contains(part))?;
    }
    // Days from the first of March of a year in which a leap day comes last.
    let (year, month) = match month {
        1 | 2 => (year - 1, month + 9),
        _ => (year, month - 3),
    };
    let days = year * 365 + year / 4 - year / 100 + year / 400 + (month * 153 + 2) / 5 + day - 1;
    Some((days - 719_468) * 86_400 + seconds)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waiting_by_header() {
        let now = 784_111_777_000; // Sun, 06 Nov 1994 08:49:37 UTC
        for (header, seconds) in [
            ("3", Some(3)),
            (" 0.5 ", Some(1)),
            ("0", Some(0)),
            ("99999999999", Some(86_400)),
            ("-5", None),
            ("", None),
            ("soon", None),
            ("Sun, 06 Nov 1994 08:49:40 GMT", Some(3)),
            ("Sunday, 06-Nov-94 08:50:37 GMT", Some(60)),
            ("Sun Nov  6 08:49:38 1994", Some(1)),
            ("Mon, 07 Nov 1994 00:00:00 GMT", Some(54_623)),
            ("Wed, 01 Mar 2000 00:00:00 GMT", Some(86_400)),
            ("Sun, 06 Nov 1994 08:49:36 GMT", None),
            ("Sun, 06 Foo 1994 08:49:40 GMT", None),
            ("Sun, 06 Nov 1994 25:49:40 GMT", None),
            ("Sun, 06 Nov 1994", None),
            ("星期日, 06 十一月 1994 08:49:40 GMT", None),
            ("Sun, 06 Nov 9223372036854775807 08:49:40 GMT", None),
        ] {
            assert_eq!(retry_after(header, now), seconds, "{header}");
        }
        for (text, seconds) in [
            ("Thu, 01 Jan 1970 00:00:00 GMT", 0),
            ("Tue, 29 Feb 2000 12:00:00 GMT", 951_825_600),
            ("Fri, 31 Dec 2027 23:59:59 GMT", 1_830_297_599),
            ("Mon, 01 Mar 2100 00:00:00 GMT", 4_107_542_400),
        ] {
            assert_eq!(date(text), Some(seconds), "{text}");
        }
    }
}
