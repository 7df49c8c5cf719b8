//! The sidebar: screens, search, the list of conversations.

use super::focus;
use super::icon::{icon, small_icon};
use super::live::{flag, follow, shown, text, whether};
use super::time::{self, Group};
use crate::i18n::Strings;
use crate::id::ChatId;
use crate::reply::End;
use crate::route::Route;
use crate::text::marked;
use crate::web::app::{App, ChatRow};
use crate::web::{chats, clock, db, screens};
use leptos::html::Input;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// The left column; on a phone a popover.
#[component]
pub fn Sidebar(app: App) -> impl IntoView {
    let query = RwSignal::new(String::new());
    // A memo, so that the hits stay while the query grows.
    let searching = whether(move || !query.read().trim().is_empty());
    let screen = Memo::new(move |_| match &*app.route.read() {
        Route::New | Route::Chat(..) => 0,
        Route::Memory(_) => 1,
        Route::Unfinished => 2,
        Route::Frames(_) => 3,
        Route::Settings(_) => 4,
    });
    Effect::new(move |_| {
        if searching.get() {
            screens::needed(app);
        }
    });
    // One function for all of them, so that it is compiled once.
    let entry = move |nth: u8,
                      href: &'static str,
                      name: &'static str,
                      words: fn(&'static Strings) -> &'static str| {
        view! { <li><a href=href aria-current=flag(move || (screen.get() == nth).then_some("page"))>{icon(name)}{app.words(words)}{(nth == 1).then(|| view! { <vf-place data-kind="count"></vf-place> })}</a></li> }
    };
    let used = RwSignal::new(String::new());
    Effect::new(move |_| {
        // At the start, and whenever a reply has come.
        app.busy.track();
        if app.ready.get() {
            spawn_local(async move {
                if let Some(room) = db::room().await {
                    used.set(time::bytes(room.used));
                }
            });
        }
    });
    view! {
        <aside class="sidebar" id="sidebar" popover="auto" aria-label=app.words(|t| t.shell.screens)
            on:click=move |event| close_on_link(&event)>
            <div class="brand">
                {icon("mark")}<b>{app.words(|t| t.shell.name)}</b>
                <button class="tool" id="new-chat" title=text(move || format!("{} (Ctrl+K)", app.t().shell.new_chat)) aria-label=app.words(|t| t.shell.new_chat) on:click=move |_| new_chat(app)>{icon("plus")}</button>
            </div>
            <nav class="nav" aria-label=app.words(|t| t.shell.screens)><ul>
                {entry(0, "#/", "chat", |t| t.shell.chat)}
                {entry(1, "#/memory", "board", |t| t.shell.memory)}
                {entry(2, "#/unfinished", "unfinished", |t| t.shell.log)}
                {entry(3, "#/frames", "frames", |t| t.shell.frames)}
                {entry(4, "#/settings", "settings", |t| t.shell.settings)}
            </ul></nav>
            <search class="side-search">
                {icon("find")}
                <input type="search" id="search" placeholder=app.words(|t| t.shell.search) aria-label=app.words(|t| t.shell.search)
                    on:input:target=move |event| query.set(event.target().value())
                    on:keydown=move |event| if event.key() == "Escape" && !query.read_untracked().is_empty() && !super::message::composing(&event) { event.prevent_default(); query.set(String::new()) } prop:value=move || query.get()/>
                <kbd>"/"</kbd>
            </search>
            {follow(move || match searching.get() {
                false if screen.get() == 1 => view! { <vf-place data-kind="facets"></vf-place> }.into_any(),
                false => view! { <List app /> }.into_any(),
                true => view! { <vf-place data-kind="results"></vf-place> }.into_any(),
            })}
            <footer class="side-foot">{small_icon("lock")}{app.words(|t| t.shell.on_this_device)}<span class="figure">{text(move || used.get())}</span></footer>
        </aside>
    }
}

/// Begins a new conversation.
pub fn new_chat(app: App) {
    chats::leave(app);
    app.temporary.set(false);
    app.fresh.set(crate::chat::Options::default());
    app.go(&Route::New);
    super::composer::focus_soon();
}

/// What is being done in the list: which row's menu was opened last, and which row is being renamed.
#[derive(Clone, Copy)]
struct Doing {
    chosen: RwSignal<Option<ChatRow>>,
    renamed: RwSignal<Option<ChatId>>,
}

/// The list: pinned, then by day.
#[component]
fn List(app: App) -> impl IntoView {
    let doing = Doing {
        chosen: RwSignal::new(None),
        renamed: RwSignal::new(None),
    };
    let headed = move || {
        let lang = app.lang.get();
        let mut last = None;
        let rows = app.list.recent.get().into_iter().map(|row| {
            let updated = row.row.read_untracked().updated;
            let group = time::group(updated);
            let heading = (last != Some(group)).then(|| match group {
                Group::Today => lang.strings().shell.today.to_owned(),
                Group::Yesterday => lang.strings().shell.yesterday.to_owned(),
                Group::Week => lang.strings().shell.this_week.to_owned(),
                Group::Month(..) => time::month(lang, updated),
            });
            last = Some(group);
            (heading, row)
        });
        rows.collect::<Vec<_>>()
    };
    Effect::new(move |_| {
        // On a tall screen a page may not fill the list, and then nothing would ever scroll.
        app.list.recent.track();
        spawn_local(async move {
            clock::frame().await;
            if let Some(list) = focus::find(".list") {
                near_end(app, &list);
            }
        });
    });
    view! {
        <div class="list" aria-label=app.words(|t| t.shell.conversations) role="region" on:scroll=move |event| near_end(app, &event_target(&event))>
            {shown(move || !app.list.pinned.read().is_empty(), move || view! {
                <section>
                    <h2>{icon("pin")}{app.words(|t| t.shell.pinned)}</h2>
                    <ul><For each=move || app.list.pinned.get() key=|row| row.id.clone() let:row><Entry app row doing /></For></ul>
                </section>

            })}
            <section><ul>
                <For each=headed key=|(heading, row)| (heading.clone(), row.id.clone()) let:item>
                    {item.0.map(|heading| view! { <li><h2>{heading}</h2></li> })}
                    <Entry app row=item.1 doing />
                </For>
            </ul></section>
            <RowMenu app doing />
        </div>
    }
}

/// One conversation of the list.
#[component]
fn Entry(app: App, row: ChatRow, doing: Doing) -> impl IntoView {
    let (id, here) = (row.id.clone(), row.id.clone());
    let current = whether(move || app.open.read().as_ref().is_some_and(|open| open.id == here));
    let data = row.row.clone();
    let title = Memo::new(move |_| data.read().title.clone());
    let words = move || match title.get() {
        title if title.is_empty() => app.t().shell.untitled.to_owned(),
        title => marked(&title),
    };
    let data = row.row.clone();
    let cut = whether(move || {
        matches!(
            data.read().last_end,
            Some(End::Length | End::Cut | End::Paused | End::Unknown)
        )
    });
    let name = id.to_string();
    let drafted = whether(move || !current.get() && app.drafts.read().contains(&name));
    let href = Route::Chat(id.clone(), None).hash();
    let renamed = whether(move || doing.renamed.read().as_ref() == Some(&id));
    view! {
        <li>
            {follow(move || match renamed.get() {
                true => view! { <Rename app id=row.id.clone() title=title.get_untracked() doing /> }.into_any(),
                false => {
                    let (data, chosen) = (row.row.clone(), row.clone());
                    view! {
                        <a href=href.clone() aria-current=flag(move || current.get().then_some("true"))>
                            <span class="title" title=text(words)>{text(words)}</span>
                            {shown(move || cut.get(), move || view! {
                                <svg class="icon icon-small" role="img" aria-label=app.t_now().shell.unfinished><use href="#cut"></use></svg>

            })}
                            {shown(move || drafted.get(), move || view! { <span class="draft">{app.words(|t| t.shell.draft)}</span> })}
                            <time>{text(move || time::short(app.lang.get(), data.read().updated))}</time>
                        </a>
                        <button class="tool row-menu" popovertarget="row-actions" aria-label=text(move || (app.t().shell.row_menu)(&words()))
                            on:click=move |_| doing.chosen.set(Some(chosen.clone()))>{icon("more")}</button>
                    }.into_any()
                }
            })}
        </li>
    }
}

/// What can be done with a conversation of the list. One menu for all rows: the button that was used is its anchor.
#[component]
fn RowMenu(app: App, doing: Doing) -> impl IntoView {
    let pinned = move || {
        let row = doing.chosen.get();
        row.is_some_and(|row| row.row.read().pinned)
    };
    let act = move |event: web_sys::MouseEvent| {
        let (Some(row), Some(action)) =
            (doing.chosen.get_untracked(), super::thread::action(&event))
        else {
            return;
        };
        hide_popover("row-actions");
        match action.as_str() {
            "rename" => doing.renamed.set(Some(row.id)),
            "pin" => spawn_local(async move {
                chats::pin(app, &row.id).await;
                focus_row(&row.id);
            }),
            _ => {
                let title = row.row.read_untracked().title.clone();
                chats::delete(app, row.id, title);
                super::notices::focus_after_loss(&event);
            }
        }
    };
    view! {
        <div class="menu" id="row-actions" popover="auto" data-align="end" on:click=act>
            <button data-action="rename">{icon("edit")}{app.words(|t| t.shell.rename)}</button>
            <button data-action="pin">{icon("pin")}{text(move || if pinned() { app.t().shell.unpin } else { app.t().shell.pin }.to_owned())}</button>
            <hr/>
            <button class="button-loss" data-action="delete">{icon("bin")}{app.words(|t| t.shell.delete)}</button>
        </div>
    }
}

/// Brings the keyboard back to a row that has been drawn anew.
fn focus_row(id: &ChatId) {
    let href = Route::Chat(id.clone(), None).hash();
    focus::soon(format!(".list a[href='{href}']"));
}

/// The field in which a conversation is renamed.
#[component]
fn Rename(app: App, id: ChatId, title: String, doing: Doing) -> impl IntoView {
    let field: NodeRef<Input> = NodeRef::new();
    Effect::new(move |_| {
        if let Some(field) = field.get() {
            let _ = field.focus();
            spawn_local(async move {
                clock::frame().await;
                field.select();
            });
        }
    });
    let end = move |keep: bool, by_key: bool| {
        // Taking the field away makes it lose the focus, which is not another end.
        if doing.renamed.get_untracked().as_ref() != Some(&id) {
            return;
        }
        let title = field.get_untracked().map(|field| field.value());
        doing.renamed.set(None);
        if let Some(title) = title.filter(|_| keep) {
            chats::rename(app, id.clone(), title);
        }
        if by_key {
            focus_row(&id);
        }
    };
    let by_key = end.clone();
    view! {
        <input class="rename" node_ref=field prop:value=title aria-label=app.t_now().shell.title_label maxlength="120" autocomplete="off"
            on:blur=move |_| end(true, false)
            on:keydown=move |event| {
                let keep = event.key() == "Enter";
                if (keep || event.key() == "Escape") && !super::message::composing(&event) {
                    event.prevent_default();
                    by_key(keep, true);
                }
            }/>
    }
}

/// Reads more of the list when its end comes near.
fn near_end(app: App, list: &web_sys::HtmlElement) {
    let below = list.scroll_height() - list.scroll_top() - list.client_height();
    if below < 400 && app.list.more.get_untracked() {
        app.list.more.set(false);
        spawn_local(chats::more_of_list(app));
    }
}

/// On a phone a chosen link closes the sidebar. Where there is a mouse, the caret goes on to the composer.
fn close_on_link(event: &web_sys::MouseEvent) {
    use wasm_bindgen::JsCast;
    let target = event
        .target()
        .and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    let closest = |selector: &str| target.as_ref()?.closest(selector).ok().flatten();
    if closest("a, #new-chat").is_none() {
        return;
    }
    hide_popover("sidebar");
    if event.detail() > 0 && closest(".list:not(.results) a").is_some() {
        super::composer::focus_soon();
    }
}

/// Closes a popover that is open.
pub fn hide_popover(id: &str) {
    use wasm_bindgen::JsCast;
    let element = document().get_element_by_id(id);
    if let Some(element) =
        element.filter(|element| element.matches(":popover-open").unwrap_or(false))
    {
        let _ = element
            .unchecked_into::<web_sys::HtmlElement>()
            .hide_popover();
    }
}

/// Whether a toggle event says that its popover opens.
pub fn opens(event: &web_sys::Event) -> bool {
    let state = js_sys::Reflect::get(event, &"newState".into()).ok();
    state.and_then(|state| state.as_string()).as_deref() == Some("open")
}
