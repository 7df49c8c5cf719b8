//! The connection doctor: six steps on a line, what was found, and the exact remedy.

use crate::doctor::{Finding, Outcome, Report, Try};
use crate::i18n::connect::Words;
use crate::i18n::doctor as said;
use crate::provider::preset::{self, Entry};
use crate::provider::{self, Connection, address};
use crate::web::app::App;
use crate::web::clock;
use crate::web::lock;
use crate::web::probe;
use crate::web::ui::icon::icon;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// Checks the connection as it stands in the form, by a click or, with `check`, at once.
#[component]
pub fn Doctor(
    app: App,
    draft: RwSignal<Connection>,
    moved: Memo<bool>,
    check: bool,
) -> impl IntoView {
    let words = move || Words::of(app.lang.get());
    let report = RwSignal::new(None::<(Connection, Report)>);
    let busy = RwSignal::new(false);
    let run = move || {
        // A stored key does not go to another host before it was confirmed.
        if busy.get_untracked() || moved.get_untracked() {
            return;
        }
        busy.set(true);
        let connection = draft.get_untracked();
        spawn_local(async move {
            let Some(connection) = lock::opened(&connection).await else {
                return busy.set(false);
            };
            let found = |models| {
                draft.update(|draft| {
                    draft.models = models;
                    draft.listed_at = clock::now_ms();
                });
            };
            let said = probe::diagnose(&connection, found).await;
            busy.set(false);
            report.set(Some((connection, said)));
        });
    };
    if check {
        run();
    }
    let label = move || match (busy.get(), report.read().is_some()) {
        (true, _) => words().checking,
        (_, true) => words().check_again,
        _ => words().check,
    };
    let shown = move || {
        let (connection, report) = report.get()?;
        Some(findings(app, &connection, &report))
    };
    view! {
        <section class="section doctor" id="doctor" aria-label=move || words().doctor>
            <h2>{move || words().doctor}</h2>
            <p>{move || words().doctor_lede}</p>
            <div class="actions">
                <button type="button" class="button" id="doctor-check" aria-busy=move || busy.get().to_string() disabled=move || moved.get() on:click=move |_| run()>{icon("retry")}{label}</button>
            </div>
            <div class="doctor-said" role="status">{shown}</div>
        </section>
    }
}

fn findings(app: App, connection: &Connection, report: &Report) -> AnyView {
    let lang = app.lang.get();
    let words = Words::of(lang);
    let host = address::host(&connection.base);
    let (title, text) = said::finding(lang, &report.finding, &host, &origin());
    let steps = report.steps.map(|(step, outcome)| {
        let (name, sign) = match outcome {
            Outcome::Passed => ("passed", "tick"),
            Outcome::Stopped => ("stopped", "cross"),
            Outcome::Unreached => ("unreached", "ring"),
        };
        view! { <li data-result=name>{icon(sign)}<b>{(words.step)(step)}</b><span class="sub">{(words.outcome)(outcome)}</span></li> }
    });
    let tried = report.tried.iter().map(|one| {
        let asked = match one.what {
            Try::Reply => provider::encode(connection, &asked_for(connection)),
            _ => provider::list_models(connection),
        };
        let (method, url) = asked.map_or(("GET", String::new()), |r| (r.method, r.url));
        let path = address::origin(&url).map_or(0, |origin| origin.len());
        view! { <li>{said::tried(lang, one, method, &url[path..])}</li> }
    });
    let remedy = match report.finding {
        Finding::Hidden | Finding::HeaderRefused => remedy(app, connection),
        _ => None,
    };
    let aside = (!report.tried.is_empty()).then(|| {
        view! {
            <aside class="knows">
                <div><h4>{words.tried}</h4><ul>{tried.collect_view()}</ul></div>
                <div><h4>{words.cannot_know}</h4><p>{said::unknown(lang, &report.finding)}</p></div>
            </aside>
        }
    });
    view! {
        <ol class="line">{steps.collect_view()}</ol>
        <div class="finding"><h3>{title}</h3><p>{text}</p></div>
        {remedy}
        {aside}
    }
    .into_any()
}

fn asked_for(connection: &Connection) -> provider::Ask {
    provider::Ask {
        model: connection.model.clone(),
        ..provider::Ask::default()
    }
}

/// The lines that let this page in, for a server that is one's own.
fn remedy(app: App, connection: &Connection) -> Option<AnyView> {
    let words = Words::of(app.lang.get());
    let entry = preset::of(&connection.base, connection.api).map_or(Entry::Provider, |p| p.entry);
    let lines = setup(app, entry)?;
    Some(view! { <div class="remedy"><p>{words.remedy}</p>{lines}<p class="hint-line">{words.come_back}</p></div> }.into_any())
}

/// The lines for each system, to be copied.
pub fn setup(app: App, entry: Entry) -> Option<AnyView> {
    let words = Words::of(app.lang.get());
    let all = preset::setup(entry, &origin());
    if all.is_empty() {
        return None;
    }
    let blocks = all.into_iter().map(|(system, line)| {
        let text = line.clone();
        view! {
            <div class="code">
                <div class="code-head">{(words.system)(system)}
                    <button type="button" class="tool" aria-label=words.copy data-action="copy" on:click=move |event| crate::web::ui::thread::copy(app, text.clone(), crate::web::ui::thread::button(&event))>{icon("copy")}</button>
                </div>
                <pre tabindex="0"><code>{line}</code></pre>
            </div>
        }
    });
    Some(blocks.collect_view().into_any())
}

/// Where this page is from.
fn origin() -> String {
    window().location().origin().unwrap_or_default()
}
