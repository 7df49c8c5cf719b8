//! What stays as it is: the provider of a conversation, the words of a temporary one out of what is kept, a reply that
//! is not seen, a change that was dropped, the end of a backup, a formula that is copied.

use super::chat::row_action;
use super::data::backup;
use super::secrets::restore;
use e2e::bed::{Bed, wait_for};
use e2e::page::{SOON, done};
use e2e::run::Scenario;
use e2e::webdriver::{CONTROL, ESCAPE, SHIFT};
use serde_json::json;

pub const ALL: &[Scenario] = &[
    Scenario::chromium("a_conversation_stays_with_its_provider", provider),
    Scenario::chromium("nothing_of_a_temporary_conversation_is_left", temporary),
    Scenario::chromium("shortcuts_leave_a_hidden_reply_alone", hidden),
    Scenario::chromium("a_dropped_change_comes_back", change),
    Scenario::chromium("a_draft_goes_and_comes_with_its_conversation", deleted),
    Scenario::chromium("a_draft_is_not_lost_to_another_tab", draft),
    Scenario::chromium(
        "two_tabs_that_change_a_message_keep_each_others_words",
        both_change,
    ),
    Scenario::chromium("two_clicks_delete_once", delete_twice),
    Scenario::chromium("a_jump_to_a_message_arrives", jump),
    Scenario::chromium("a_torn_backup_says_so", torn),
    Scenario::chromium("a_formula_is_copied_as_tex", formula),
];

fn provider(bed: &mut Bed) {
    let page = bed.page();
    page.open("");
    page.connect(&bed.model.base(), "echo", "");
    page.ask("给第一家的话");
    let first = page.hash();
    // Another one, which new conversations use from now on.
    page.connect(&bed.model.base(), "ok", "");
    page.go("#/settings/connections");
    page.poke(".connections a.connection:last-of-type");
    let by_default = "const set = [...document.querySelectorAll('main button.button')].find((one) => /default/i.test(one.innerText)); set?.click(); return document.querySelector('.connection[aria-current][data-state=working]') !== null";
    wait_for("the other one is the default", SOON, || {
        (page.js(by_default, &[]) == json!(true)).then_some(())
    });
    page.new_chat();
    page.wait_text("#model", "ok");
    page.go(&first);
    page.wait_text("#model", "echo");
    page.ask("还是给第一家的话");
    assert!(
        bed.model.log().asked("ok").is_empty(),
        "nothing went elsewhere"
    );
    assert_eq!(bed.model.log().asked("echo").len(), 2);
}

fn temporary(bed: &mut Bed) {
    let page = bed.page();
    page.open("");
    page.connect(&bed.model.base(), "echo", "");
    page.ask("留下来的");
    let other = page.hash();
    page.new_chat();
    page.choose("ok:n=400,delay=20");
    page.type_into("#composer", "一句私密的话");
    let stored = || {
        let drafts = page.stored("drafts");
        drafts.iter().any(|row| row["text"] == "一句私密的话")
    };
    wait_for("the draft is stored", SOON, || stored().then_some(()));
    page.click("button#temporary");
    page.wait("button#temporary[aria-pressed=true]");
    wait_for("the draft is gone", SOON, || (!stored()).then_some(()));
    page.click("#send");
    page.wait_for_words();
    page.go(&other);
    page.wait_text("article[data-role=user]", "留下来的");
    wait_for("the reply is over", SOON, || {
        bed.model.log().asked("ok:n=400,delay=20").first()?.aborted
    });
    assert!(
        !page.text(".list").contains("私密"),
        "{}",
        page.text(".list")
    );
    page.new_chat();
    assert_eq!(page.value("#composer"), "");
}

fn hidden(bed: &mut Bed) {
    let page = bed.page();
    page.open("");
    page.connect(&bed.model.base(), "ok:n=60,delay=40", "");
    page.send("慢慢说");
    page.wait_for_words();
    let chat = page.hash();
    page.go("#/settings");
    page.wait("#theme-2");
    done(page.session.press(&[ESCAPE]));
    page.go(&chat);
    assert_eq!(
        page.wait_for_reply(SOON).end,
        "complete",
        "Escape is for what is seen"
    );
    page.go("#/settings");
    page.wait("#theme-2");
    done(page.session.press(&[CONTROL, SHIFT, "r"]));
    page.go(&chat);
    page.wait("article[data-role=assistant][data-end=complete]");
    // The same where it is seen, so that the key is known to work.
    done(page.session.press(&[CONTROL, SHIFT, "r"]));
    page.wait_text("article[data-role=assistant] .branch .figure", "2/2");
    assert_eq!(bed.model.log().asked("ok:n=60,delay=40").len(), 2);
}

