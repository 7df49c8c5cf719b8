//! What the memory asks under a message, and what it asks of the model: the answers of the user.

use super::memory::{cards, doubted, in_language, lines, pin_all, wait_lines};
use e2e::bed::{Bed, wait_for};
use e2e::page::{Lang, Page, SOON};
use e2e::run::Scenario;
use e2e::webdriver::ENTER;
use serde_json::{Value, json};

pub const ALL: &[Scenario] = &[
    Scenario::everywhere("it_depends_keeps_both_under_a_condition", depends),
    Scenario::chromium(
        "what_is_taken_back_is_told_after_a_reload_and_can_be_undone",
        taken_back,
    ),
    Scenario::chromium(
        "a_card_with_the_users_hand_on_it_is_taken_back_by_a_click_only",
        take_back,
    ),
    Scenario::chromium(
        "a_second_opinion_is_asked_for_only_where_it_is_wanted",
        second,
    ),
];

fn depends(bed: &mut Bed) {
    let page = doubted(bed);
    page.poke("[data-action=when]");
    page.wait(".chip-when input:focus");
    page.fill(".chip-when input", "通勤的时候");
    page.type_into(".chip-when input", ENTER);
    wait_lines(
        &page,
        "learned",
        &["记住了：喜欢下雨天", "记住了：讨厌下雨天（通勤的时候）"],
    );
    let rows = page.stored("memory");
    let holds = |row: &&Value| row["status"] == "active";
    let mut found: Vec<(i64, &str)> = rows
        .iter()
        .filter(holds)
        .map(|row| {
            let condition = row["condition"].as_str().unwrap_or_default();
            (row["strength"].as_i64().unwrap_or_default(), condition)
        })
        .collect();
    found.sort_unstable();
    assert_eq!(found, [(-2, "通勤的时候"), (1, "")]);
}

fn taken_back(bed: &mut Bed) {
    in_language(bed, Lang::Zh);
    let page = bed.page();
    page.open("");
    page.ask("我喜欢下雨天");
    page.ask("忘掉我喜欢下雨天这件事");
    let gone = ["「喜欢下雨天」后来有了变化", "收回了：喜欢下雨天"];
    wait_lines(&page, "learned", &gone);
    page.reload();
    wait_lines(&page, "learned", &gone);
    // The card tells the sentence that took it back.
    let id = page.stored("memory")[0]["id"].clone();
    page.go(&format!("#/memory/{}", id.as_str().unwrap_or_default()));
    page.wait_text("#story li.now blockquote", "忘掉我喜欢下雨天这件事");
    page.click("#story li.now a.link");
    wait_lines(&page, "learned", &gone);
    page.poke(".chip-line:has(del) [data-action=undo]");
    wait_for("it holds again", SOON, || {
        (cards(&page)[0].1 == "active").then_some(())
    });
    assert_eq!(page.stored("memory")[0]["unsaid"], Value::Null);
}

fn take_back(bed: &mut Bed) {
    in_language(bed, Lang::Zh);
    let page = bed.page();
    page.open("");
    page.ask("我喜欢下雨天");
    wait_lines(&page, "learned", &["记住了：喜欢下雨天"]);
    pin_all(&page);
    let asked = [
        "记住了：喜欢下雨天",
        "「喜欢下雨天」是你亲手改过或置顶的。收回它？",
    ];
    page.ask("忘掉我喜欢下雨天这件事");
    wait_lines(&page, "learned", &asked);
    page.reload();
    wait_lines(&page, "learned", &asked);
    assert_eq!(cards(&page)[0].1, "active");
    // It waits on the board too, and is counted beside its name.
    page.wait_text(".nav .waits", "1");
    page.go("#/memory");
    page.wait_text("#tray q", "忘掉我喜欢下雨天这件事");
    page.click("#tray [data-do=keep]");
    page.wait_gone("#tray");
    page.wait_gone(".nav .waits");
    assert_eq!(cards(&page)[0].1, "active");
}

/// Sentences that are neither clearly a preference nor clearly none.
const UNCLEAR: [&str; 2] = ["我可能有点喜欢老电影了", "可能我比较适合早睡"];

