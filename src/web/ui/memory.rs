//! The memory board: every preference as a card on a scale from hate to love. Part of the second program.

mod add;
mod board;
mod count;
mod draw;
mod facets;
mod facts;
mod hand;
mod import;
mod keys;
mod many;
mod panel;
mod scale;
mod sheets;
mod story;
mod tray;
mod words;

pub use board::board;
pub use count::view as count;
pub use facets::Facets;

use super::icon::icon;
use super::notices::{Banner, Notices};
use super::root::MenuButton;
use super::sidebar::hide_popover;
use crate::memory::{By, Costs};
use crate::web::app::App;
use crate::web::clock::now_ms;
use add::Add;
use board::{Board, PAGE};
use import::Format;
use leptos::prelude::*;
use leptos::task::spawn_local;
use many::Many;
use panel::Panel;
use scale::Scale;
use sheets::Sheets;

/// The screen of the memory.
#[component]
pub fn Memory(app: App) -> impl IntoView {
    let board = board(app);
    Effect::new(move |_| {
        document().set_title(&format!(
            "{} · {}",
            app.t().shell.memory,
            app.t().shell.name
        ))
    });
    Effect::new(move |_| {
        // Once the database is open, and on every visit: it may have changed while nobody listened.
        if app.ready.get() {
            spawn_local(board.read());
        }
    });
    let keys = window_event_listener(leptos::ev::keydown, move |event| {
        keys::on_page_key(board, &event);
    });
    on_cleanup(move || keys.remove());
    let found = scale::found(board);
    let card = Memo::new(move |_| {
        let id = board.opened()?;
        board.book.with(|book| book.get(&id).cloned())
    });
    Effect::new(move |_| board.read_titles(card.get()));
    let has_card = move || card.with(Option::is_some).then_some("");
    view! {
        <main class="screen board-screen" data-board=move || board.loaded.get().then_some("read")>
            <div class="banners"><Banner app /></div>
            <Head board />
            <div class="board-body">
                <Bar board />
                <Many board />
                <div class="board-area" data-card=has_card>
                    <Scale board found />
                    <Panel board card />
                </div>
            </div>
            <Notices app />
            <Sheets board />
        </main>
    }
}

/// The head of the screen: figures, undo, redo, export.
#[component]
fn Head(board: Board) -> impl IntoView {
    // Thousands of lines are not counted anew because one has changed.
    let costs = StoredValue::new(Costs::default());
    let summary = Memo::new(move |_| {
        let lang = board.app.lang.get();
        let now = now_ms();
        let mut sum = (0, 0);
        costs.update_value(|costs| {
            board.book.with(|book| {
                for card in book.all().filter(|card| card.holds(now)) {
                    sum = (sum.0 + 1, sum.1 + costs.of(card, lang));
                }
            });
        });
        (lang.memory().summary)(sum.0, sum.1)
    });
    let can = move |forward: bool| {
        board
            .steps
            .with(|steps| match forward {
                false => steps.done.is_empty(),
                true => steps.undone.is_empty(),
            })
            .to_string()
    };
    let write = move |format: Format| {
        hide_popover("board-menu");
        import::export(board, format);
    };
    let select = move |_| {
        hide_popover("board-menu");
        board.selecting.update(|on| *on = !*on);
    };
    view! {
        <header class="screen-head">
            <MenuButton app=board.app />
            <h1>{board.app.words(|t| t.shell.memory)}</h1>
            <span class="sub" id="board-summary">{move || if board.loaded.get() { summary.get() } else { board.t().loading.to_owned() }}</span>
            <div class="tools">
                <button class="tool" id="board-undo" aria-disabled=move || can(false) aria-label=board.words(|t| t.undo) title=move || format!("{} (Ctrl+Z)", board.t().undo) on:click=move |_| board.step(false)>{icon("revert")}</button>
                <button class="tool" id="board-redo" aria-disabled=move || can(true) aria-label=board.words(|t| t.redo) title=move || format!("{} (Ctrl+Shift+Z)", board.t().redo) on:click=move |_| board.step(true)>{icon("redo")}</button>
                <button class="tool wide-only" id="board-export" popovertarget="board-menu">{icon("download")}{board.words(|t| t.export)}</button>
                <button class="tool" id="board-more" popovertarget="board-menu" aria-label=board.words(|t| t.more)>{icon("more")}</button>
            </div>
            <div class="menu" id="board-menu" popover="auto" data-align="end">
                <button id="board-select" aria-pressed=move || board.selecting.get().to_string() on:click=select>{icon("tick")}{board.words(|t| t.select)}</button>
                <hr/>
                <button id="export-json" on:click=move |_| write(Format::Json)>{icon("download")}{board.words(|t| t.export)}" "{board.words(|t| t.export_json)}</button>
                <button id="export-markdown" on:click=move |_| write(Format::Markdown)>{icon("download")}{board.words(|t| t.export)}" "{board.words(|t| t.export_markdown)}</button>
                <label class="file-drop"><input class="visually-hidden" type="file" id="board-import" accept=".json,.md,.txt,application/json,text/plain,text/markdown"
                    on:change=move |event| { hide_popover("board-menu"); import::chosen(board, &event) }/>{icon("plus")}{board.words(|t| t.import)}</label>
            </div>
        </header>
    }
}

/// Writing a sentence, searching, grouping.
#[component]
fn Bar(board: Board) -> impl IntoView {
    let group =
        move |by: By,
              id: &'static str,
              name: fn(&'static crate::i18n::memory::Words) -> &'static str| {
            view! {
                <label><input type="radio" name="board-by" id=id prop:checked=move || board.view.with(|view| view.by == by)
                    on:change=move |_| board.view.update(|view| view.by = by)/>{board.words(name)}</label>
            }
        };
    view! {
        <div class="board-bar">
            <Add board />
            <search class="board-search">{icon("find")}
                <input type="search" id="board-search" placeholder=board.words(|t| t.search) aria-label=board.words(|t| t.search)
                    prop:value=move || board.view.with(|view| view.query.clone())
                    on:input:target=move |event| { board.limit.set(PAGE); board.view.update(|view| view.query = event.target().value()) }/>
                <kbd>"/"</kbd>
            </search>
            <fieldset class="segmented"><legend class="visually-hidden">{board.words(|t| t.grouping)}</legend>
                {group(By::Topic, "by-topic", |t| t.by_topic)}
                {group(By::Kind, "by-kind", |t| t.by_kind)}
            </fieldset>
        </div>
    }
}
