//! "You're not finished": the hint, one click, the seam, what is taken out again, and the log of it all.

use e2e::bed::{Bed, wait_for};
use e2e::faults::{Name, stops};
use e2e::page::{Lang, Page, SOON, done};
use e2e::run::Scenario;
use e2e::webdriver::{CONTROL, ENTER, SHIFT};
use serde_json::{Value, json};

pub const ALL: &[Scenario] = &[
    Scenario::everywhere("one_click_gets_the_rest_without_a_seam", one_click),
    Scenario::chromium(
        "a_beginning_is_given_and_a_refusal_falls_through",
        beginnings,
    ),
    Scenario::chromium("it_was_complete_is_remembered_as_a_false_alarm", complete),
    Scenario::chromium("an_answer_that_starts_over_is_a_branch", over),
    Scenario::chromium("the_rest_outlives_reload_and_stop", interrupted),
    Scenario::chromium("a_reply_goes_on_by_itself_where_that_is_set", by_itself),
    Scenario::chromium("ways_by_menu_by_default_and_by_key", ways),
    Scenario::chromium("the_log_is_read_labelled_deleted_and_exported", log),
    Scenario::chromium("a_temporary_reply_leaves_no_case", temporary),
];

const KINDS: [&str; 4] = ["stop-text", "stop-code", "stop-list", "stop-colon"];

fn one_click(bed: &mut Bed) {
    let page = bed.page();
    page.open("");
    page.connect(&bed.model.base(), "stop-text", "sk-e2e-rest-0123456789");
    for (lang, tail, question) in [
        (Lang::Zh, "", "下雨天怎么拍照？给三个理由。"),
        (Lang::En, ":en=1", "How do I take photos in the rain?"),
    ] {
        page.set_language(lang);
        page.go("#/");
        for kind in KINDS {
            let model = format!("{kind}{tail}");
            page.new_chat();
            page.choose(&model);
            page.ask(question);
            state(&page, "suspicious");
            assert!(
                !page.text(".unfinished .why").is_empty(),
                "{model}: no reason"
            );
            page.click(".unfinished [data-action=rest]");
            state(&page, "done");
            whole(&page, &model, 1);
            assert_eq!(page.messages().len(), 2, "{model}: it is the same reply");
        }
    }
    // That a reply was mended is written down after it is shown.
    let cases = wait_for("every case is kept and mended", SOON, || {
        let cases = page.stored("cases");
        let all = cases.iter().all(|case| case["mended"].is_object());
        (cases.len() == 8 && all).then_some(cases)
    });
    for case in &cases {
        assert_eq!(
            (&case["label"], &case["mended"]["way"]),
            (&json!("cut"), &json!("ask")),
            "{case}"
        );
        assert!(case["ask"]["turns"][0]["text"].is_string(), "{case}");
        assert!(
            !case.to_string().contains("sk-e2e-rest"),
            "a key is in a case"
        );
    }
    page.go("#/unfinished");
    wait_for("every case is listed", SOON, || {
        (count(&page, ".cases tr[data-case]") == 8).then_some(())
    });
}

fn beginnings(bed: &mut Bed) {
    let page = bed.page();
    page.open("");
    page.connect(&bed.model.base_of_vllm(), "stop-code:en=1", "");
    for (model, way, asked) in [
        ("stop-code:en=1", "prefill", 1),
        ("stop-text:refuse=1", "ask", 2),
        ("stop-text:refuse=1", "ask", 1),
    ] {
        page.new_chat();
        page.choose(model);
        let before = bed.model.log().asked(model).len();
        page.ask("?");
        state(&page, "suspicious");
        page.click(".unfinished [data-action=rest]");
        state(&page, "done");
        let segments = whole(&page, model, 1);
        assert_eq!(segments[0]["way"], json!(way), "{model}");
        let requests = bed.model.log().asked(model);
        let sent = requests[before..]
            .iter()
            .filter(|entry| entry.method == "POST")
            .count();
        assert_eq!(sent, 1 + asked, "{model}: what worked is remembered");
    }
    let body = bed
        .model
        .log()
        .asked("stop-code:en=1")
        .pop()
        .map(|entry| entry.body);
    let body: Value = serde_json::from_str(&body.unwrap_or_default()).unwrap_or_default();
    assert_eq!(body["continue_final_message"], json!(true));
    assert_eq!(body["messages"][1]["role"], json!("assistant"));
}

