//! When a limited time is over, on the user's calendar.

use super::Duration;

const MINUTE: i64 = 60_000;
const DAY: i64 = 24 * 60 * MINUTE;

/// The last millisecond of a duration that begins now; `None` for a lasting one.
///
/// `offset` is the user's clock in minutes east of UTC. A week ends on Sunday.
pub fn until(duration: Duration, now: i64, offset: i32) -> Option<i64> {
    let shift = i64::from(offset) * MINUTE;
    let day = now.saturating_add(shift).div_euclid(DAY);
    // 1970 began on a Thursday.
    let last = match duration {
        Duration::Lasting => return None,
        Duration::Today => day,
        Duration::Week => day + 6 - (day + 3).rem_euclid(7),
        Duration::Month => last_of_month(day),
        Duration::Days(days) => day + i64::from(days),
    };
    Some((last + 1) * DAY - 1 - shift)
}

/// The last day of the month that a day is in, both counted from 1970 (the calendar of Howard Hinnant's
/// `civil_from_days`, where a year begins in March so that the leap day is its last).
fn last_of_month(day: i64) -> i64 {
    let day_of_era = (day + 719_468).rem_euclid(146_097);
    let year_of_era =
        (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month = (5 * day_of_year + 2) / 153;
    // From March, months have a fixed first day; February ends with the year.
    if month < 11 {
        let next = (153 * (month + 1) + 2) / 5;
        return day + next - 1 - day_of_year;
    }
    let year = year_of_era + 1;
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    day + 364 + i64::from(leap) - day_of_year
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ends() {
        // Days since 1970: 2026-11-25 is 20782, a Wednesday.
        let day = 20_782;
        for (duration, from, last) in [
            (Duration::Today, day, day),
            (Duration::Week, day, 20_786),
            (Duration::Week, 20_786, 20_786),
            (Duration::Month, day, 20_787),
            (Duration::Days(3), day, 20_785),
            // February of 2024, 2023 and 2000; December and January.
            (Duration::Month, 19_760, 19_782),
            (Duration::Month, 19_389, 19_416),
            (Duration::Month, 10_990, 11_016),
            (Duration::Month, 20_788, 20_818),
            (Duration::Month, 20_819, 20_849),
        ] {
            for offset in [-300, 0, 480] {
                let shift = i64::from(offset) * MINUTE;
                let now = from * DAY + 5 * 60 * MINUTE - shift;
                let end = until(duration, now, offset);
                assert_eq!(
                    end,
                    Some((last + 1) * DAY - 1 - shift),
                    "{duration:?} {from}"
                );
            }
        }
        assert_eq!(until(Duration::Lasting, 0, 0), None);
    }
}
