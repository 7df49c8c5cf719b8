//! What was used is counted once for each reply that ended, and held against the budget.

use crate::help::*;
use viewfinder::chat::Role::{Assistant, User};
use viewfinder::cost::budget::{Budget, Span, Standing};
use viewfinder::cost::charge::Charge;
use viewfinder::cost::{Currency, Money, Price};
use viewfinder::reply::{Delta, End, Reply, Usage};
use viewfinder::tokens::Measure;
use viewfinder::web::db::{Db, Fresh, Plan, read_backup};
use wasm_bindgen_test::wasm_bindgen_test;

const TODAY: &str = "2026-11-28";

/// A yuan for a million tokens of the request, two for the reply.
fn price() -> Price {
    Price {
        currency: Currency::Cny,
        input: 1_000_000,
        cached: None,
        output: 2_000_000,
    }
}

fn cny(nano: u64) -> Money {
    Money {
        currency: Currency::Cny,
        nano,
    }
}

/// A reply to 100 tokens in 50, on this day.
fn used(day: &str) -> Charge {
    let mut reply = Reply::default();
    reply.apply(Delta::Text("字".repeat(70)));
    reply.apply(Delta::Usage(Usage {
        input: 100,
        output: 50,
        ..Usage::default()
    }));
    Charge {
        day: day.into(),
        connection: "c1".into(),
        name: "Mine".into(),
        model: "m".into(),
        sent: Measure::of_turn(&"字".repeat(130)),
        reply,
        whole: true,
        ..Charge::default()
    }
}

/// Ends the reply at place 2 of a conversation.
async fn end(db: &Db, id: &str, charge: Charge) -> Option<Plan> {
    let make = |fresh: Fresh| {
        let conversation = fresh.conversation?;
        let mut reply = fresh.messages.into_iter().next()?;
        reply.end = Some(End::Complete);
        Some(Plan {
            conversation: Some(conversation),
            put: vec![reply],
            ..Plan::default()
        })
    };
    db.end(&chat(id), &[2], Some(&charge), make).await.unwrap()
}

async fn begin(db: &Db, id: &str) {
    say(db, id, User, "问").await;
    say(db, id, Assistant, "答").await;
}

#[wasm_bindgen_test]
async fn a_reply_is_counted_in_itself_its_conversation_and_its_day() {
    both(async |db| {
        begin(&db, "a").await;
        db.change_price("c1", "m", |_| Some(price())).await.unwrap();
        for day in [TODAY, TODAY, "2026-11-30", "2026-12-01"] {
            end(&db, "a", used(day)).await.unwrap();
        }
        let cost = 200_000;
        let conversation = db.conversation(&chat("a")).await.unwrap().unwrap();
        assert_eq!(conversation.spent, [cny(4 * cost)]);
        let messages = db.messages(&chat("a"), 2, 2).await.unwrap();
        assert_eq!(messages[0].cost, Some(cny(4 * cost)));
        let tallies = db.tallies("2026-11-01", "2026-11-30").await.unwrap();
        let seen: Vec<_> = tallies
            .iter()
            .map(|t| (t.day.as_str(), t.replies, t.cost, t.chars))
            .collect();
        assert_eq!(
            seen,
            [
                (TODAY, 2, Some(cny(2 * cost)), 140),
                ("2026-11-30", 1, Some(cny(cost)), 70)
            ]
        );
        assert_eq!(tallies[0].usage.input, 200);
        let rate = db.rate("c1", "m").await.unwrap();
        assert_eq!(
            rate.reports.len(),
            8,
            "the request and the reply, four times"
        );
    })
    .await;
}

#[wasm_bindgen_test]
async fn what_is_gone_was_used_all_the_same() {
    both(async |db| {
        begin(&db, "a").await;
        db.purge(&chat("a")).await.unwrap();
        assert_eq!(end(&db, "a", used(TODAY)).await, None);
        let tallies = db.tallies(TODAY, TODAY).await.unwrap();
        assert_eq!(
            (tallies.len(), tallies[0].replies, tallies[0].cost),
            (1, 1, None)
        );
        assert_eq!(db.count().await.unwrap(), 0);
    })
    .await;
}

#[wasm_bindgen_test]
async fn two_tabs_count_each_their_own() {
    let name = name();
    let (one, two) = (open(&name).await, open(&name).await);
    begin(&one, "a").await;
    begin(&two, "b").await;
    for _ in 0..5 {
        let (one, two) = (end(&one, "a", used(TODAY)), end(&two, "b", used(TODAY)));
        futures_util::future::join(one, two).await;
    }
    let tallies = one.tallies(TODAY, TODAY).await.unwrap();
    assert_eq!((tallies.len(), tallies[0].replies), (1, 10));
}

