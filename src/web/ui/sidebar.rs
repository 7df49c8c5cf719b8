//! The sidebar: screens, search, the list of conversations.

use super::icon::{icon, small_icon};
use super::sidebar_search::Results;
use super::time::{self, Group};
use crate::id::ChatId;
use crate::reply::End;
use crate::route::{Page, Route};
use crate::web::app::{App, ChatRow};
use crate::web::{chats, db};
use leptos::html::Input;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// The left column; on a phone a popover.
#[component]
pub fn Sidebar(app: App) -> impl IntoView {
    let query = RwSignal::new(String::new());
    // A memo, so that the hits stay while the query grows.
    let searching = Memo::new(move |_| !query.read().trim().is_empty());
    let in_settings = Memo::new(move |_| matches!(app.route.get(), Route::Settings(_)));
    let current = move |here: bool| here.then_some("page");
    let used = RwSignal::new(String::new());
    spawn_local(async move {
        if let Some(room) = db::room().await {
            used.set(time::bytes(room.used));
        }
    });
    view! {
        <aside class="sidebar" id="sidebar" popover="auto" aria-label=move || app.t().shell.screens
            on:click=move |event| close_on_link(&event)>
            <div class="brand">
                {icon("mark")}<b>{move || app.t().shell.name}</b>
                <button class="tool" id="new-chat" title="Ctrl+K" aria-label=move || app.t().shell.new_chat on:click=move |_| new_chat(app)>{icon("plus")}</button>
            </div>
            <nav class="nav" aria-label=move || app.t().shell.screens><ul>
                <li><a href="#/" aria-current=move || current(!in_settings.get())>{icon("chat")}{move || app.t().shell.chat}</a></li>
                <li><a href=Route::Settings(Page::Appearance).hash() aria-current=move || current(in_settings.get())>{icon("settings")}{move || app.t().shell.settings}</a></li>
            </ul></nav>
            <search class="side-search">
                {icon("search")}
                <input type="search" id="search" placeholder=move || app.t().shell.search aria-label=move || app.t().shell.search
                    on:input:target=move |event| query.set(event.target().value())
                    on:keydown=move |event| if event.key() == "Escape" { query.set(String::new()) } prop:value=move || query.get()/>
                <kbd>"/"</kbd>
            </search>
            {move || match searching.get() {
                false => view! { <List app /> }.into_any(),
                true => view! { <Results app query /> }.into_any(),
            }}
            <footer class="side-foot">{small_icon("lock")}{move || app.t().shell.on_this_device}<span class="figure">{move || used.get()}</span></footer>
        </aside>
    }
}

/// Begins a new conversation.
pub fn new_chat(app: App) {
    app.open.set(None);
    app.missing.set(false);
    app.temporary.set(false);
    app.fresh.set(crate::chat::Options::default());
    app.go(&Route::New);
    super::composer::focus();
}

/// The list: pinned, then by day.
#[component]
fn List(app: App) -> impl IntoView {
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
    view! {
        <div class="list" aria-label=move || app.t().shell.conversations on:scroll=move |event| near_end(app, &event)>
            <Show when=move || !app.list.pinned.read().is_empty()>
                <section>
                    <h2>{icon("pin")}{move || app.t().shell.pinned}</h2>
                    <ul><For each=move || app.list.pinned.get() key=|row| row.id.clone() let:row><Entry app row /></For></ul>
                </section>
            </Show>
            <section><ul>
                <For each=headed key=|(heading, row)| (heading.clone(), row.id.clone()) let:item>
                    {item.0.map(|heading| view! { <li><h2>{heading}</h2></li> })}
                    <Entry app row=item.1 />
                </For>
            </ul></section>
        </div>
    }
}

/// One conversation of the list, with its menu.
#[component]
fn Entry(app: App, row: ChatRow) -> impl IntoView {
    let renaming = RwSignal::new(false);
    let id = row.id.clone();
    let here = row.id.clone();
    let current = Memo::new(move |_| app.open.read().as_ref().is_some_and(|open| open.id == here));
    let data = row.row.clone();
    let name = data.clone();
    let title = Memo::new(move |_| name.read().title.clone());
    let shown = move || match title.get() {
        title if title.is_empty() => app.t().shell.untitled.to_owned(),
        title => title,
    };
    let marked = data.clone();
    let cut = Memo::new(move |_| {
        matches!(
            marked.read().last_end,
            Some(End::Length | End::Cut | End::Unknown)
        )
    });
    let href = Route::Chat(id.clone(), None).hash();
    let menu_id = id.clone();
    view! {
        <li>
            {move || match renaming.get() {
                true => view! { <Rename app id=menu_id.clone() title=title.get_untracked() renaming /> }.into_any(),
                false => {
                    let data = data.clone();
                    view! {
                        <a href=href.clone() aria-current=move || current.get().then_some("true")>
                            <span class="title">{shown}</span>
                            <Show when=move || cut.get()>
                                <svg class="icon icon-small" role="img" aria-label=app.t_now().shell.unfinished><use href="#cut"></use></svg>
                            </Show>
                            <time>{move || time::short(app.lang.get(), data.read().updated)}</time>
                        </a>
                        <RowMenu app row=row.clone() renaming title />
                    }.into_any()
                }
            }}
        </li>
    }
}

