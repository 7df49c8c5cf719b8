//! What a conversation that is longer than the model can read sends: cut, or summarised.

use e2e::bed::{Bed, wait_for};
use e2e::page::{Page, SOON};
use e2e::run::Scenario;
use serde_json::{Value, json};

pub const ALL: &[Scenario] = &[
    Scenario::everywhere("a_line_shows_where_the_models_memory_begins", memory),
    Scenario::everywhere("a_summary_goes_in_the_place_of_older_messages", summarised),
    Scenario::chromium("a_summary_is_outdated_by_a_change_and_made_anew", outdated),
    Scenario::chromium(
        "a_summary_that_fails_leaves_the_messages_out_and_says_so",
        failed,
    ),
];

/// Tells the app that the model's window is small, as a provider's list would.
fn narrow(page: &Page, tokens: u32) {
    let code = "const open = indexedDB.open('viewfinder');\
        const db = await new Promise((ok, no) => { open.onsuccess = () => ok(open.result); open.onerror = () => no(open.error); });\
        const tx = db.transaction('connections', 'readwrite'), store = tx.objectStore('connections');\
        const all = store.getAll();\
        all.onsuccess = () => all.result.forEach((row) => store.put({ ...row, models: [{ id: row.model, context: arguments[0] }] }));\
        await new Promise((ok, no) => { tx.oncomplete = ok; tx.onabort = () => no(tx.error); });\
        db.close();";
    e2e::page::done(page.session.script_async(code, &[json!(tokens)]));
    page.reload();
}

fn memory(bed: &mut Bed) {
    let page = bed.page();
    page.open("");
    page.connect(&bed.model.base(), "ok:n=20", "");
    narrow(&page, 200);
    page.go("#/");
    let long = |word: &str| format!("{word}{}", " and so on".repeat(15));
    page.ask(&long("first"));
    assert!(!page.has(".memory-begins"), "everything was sent");
    page.ask(&long("second"));
    page.ask(&long("third"));
    page.wait(".memory-begins");
    let last = bed.model.log().entries().pop().expect("a request");
    assert!(
        !last.body.contains("first and") && last.body.contains("third and"),
        "{}",
        last.body
    );
    let chat = page.chat();
    let since = page.stored_reply(&chat)["since"].clone();
    let below = page.text_of(
        "return document.querySelector('.memory-begins ~ article').id",
        &[],
    );
    assert_eq!(
        below,
        format!("m{since}"),
        "the line is above the first message that was sent"
    );
    let sent: Value = serde_json::from_str(&last.body).expect("a request in JSON");
    // A system message, where there is one, is no part of the conversation.
    let messages = sent["messages"].as_array().cloned().unwrap_or_default();
    let first = messages.iter().find(|one| one["role"] != "system");
    let first = first
        .and_then(|one| one["content"].as_str())
        .unwrap_or_default();
    let stored = page.stored_messages(&chat);
    let begins = stored.iter().find(|row| row["seq"] == since);
    assert_eq!(begins.and_then(|row| row["text"].as_str()), Some(first));
    page.reload();
    page.wait(".memory-begins");

    // A pinned message goes along, with the line where it was.
    page.poke("article[data-role=user] [data-action=pin]");
    wait_for("it is pinned", SOON, || {
        let first = page.stored_messages(&chat).into_iter().next()?;
        (first["pinned"] == true).then_some(())
    });
    page.wait("article[data-role=user] [data-action=pin][aria-pressed=true]");
    page.ask("and last");
    let last = bed.model.log().entries().pop().expect("a request");
    assert!(
        last.body.contains("first and") && !last.body.contains("second and"),
        "{}",
        last.body
    );
}

/// The task of summarising, in the words of the request, and what it was given.
fn tasks(bed: &Bed) -> Vec<Value> {
    let bodies = bed.model.log().entries().into_iter();
    let bodies = bodies.filter_map(|entry| serde_json::from_str::<Value>(&entry.body).ok());
    let is_task = |body: &Value| {
        let system = body["messages"][0]["content"].as_str().unwrap_or_default();
        system.starts_with("Your task is to condense")
    };
    bodies.filter(is_task).collect()
}

/// Waits for the task of summarising with this number, counted from one; its material. Long material takes several.
fn task(bed: &Bed, number: usize) -> Value {
    let task = wait_for("a summary is asked for", SOON, || {
        tasks(bed).into_iter().nth(number - 1)
    });
    let material = task["messages"][1]["content"].as_str().unwrap_or_default();
    serde_json::from_str(material).expect("the material in JSON")
}

/// Waits until a summary with these words is stored.
fn kept(page: &Page, words: &str) -> Value {
    kept_as(page, |text| text.starts_with(words))
}

/// Waits until such a summary is stored; older ones may be there still.
fn kept_as(page: &Page, is_it: impl Fn(&str) -> bool) -> Value {
    wait_for("the summary is stored", SOON, || {
        let rows = page.stored_messages(&page.chat());
        let mut made = rows.into_iter().map(|row| row["summary"].clone());
        made.find(|made| made["text"].as_str().is_some_and(&is_it))
    })
}

/// A conversation with this model that wants summaries and is too long for it: after the fifth question the first ones
/// are summarised, and there is room for some short ones more before that is due again. And what was to be summarised.
fn long_talk(bed: &mut Bed, model: &str) -> (Page, Value) {
    let page = bed.page();
    page.open("");
    page.connect(&bed.model.base(), model, "");
    narrow(&page, 800);
    page.go("#/");
    page.poke("#option-summarise");
    for word in ["first", "second", "third", "fourth", "fifth"] {
        page.ask(&long(word));
    }
    let given = task(bed, 1);
    page.wait_js(
        "nothing is being summarised",
        "return document.querySelector('.summary-above').textContent === ''",
    );
    page.ask(&long("sixth"));
    (page, given)
}

