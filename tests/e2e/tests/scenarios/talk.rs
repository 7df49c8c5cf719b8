//! The main path, in every engine: open, talk to the demo model, connect, ask, stop, branch, reload.

use e2e::bed::{Bed, wait_for, wall};
use e2e::pace::slowness;
use e2e::page::SOON;
use e2e::run::Scenario;
use serde_json::json;
use std::time::Duration;

pub const ALL: &[Scenario] = &[
    Scenario::everywhere("the_demo_model_answers_at_once", demo),
    Scenario::everywhere("connect_ask_in_both_languages_and_reload", connect),
    Scenario::everywhere("stop_keeps_the_text", stop),
    Scenario::everywhere("edit_and_regenerate_make_branches", branches),
];

fn demo(bed: &mut Bed) {
    let page = bed.page();
    page.open("");
    let reply = page.ask("你好，你是谁？");
    assert_eq!(reply.end, "complete");
    assert!(reply.text.contains("演示模型"), "{reply:?}");
    let reply = page.ask("Hello, who are you?");
    assert_eq!(reply.end, "complete");
    assert!(reply.text.contains("demo model"), "{reply:?}");
    assert!(
        bed.model.log().entries().is_empty(),
        "the demo model asks no server"
    );
}

fn connect(bed: &mut Bed) {
    let page = bed.page();
    page.open("");
    page.connect(&bed.model.base(), "ok:delay=2", "sk-e2e-main-path");
    let zh = page.ask("雨天怎么拍照？");
    assert_eq!(zh.end, "complete");
    for part in ["h2", "strong", "ol li", "table td", "pre code", "code"] {
        assert!(
            page.has(&format!("[data-role=assistant] .prose {part}")),
            "{part}"
        );
    }
    page.choose("ok-en");
    let en = page.ask("How do I take photos in the rain?");
    assert_eq!(en.end, "complete");
    assert!(en.text.contains("Light on a rainy day"), "{en:?}");

    let chat = page.chat();
    // Formulas are drawn a moment after the words; what is compared is what stands still.
    let drawn =
        |messages: &[e2e::page::Shown]| messages.iter().all(|one| !one.text.contains("mc^2"));
    wait_for("formulas are drawn", SOON, || {
        drawn(&page.messages()).then_some(())
    });
    let before = page.messages();
    page.reload();
    wait_for("all messages are there again", SOON, || {
        let messages = page.messages();
        (messages.len() == 4 && drawn(&messages)).then_some(())
    });
    let words = |messages: &[e2e::page::Shown]| -> Vec<(String, String)> {
        messages
            .iter()
            .map(|message| (message.text.clone(), message.end.clone()))
            .collect()
    };
    assert_eq!(words(&page.messages()), words(&before));

    let asked = bed.model.log().asked("ok:delay=2");
    assert_eq!(
        asked[0].header("authorization"),
        Some("Bearer sk-e2e-main-path")
    );
    let stored = page.stored_messages(&chat);
    assert_eq!(stored[1]["text"], json!(asked[0].text));
    assert_eq!(
        stored[3]["text"],
        json!(bed.model.log().asked("ok-en")[0].text)
    );
}

fn stop(bed: &mut Bed) {
    let page = bed.page();
    page.open("");
    let model = "ok:n=2000,delay=20";
    page.connect(&bed.model.base(), model, "");
    let mut late = Vec::new();
    for turn in 0..3 {
        page.send("停在半路");
        page.wait_for_words();
        let clicked = page.stop();
        let reply = page.wait_for_reply(SOON);
        assert_eq!(reply.end, "stopped");
        assert!(page.has("article:last-of-type [data-action=retry]"));
        let aborted = wait_for("the server sees the abort", SOON, || {
            bed.model.log().asked(model)[turn].aborted
        });
        late.push(wall(aborted) - clicked);
        let entry = bed.model.log().asked(model)[turn].clone();
        let kept = page.stored_reply(&page.chat());
        let text = kept["text"].as_str().unwrap_or_default().to_owned();
        assert_eq!(kept["end"], "stopped");
        assert!(
            !text.is_empty() && entry.text.starts_with(&text),
            "kept {text:?}"
        );
    }
    let most = 200.0 * slowness(&page);
    assert!(
        late.iter().all(|late| *late <= most),
        "the server saw the aborts {late:?} ms after the clicks, and {most} may be"
    );
}

fn branches(bed: &mut Bed) {
    let page = bed.page();
    page.open("");
    page.connect(&bed.model.base(), "echo", "");
    assert_eq!(page.ask("第一种问法").text, "第一种问法");
    page.ask("接着问");
    assert_eq!(page.messages().len(), 4);

    // Other words for the first message: a branch, with what followed out of sight.
    let user = "article[data-role=user]:first-of-type";
    page.poke(&format!("{user} [data-action=edit]"));
    page.fill(&format!("{user} .editing textarea"), "第二种问法");
    page.poke(&format!("{user} [data-action=save-edit]"));
    let shows = |words: &str, count: usize| {
        wait_for(
            &format!("{count} messages that begin with {words}"),
            SOON,
            || {
                let all = page.messages();
                let over = all
                    .last()
                    .is_some_and(|last| !last.end.is_empty() && last.end != "streaming");
                (over && all.len() == count && all[0].text == words).then_some(())
            },
        );
    };
    shows("第二种问法", 2);
    assert_eq!(page.last().text, "第二种问法");
    page.wait_text("article[data-role=user] .branch .figure", "2/2");
    page.poke("article[data-role=user] [data-action=previous-branch]");
    shows("第一种问法", 4);
    page.wait_text("article[data-role=user] .branch .figure", "1/2");
    page.poke("article[data-role=user] [data-action=next-branch]");
    shows("第二种问法", 2);

    // Asking again makes a branch of the reply.
    page.poke("article[data-role=assistant] [data-action=regenerate]");
    page.wait_text("article[data-role=assistant] .branch .figure", "2/2");
    page.wait_for_reply(Duration::from_secs(20));
    page.reload();
    shows("第二种问法", 2);
    page.wait_text("article[data-role=assistant] .branch .figure", "2/2");
    page.wait_text("article[data-role=user] .branch .figure", "2/2");
    assert_eq!(
        page.stored_messages(&page.chat()).len(),
        7,
        "every branch is kept"
    );
}
