//! Amounts as people read and write them, in whole numbers: formatting fractions brings tables into the first load.

use super::{Currency, Money};

/// Billionths of a unit.
const UNIT: u64 = 1_000_000_000;

/// An amount with its sign, as precise as its size asks for: ¥12.30, ¥0.042, ¥0.0056; less than a
/// ten-thousandth is told as such, and nothing is ¥0.
pub fn amount(money: Money) -> String {
    let sign = money.currency.sign();
    match money.nano {
        0 => format!("{sign}0"),
        nano if nano < 50_000 => format!("<{sign}0.0001"),
        nano if nano < 10_000_000 => with_digits(sign, nano, 4),
        nano if nano < UNIT => with_digits(sign, nano, 3),
        nano => with_digits(sign, nano, 2),
    }
}

/// A price per million tokens without its sign, for a field: 0.27, 12, 0.0375. All of its digits, and no more.
pub fn per_million(micro: u64) -> String {
    let (whole, rest) = (micro / 1_000_000, micro % 1_000_000);
    let digits = format!("{rest:06}");
    match digits.trim_end_matches('0') {
        "" => whole.to_string(),
        digits => format!("{whole}.{digits}"),
    }
}

/// What a person wrote into a field for a price or an amount, in millionths; a comma is taken for a point.
/// `None` where it is no number from 0 to a million.
pub fn read_amount(text: &str) -> Option<u64> {
    let text = text
        .trim()
        .trim_start_matches(['$', '¥', '￥', '€', '£'])
        .trim_start();
    let (whole, rest) = text.split_once(['.', ',']).unwrap_or((text, ""));
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if !digits(whole) || !digits(rest) || whole.len() + rest.len() == 0 || whole.len() > 7 {
        return None;
    }
    let number = |part: &str| {
        part.bytes()
            .fold(0, |n: u64, byte| n * 10 + u64::from(byte - b'0'))
    };
    let rest: String = rest.chars().chain("000000".chars()).take(6).collect();
    let micro = number(whole) * 1_000_000 + number(&rest);
    (micro <= 1_000_000_000_000).then_some(micro)
}

fn with_digits(sign: &str, nano: u64, digits: u32) -> String {
    let step = UNIT / 10u64.pow(digits);
    let steps = nano.saturating_add(step / 2) / step;
    let base = 10u64.pow(digits);
    let width = digits as usize;
    format!("{sign}{}.{:0width$}", steps / base, steps % base)
}

impl Money {
    /// An amount of so many millionths of a unit.
    pub fn micro(currency: Currency, micro: u64) -> Self {
        Self {
            currency,
            nano: micro.saturating_mul(1000),
        }
    }
}
