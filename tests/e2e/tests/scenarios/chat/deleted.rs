//! What is deleted comes back for as long as that is offered.

use super::row_action;
use e2e::bed::{Bed, wait_for};
use e2e::page::SOON;
use std::time::Duration;

pub fn delete_message(bed: &mut Bed) {
    let page = bed.page();
    page.open("");
    page.connect(&bed.model.base(), "echo", "");
    page.ask("第一句");
    page.ask("第二句");
    let texts = || {
        page.messages()
            .into_iter()
            .map(|message| message.text)
            .collect::<Vec<_>>()
    };
    let before = texts();
    page.poke("article[data-role=assistant]:last-of-type [data-action=delete]");
    wait_for("the message is gone", SOON, || {
        (texts() == before[..3]).then_some(())
    });
    page.poke("button#undo");
    wait_for("the message is back", SOON, || {
        (texts() == before).then_some(())
    });
    page.poke("article[data-role=user] [data-action=delete]");
    wait_for("the first message is gone", SOON, || {
        (texts() == before[1..]).then_some(())
    });
    page.reload();
    wait_for("it stays gone", SOON, || {
        (texts() == before[1..]).then_some(())
    });
}

/// Has the page note when it began and when it ceased to offer an undo.
const OFFER: &str = "
    window.__offer = [];
    new MutationObserver(() => {
      const there = document.getElementById('undo') !== null;
      if (there === (window.__offer.length === 0) && window.__offer.length < 2) window.__offer.push(performance.now());
    }).observe(document.body, { childList: true, subtree: true });";

pub fn delete_chat(bed: &mut Bed) {
    let page = bed.page();
    page.open("");
    page.connect(&bed.model.base(), "echo", "");
    page.ask("会被删掉的对话");
    let chat = page.chat();
    let before = page.stored_messages(&chat);
    let delete = || {
        row_action(&page, "会被删掉的对话", "delete");
        page.wait_gone("article.message");
        wait_for("its messages are gone", SOON, || {
            page.stored_messages(&chat).is_empty().then_some(())
        });
    };
    delete();
    page.poke("button#undo");
    wait_for("its messages are back", SOON, || {
        (page.stored_messages(&chat) == before).then_some(())
    });
    page.wait_text(".list", "会被删掉的对话");
    page.go(&format!("#/c/{chat}"));
    wait_for("it opens again", SOON, || {
        (page.messages().len() == 2).then_some(())
    });
    // The undo stays for ten seconds at least, and then the conversation is gone.
    page.wait_gone("#undo");
    page.js(OFFER, &[]);
    delete();
    // It stays for as long as the keyboard is on it.
    page.wait("#undo:focus");
    page.js("document.activeElement.blur()", &[]);
    let offered = wait_for("the offer is over", Duration::from_secs(40), || {
        let noted = page.js("return window.__offer", &[]);
        Some(noted[1].as_f64()? - noted[0].as_f64()?)
    });
    assert!(offered >= 10_000.0, "offered for {offered:.0} ms");
    page.reload();
    page.wait_js(
        "the list is empty",
        "return !document.querySelector('.list')?.innerText.includes('会被删掉的对话')",
    );
    assert!(page.stored_messages(&chat).is_empty());
}

pub fn delete_many(bed: &mut Bed) {
    let page = bed.page();
    page.open("");
    page.connect(&bed.model.base(), "echo", "");
    for text in ["对话甲", "对话乙", "对话丙"] {
        page.go("#/new");
        page.wait_gone("article.message");
        page.ask(text);
    }
    let list = || page.text(".list");
    row_action(&page, "对话甲", "delete");
    page.wait_text(".notices", "对话甲");
    row_action(&page, "对话乙", "delete");
    page.wait_text(".notices", "对话乙");
    // A plain line beside them takes nothing away.
    page.js("document.dispatchEvent(new KeyboardEvent('keydown', { key: 'C', code: 'KeyC', ctrlKey: true, shiftKey: true, bubbles: true }))", &[]);
    page.wait(".notice:not(:has(#undo, .button))");
    page.poke(".notice:last-child .button");
    page.wait_text(".list", "对话甲");
    assert!(!list().contains("对话乙"), "{}", list());
    page.poke("button#undo");
    page.wait_text(".list", "对话乙");

    // The keyboard goes to the undo, which stays; the pointer goes on in the composer.
    let focus = |place: &str| {
        page.wait_js(
            place,
            &format!("return document.activeElement?.id === '{place}'"),
        );
    };
    page.wait_text(".thread", "对话丙");
    page.poke("article[data-role=assistant] [data-action=delete]");
    focus("undo");
    page.wait_gone("article[data-role=assistant]");
    page.js(
        "document.querySelector('article[data-role=user]').dispatchEvent(new MouseEvent('mouseover', { bubbles: true }))",
        &[],
    );
    page.click("article[data-role=user] [data-action=delete]");
    focus("composer");
    page.wait_gone("article.message");
    page.poke(".notice:last-child .button");
    page.wait("article[data-role=assistant]");
    page.poke("button#undo");
    page.wait("article[data-role=user]");
}
