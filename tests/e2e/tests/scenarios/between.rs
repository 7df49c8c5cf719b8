//! What happens between two steps of the same thing: a second click, another conversation, a deletion, a bad key.

use super::chat::row_action;
use e2e::bed::{Bed, wait_for};
use e2e::page::{Page, SOON};
use e2e::run::Scenario;
use serde_json::json;

pub const ALL: &[Scenario] = &[
    Scenario::chromium("two_clicks_make_one_branch", twice),
    Scenario::chromium("a_key_that_cannot_be_sent_is_told", bad_key),
    Scenario::chromium("a_temporary_reply_comes_back_with_its_words", left),
    Scenario::chromium("a_deleted_conversation_stops_and_comes_back", deleted),
    Scenario::chromium("a_turn_asks_the_model_of_its_conversation", elsewhere),
    Scenario::chromium("a_connection_comes_back_as_it_was_saved", connection),
];

/// A reply that takes some seconds.
const SLOW: &str = "ok:n=400,delay=20";

fn twice(bed: &mut Bed) {
    let page = bed.page();
    page.open("");
    page.connect(&bed.model.base(), "ok", "");
    let first = page.ask("问一次").seq;
    page.js(
        "const again = document.querySelector('article[data-role=assistant] [data-action=regenerate]'); again.click(); again.click()",
        &[],
    );
    page.wait_text("article[data-role=assistant] .branch .figure", "2/2");
    page.wait_for_reply(SOON);
    let stored = page.stored_messages(&page.chat());
    assert_eq!(stored.len(), 3, "one question and two replies: {stored:?}");
    page.poke("article[data-role=assistant] [data-action=previous-branch]");
    page.wait_text("article[data-role=assistant] .branch .figure", "1/2");
    assert_eq!(page.last().seq, first, "the first reply can be reached");
}

fn bad_key(bed: &mut Bed) {
    let page = bed.page();
    page.open("");
    page.connect(&bed.model.base(), "ok", "密钥在这里");
    page.send("你好");
    let reply = page.wait_for_reply(SOON);
    assert_eq!(reply.end, "error");
    page.wait_text("article[data-role=assistant] .fault", "cannot be sent");
    assert!(bed.model.log().asked("ok").is_empty(), "nothing was sent");
    // What is pasted along with a key and cannot be seen is no part of it.
    page.go("#/settings/connections");
    open_first(&page);
    page.replace("#connection-key", "\u{200b}sk-e2e\u{feff} ");
    page.click("#connection-save");
    page.new_chat();
    assert_eq!(page.ask("现在呢").end, "complete");
    let asked = bed.model.log().asked("ok");
    let sent = asked[0].headers.iter();
    let key = sent.filter(|(name, _)| name == "authorization");
    let keys: Vec<&str> = key.map(|(_, value)| value.as_str()).collect();
    assert_eq!(keys, ["Bearer sk-e2e"]);
}

fn left(bed: &mut Bed) {
    let page = bed.page();
    page.open("");
    page.connect(&bed.model.base(), "echo", "");
    page.ask("另一个对话");
    let other = page.hash();
    page.new_chat();
    page.click("button#temporary");
    page.wait("button#temporary[aria-pressed=true]");
    page.choose(SLOW);
    page.send("不会留下");
    page.wait_for_words();
    page.go(&other);
    page.wait("button#undo");
    page.poke("button#undo");
    let reply = wait_for("the reply is back", SOON, || {
        let last = page.messages().pop()?;
        (last.end == "stopped").then_some(last)
    });
    assert!(!reply.text.is_empty(), "what had come is there");
    assert!(!page.has("#stop"), "nothing streams any more");
}

fn deleted(bed: &mut Bed) {
    let page = bed.page();
    page.open("");
    page.connect(&bed.model.base(), "echo", "");
    page.new_chat();
    page.choose(SLOW);
    page.send("会被删掉");
    page.wait_for_words();
    let chat = page.chat();
    page.new_chat();
    row_action(&page, "会被删掉", "delete");
    wait_for("it is gone", SOON, || {
        page.stored_messages(&chat).is_empty().then_some(())
    });
    wait_for("the request has ended", SOON, || {
        bed.model.log().asked(SLOW).first()?.aborted
    });
    page.poke("button#undo");
    let reply = page.stored_reply(&chat);
    assert_eq!(reply["end"], "stopped");
    assert!(
        reply["text"].as_str().is_some_and(|text| !text.is_empty()),
        "what had come is there: {reply}"
    );
}

fn elsewhere(bed: &mut Bed) {
    let page = bed.page();
    page.open("");
    page.connect(&bed.model.base(), "echo", "");
    page.ask("这里用另一个模型");
    let other = page.hash();
    page.new_chat();
    page.choose("ok");
    page.ask("第一句");
    // Asked again, and gone to the other conversation before anything has left.
    page.js(
        "document.querySelector('article[data-role=assistant] [data-action=regenerate]').click(); location.hash = arguments[0]",
        &[json!(other)],
    );
    wait_for("the second request", SOON, || {
        (bed.model.log().asked("ok").len() == 2).then_some(())
    });
    page.wait_text("#model", "echo");
    assert_eq!(bed.model.log().asked("echo").len(), 1);
}

fn connection(bed: &mut Bed) {
    let page = bed.page();
    page.open("");
    page.connect(&bed.model.base(), "ok", "sk-old");
    page.go("#/settings/connections");
    open_first(&page);
    page.replace("#connection-key", "sk-new");
    page.click("#connection-save");
    wait_for("the new key is stored", SOON, || {
        (page.stored("keys").first()?["key"] == "sk-new").then_some(())
    });
    page.click("#connection-delete");
    wait_for("it is gone", SOON, || {
        page.stored("keys").is_empty().then_some(())
    });
    page.poke("button#undo");
    wait_for("it is back as it was saved", SOON, || {
        (page.stored("keys").first()?["key"] == "sk-new").then_some(())
    });
}

/// Opens the form of the first connection of the user's own.
fn open_first(page: &Page) {
    page.poke(".connections a.connection:not([href$=demo])");
    page.wait("#connection-key");
}
