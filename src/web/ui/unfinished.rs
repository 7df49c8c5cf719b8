//! The log of replies that ended too early: figures, list, reader, export. Part of the second program.

mod export;
mod list;
mod plots;
mod reader;
mod words;

use super::icon::icon;
use super::notices::{Banner, Notices};
use super::root::MenuButton;
use super::time;
use crate::badcase::figures::{Total, week_of};
use crate::badcase::{Case, Label};
use crate::record::schema::CASES;
use crate::web::app::{App, db};
use crate::web::clock;
use crate::web::rest::offset;
use crate::web::tabs::{Notice, Tabs};
use leptos::prelude::*;
use leptos::task::spawn_local;
use send_wrapper::SendWrapper;
use std::sync::Arc;

/// The log as it is on the screen.
#[derive(Clone, Copy)]
struct Log {
    app: App,
    /// Every case, newest first.
    cases: RwSignal<Arc<Vec<Case>>>,
    /// What the cases are a part of.
    totals: RwSignal<Arc<Vec<Total>>>,
    /// Whether they have been read.
    known: RwSignal<bool>,
    /// How many weeks are shown; `None` for all of them.
    weeks: RwSignal<Option<i64>>,
    /// The model that is shown; empty for all of them.
    model: RwSignal<String>,
    /// The verdict that is shown.
    verdict: RwSignal<Option<Verdict>>,
    /// The id of the case that is opened.
    opened: RwSignal<String>,
    /// Words that are blacked out in an export, one per line.
    chosen: RwSignal<String>,
}

/// What is to be said of a case in a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Verdict {
    Mended,
    Open,
    False,
}

impl Verdict {
    const ALL: [Verdict; 3] = [Verdict::Mended, Verdict::Open, Verdict::False];

    fn of(case: &Case) -> Self {
        match (case.label, &case.mended) {
            (Label::Complete, _) => Verdict::False,
            (_, Some(_)) => Verdict::Mended,
            (_, None) => Verdict::Open,
        }
    }

    fn name(self) -> &'static str {
        match self {
            Verdict::Mended => "mended",
            Verdict::Open => "open",
            Verdict::False => "false",
        }
    }

    fn words(self, app: App) -> &'static str {
        let words = app.lang.get().unfinished();
        match self {
            Verdict::Mended => words.mended,
            Verdict::Open => words.open,
            Verdict::False => words.false_alarm,
        }
    }
}

impl Log {
    /// The first week that is shown.
    fn from(self) -> Option<i64> {
        let weeks = self.weeks.get()?;
        Some(week_of(clock::now_ms(), offset()) - weeks + 1)
    }

    /// The cases of the period.
    fn in_period(self) -> Vec<Case> {
        let from = self.from();
        let here = |case: &&Case| from.is_none_or(|from| week_of(case.made, offset()) >= from);
        self.cases.read().iter().filter(here).cloned().collect()
    }

    /// The cases that the filters leave.
    fn shown(self) -> Vec<Case> {
        let (model, verdict) = (self.model.get(), self.verdict.get());
        let mut cases = self.in_period();
        cases.retain(|case| {
            let of_model = model.is_empty() || case.model == model;
            of_model && verdict.is_none_or(|verdict| Verdict::of(case) == verdict)
        });
        cases
    }

    fn read(self) {
        spawn_local(async move {
            match (db().cases().await, db().totals().await) {
                (Ok(cases), Ok(totals)) => {
                    let _ = self.cases.try_set(Arc::new(cases));
                    let _ = self.totals.try_set(Arc::new(totals));
                    let _ = self.known.try_set(true);
                }
                (Err(fault), _) | (_, Err(fault)) => self.app.fault(&fault),
            }
        });
    }
}

/// The screen.
#[component]
pub fn Unfinished(app: App) -> impl IntoView {
    let log = Log {
        app,
        cases: RwSignal::default(),
        totals: RwSignal::default(),
        known: RwSignal::new(false),
        weeks: RwSignal::new(Some(12)),
        model: RwSignal::default(),
        verdict: RwSignal::new(None),
        opened: RwSignal::default(),
        chosen: RwSignal::default(),
    };
    log.read();
    // The button in the chat, and other tabs, write into the log meanwhile.
    let tabs = SendWrapper::new(Tabs::new(move |notice| {
        let here = matches!(&notice, Notice::Changed { store, .. } if store == CASES);
        if here || notice == Notice::Everything {
            log.read();
        }
    }));
    on_cleanup(move || drop(tabs));
    Effect::new(move |_| {
        document().set_title(&format!("{} · {}", app.t().shell.log, app.t().shell.name));
    });
    let summary = move || {
        let lang = app.lang.get();
        let cases = log.in_period();
        let alarms = cases
            .iter()
            .filter(|case| case.label == Label::Complete)
            .count();
        let count = |n: usize| time::count(lang, n as u64);
        (lang.unfinished().summary)(&count(cases.len() - alarms), &count(alarms))
    };
    let some = Memo::new(move |_| !log.cases.read().is_empty());
    view! {
        <main class="screen">
            <div class="banners"><Banner app /></div>
            <header class="screen-head">
                <MenuButton app />
                <h1>{move || app.lang.get().unfinished().title}</h1>
                <span class="sub figure">{move || some.get().then(summary)}</span>
                <div class="tools">{move || some.get().then(|| head(log))}</div>
            </header>
            <div class="scroller" tabindex="0">
                {move || match (log.known.get(), some.get()) {
                    (false, _) => ().into_any(),
                    (true, false) => empty(app),
                    (true, true) => view! {
                        <div class="page">
                            {plots::view(log)}
                            <div class="case-area">{list::view(log)}{reader::view(log)}</div>
                            {export::view(log)}
                        </div>
                    }.into_any(),
                }}
            </div>
            <Notices app />
        </main>
    }
}

fn empty(app: App) -> AnyView {
    view! {
        <div class="empty-place"><div class="empty brackets">
            <p>{move || app.lang.get().unfinished().empty}</p>
            <a class="button" href="#/">{icon("chat")}{app.words(|t| t.shell.chat)}</a>
        </div></div>
    }
    .into_any()
}

/// The period, and the way to the export.
fn head(log: Log) -> AnyView {
    let words = log.app.lang.get().unfinished();
    let periods = [
        (Some(4), words.four_weeks),
        (Some(12), words.twelve_weeks),
        (None, words.all_time),
    ];
    let periods = periods.map(|(weeks, words)| {
        view! {
            <label><input type="radio" name="period" prop:checked=move || log.weeks.get() == weeks on:change=move |_| log.weeks.set(weeks)/>{words}</label>
        }
    });
    let down = |_| {
        if let Some(export) = document().get_element_by_id("export") {
            export.scroll_into_view();
        }
    };
    view! {
        <fieldset class="segmented wide-only"><legend class="visually-hidden">{words.period}</legend>{periods.into_iter().collect_view()}</fieldset>
        <button class="button" id="to-export" on:click=down>{icon("download")}{words.export}</button>
    }
    .into_any()
}

/// A share in percent.
fn percent(share: f64) -> String {
    match share * 100.0 {
        share if share > 0.0 && share < 9.95 => format!("{share:.1}%"),
        share => format!("{share:.0}%"),
    }
}
