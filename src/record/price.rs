//! A price as it is stored inside other rows.

use super::{Row, field};
use crate::cost::{Currency, Money, Price};

/// The price in an object; `None` where its currency is none that is known here.
pub fn read(row: &Row) -> Option<Price> {
    let micro = |name| field::int(row, name).max(0) as u64;
    Some(Price {
        currency: Currency::from_code(&field::text(row, "currency"))?,
        input: micro("input"),
        cached: row.contains_key("cached").then(|| micro("cached")),
        output: micro("output"),
    })
}

/// The object of a price.
pub fn write(price: &Price) -> Row {
    let mut row = Row::new();
    row.insert("currency".into(), price.currency.code().into());
    put(&mut row, "input", price.input);
    if let Some(cached) = price.cached {
        row.insert("cached".into(), whole(cached).into());
    }
    put(&mut row, "output", price.output);
    row
}

/// The amount in the fields `currency` and `nano`; `None` where its currency is none that is known here.
pub fn read_money(row: &Row) -> Option<Money> {
    Some(Money {
        currency: Currency::from_code(&field::text(row, "currency"))?,
        nano: field::int(row, "nano").max(0) as u64,
    })
}

/// Writes an amount into the fields `currency` and `nano`.
pub fn put_money(row: &mut Row, money: Money) {
    row.insert("currency".into(), money.currency.code().into());
    put(row, "nano", money.nano);
}

fn put(row: &mut Row, name: &str, number: u64) {
    field::put_int(row, name, whole(number));
}

fn whole(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}
