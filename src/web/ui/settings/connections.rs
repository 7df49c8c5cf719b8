//! The list of connections.

use super::connection::bare;
use crate::i18n::connect::Words;
use crate::provider::{Api, address};
use crate::route::{Page, Route};
use crate::web::app::App;
use crate::web::ui::icon::icon;
use leptos::prelude::*;

/// All of them. The tick is on the one that new conversations use.
#[component]
pub fn Connections(app: App, page: Memo<Page>) -> impl IntoView {
    let rows = move || {
        let all = app.connections.get();
        let here = match page.get() {
            Page::Connections(id) => id.map(|id| bare(&id).to_owned()),
            _ => None,
        };
        let (used, _) = app.choice_by_default();
        let rows = all.iter().map(|connection| {
            let is_demo = connection.id == "demo";
            let name = if is_demo { app.t().chat.demo.to_owned() } else { connection.name.clone() };
            let sub = match connection.api {
                Api::Demo => app.lang.get().settings().demo_sub.to_owned(),
                Api::Browser => (Words::of(app.lang.get()).api)(Api::Browser).to_owned(),
                _ => address::host(&connection.base),
            };
            let href = Route::Settings(Page::Connections(Some(connection.id.clone()))).hash();
            let current = (here.as_deref() == Some(&connection.id)).then_some("true");
            let is_used = used.id == connection.id;
            let sub = match is_used {
                true => format!("{sub} · {}", app.lang.get().settings().used),
                false => sub,
            };
            view! {
                <a class="connection" href=href aria-current=current data-state=is_used.then_some("working")>
                    {icon(if is_used { "tick" } else { "ring" })}<b>{name}</b><span class="sub">{sub}</span>
                </a>
            }
        });
        rows.collect_view()
    };
    view! { <nav class="connections" aria-label=app.settings_words(|t| t.connections)>{rows}</nav> }
}
