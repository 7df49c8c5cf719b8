use super::budget::{Against, Budget, Span, Standing, raised, standing};
use super::listed::price;
use super::tally::{Entry, Tally, Total};
use super::*;
use crate::reply::{Close, Delta, Reply};
use crate::tokens::{Measure, Weights};
use proptest::prelude::*;
use serde_json::json;

fn money(currency: Currency, nano: u64) -> Money {
    Money { currency, nano }
}

fn usd(nano: u64) -> Money {
    money(Currency::Usd, nano)
}

fn plain(input: u64, cached: Option<u64>, output: u64) -> Price {
    Price {
        currency: Currency::Usd,
        input,
        cached,
        output,
    }
}

fn usage(input: u64, output: u64, cached: u64, reasoning: u64) -> Usage {
    Usage {
        input,
        output,
        cached,
        reasoning,
    }
}

#[test]
fn cached_and_reasoning_are_counted_once() {
    let price = plain(2_000_000, Some(500_000), 8_000_000);
    // 600 at 2, 400 at 0.5, 100 at 8, for a million each.
    assert_eq!(price.of(usage(1000, 100, 400, 80)), usd(2_200_000));
    let flat = plain(2_000_000, None, 8_000_000);
    assert_eq!(flat.of(usage(1000, 100, 400, 0)), usd(2_800_000));
    // A provider that reports more cached tokens than there are.
    assert_eq!(price.of(usage(10, 0, 400, 0)), usd(5_000));
}

#[test]
fn amounts_as_people_read_them() {
    for (nano, shown) in [
        (0, "$0"),
        (1, "<$0.0001"),
        (49_999, "<$0.0001"),
        (50_000, "$0.0001"),
        (5_600_000, "$0.0056"),
        (42_000_000, "$0.042"),
        (999_600_000, "$1.000"),
        (12_304_000_000, "$12.30"),
    ] {
        assert_eq!(amount(usd(nano)), shown, "{nano}");
    }
    assert_eq!(amount(money(Currency::Cny, 1_500_000_000)), "¥1.50");
    assert_eq!(amount(money(Currency::Jpy, 1_500_000_000)), "JP¥1.50");
}

#[test]
fn amounts_as_people_write_them() {
    for (text, want) in [
        ("0.27", Some(270_000)),
        (" ¥ 12 ", Some(12_000_000)),
        ("0,5", Some(500_000)),
        (".5", Some(500_000)),
        ("3.", Some(3_000_000)),
        ("0.00000001", Some(0)),
        ("1000000", Some(1_000_000_000_000)),
        ("1000001", None),
        ("", None),
        (".", None),
        ("-1", None),
        ("1e3", None),
        ("1.2.3", None),
        ("99999999999999999999", None),
        ("十", None),
    ] {
        assert_eq!(read_amount(text), want, "{text:?}");
    }
}

#[test]
fn prices_that_providers_list() {
    let check = |entry: serde_json::Value, want: Option<Price>| {
        assert_eq!(price(&entry), want, "{entry}");
    };
    check(
        json!({"pricing": {"prompt": "0.00000025", "completion": "0.000002", "input_cache_read": "0.000000025"}}),
        Some(plain(250_000, Some(25_000), 2_000_000)),
    );
    check(
        json!({"pricing": {"prompt": "0", "completion": "0"}}),
        Some(plain(0, None, 0)),
    );
    check(
        json!({"pricing": {"prompt": "-1", "completion": "-1"}}),
        None,
    );
    check(
        json!({"pricing": {"hourly": 0, "input": 0.18, "output": 0.59, "base": 0}}),
        Some(plain(180_000, None, 590_000)),
    );
    check(
        json!({"input_token_price_per_m": 5700, "output_token_price_per_m": 23000}),
        Some(plain(570_000, None, 2_300_000)),
    );
    check(
        json!({"pricing": {"input": 2, "output": 8, "currency": "cny"}}),
        Some(Price {
            currency: Currency::Cny,
            ..plain(2_000_000, None, 8_000_000)
        }),
    );
    for entry in [
        json!({}),
        json!({"pricing": null}),
        json!({"pricing": {"prompt": "0.1"}}),
        json!({"pricing": {"prompt": "cheap", "completion": "dear"}}),
        json!({"pricing": {"input": 1e300, "output": 1}}),
        json!("gpt"),
    ] {
        check(entry, None);
    }
}