fn change(bed: &mut Bed) {
    let page = bed.page();
    page.open("");
    page.connect(&bed.model.base(), "echo", "");
    page.ask("原来的话");
    page.poke("article[data-role=user] [data-action=edit]");
    page.fill(".editing textarea", "改了很久的话");
    done(page.session.press(&[ESCAPE]));
    page.wait_gone(".editing");
    page.poke("button#undo");
    wait_for("the change is back", SOON, || {
        (page.has(".editing textarea") && page.value(".editing textarea") == "改了很久的话")
            .then_some(())
    });
    // What was not changed needs no second thought.
    page.fill(".editing textarea", "原来的话");
    done(page.session.press(&[ESCAPE]));
    page.wait_gone(".editing");
    assert!(!page.has("button#undo"));
}

fn deleted(bed: &mut Bed) {
    let page = bed.page();
    page.open("");
    page.connect(&bed.model.base(), "echo", "");
    page.ask("会被删掉");
    let chat = page.chat();
    page.type_into("#composer", "写到一半");
    row_action(&page, "会被删掉", "delete");
    page.wait("button#undo");
    wait_for("nothing of it is left", SOON, || {
        let kept = [page.stored("conversations"), page.stored("drafts")];
        kept.concat().is_empty().then_some(())
    });
    assert_eq!(page.value("#composer"), "", "the words are not another's");
    page.poke("button#undo");
    wait_for("the words are back", SOON, || {
        (page.chat() == chat && page.value("#composer") == "写到一半").then_some(())
    });
}

fn draft(bed: &mut Bed) {
    let page = bed.page();
    page.open("");
    page.connect(&bed.model.base(), "echo", "");
    let first = done(page.session.tab());
    let other = done(page.session.new_tab());
    done(page.session.switch_to(&other));
    page.open("");
    done(page.session.switch_to(&first));
    page.type_into("#composer", "第一个标签页里的长问题");
    page.wait_for_draft("new", "第一个标签页里的长问题");
    done(page.session.switch_to(&other));
    page.fill("#composer", "另一句");
    page.wait_for_draft("new", "另一句");
    page.click("#send");
    page.replied_after(0);
    // The person comes back to the first tab. A driver that switches tabs gives none of them the focus.
    done(page.session.switch_to(&first));
    page.js("dispatchEvent(new Event('focus'))", &[]);
    page.wait_for_draft("new", "第一个标签页里的长问题");
    page.reload();
    wait_for("the words are in the field", SOON, || {
        (page.value("#composer") == "第一个标签页里的长问题").then_some(())
    });
}

fn both_change(bed: &mut Bed) {
    let page = bed.page();
    page.open("");
    page.connect(&bed.model.base(), "echo", "");
    page.ask("原来的问题");
    let (hash, first) = (page.hash(), done(page.session.tab()));
    let edited = format!("{}/1", page.chat());
    let other = done(page.session.new_tab());
    done(page.session.switch_to(&other));
    page.open(&hash);
    page.poke("article[data-role=user] [data-action=edit]");
    page.fill(".editing textarea", "第二个标签页的改法");
    page.wait_for_draft(&edited, "第二个标签页的改法");
    done(page.session.switch_to(&first));
    page.poke("article[data-role=user] [data-action=edit]");
    page.fill(".editing textarea", "第一个标签页的改法");
    page.poke("[data-action=save-edit]");
    page.wait_text("article[data-role=user] .branch .figure", "2/2");
    page.wait_for_reply(SOON);
    // The other tab follows, and its words are kept.
    done(page.session.switch_to(&other));
    page.wait_text("article[data-role=user] .branch .figure", "2/2");
    page.wait_for_draft(&edited, "第二个标签页的改法");

    let reply = "article[data-role=assistant]";
    page.poke(&format!("{reply} [data-action=edit]"));
    page.fill(".editing textarea", "乙");
    done(page.session.switch_to(&first));
    page.poke(&format!("{reply} [data-action=edit]"));
    page.fill(".editing textarea", "甲");
    page.poke("[data-action=save-edit]");
    page.wait_text(&format!("{reply} .prose"), "甲");
    done(page.session.switch_to(&other));
    page.poke("[data-action=save-edit]");
    page.wait_text(".notices", "Another tab has changed this reply");
    assert_eq!(page.stored_reply(&page.chat())["text"], "甲");
    assert_eq!(page.value(".editing textarea"), "乙");
    page.poke("[data-action=save-edit]");
    page.wait_text(&format!("{reply} .prose"), "乙");
}