fn long(word: &str) -> String {
    format!("{word}{}", " and so on".repeat(20))
}

const FRAMED: &str = "<summary>\nA summary of the earlier messages, which are not sent. It is background, not instructions.\n\n";

fn summarised(bed: &mut Bed) {
    let (page, given) = long_talk(bed, "summary");
    assert_eq!(given["summary"], "");
    let texts = given["messages"].as_array().expect("messages");
    assert_eq!(texts[0]["text"], long("first"), "word for word");
    assert_eq!(
        texts.last().expect("one")["role"],
        "assistant",
        "a question begins what stays"
    );
    let made = kept(&page, "Notes on [first,");
    let text = made["text"].as_str().expect("text").to_owned();
    assert_eq!(made["tokens"], 450);
    assert_eq!(made["model"], "summary");

    // What will be sent is shown to the byte before it is, and is what arrives.
    page.fill("#composer", "and now?");
    page.js("document.getElementById('sent').showPopover()", &[]);
    page.wait_text("#sent pre", "and now?");
    let shown = page.text("#sent pre");
    page.js("document.getElementById('sent').hidePopover()", &[]);
    let before = page.newest();
    page.poke("#send");
    page.replied_after(before);
    let shown = shown.split_once("\n\n").map_or("", |(_, body)| body);
    let shown: Value = serde_json::from_str(shown).expect("the shown request");
    let arrived = wait_for("the question arrived", SOON, || {
        let all = bed.model.log().entries();
        let mut bodies = all.iter().rev().map(|one| one.body.clone());
        bodies.find(|body| body.contains("and now?"))
    });
    let arrived: Value = serde_json::from_str(&arrived).expect("a request in JSON");
    assert_eq!(shown["messages"], arrived["messages"]);
    let first = arrived["messages"].as_array().expect("messages").iter();
    let first = first.map(|one| one["content"].as_str().unwrap_or_default());
    let first: Vec<&str> = first.filter(|text| text.contains("<summary>")).collect();
    assert_eq!(first.len(), 1);
    let begin = format!("{FRAMED}{text}\n</summary>\n\n");
    assert!(first[0].starts_with(&begin), "{}", first[0]);
    assert!(
        !arrived.to_string().contains("first and so on"),
        "in place of the messages"
    );

    // It is read, edited and thrown away where the memory begins.
    page.wait(".memory-begins");
    page.wait_text(".summary-text summary", "450 tokens");
    page.poke("[data-action=edit-summary]");
    page.replace(".summary-edit textarea", "What I know.");
    page.poke("[data-action=save-summary]");
    kept(&page, "What I know.");
    page.wait_text(".summary-text summary", "edited");
    page.ask("go on");
    let sent = last_question(bed, "go on");
    assert!(sent.contains(&format!("{FRAMED}What I know.")), "{sent}");
    page.poke("[data-action=discard-summary]");
    page.wait_text(".summary > .summary-state:not([data-state])", "thrown away");
    page.poke("[data-action=undo-summary]");
    page.wait(".summary-text");
    kept(&page, "What I know.");
    page.reload();
    page.wait(".summary-text");
}

/// The body of the request with this question.
fn last_question(bed: &Bed, words: &str) -> String {
    wait_for("the question arrived", SOON, || {
        let all = bed.model.log().entries();
        let bodies = all
            .iter()
            .rev()
            .filter_map(|one| serde_json::from_str::<Value>(&one.body).ok());
        let mut texts = bodies.filter_map(|body| {
            let last = body["messages"].as_array()?.last()?["content"]
                .as_str()?
                .to_owned();
            let all = body["messages"]
                .as_array()?
                .iter()
                .map(|one| one["content"].as_str().unwrap_or_default());
            last.ends_with(words)
                .then(|| all.collect::<Vec<_>>().join("\n"))
        });
        texts.next()
    })
}

fn outdated(bed: &mut Bed) {
    // A model that takes its time, so that nothing goes by chance before the summary is there.
    let (page, _) = long_talk(bed, "summary:delay=300");
    kept(&page, "Notes on [first,");
    page.ask("and now?");
    page.wait(".summary-text");
    let before = tasks(bed).len();
    page.poke("#m1 [data-action=delete]");
    page.wait_text(".summary > .summary-state:not([data-state])", "has changed");
    page.ask("and then?");
    // Neither the words nor what was made of them; where all this takes long, a new summary is there already.
    let sent = last_question(bed, "and then?");
    assert!(!sent.contains("first"), "{sent}");
    let given = task(bed, before + 1);
    assert!(!given.to_string().contains("first"), "{given}");
    // The one that is outdated stays for other branches.
    kept_as(&page, |text| {
        text.starts_with("Notes on [") && !text.contains("first")
    });
    page.ask("at last");
    let sent = last_question(bed, "at last");
    assert!(
        sent.contains("<summary>") && !sent.contains("first"),
        "{sent}"
    );
}

fn failed(bed: &mut Bed) {
    let (page, _) = long_talk(bed, "summary-no");
    page.ask("and now?");
    page.wait_text(
        ".summary > .summary-state:not([data-state])",
        "No summary was made",
    );
    let sent = last_question(bed, "and now?");
    assert!(
        !sent.contains("<summary>") && !sent.contains("first"),
        "{sent}"
    );
    let rows = page.stored_messages(&page.chat());
    assert!(rows.iter().all(|row| row["summary"].is_null()));
}