/// The requests for an opinion that the server has got from a model's name.
fn opinions(bed: &Bed, model: &str) -> Vec<Value> {
    let asked = bed.model.log().asked(model);
    let bodies = asked
        .iter()
        .map(|entry| serde_json::from_str::<Value>(&entry.body).unwrap_or_default());
    let is_opinion = |body: &Value| {
        let messages = body["messages"].as_array().cloned().unwrap_or_default();
        let last = messages.last().map(|last| last["content"].clone());
        last.is_some_and(|text| {
            text.as_str()
                .is_some_and(|text| text.starts_with("{\"sentences\""))
        })
    };
    bodies.filter(is_opinion).collect()
}

fn want(page: &Page, second: bool) {
    page.go("#/settings");
    page.poke(match second {
        true => "#second-1",
        false => "#second-0",
    });
    wait_for("it is kept", SOON, || {
        let rows = page.stored("kv");
        let kept = rows.iter().any(|row| {
            row["name"] == "memory" && row["second"].as_bool().unwrap_or_default() == second
        });
        kept.then_some(())
    });
    page.go("#/");
    page.new_chat();
}

fn second(bed: &mut Bed) {
    in_language(bed, Lang::Zh);
    let page = bed.page();
    page.open("");
    page.connect(&bed.model.base(), "opinion", "sk-e2e-opinion");
    // Off by default: what is unclear is proposed as it was heard, and nobody is asked.
    page.ask(UNCLEAR[0]);
    wait_for("it is proposed", SOON, || {
        (lines(&page, "learned").len() == 1).then_some(())
    });
    assert_eq!(opinions(bed, "opinion"), Vec::<Value>::new());
    page.poke("[data-action=decline]");
    want(&page, true);
    // A clear sentence is not asked about.
    page.ask("我喜欢达芬奇");
    wait_lines(&page, "learned", &["记住了：喜欢达芬奇"]);
    assert_eq!(opinions(bed, "opinion"), Vec::<Value>::new());
    page.ask(UNCLEAR[1]);
    wait_for("the model's reading is proposed", SOON, || {
        (page.has("[data-kind=opinion]") && page.has("[data-action=accept]")).then_some(())
    });
    let asked = opinions(bed, "opinion");
    assert_eq!(asked.len(), 1, "{asked:?}");
    let shape = &asked[0]["response_format"]["json_schema"]["schema"];
    assert_eq!(shape["required"], json!(["reason", "preferences"]));
    let body = bed
        .model
        .log()
        .asked("opinion")
        .into_iter()
        .map(|entry| entry.body);
    let body = body
        .into_iter()
        .find(|body| body.contains("json_schema"))
        .unwrap_or_default();
    let place = |name: &str| body.find(name).unwrap_or(usize::MAX);
    assert!(
        place("\"reason\":{") < place("\"preferences\":{"),
        "the reason comes first"
    );
    // What it took is shown, and counted as everything else.
    page.wait_text("[data-kind=opinion]", "366 tokens");
    let counted = page.stored("usage");
    let input = counted[0]["usage"]["input"].as_u64().unwrap_or_default();
    assert!(input >= 321, "{counted:?}");
    // It only proposes.
    let proposed = |cards: Vec<(String, String)>| {
        cards
            .iter()
            .filter(|(_, status)| status == "proposed")
            .count()
    };
    assert_eq!(proposed(cards(&page)), 1);
    page.poke("[data-action=accept]");
    wait_for("a click saves", SOON, || {
        (proposed(cards(&page)) == 0).then_some(())
    });
    // A model that says no leaves nothing; one that knows no shapes is asked without.
    for (model, lines) in [("opinion-no", 0), ("opinion-plain", 1)] {
        page.new_chat();
        page.choose(model);
        page.ask(UNCLEAR[0]);
        page.wait("[data-kind=opinion]");
        wait_for("what it makes of it", SOON, || {
            (proposed(cards(&page)) == lines).then_some(())
        });
    }
    let asked = opinions(bed, "opinion-plain");
    let shaped: Vec<bool> = asked
        .iter()
        .map(|body| body.get("response_format").is_some())
        .collect();
    assert_eq!(shaped, [true, false]);
}
