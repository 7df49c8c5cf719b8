//! "You're not finished" where something came between: the network, another branch, another conversation; and one part of
//! a reply that was continued, alone.

use super::rest::{started, state, whole};
use e2e::bed::{Bed, wait_for};
use e2e::page::{Page, SOON};
use e2e::run::Scenario;
use serde_json::{Value, json};

pub const ALL: &[Scenario] = &[
    Scenario::everywhere("a_continuation_is_taken_out_and_retried_alone", alone),
    Scenario::chromium("a_part_that_was_being_written_anew_comes_back", closed),
    Scenario::everywhere("the_rest_comes_after_the_network_was_cut", network),
    Scenario::chromium("the_rest_of_an_older_branch", branch),
    Scenario::chromium("a_reply_that_looks_cut_is_marked_in_the_list", marked),
    Scenario::chromium("what_goes_on_by_itself_stops_when_it_repeats", circles),
];

/// A reply with two continuations, with its seams shown.
fn twice(bed: &mut Bed, model: &str) -> Page {
    let page = started(bed, model);
    page.click(".unfinished [data-action=rest]");
    wait_for(
        "the first rest is there, and it stops early too",
        SOON,
        || {
            let reply = page.stored_reply(&page.chat());
            (reply["segments"].as_array().map(Vec::len) == Some(1) && reply["end"] == "complete")
                .then_some(())
        },
    );
    state(&page, "suspicious");
    page.click(".unfinished [data-action=rest]");
    state(&page, "done");
    whole(&page, model, 2);
    page.click(".unfinished [data-action=seams]");
    page.wait(".seams li:nth-child(2)");
    page
}

fn alone(bed: &mut Bed) {
    let model = "stop-text:twice=1";
    let page = twice(bed, model);
    let chat = page.chat();
    let both = page.stored_reply(&chat);
    // The first alone: what was joined on after it stays.
    page.click(".seams li:nth-child(1) [data-action=take-out]");
    wait_for("one part is left", SOON, || {
        (page.stored_reply(&chat)["segments"]
            .as_array()
            .map(Vec::len)
            == Some(1))
        .then_some(())
    });
    let left = page.stored_reply(&chat);
    let part = |row: &Value, nth: usize| {
        let text = row["text"].as_str().unwrap_or_default();
        let at = |nth: usize| {
            row["segments"][nth]["at"]
                .as_u64()
                .map_or(text.len(), |at| at as usize)
        };
        text[at(nth)..at(nth + 1)].to_owned()
    };
    assert_eq!(
        part(&left, 0),
        part(&both, 1),
        "the second part is untouched"
    );
    page.click("#undo");
    state(&page, "done");
    whole(&page, model, 2);
    // Written anew, alone.
    let asked = bed.model.log().asked(model).len();
    page.click(".unfinished [data-action=seams]");
    page.click(".seams li:nth-child(1) [data-action=retry-segment]");
    page.wait("#undo");
    state(&page, "done");
    let anew = page.stored_reply(&chat);
    assert_eq!(anew["text"], both["text"], "this model says the same again");
    assert_eq!(anew["segments"].as_array().map(Vec::len), Some(2));
    let requests = bed.model.log().asked(model);
    let bodies: Vec<&str> = requests[asked..]
        .iter()
        .filter(|entry| entry.method == "POST")
        .map(|entry| entry.body.as_str())
        .collect();
    assert_eq!(bodies.len(), 1, "one part is asked for once");
    assert!(
        !bodies[0].contains(part(&both, 0).trim()),
        "what is written anew is not sent"
    );
    page.click("#undo");
    wait_for("the old one is back", SOON, || {
        (page.stored_reply(&chat)["segments"] == both["segments"]).then_some(())
    });
}

fn closed(bed: &mut Bed) {
    let model = "stop-text:twice=1,delay=100,last=2500";
    let page = twice(bed, model);
    let chat = page.chat();
    let both = page.stored_reply(&chat);
    page.click(".seams li:nth-child(1) [data-action=retry-segment]");
    state(&page, "working");
    let stored = |page: &Page| {
        let rows = page.stored_messages(&chat);
        let row = rows.into_iter().find(|row| row["seq"] == both["seq"]);
        row.unwrap_or_default()
    };
    let long = |row: &Value| row["text"].as_str().map_or(0, str::len);
    wait_for("it is being written anew", SOON, || {
        let now = stored(&page);
        let streams = now["end"].is_null() && long(&now) < long(&both);
        streams.then_some(())
    });
    page.reload();
    wait_for("the reply is as it was", SOON, || {
        (stored(&page)["text"] == both["text"]).then_some(())
    });
    state(&page, "done");
    assert_eq!(stored(&page)["segments"].as_array().map(Vec::len), Some(2));
}