#[test]
fn a_budget_warns_and_then_stops() {
    let budget = Budget {
        day: Some(1_000_000),
        month: Some(10_000_000),
        ..Budget::none(Currency::Usd)
    };
    let check = |today: u64, month: u64, want: Option<(bool, Span)>| {
        let got = match standing(budget, usd(today * 1_000_000), usd(month * 1_000_000)) {
            Standing::Well => None,
            Standing::Near(against) => Some((false, against.span)),
            Standing::Reached(against) => Some((true, against.span)),
        };
        assert_eq!(got, want, "{today} {month}");
    };
    check(799, 799, None);
    check(800, 800, Some((false, Span::Day)));
    check(999, 9_999, Some((false, Span::Day)));
    check(0, 8_000, Some((false, Span::Month)));
    check(1_000, 1_000, Some((true, Span::Day)));
    check(900, 10_000, Some((true, Span::Month)));
    check(1_000, 10_000, Some((true, Span::Day)));
    let none = Budget::none(Currency::Usd);
    assert_eq!(standing(none, usd(u64::MAX), usd(u64::MAX)), Standing::Well);
}

#[test]
fn an_estimate_stands_in_where_nothing_is_reported() {
    let sent = Measure::of_turn("你好，世界");
    let weights = Weights::default();
    let mut reply = Reply::default();
    reply.apply(Delta::Text("one two three".into()));
    reply.close(Close::Stopped);
    let entry = Entry::of(&reply, sent, weights);
    let text = u64::from(crate::tokens::estimate("one two three"));
    assert_eq!(
        entry,
        Some(Entry {
            usage: usage(sent.tokens(weights).into(), text, 0, 0),
            guessed: true,
            chars: 11,
        })
    );
    reply.usage = Some(usage(9, 3, 0, 0));
    let entry = Entry::of(&reply, sent, weights);
    assert_eq!(
        entry.map(|entry| (entry.usage, entry.guessed)),
        Some((usage(9, 3, 0, 0), false))
    );
    // A count that came before the text is none of what was stopped later; the end gives the last one.
    let early = usage(9, 0, 4, 0);
    reply.usage = Some(early);
    let entry = Entry::of(&reply, sent, weights);
    let output = Usage {
        output: text,
        ..early
    };
    assert_eq!(
        entry.map(|entry| (entry.usage, entry.guessed)),
        Some((output, true))
    );
    reply.end_raw = "stop".into();
    let entry = Entry::of(&reply, sent, weights);
    assert_eq!(entry.map(|entry| entry.usage), Some(early));
    assert_eq!(Entry::of(&Reply::default(), sent, weights), None);
}

#[test]
fn what_the_provider_bills_goes_before_any_price() {
    let charge = |cost| {
        let mut reply = Reply::default();
        reply.apply(Delta::Text("hi".into()));
        reply.usage = Some(usage(10, 2, 0, 0));
        reply.cost = cost;
        let charge = charge::Charge {
            listed: Some(plain(1_000_000, None, 1_000_000)),
            reply,
            whole: true,
            ..charge::Charge::default()
        };
        let settled = charge.settle(&mut charge::Rate::default());
        settled.and_then(|(_, cost)| cost)
    };
    assert_eq!(charge(None), Some(usd(12_000)));
    assert_eq!(charge(Some(usd(7))), Some(usd(7)));
}

fn a_usage() -> impl Strategy<Value = Usage> {
    (0..1u64 << 40, 0..1u64 << 40, 0..1u64 << 40, 0..1u64 << 40)
        .prop_map(|(input, output, cached, reasoning)| usage(input, output, cached, reasoning))
}