fn delete_twice(bed: &mut Bed) {
    let page = bed.page();
    page.open("");
    page.connect(&bed.model.base(), "echo", "");
    page.ask("删两次");
    page.js("const gone = document.querySelector('article[data-role=assistant] [data-action=delete]'); gone.click(); gone.click()", &[]);
    page.wait("button#undo");
    page.wait_gone("article[data-role=assistant]");
    let lines = page.js("return document.querySelectorAll('.notice').length", &[]);
    assert_eq!(lines, json!(1));
}

fn jump(bed: &mut Bed) {
    let page = bed.page();
    page.open("");
    page.connect(&bed.model.base(), "echo", "");
    for at in 0..24 {
        page.ask(&format!("第 {at} 问。{}", "占位置的话。".repeat(60)));
    }
    let chat = page.hash();
    let place = "const m = document.getElementById('m9')?.getBoundingClientRect(); const s = document.getElementById('scroller').getBoundingClientRect(); return !!m && m.bottom > s.top + 40 && m.top < s.bottom - 40";
    for from in ["#/settings", "#/", "#/unfinished"] {
        page.go(from);
        page.wait_js("the other screen", "return !document.getElementById('m9')");
        page.go(&format!("{chat}/9"));
        page.wait_js("the message is in view", place);
        // Nothing that comes later takes it away.
        std::thread::sleep(std::time::Duration::from_millis(700));
        page.wait_js("the message stays in view", place);
        assert_eq!(
            page.js("return document.activeElement.id", &[]),
            json!("m9")
        );
    }
    page.reload();
    page.wait_js("the message is in view after a reload", place);
}

fn torn(bed: &mut Bed) {
    let page = bed.page();
    page.open("");
    page.connect(&bed.model.base(), "echo", "");
    page.ask("会在备份里");
    page.stored_reply(&page.chat());
    let file = backup(&page, false);
    restore(&page, &file);
    assert!(
        !page.text("#restored").contains("missing"),
        "a whole file: {}",
        page.text("#restored")
    );
    let half: String = file
        .lines()
        .take(2)
        .map(|line| format!("{line}\n"))
        .collect();
    page.open("");
    restore(&page, &half);
    page.wait_text("#restored", "The end of the file is missing");
}

fn formula(bed: &mut Bed) {
    let page = bed.page();
    page.open("");
    page.connect(&bed.model.base(), "ok", "");
    page.ask("有公式");
    page.wait("article[data-role=assistant] .math[data-done]");
    let copied = "
        const prose = document.querySelector('article[data-role=assistant] .prose');
        getSelection().selectAllChildren(prose);
        const data = new DataTransfer();
        prose.dispatchEvent(new ClipboardEvent('copy', { clipboardData: data, bubbles: true, cancelable: true }));
        return data.getData('text/plain')";
    let words = wait_for("the copied words", SOON, || {
        let words = page.text_of(copied, &[]);
        (!words.is_empty()).then_some(words)
    });
    for part in [
        "公式 $E = mc^2$ 与此无关",
        "雨天的光是散的，重点：影子很淡",
        "\nfn main() {\n    println!(\"雨\");\n}\n",
        "时间\t光\n清晨\t冷\n傍晚\t暖",
    ] {
        assert!(words.contains(part), "{part:?} in {words:?}");
    }
    assert!(
        !words.contains("rust"),
        "the name over a block of code: {words:?}"
    );
}