fn network(bed: &mut Bed) {
    for (model, parts) in [("stop-text:lost=1", 1), ("stop-code:lost=2", 2)] {
        let page = started(bed, model);
        if parts == 1 {
            assert_eq!(page.last().end, "cut");
        }
        page.click(".unfinished [data-action=rest]");
        if parts == 2 {
            wait_for("the rest is cut", SOON, || {
                (page.last().end == "cut").then_some(())
            });
            state(&page, "suspicious");
            page.reload();
            state(&page, "suspicious");
            page.click(".unfinished [data-action=rest]");
        }
        state(&page, "done");
        whole(&page, model, parts);
    }
}

fn branch(bed: &mut Bed) {
    let page = started(bed, "stop-text");
    let chat = page.chat();
    page.click(".unfinished [data-action=again]");
    page.wait(".branch");
    page.wait_for_reply(SOON);
    state(&page, "suspicious");
    let replies = |page: &Page| -> Vec<Value> {
        let all = page.stored_messages(&chat);
        all.into_iter()
            .filter(|row| row["role"] == "assistant")
            .collect()
    };
    let second = replies(&page)[1]["text"].clone();
    page.poke("[data-action=previous-branch]");
    wait_for("the older branch", SOON, || {
        (page.text(".message[data-role=assistant] .branch .figure") == "1/2").then_some(())
    });
    state(&page, "suspicious");
    page.reload();
    state(&page, "suspicious");
    page.click(".unfinished [data-action=rest]");
    state(&page, "done");
    let all = replies(&page);
    assert_eq!(all[0]["segments"].as_array().map(Vec::len), Some(1));
    assert_eq!(all[1]["text"], second, "the other branch is untouched");
    assert_eq!(
        page.text(".message[data-role=assistant] .branch .figure"),
        "1/2"
    );
}

fn marked(bed: &mut Bed) {
    let page = started(bed, "stop-text");
    let here = format!(".list a[href='#/c/{}'] [role=img]", page.chat());
    page.wait(&here);
    page.wait(".prose [data-cut]");
    page.wait_text(".rest > [role=status]", "看起来没说完：");
    page.click(".unfinished [data-action=complete]");
    page.wait_gone(&here);
    page.wait_gone(".prose [data-cut]");
    page.click(".unfinished [data-action=rest]");
    state(&page, "done");
    assert!(!page.has(&here), "it is mended");
    // One that ends while another conversation is open.
    page.new_chat();
    page.choose("stop-text:delay=100,last=1500");
    page.send("下雨天怎么拍照？");
    page.wait("article[data-role=assistant]");
    let away = format!(".list a[href='#/c/{}'] [role=img]", page.chat());
    page.new_chat();
    page.wait(&away);
    // It is counted after it is marked.
    wait_for("both are counted", SOON, || {
        let totals = page.stored("tallies");
        let replies = totals.iter().filter_map(|total| total["replies"].as_u64());
        (replies.sum::<u64>() == 2).then_some(())
    });
}

fn circles(bed: &mut Bed) {
    let page = bed.page();
    page.open("");
    page.connect(&bed.model.base(), "stop-text:loop=1", "");
    page.go("#/settings");
    page.poke("#auto-continue-1");
    page.go("#/");
    page.new_chat();
    page.ask("下雨天怎么拍照？");
    wait_for("a rest came, and then nothing new", SOON, || {
        let reply = page.stored_reply(&page.chat());
        (reply["segments"].as_array().map(Vec::len) == Some(1)).then_some(())
    });
    state(&page, "suspicious");
    std::thread::sleep(std::time::Duration::from_millis(600));
    let reply = page.stored_reply(&page.chat());
    assert_eq!(
        reply["segments"].as_array().map(Vec::len),
        Some(1),
        "{reply}"
    );
    let asked = bed.model.log().asked("stop-text:loop=1");
    let asked = asked.iter().filter(|entry| entry.method == "POST").count();
    assert!(asked <= 3, "asked {asked} times");
    assert_eq!(
        page.stored_messages(&page.chat()).len(),
        2,
        "no other answer is begun"
    );
    assert_eq!(page.stored("cases")[0]["label"], json!("open"));
}