fn a_price() -> impl Strategy<Value = Price> {
    let figure = || 0..1_000_000_000u64;
    (figure(), prop::option::of(figure()), figure())
        .prop_map(|(input, cached, output)| plain(input, cached, output))
}

fn an_entry() -> impl Strategy<Value = (Entry, Option<Price>)> {
    let small =
        (0..1u64 << 20, 0..1u64 << 20, 0..1u64 << 20).prop_map(|(i, o, c)| usage(i, o, c, 0));
    (
        small,
        any::<bool>(),
        0..1u64 << 20,
        prop::option::of(a_price()),
    )
        .prop_map(|(usage, guessed, chars, price)| {
            let entry = Entry {
                usage,
                guessed,
                chars,
            };
            (entry, price)
        })
}

proptest! {
    #[test]
    fn more_tokens_never_cost_less(price in a_price(), usage in a_usage(), more in 0..1u64 << 30) {
        let output = Usage { output: usage.output + more, ..usage };
        let input = Usage { input: usage.input + more, ..usage };
        prop_assert!(price.of(output).nano >= price.of(usage).nano);
        prop_assert!(price.of(input).nano >= price.of(usage).nano);
    }

    #[test]
    fn reasoning_is_part_of_the_output(price in a_price(), usage in a_usage(), reasoning in any::<u64>()) {
        prop_assert_eq!(price.of(Usage { reasoning, ..usage }), price.of(usage));
    }

    #[test]
    fn what_is_shown_of_a_price_is_read_back(micro in 0..1_000_000_000_000u64) {
        prop_assert_eq!(read_amount(&per_million(micro)), Some(micro));
    }

    #[test]
    fn any_text_is_an_amount_or_none(text in "\\PC{0,12}") {
        let _ = read_amount(&text);
    }

    #[test]
    fn tallies_add_up_in_any_order(entries in prop::collection::vec(an_entry(), 0..12)) {
        let total = |entries: &mut dyn Iterator<Item = &(Entry, Option<Price>)>| {
            let mut total = Total::default();
            for (entry, price) in entries {
                let mut tally = Tally::default();
                tally.add(*entry, price.map(|price| price.of(entry.usage)));
                total.add(&tally, tally.cost);
            }
            total
        };
        let forth = total(&mut entries.iter());
        prop_assert_eq!(&forth, &total(&mut entries.iter().rev()));
        prop_assert_eq!(forth.replies, entries.len() as u64);
        let sum: u64 = entries.iter().filter_map(|(entry, price)| Some(price.as_ref()?.of(entry.usage).nano)).sum();
        prop_assert_eq!(forth.cost(Currency::Usd).nano, sum);
    }

    #[test]
    fn a_raised_limit_lets_go_on(limit in 0..1u64 << 40, over in 0..1u64 << 40) {
        let spent = Money::micro(Currency::Usd, limit + over);
        let against = Against { span: Span::Day, spent, limit: Money::micro(Currency::Usd, limit) };
        let budget = Budget { day: Some(raised(against)), ..Budget::none(Currency::Usd) };
        let reached = matches!(standing(budget, spent, spent), Standing::Reached(_));
        prop_assert!(!reached, "{} for {}", raised(against), limit + over);
    }

    #[test]
    fn the_fit_is_bounded_whatever_is_reported(
        reports in prop::collection::vec((any::<u32>(), any::<u32>(), any::<u32>(), any::<u64>()), 0..30)
    ) {
        let reports: Vec<calibrate::Report> = reports.into_iter().map(|(han, other, turns, tokens)| calibrate::Report {
            measure: Measure { han: han.into(), other: other.into(), turns },
            tokens,
        }).collect();
        let weights = calibrate::fit(&reports);
        prop_assert!((300..=4000).contains(&weights.han) && (300..=4000).contains(&weights.other));
        prop_assert!(weights.turn <= 64_000 && weights.base <= 4_000_000);
    }
}

#[test]
fn nothing_reported_leaves_the_plain_estimate() {
    assert_eq!(calibrate::fit(&[]), Weights::default());
}