#[wasm_bindgen_test]
async fn a_budget_stops_what_costs_money_in_its_currency() {
    both(async |db| {
        begin(&db, "a").await;
        let standing = async |listed| db.standing(TODAY, "c1", "m", listed).await.unwrap();
        let budget = |limit| Budget {
            day: Some(limit),
            ..Budget::none(Currency::Cny)
        };
        end(
            &db,
            "a",
            Charge {
                listed: Some(price()),
                ..used(TODAY)
            },
        )
        .await
        .unwrap();
        end(
            &db,
            "a",
            Charge {
                listed: Some(price()),
                ..used("2026-11-27")
            },
        )
        .await
        .unwrap();
        assert_eq!(
            standing(Some(price())).await,
            Standing::Well,
            "there is no budget"
        );
        // 200 millionths were spent on each day.
        db.change_budget(Currency::Cny, |_| budget(220))
            .await
            .unwrap();
        assert!(
            matches!(standing(Some(price())).await, Standing::Near(near) if near.span == Span::Day)
        );
        db.change_budget(Currency::Cny, |_| budget(200))
            .await
            .unwrap();
        assert!(matches!(
            standing(Some(price())).await,
            Standing::Reached(_)
        ));
        assert_eq!(
            standing(None).await,
            Standing::Well,
            "nobody knows the price"
        );
        let dollars = Price {
            currency: Currency::Usd,
            ..price()
        };
        assert_eq!(standing(Some(dollars)).await, Standing::Well);
        let free = Price {
            input: 0,
            output: 0,
            ..price()
        };
        db.change_price("c1", "m", |_| Some(free)).await.unwrap();
        assert_eq!(
            standing(Some(price())).await,
            Standing::Well,
            "a person's own price goes first"
        );
        db.change_price("c1", "m", |_| None).await.unwrap();
        db.change_budget(Currency::Cny, |budget| Budget {
            day: None,
            month: Some(400),
            ..budget
        })
        .await
        .unwrap();
        assert!(
            matches!(standing(Some(price())).await, Standing::Reached(at) if at.span == Span::Month)
        );
        db.change_budget(Currency::Cny, |_| Budget::none(Currency::Cny))
            .await
            .unwrap();
        assert!(db.budgets().await.unwrap().is_empty());
    })
    .await;
}

#[wasm_bindgen_test]
async fn fields_that_are_changed_at_once_both_count() {
    both(async |db| {
        let input = |own: Option<Price>| {
            Some(Price {
                input: 2,
                ..own.unwrap_or_default()
            })
        };
        let output = |own: Option<Price>| {
            Some(Price {
                output: 8,
                ..own.unwrap_or_default()
            })
        };
        let first = db.change_price("c1", "m", input);
        let second = db.change_price("c1", "m", output);
        let (first, second) = futures_util::future::join(first, second).await;
        first.and(second).unwrap();
        let price = db.rate("c1", "m").await.unwrap().price;
        assert_eq!(price.map(|price| (price.input, price.output)), Some((2, 8)));
        let day = db.change_budget(Currency::Cny, |budget| budget.with(Span::Day, Some(1)));
        let month = db.change_budget(Currency::Cny, |budget| budget.with(Span::Month, Some(9)));
        let (day, month) = futures_util::future::join(day, month).await;
        day.and(month).unwrap();
        let kept = db.budgets().await.unwrap();
        assert_eq!((kept[0].day, kept[0].month), (Some(1), Some(9)));
    })
    .await;
}

#[wasm_bindgen_test]
async fn a_backup_brings_usage_prices_and_budgets_back() {
    both(async |db| {
        begin(&db, "a").await;
        db.change_price("c1", "m", |_| Some(price())).await.unwrap();
        end(&db, "a", used(TODAY)).await.unwrap();
        let budget = Budget {
            month: Some(5_000_000),
            ..Budget::none(Currency::Usd)
        };
        db.change_budget(budget.currency, |_| budget).await.unwrap();
        let file = db.backup(false, |_| ()).await.unwrap();
        let other = fresh().await;
        let contents = read_backup(&file, |_| ()).await.unwrap();
        assert!(contents.notes.is_empty());
        other.restore(contents, "", |_| ()).await.unwrap();
        let all = async |db: &Db| {
            let tallies = db.tallies("", "9").await.unwrap();
            (
                tallies,
                db.rates().await.unwrap(),
                db.budgets().await.unwrap(),
            )
        };
        assert_eq!(all(&other).await, all(&db).await);
        assert_eq!(all(&other).await.2, [budget]);
    })
    .await;
}
