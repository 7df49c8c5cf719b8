//! The model picker: several connections, search, favourites, prices.

use e2e::bed::{Bed, wait_for};
use e2e::page::{Lang, Page, SOON, done};
use e2e::run::Scenario;
use serde_json::{Value, json};

pub const ALL: &[Scenario] = &[Scenario::everywhere(
    "a_model_is_found_priced_and_made_a_favourite",
    picked,
)];

/// The lines of the list: group, model, figures, and whether it is a favourite.
fn lines(page: &Page) -> Value {
    page.js(
        "return [...document.querySelectorAll('#models [role=option]')].map((line) => [line.parentElement.getAttribute('aria-label'), line.dataset.model, \
         line.querySelector('.sub').innerText, line.querySelector('.star[data-on]') !== null])",
        &[],
    )
}

fn wait_lines(page: &Page, what: &str, want: &Value) {
    let mut last = Value::Null;
    let found = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
        wait_for(what, SOON, || {
            last = lines(page);
            (last == *want).then_some(())
        });
    }));
    assert!(found.is_ok(), "{what}: {last:#}");
}

fn search(page: &Page, words: &str) {
    page.js(
        "const field = document.querySelector('#model-search'); field.value = arguments[0]; field.dispatchEvent(new InputEvent('input', { bubbles: true }))",
        &[json!(words)],
    );
}

fn key(page: &Page, key: &str, shift: bool) {
    page.js(
        "document.querySelector('#model-search').dispatchEvent(new KeyboardEvent('keydown', { key: arguments[0], shiftKey: arguments[1], bubbles: true, cancelable: true }))",
        &[json!(key), json!(shift)],
    );
}

/// Another connection, by its name.
fn connect(page: &Page, base: &str, name: &str, model: &str) {
    page.go("#/settings/connections/new");
    page.wait("#connection-base");
    page.fill("#connection-base", base);
    page.fill("#connection-name", name);
    page.fill("#connection-model", model);
    page.click("#connection-save");
    page.wait("#connection-delete");
}

fn picked(bed: &mut Bed) {
    let page = bed.page();
    page.open("");
    page.set_language(Lang::En);
    page.connect(&bed.model.base(), "ok", "");
    page.go("#/settings/connections");
    connect(&page, &bed.model.base(), "Other", "reasoning");
    page.go("#/settings/usage");
    for (column, amount) in [(3, "2"), (5, "8")] {
        let css = format!("#prices tr[data-model='ok'] td:nth-child({column}) input");
        page.wait(&css);
        page.js(
            "const field = document.querySelector(arguments[0]); field.value = arguments[1]; field.dispatchEvent(new Event('change', { bubbles: true }))",
            &[json!(css), json!(amount)],
        );
    }
    wait_for("the price is stored", SOON, || {
        let rates = page.stored("rates");
        (rates[0]["price"]["output"] == 8_000_000 && rates[0]["price"]["input"] == 2_000_000)
            .then_some(())
    });
    page.go("#/");
    page.poke("#model");
    page.wait("#models:popover-open #model-search");
    let demo = json!(["Demo model", "demo", "", false]);
    let other = json!(["Other", "reasoning", "", false]);
    wait_lines(
        &page,
        "all connections",
        &json!([demo, ["e2e", "ok", "$2/8", false], other]),
    );

    search(&page, "ok");
    key(&page, "Enter", true);
    page.wait_text(
        "#models [role=status].visually-hidden",
        "ok is a favourite now",
    );
    search(&page, "");
    let favourite = json!(["Favourites", "ok", "e2e · $2/8", true]);
    wait_lines(
        &page,
        "the favourite first",
        &json!([favourite, demo, other]),
    );
    search(&page, "REASON");
    key(&page, "Enter", false);
    page.wait_text("#model", "reasoning");
    page.wait_gone("#models:popover-open");

    page.reload();
    page.poke("#model");
    page.wait("#models:popover-open #model-search");
    wait_lines(&page, "it is kept", &json!([favourite, demo, other]));
    page.poke("#models [role=option][data-model=ok] .star");
    wait_lines(
        &page,
        "no longer one",
        &json!([demo, ["e2e", "ok", "$2/8", false], other]),
    );
    page.poke("#models [role=option][data-model=ok]");
    page.wait_text("#model", "ok");
    done(page.session.clear("#composer"));
    assert_eq!(page.ask("which model?").end, "complete");
    assert_eq!(bed.model.log().asked("ok").len(), 1);
}