/// What can be done with a conversation of the list.
#[component]
fn RowMenu(app: App, row: ChatRow, renaming: RwSignal<bool>, title: Memo<String>) -> impl IntoView {
    let menu = format!("menu-{}", row.id);
    let (pin_id, delete_id) = (row.id.clone(), row.id.clone());
    let data = row.row.clone();
    let hide = {
        let menu = menu.clone();
        move || hide_popover(&menu)
    };
    let (hide_a, hide_b, hide_c) = (hide.clone(), hide.clone(), hide);
    view! {
        <button class="tool row-menu" popovertarget=menu.clone() aria-label=move || (app.t().shell.row_menu)(&title.get())>{icon("more")}</button>
        <div class="menu" id=menu popover="auto" on:toggle=move |event| place_menu(&event)>
            <button data-action="rename" on:click=move |_| { hide_a(); renaming.set(true) }>{icon("edit")}{move || app.t().shell.rename}</button>
            <button data-action="pin" on:click=move |_| { hide_b(); chats::pin(app, pin_id.clone()) }>{icon("pin")}
                {move || if data.read().pinned { app.t().shell.unpin } else { app.t().shell.pin }}</button>
            <hr/>
            <button class="button-loss" data-action="delete" on:click=move |_| { hide_c(); chats::delete(app, delete_id.clone(), title.get_untracked()) }>
                {icon("cross")}{move || app.t().shell.delete}</button>
        </div>
    }
}

/// The field in which a conversation is renamed.
#[component]
fn Rename(app: App, id: ChatId, title: String, renaming: RwSignal<bool>) -> impl IntoView {
    let field: NodeRef<Input> = NodeRef::new();
    Effect::new(move |_| {
        if let Some(field) = field.get() {
            let _ = field.focus();
            field.select();
        }
    });
    let save = move || {
        if renaming.get_untracked() {
            renaming.set(false);
            if let Some(field) = field.get_untracked() {
                chats::rename(app, id.clone(), field.value());
            }
        }
    };
    let by_key = save.clone();
    view! {
        <input class="input rename" node_ref=field prop:value=title aria-label=app.t_now().shell.title_label
            on:blur=move |_| save()
            on:keydown=move |event| match event.key().as_str() {
                "Enter" if !super::message::composing(&event) => by_key(),
                "Escape" => renaming.set(false),
                _ => {}
            }/>
    }
}

/// Reads more of the list when its end comes near.
fn near_end(app: App, event: &web_sys::Event) {
    let Some(list) = event
        .target()
        .and_then(|target| wasm_bindgen::JsCast::dyn_into::<web_sys::Element>(target).ok())
    else {
        return;
    };
    let below = list.scroll_height() - list.scroll_top() - list.client_height();
    if below < 400 && app.list.more.get_untracked() {
        app.list.more.set(false);
        spawn_local(chats::more_of_list(app));
    }
}

/// On a phone a chosen link closes the sidebar.
fn close_on_link(event: &web_sys::MouseEvent) {
    use wasm_bindgen::JsCast;
    let target = event
        .target()
        .and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    if target
        .and_then(|target| target.closest("a, #new-chat").ok().flatten())
        .is_some()
    {
        hide_popover("sidebar");
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

/// Puts an opened menu beside the button that opened it.
pub fn place_menu(event: &web_sys::Event) {
    use wasm_bindgen::JsCast;
    let Some(menu) = event
        .current_target()
        .and_then(|target| target.dyn_into::<web_sys::HtmlElement>().ok())
    else {
        return;
    };
    let button = document()
        .query_selector(&format!("[popovertarget='{}']", menu.id()))
        .ok()
        .flatten();
    let Some(button) = button.filter(|_| opens(event)) else {
        return;
    };
    let (at, size) = (
        button.get_bounding_client_rect(),
        menu.get_bounding_client_rect(),
    );
    let wide = window()
        .inner_width()
        .ok()
        .and_then(|w| w.as_f64())
        .unwrap_or(1024.0);
    let high = window()
        .inner_height()
        .ok()
        .and_then(|h| h.as_f64())
        .unwrap_or(768.0);
    let left = at.left().min(wide - size.width() - 8.0).max(8.0);
    let below = at.bottom() + 4.0;
    let top = if below + size.height() > high {
        (at.top() - size.height() - 4.0).max(8.0)
    } else {
        below
    };
    let style = menu.style();
    for (name, value) in [("left", left), ("top", top)] {
        let _ = style.set_property(name, &format!("{value}px"));
    }
    for name in ["right", "bottom"] {
        let _ = style.set_property(name, "auto");
    }
    let _ = style.set_property("margin", "0");
}

/// Whether a toggle event says that its popover opens.
pub fn opens(event: &web_sys::Event) -> bool {
    let state = js_sys::Reflect::get(event, &"newState".into()).ok();
    state.and_then(|state| state.as_string()).as_deref() == Some("open")
}
