//! The price in an entry of a provider's list of models, where it publishes one there.

use super::{Currency, Price};
use crate::text::decimal;
use serde_json::Value;

/// Above this a figure is a price for a million tokens, below it one for a single token: nobody sells a token
/// for a thousandth of a unit, or a million for less.
const PER_TOKEN: f64 = 0.001;

/// The most that is believed, per million tokens.
const MOST: f64 = 100_000.0;

/// The price in a model's entry: `pricing` with `prompt` and `completion` (OpenRouter, per token) or with
/// `input` and `output` (Together and gateways, per million or per token), or Novita's figures per million in
/// ten-thousandths of a dollar. `None` where there is none, or where it says that it varies.
pub fn price(entry: &Value) -> Option<Price> {
    let (input, output, cached) = match entry.get("pricing") {
        Some(pricing) => {
            let named = |names: &[&str]| names.iter().find_map(|name| micro(pricing.get(*name)?));
            (
                named(&["prompt", "input"]),
                named(&["completion", "output"]),
                named(&["input_cache_read", "cached_input", "cache_read"]),
            )
        }
        None => {
            let named = |name: &str| bounded(number(entry.get(name)?)? / 10_000.0);
            (
                named("input_token_price_per_m"),
                named("output_token_price_per_m"),
                None,
            )
        }
    };
    Some(Price {
        currency: currency(entry),
        input: input?,
        cached: cached.filter(|cached| Some(*cached) != input),
        output: output?,
    })
}

/// Dollars, unless the entry names another currency.
fn currency(entry: &Value) -> Currency {
    let places = [entry.get("pricing"), Some(entry)];
    places
        .into_iter()
        .flatten()
        .find_map(|place| Currency::from_code(&place.get("currency")?.as_str()?.to_uppercase()))
        .unwrap_or_default()
}

/// Millionths for a million tokens.
fn micro(value: &Value) -> Option<u64> {
    let figure = number(value)?;
    match figure < PER_TOKEN {
        true => bounded(figure * 1e6),
        false => bounded(figure),
    }
}

fn bounded(per_million: f64) -> Option<u64> {
    let believable = (0.0..=MOST).contains(&per_million);
    believable.then_some((per_million * 1e6 + 0.5) as u64)
}

fn number(value: &Value) -> Option<f64> {
    match value {
        Value::String(text) => decimal(text.trim()),
        value => value.as_f64(),
    }
}
