//! The model picker: several connections, search, favourites, prices.

use e2e::bed::{Bed, wait_for};
use e2e::page::{Lang, Page, SOON, done};
use e2e::run::Scenario;
use serde_json::{Value, json};

pub const ALL: &[Scenario] = &[
    Scenario::everywhere("a_model_is_found_priced_and_made_a_favourite", picked),
    Scenario::everywhere("the_picker_reads_what_the_servers_list", listed),
    Scenario::chromium("a_list_that_cannot_be_read_is_one_line", unlisted),
    Scenario::chromium("no_model_is_named_for_the_user", offered),
    Scenario::chromium("a_deleted_connection_is_not_replaced_unasked", gone),
];

/// The lines of the list that the scenario knows of, among all that the server lists: group, model, figures, and whether it is a favourite.
fn lines(page: &Page) -> Value {
    page.js(
        "return [...document.querySelectorAll('#models [role=option]')].filter((line) => ['demo', 'ok', 'reasoning'].includes(line.dataset.model)).map((line) => [line.parentElement.getAttribute('aria-label'), line.dataset.model, \
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
    let mine = json!(["e2e", "ok", "$2/8", false]);
    let rest = [
        json!(["e2e", "reasoning", "", false]),
        json!(["Other", "ok", "", false]),
        json!(["Other", "reasoning", "", false]),
    ];
    let all = |first: &[&Value]| Value::from_iter(first.iter().copied().chain(&rest).cloned());
    wait_lines(&page, "all connections", &all(&[&demo, &mine]));

    search(&page, "ok");
    key(&page, "Enter", true);
    page.wait_text(
        "#models [role=status].visually-hidden",
        "ok is a favourite now",
    );
    search(&page, "");
    let favourite = json!(["Favourites", "ok", "e2e · $2/8", true]);
    wait_lines(&page, "the favourite first", &all(&[&favourite, &demo]));
    search(&page, "REASON");
    key(&page, "Enter", false);
    page.wait_text("#model", "reasoning");
    page.wait_gone("#models:popover-open");

    page.reload();
    page.poke("#model");
    page.wait("#models:popover-open #model-search");
    wait_lines(&page, "it is kept", &all(&[&favourite, &demo]));
    page.poke("#models [role=option][data-model=ok] .star");
    wait_lines(&page, "no longer one", &all(&[&demo, &mine]));
    page.poke("#models [role=option][data-model=ok]");
    page.wait_text("#model", "ok");
    done(page.session.clear("#composer"));
    assert_eq!(page.ask("which model?").end, "complete");
    assert_eq!(bed.model.log().asked("ok").len(), 1);
}

/// How often a list of models was asked for.
fn lists(bed: &Bed) -> usize {
    let all = bed.model.log().entries();
    let lists = all.iter().filter(|one| one.path.ends_with("/models"));
    lists.filter(|one| one.method == "GET").count()
}

fn open(page: &Page) {
    page.poke("#model");
    page.wait("#models:popover-open #model-search");
}

fn listed(bed: &mut Bed) {
    let page = bed.page();
    page.open("");
    page.set_language(Lang::En);
    page.connect(&bed.model.base(), "ok", "");
    assert_eq!(lists(bed), 0, "nothing is asked before the list is opened");
    open(&page);
    page.wait("#models [role=option][data-model=drip]");
    assert_eq!(lists(bed), 1);
    // A part of a name: what it finds comes first, and Enter takes that.
    search(&page, "dri");
    page.wait_js(
        "what is typed stands last",
        "const all = [...document.querySelectorAll('#models [role=option]')].map((line) => line.dataset.model);
         return all.length > 1 && all[0] === 'drip' && all.at(-1) === 'dri'",
    );
    key(&page, "Enter", false);
    page.wait_text("#model", "drip");
    page.wait_gone("#models:popover-open");
    // The whole of a name that others contain.
    open(&page);
    search(&page, "ok");
    page.wait("#models [role=option][data-model=ok][data-active]");
    search(&page, "my-own");
    page.wait("#models [role=option][data-model=my-own][data-active]");
    assert_eq!(lists(bed), 1, "a list of today is not asked for again");
    page.poke("#models-refresh");
    page.wait_text("#models [role=status].visually-hidden", "up to date");
    assert_eq!(lists(bed), 2);
    page.reload();
    open(&page);
    page.wait("#models [role=option][data-model=drip]");
    assert_eq!(lists(bed), 2, "it is kept");
}

fn unlisted(bed: &mut Bed) {
    let page = bed.page();
    page.open("");
    page.set_language(Lang::En);
    page.connect(&bed.model.base_of("html-200"), "ok", "");
    open(&page);
    page.wait_text(
        "#models-failed",
        "e2e: its list of models could not be read.",
    );
    page.wait("#models-failed a[href^='#/settings/connections/']");
    assert_eq!(lists(bed), 1);
    page.js("document.querySelector('#models').hidePopover()", &[]);
    open(&page);
    page.wait("#models-failed a");
    assert_eq!(lists(bed), 1, "a server that has just failed is left alone");
    page.poke("#models-refresh");
    wait_for("it is asked again", SOON, || {
        (lists(bed) == 2).then_some(())
    });
}

fn offered(bed: &mut Bed) {
    let page = bed.page();
    page.open("");
    page.set_language(Lang::En);
    page.go("#/");
    page.ask("What is a viewfinder?");
    let chat = page.js("return location.hash", &[]);
    page.go("#/settings/connections/new");
    page.fill("#connection-base", &bed.model.base());
    page.click("#connection-fetch");
    page.wait_text("#connection-said", "models; choose one");
    assert_eq!(page.value("#connection-model"), "");
    page.wait("#connection-model:focus");
    page.wait("#connection-models option[value=drip]");
    page.click("#connection-save");
    page.wait("#connection-delete");
    page.wait_text("#connection-said", "There is no default model yet");

    // A message that is being changed may not go either, and keeps its words.
    page.go(chat.as_str().unwrap_or_default());
    let user = "article[data-role=user]:first-of-type";
    page.wait(&format!("{user} [data-action=edit]"));
    page.poke(&format!("{user} [data-action=edit]"));
    page.fill(&format!("{user} .editing textarea"), "What is it for?");
    page.poke(&format!("{user} [data-action=save-edit]"));
    page.wait("#models:popover-open");
    let kept = page.value(&format!("{user} .editing textarea"));
    assert_eq!(kept, "What is it for?");
    assert_eq!(page.messages().len(), 2);
}

/// A conversation whose connection is gone goes to no other provider until one is chosen.
fn gone(bed: &mut Bed) {
    let page = bed.page();
    page.open("");
    page.set_language(Lang::En);
    connect(&page, &bed.model.base(), "First", "ok");
    connect(&page, &bed.model.base(), "Second", "ok");
    page.go("#/");
    page.ask("What is a viewfinder?");
    page.choose("reasoning");
    let chosen = wait_for("the choice is stored", SOON, || {
        let chat = page.stored("conversations")[0].clone();
        let id = chat["options"]["connection"].as_str().map(str::to_owned);
        id.filter(|id| !id.is_empty())
    });
    let chat = page.js("return location.hash", &[]);
    page.go(&format!("#/settings/connections/{chosen}"));
    page.wait("#connection-delete");
    page.click("#connection-delete");
    wait_for("it is deleted", SOON, || {
        let all = page.stored("connections");
        (!all.iter().any(|one| one["id"] == chosen.as_str())).then_some(())
    });
    page.go(chat.as_str().unwrap_or_default());
    wait_for("the conversation", SOON, || {
        (page.messages().len() == 2).then_some(())
    });
    page.fill("#composer", "And what is it for?");
    page.click("#send");
    page.wait("#models:popover-open");
    assert_eq!(page.value("#composer"), "And what is it for?");
    assert_eq!(page.messages().len(), 2);
    // Once one is chosen, the words go.
    page.js("document.querySelector('#models').hidePopover()", &[]);
    page.choose("ok");
    page.click("#send");
    wait_for("the answer", SOON, || {
        let all = page.messages();
        (all.len() == 4 && all[3].end == "complete").then_some(())
    });
}