fn complete(bed: &mut Bed) {
    let page = started(bed, "stop-colon");
    page.click(".unfinished [data-action=complete]");
    state(&page, "quiet");
    page.reload();
    state(&page, "quiet");
    let cases = page.stored("cases");
    assert_eq!(cases.len(), 1);
    assert_eq!(cases[0]["label"], json!("complete"));
    page.click(".unfinished [data-action=rest]");
    state(&page, "done");
    assert_eq!(
        page.stored("cases")[0]["label"],
        json!("cut"),
        "the user changed their mind"
    );
}

fn over(bed: &mut Bed) {
    let page = started(bed, "stop-text:over=1");
    for (lang, model, question, words) in [
        (
            Lang::Zh,
            "stop-text:over=1",
            "下雨天怎么拍照？",
            "积水、玻璃和车顶",
        ),
        (
            Lang::Zh,
            "stop-text:over=2",
            "下雨天怎么拍照？",
            "积水、玻璃和车顶",
        ),
        (
            Lang::En,
            "stop-text:over=2,en=1",
            "How do I take photos in the rain?",
            "puddles, glass and car roofs",
        ),
    ] {
        page.set_language(lang);
        page.go("#/");
        page.new_chat();
        page.choose(model);
        page.ask(question);
        state(&page, "suspicious");
        let chat = page.chat();
        let first = page.stored_reply(&chat)["text"].clone();
        page.click(".unfinished [data-action=rest]");
        page.wait(".branch");
        page.wait_text("[data-of=rest]", "2");
        page.wait(".prose [data-cut]");
        assert_eq!(
            page.text(".message[data-role=assistant] .branch .figure"),
            "1/2",
            "{model}"
        );
        let replies = page.stored_messages(&chat);
        let texts: Vec<&str> = replies
            .iter()
            .filter(|row| row["role"] == "assistant")
            .filter_map(|row| row["text"].as_str())
            .collect();
        assert_eq!(
            Some(texts[0]),
            first.as_str(),
            "nothing of the first is changed"
        );
        assert!(texts[1].contains(words), "{texts:?}");
        page.poke("[data-action=next-branch]");
        wait_for("the other answer", SOON, || {
            page.last().text.contains(words).then_some(())
        });
    }
}

fn interrupted(bed: &mut Bed) {
    let page = started(bed, "stop-code:delay=100,last=3000");
    page.click(".unfinished [data-action=rest]");
    state(&page, "working");
    wait_for("some of the rest", SOON, || {
        page.last().text.contains("println").then_some(())
    });
    page.click(".unfinished [data-action=stop-rest]");
    state(&page, "quiet");
    let chat = page.chat();
    let stopped = page.stored_reply(&chat);
    assert_eq!(stopped["end"], json!("stopped"));
    let text = stopped["text"].as_str().unwrap_or_default().to_owned();
    assert!(text.contains("println"), "what came is kept: {text}");
    page.click(".unfinished [data-action=rest]");
    state(&page, "working");
    page.reload();
    state(&page, "suspicious");
    let cut = page.stored_reply(&chat);
    assert_eq!(cut["end"], json!("cut"));
    assert!(
        cut["text"].as_str().unwrap_or_default().starts_with(&text),
        "{cut}"
    );
    page.click(".unfinished [data-action=rest]");
    state(&page, "working");
    page.wait_for_reply(SOON);
}

fn by_itself(bed: &mut Bed) {
    let page = bed.page();
    page.open("");
    page.connect(&bed.model.base(), "stop-text:twice=1", "");
    page.go("#/settings");
    page.poke("#auto-continue-1");
    page.go("#/");
    page.new_chat();
    page.ask("下雨天怎么拍照？");
    state(&page, "done");
    whole(&page, "stop-text:twice=1", 2);
    assert_eq!(
        page.stored("cases")[0]["label"],
        json!("open"),
        "nobody has said that it was cut"
    );
}

