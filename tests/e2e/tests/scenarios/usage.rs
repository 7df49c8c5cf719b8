//! What replies cost: prices, the tally, budgets.

use e2e::bed::{Bed, wait_for};
use e2e::page::{Lang, Page, SOON};
use e2e::run::Scenario;
use serde_json::{Value, json};

pub const ALL: &[Scenario] = &[
    Scenario::everywhere("a_reply_is_priced_and_counted_once", counted),
    Scenario::everywhere("a_budget_warns_then_stops_and_loses_nothing", budget),
    Scenario::chromium("what_is_not_reported_is_estimated_and_said", estimated),
    Scenario::chromium("what_memory_adds_is_told_before_sending", with_memory),
];

/// The scripted server reports 9 tokens of a request and 120 of a reply: 2 and 8 for a million make 978 millionths.
const COST: u64 = 978_000;

/// Sets a field of the page of usage and leaves it, as a person does.
fn put(page: &Page, css: &str, value: &str) {
    page.wait(css);
    let code = "const field = document.querySelector(arguments[0]); field.value = arguments[1]; field.dispatchEvent(new Event('change', { bubbles: true }))";
    page.js(code, &[json!(css), json!(value)]);
}

/// Prices a model: 2 for a million tokens of the request, 8 for the reply, in yuan.
fn price(page: &Page, model: &str) {
    page.go("#/settings/usage");
    let row = format!("#prices tr[data-model='{model}']");
    put(page, &format!("{row} select"), "CNY");
    stored_price(page, "currency", &json!("CNY"));
    put(page, &format!("{row} td:nth-child(3) input"), "2");
    stored_price(page, "input", &json!(2_000_000));
    put(page, &format!("{row} td:nth-child(5) input"), "8");
    stored_price(page, "output", &json!(8_000_000));
}

fn stored_price(page: &Page, part: &str, value: &Value) {
    wait_for("the price is stored", SOON, || {
        let rates = page.stored("rates");
        rates
            .iter()
            .any(|rate| rate["price"][part] == *value)
            .then_some(())
    });
}

fn tallies(page: &Page) -> Vec<Value> {
    page.stored("usage")
}

fn counted(bed: &mut Bed) {
    let page = bed.page();
    page.open("");
    page.connect(&bed.model.base(), "ok", "");
    page.set_language(Lang::Zh);
    price(&page, "ok");
    page.go("#/");
    page.fill("#composer", "雨天怎么拍照？");
    page.wait_text(".composer-bar .estimate", "¥");
    page.ask("雨天怎么拍照？");
    page.wait_text("article[data-role=assistant] .readout-block", "¥0.0010");
    page.wait_text("#spent", "¥0.0010");
    page.set_language(Lang::En);
    page.go("#/");
    page.ask("And on sunny days?");
    let tally = tallies(&page);
    assert_eq!(tally.len(), 1, "{tally:?}");
    assert_eq!(tally[0]["replies"], 2);
    assert_eq!(tally[0]["nano"], 2 * COST);
    assert_eq!(tally[0]["currency"], "CNY");
    assert_eq!(tally[0]["usage"]["input"], 18);
    assert_eq!(tally[0]["usage"]["output"], 240);
    assert_eq!(
        page.stored("rates")[0]["reports"].as_array().map(Vec::len),
        Some(4),
        "the request and the reply, twice"
    );
    page.reload();
    page.go("#/settings/usage");
    page.wait_text(".usage-sums", "¥0.0020");
    page.wait_text(".usage-sums", "2 replies");
    page.wait("#usage ~ section .usage-plot svg rect");
    page.poke(".plot-table summary");
    page.wait_text(".plot-table tbody tr", "240");
}

fn budget(bed: &mut Bed) {
    let page = bed.page();
    page.open("");
    page.connect(&bed.model.base(), "ok", "");
    page.set_language(Lang::En);
    price(&page, "ok");
    page.go("#/");
    page.ask("one");
    page.go("#/settings/usage");
    // Of 1,956 millionths the first reply left a little over a half, the second leaves nothing.
    put(
        &page,
        "#budget tr[data-currency=CNY] td:nth-child(2) input",
        "0.0012",
    );
    wait_for("the budget is stored", SOON, || {
        let rows = page.stored("kv");
        rows.iter()
            .any(|row| row["name"] == "budgets" && row["list"][0]["day"] == 1200)
            .then_some(())
    });
    page.go("#/");
    page.wait_text(".budget-line[data-budget=near]", "nearly used up");
    page.ask("two");
    page.wait(".budget-line[data-budget=reached]");
    let asked = bed.model.log().entries().len();
    let before = page.messages().len();
    page.fill("#composer", "three, which must not be lost");
    page.poke("#send");
    page.wait_text(".notices", "nothing was sent");
    assert_eq!(page.value("#composer"), "three, which must not be lost");
    assert_eq!(page.messages().len(), before);
    assert_eq!(bed.model.log().entries().len(), asked, "nothing was asked");
    page.poke("[data-action=raise-budget]");
    page.wait_gone(".budget-line[data-budget=reached]");
    page.poke("#send");
    wait_for("it was sent", SOON, || {
        (bed.model.log().entries().len() > asked).then_some(())
    });
    wait_for("it is out of the composer", SOON, || {
        page.value("#composer").is_empty().then_some(())
    });
}

fn estimated(bed: &mut Bed) {
    let page = bed.page();
    page.open("");
    page.connect(&bed.model.base(), "usage-absent", "");
    price(&page, "usage-absent");
    page.go("#/");
    page.ask("雨天怎么拍照？");
    page.wait_text("article[data-role=assistant] .readout-block", "≈ ¥");
    let tally = tallies(&page);
    assert_eq!(tally[0]["guessed"], 1, "{tally:?}");
    assert!(tally[0]["usage"]["output"].as_u64() > Some(20), "{tally:?}");
    let reply = page.stored_reply(&page.chat());
    assert!(
        reply["usage"].is_null(),
        "what was not reported is not stored as if it were"
    );
}

fn with_memory(bed: &mut Bed) {
    let page = bed.page();
    page.open("");
    page.set_language(Lang::Zh);
    page.connect(&bed.model.base(), "ok", "");
    page.fill("#composer", "下雨天去哪里拍照？");
    page.wait_text(".composer-bar .estimate", "tokens");
    assert!(
        !page.has(".estimate [data-memory]"),
        "nothing is remembered yet"
    );
    page.ask("我喜欢下雨天");
    wait_for("it is remembered", SOON, || {
        (!page.stored("memory").is_empty()).then_some(())
    });
    page.fill("#composer", "下雨天去哪里拍照？");
    page.wait_text(".estimate [data-memory]", "含记忆");
    let told = page.text_of("return document.querySelector('.estimate').title", &[]);
    assert!(told.contains("记忆带上的约"), "{told}");
    page.poke("#option-forgetful");
    page.wait_gone(".estimate [data-memory]");
}
