//! What a reader sees of text that hides something, of images that do not come, and of a question that nobody is asked.

use e2e::bed::Bed;
use e2e::page::{Lang, Page, done};
use e2e::run::Scenario;
use serde_json::json;
use viewfinder::i18n;

pub const ALL: &[Scenario] = &[
    // WebKit's driver types no character beyond the first plane.
    Scenario::chromium("hidden_characters_are_written_out_everywhere", hidden),
    Scenario::everywhere("an_image_that_does_not_come_can_be_asked_for_again", images),
    Scenario::everywhere("without_a_model_nothing_is_sent", without_model),
    Scenario::chromium("an_empty_reply_is_not_asked_about", empty),
];

fn hidden(bed: &mut Bed) {
    let page = bed.page();
    page.open("");
    page.connect(&bed.model.base(), "echo", "");
    page.ask("看不见\u{E0049}的指令\u{202E}反");
    let shown = "看不见[U+E0049]的指令[U+202E]反";
    for css in [
        "article[data-role=user] .words",
        "h1",
        ".list a[aria-current] .title",
    ] {
        page.wait_text(css, shown);
    }
    let title = page.text_of("return document.title", &[]);
    assert!(title.starts_with(shown), "{title}");
    page.fill("input#search", "的指令");
    page.wait_text("#results .hit .title", shown);
    page.wait_text("#results .hit .sub", shown);
    // What was written is kept and sent as it is.
    let kept = page.stored_messages(&page.chat())[0]["text"].clone();
    assert_eq!(kept, json!("看不见\u{E0049}的指令\u{202E}反"));
}

fn images(bed: &mut Bed) {
    let page = bed.page();
    let words = &i18n::Lang::En.strings().chat;
    page.open("");
    page.set_language(Lang::En);
    page.connect(&bed.model.base(), "echo", "");
    page.ask("![a cat](http://pictures.example/cat.png)");
    let reply = "article[data-role=assistant] .prose";
    let plain = format!("{reply} a.image-gate[href='http://pictures.example/cat.png']");
    page.wait_text(&plain, &(words.image_plain)("pictures.example"));
    assert!(!page.has(&format!("{reply} button")), "nothing to load");

    page.new_chat();
    // Nobody listens there.
    page.ask("![](https://127.0.0.1:9/cat.png)");
    let gate = format!("{reply} button.image-gate");
    for _ in 0..2 {
        page.wait_text(&gate, &(words.image_from)("127.0.0.1:9"));
        page.js(
            "document.querySelector(arguments[0]).focus()",
            &[json!(gate)],
        );
        page.poke(&gate);
        page.wait(&format!("{gate} .wrong"));
        page.wait_text(&gate, words.image_failed);
        page.wait(&format!("{gate}:focus"));
        assert!(!page.has(&format!("{reply} img")), "no broken image stays");
    }
}

fn without_model(bed: &mut Bed) {
    let page = bed.page();
    let words = &i18n::Lang::En.strings().chat;
    page.open("");
    page.set_language(Lang::En);
    connect(&page, &bed.model.base());
    page.go("#/");
    page.wait_text("#model", words.choose_model);
    page.fill("#composer", "Who will read this?");
    page.poke("#send");
    page.wait_text(".notices", words.no_model);
    page.wait("#models:popover-open");
    assert_eq!(page.value("#composer"), "Who will read this?");
    assert!(page.messages().is_empty() && page.stored("messages").is_empty());
    let log = bed.model.log();
    assert!(log.entries().iter().all(|entry| entry.method != "POST"));
    page.js("document.querySelector('#models').hidePopover()", &[]);
    page.choose("ok");
    page.poke("#send");
    assert_eq!(page.wait_for_reply(e2e::page::SOON).end, "complete");
    done(page.session.clear("#composer"));
}

/// A connection for which no model is named.
fn connect(page: &Page, base: &str) {
    page.go("#/settings/connections/new");
    page.fill("#connection-base", base);
    page.click("#connection-save");
    page.wait("#connection-delete");
}

fn empty(bed: &mut Bed) {
    let page = bed.page();
    page.open("");
    page.connect(&bed.model.base(), "empty-200", "");
    assert_eq!(page.ask("有人吗？").end, "empty");
    page.wait(".rest [data-action=again]");
    assert!(
        !page.has(".rest [data-action=complete]"),
        "nothing is complete"
    );
}