fn ways(bed: &mut Bed) {
    let page = started(bed, "stop-text");
    page.click(".unfinished [popovertarget=rest-menu]");
    page.click("#rest-menu [data-action=again]");
    page.wait(".branch");
    page.wait_for_reply(SOON);
    state(&page, "suspicious");
    page.poke("#composer");
    page.js("document.getElementById('composer').focus()", &[]);
    done(page.session.press(&[CONTROL, SHIFT, ENTER]));
    state(&page, "done");
    whole(&page, "stop-text", 1);
    page.go("#/settings");
    page.poke("#rest-way-3");
    page.go("#/");
    page.new_chat();
    page.ask("下雨天怎么拍照？");
    state(&page, "suspicious");
    page.click(".unfinished [data-action=rest]");
    page.wait(".branch");
    // A beginning as the default, where the provider takes none and where it does.
    page.go("#/settings");
    page.poke("#rest-way-1");
    for (base, way) in [(None, "ask"), (Some(bed.model.base_of_vllm()), "prefill")] {
        if let Some(base) = base {
            page.connect(&base, "stop-text", "");
        }
        page.go("#/");
        page.new_chat();
        page.ask("下雨天怎么拍照？");
        state(&page, "suspicious");
        page.click(".unfinished [data-action=rest]");
        state(&page, "done");
        assert_eq!(whole(&page, "stop-text", 1)[0]["way"], json!(way));
    }
    // A server of one's own is asked what it takes when the menu opens.
    page.new_chat();
    page.ask("下雨天怎么拍照？");
    state(&page, "suspicious");
    page.click(".unfinished [popovertarget=rest-menu]");
    page.wait("#rest-menu [data-action=prefill]");
}

fn log(bed: &mut Bed) {
    let page = started(bed, "stop-text");
    page.click(".unfinished [data-action=rest]");
    state(&page, "done");
    page.go("#/unfinished");
    page.wait(".plot .share");
    page.wait(".case .cut");
    // The words are drawn as in the chat, with the mark where they were cut.
    page.wait_text(".case-words .prose ins.mended", "水珠会让画面发灰");
    let before = page.text_of(
        "const cut = document.querySelector('.case-words .cut'); return cut.previousSibling.textContent",
        &[],
    );
    assert!(before.ends_with("镜头上的水，因为"), "{before}");
    page.click("#label");
    wait_for("the label is stored", SOON, || {
        (page.stored("cases")[0]["label"] == "complete").then_some(())
    });
    page.wait(".cases .verdict[data-verdict=false]");
    page.click("#label");
    page.wait(".cases .verdict[data-verdict=mended]");
    page.poke(".export input[value='preferences-trl.jsonl']");
    page.wait_text(".preview pre", "\"chosen\"");
    page.wait_text(".preview pre", "\"rejected\"");
    page.type_into("#black-out-words", "下雨天");
    page.wait(".preview .redacted");
    page.click("#delete-case");
    page.wait(".empty-place");
    assert!(page.stored("cases").is_empty());
    page.click("#undo");
    page.wait(".cases tr[data-case]");
    assert_eq!(page.stored("cases").len(), 1);
}

fn temporary(bed: &mut Bed) {
    let page = bed.page();
    page.open("");
    page.connect(&bed.model.base(), "stop-text", "");
    page.new_chat();
    page.poke("#temporary");
    page.ask("下雨天怎么拍照？");
    state(&page, "suspicious");
    page.click(".unfinished [data-action=rest]");
    state(&page, "done");
    assert!(
        page.last().text.contains("水珠会让画面发灰"),
        "{:?}",
        page.last()
    );
    assert!(
        page.stored("cases").is_empty(),
        "a temporary conversation writes nothing"
    );
    assert!(page.stored("tallies").is_empty());
}

/// A reply of this model that has stopped early, in Chinese.
pub fn started(bed: &mut Bed, model: &str) -> Page {
    let page = bed.page();
    page.open("");
    page.connect(&bed.model.base(), model, "");
    page.set_language(Lang::Zh);
    page.go("#/");
    page.new_chat();
    page.ask("下雨天怎么拍照？");
    state(&page, "suspicious");
    page
}

/// Waits until the line under the last reply stands so.
#[track_caller]
pub fn state(page: &Page, name: &str) {
    page.wait(&format!(".unfinished[data-state={name}]"));
}

/// The stored reply is the whole of what the model had to say, in so many continuations, which it gives.
#[track_caller]
pub fn whole(page: &Page, model: &str, continuations: usize) -> Vec<Value> {
    let reply = page.stored_reply(&page.chat());
    let want = stops::whole(&Name::parse(model));
    assert_eq!(reply["text"].as_str(), want.as_deref(), "{model}");
    let segments = reply["segments"].as_array().cloned().unwrap_or_default();
    assert_eq!(segments.len(), continuations, "{model}: {reply}");
    segments
}

fn count(page: &Page, css: &str) -> u64 {
    let count = page.js(
        "return document.querySelectorAll(arguments[0]).length",
        &[json!(css)],
    );
    count.as_u64().unwrap_or_default()
}
