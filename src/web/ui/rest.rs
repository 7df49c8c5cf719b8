//! "You're not finished", under the last reply: the button, its reason, the ways, and the seams of what was joined on.

pub mod mark;
mod seams;

use super::ending::end_words;
use super::icon::{icon, small_icon};
use super::{focus, thread, time};
use crate::chat::{Message, Segment};
use crate::i18n::watch;
use crate::record::{self, case::read_ask};
use crate::reply::End;
use crate::route::{Page, Route};
use crate::text;
use crate::tokens;
use crate::watch::resume::{Way, dialect};
use crate::watch::wire::ToChat;
use crate::watch::{Kind, Verdict};
use crate::web::app::App;
use crate::web::clock;
use crate::web::rest::{self, By, Doing, Place, Seen, Want};
use leptos::prelude::*;
use leptos::task::spawn_local;
use send_wrapper::SendWrapper;
use std::rc::Rc;
use web_sys::{HtmlElement, MouseEvent};

/// Milliseconds between two looks at a rest that streams.
const LOOK: u32 = 400;

/// What the line says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    /// Nothing speaks against the reply.
    Quiet,
    /// It looks cut.
    Suspicious,
    /// The rest is on its way.
    Working,
    /// The rest is there.
    Done,
}

impl State {
    fn of(message: &Message, verdict: &Verdict, denied: bool) -> Self {
        let added = message.segment(message.segments.len().wrapping_sub(1));
        match message.end {
            None => State::Working,
            Some(_) if verdict.is_cut() && !denied => State::Suspicious,
            Some(End::Complete) if added.is_some_and(|added| !added.is_empty()) => State::Done,
            Some(_) => State::Quiet,
        }
    }

    fn name(self) -> &'static str {
        match self {
            State::Quiet => "quiet",
            State::Suspicious => "suspicious",
            State::Working => "working",
            State::Done => "done",
        }
    }
}

/// What is known of the reply; not until it is read.
type Known = Option<SendWrapper<Rc<Seen>>>;

/// What a view of this line shares with its parts.
#[derive(Clone, Copy)]
struct Line {
    app: App,
    seen: RwSignal<Known>,
    denied: RwSignal<bool>,
    /// Whether the user has just said that the reply is complete.
    just_denied: RwSignal<bool>,
    seams: RwSignal<bool>,
    /// Whether the model takes a beginning, as far as is known.
    prefill: RwSignal<bool>,
    /// What is said aloud of the reply.
    said: RwSignal<String>,
}

/// The view in a place.
pub fn view(app: App, element: &HtmlElement) -> AnyView {
    let attribute = |name: &str| element.get_attribute(name).unwrap_or_default();
    let chat = crate::id::ChatId(attribute("data-chat"));
    let place: Place = (chat, attribute("data-seq").parse().unwrap_or(0));
    let focused = element.has_attribute("data-focused");
    let streams = attribute("data-state") == "streaming";
    let line = Line {
        app,
        seen: RwSignal::new(None),
        denied: RwSignal::new(false),
        just_denied: RwSignal::new(false),
        seams: RwSignal::new(false),
        prefill: RwSignal::new(false),
        said: RwSignal::default(),
    };
    spawn_local(look(line, place.clone(), streams, focused));
    let doing = rest::doing();
    let (here, there) = (place.clone(), place.clone());
    let shown = move || {
        let seen = line.seen.get()?;
        let doing = doing.read().get(&there).cloned();
        Some(draw(line, &seen, doing.as_ref()))
    };
    on_cleanup(|| {
        mark::clear();
        mark::clear_cut();
    });
    view! { <div class="rest" lang=app.lang.get_untracked().tag() on:click=move |event| act(line, &here, &event)>{shown}<p class="visually-hidden" role="status">{move || line.said.get()}</p></div> }
        .into_any()
}

/// Reads the reply; again and again while its rest streams.
async fn look(line: Line, place: Place, streams: bool, focused: bool) {
    loop {
        let Some(seen) = rest::glance(&place).await else {
            return;
        };
        let denied = rest::denied(&seen).await;
        let over = seen.message.end.is_some();
        if over && rest::recover(line.app, &place, &seen.message).await {
            return;
        }
        let seen = Rc::new(seen);
        let known = Some(SendWrapper::new(seen.clone()));
        if line.denied.try_set(denied).is_some() || line.seen.try_set(known).is_some() {
            return;
        }
        if focused {
            focus::soon("vf-place[data-kind=unfinished] button".to_owned());
        }
        if over {
            say(line, &seen, denied);
            rest::mark(&seen, denied).await;
            rest::follow(line.app, &seen).await;
        }
        if !streams || over {
            return;
        }
        clock::sleep(LOOK).await;
    }
}

/// Says aloud that a reply looks cut, and why.
fn say(line: Line, seen: &Seen, denied: bool) {
    let state = State::of(&seen.message, &seen.verdict, denied);
    if state == State::Suspicious {
        let words = line.app.lang.get_untracked().unfinished();
        let why = untrack(|| why(line.app, &seen.message, &seen.verdict, state, false));
        let _ = line.said.try_set((words.looks_cut)(&why));
    }
}

fn draw(line: Line, seen: &Seen, doing: Option<&Doing>) -> AnyView {
    let Line { app, .. } = line;
    let message = &seen.message;
    let state = State::of(message, &seen.verdict, line.denied.get());
    let words = app.lang.get().unfinished();
    let last = message.segments.last();
    let body = match (state, last) {
        (State::Working, Some(last)) => working(app, message, last),
        (State::Done, Some(last)) => done(line, message, last),
        _ => {
            let why = why(app, message, &seen.verdict, state, line.just_denied.get());
            let ways = (state == State::Suspicious).then(|| {
                let again = message.fault.is_none();
                // Where nothing came there is nothing that could be complete.
                let words_came = message.end != Some(End::Empty);
                view! {
                    <span class="ways">
                        {again.then(|| tool("again", words.again))}
                        {words_came.then(|| tool("complete", words.complete))}
                        {menu(line, seen)}
                    </span>
                }
            });
            let quiet = state == State::Quiet;
            view! {
                {button(words.button)}
                {(!why.is_empty()).then(|| view! { <span class="why">{why}</span> })}
                {ways}
                {quiet.then(|| menu(line, seen))}
            }
            .into_any()
        }
    };
    match state {
        State::Suspicious => spawn_local(mark::show_cut(message.seq)),
        _ => mark::clear_cut(),
    }
    let note = doing.and_then(|doing| note(app, doing));
    view! {
        <div class="unfinished" data-state=state.name()>{body}</div>
        {note.map(|note| view! { <p class="end-note" data-of="rest" role="status">{note}</p> })}
        {move || line.seams.get().then(|| line.seen.get().map(|seen| seams::view(app, &seen.message)))}
    }
    .into_any()
}

fn tool(action: &'static str, words: &'static str) -> AnyView {
    view! { <button class="tool" data-action=action>{words}</button> }.into_any()
}

fn button(words: &'static str) -> AnyView {
    view! { <button class="unfinished-button" data-action="rest">{cut_mark("cut")}{words}</button> }
        .into_any()
}

/// The axis-break sign.
pub fn cut_mark(class: &'static str) -> AnyView {
    view! { <svg class=class viewBox="0 0 14 20" aria-hidden="true"><use href="#cut"></use></svg> }
        .into_any()
}

/// The other ways, behind a small button.
fn menu(line: Line, seen: &Seen) -> AnyView {
    let words = line.app.lang.get().unfinished();
    let connection = rest::connection(line.app, seen);
    let known = connection.is_some_and(|one| dialect(&one, &seen.shown.model, None).is_some());
    line.prefill.set(known);
    let prefill = move || {
        let button =
            || view! { <button data-action="prefill">{icon("next")}{words.by_prefill}</button> };
        line.prefill.get().then(button)
    };
    let settings = Route::Settings(Page::Appearance).hash();
    view! {
        <button class="tool" popovertarget="rest-menu" data-action="ways" aria-label=words.ways title=words.ways>{small_icon("down")}</button>
        <div class="menu" id="rest-menu" popover="auto">
            {prefill}
            <button data-action="ask">{icon("quote")}{words.by_asking}</button>
            <button data-action="again">{icon("retry")}{words.by_again}</button>
            <hr/>
            <a href=settings>{icon("settings")}{words.by_default}</a>
        </div>
    }
    .into_any()
}

/// Why the reply ended, and what looks cut in it. What a fault above says is not said again.
fn why(app: App, message: &Message, verdict: &Verdict, state: State, just_denied: bool) -> String {
    let lang = app.lang.get();
    if just_denied {
        return lang.unfinished().denied.to_owned();
    }
    let mut all = Vec::new();
    if message.fault.is_none() {
        all.push(end_words(app.t(), message));
    }
    if state == State::Suspicious {
        let signs = verdict.signs.iter().filter(|sign| sign.kind != Kind::End);
        all.extend(
            signs
                .take(1)
                .map(|sign| watch::sign(lang, sign.kind).to_owned()),
        );
    }
    all.retain(|part| !part.is_empty());
    all.join(" · ")
}

fn working(app: App, message: &Message, last: &Segment) -> AnyView {
    let lang = app.lang.get();
    let words = lang.unfinished();
    let added = message.text.get(last.at as usize..).unwrap_or_default();
    let tokens = time::count(lang, tokens::estimate(added).into());
    view! {
        <button class="unfinished-button" aria-disabled="true">{icon("frames")}{words.working}</button>
        <span class="figure">{(words.working_by)(watch::way(lang, last.way), &tokens)}</span>
        <span class="ways">{tool("stop-rest", words.stop)}</span>
    }
    .into_any()
}

fn done(line: Line, message: &Message, last: &Segment) -> AnyView {
    let lang = line.app.lang.get();
    let words = lang.unfinished();
    let first = message.segments.first().map_or(last.at, |first| first.at);
    let added = message.text.get(first as usize..).unwrap_or_default();
    let count = time::count(lang, text::words(added) as u64);
    let shown = line.seams.get();
    view! {
        <span class="rest-done" role="status">{small_icon("tick")}<b>{words.done}</b>{(words.added)(&count, watch::way(lang, last.way))}</span>
        <span class="ways">
            {button(words.button)}
            <button class="tool" data-action="seams" aria-expanded=shown.to_string()>{icon("seam")}{if shown { words.hide_seam } else { words.show_seam }}</button>
            {(message.segments.len() == 1).then(|| tool("take-out", words.take_out_all))}
        </span>
    }
    .into_any()
}

/// What came of the last try, where the reply does not show it.
fn note(app: App, doing: &Doing) -> Option<AnyView> {
    let words = app.lang.get().unfinished();
    Some(match doing {
        Doing::Working(_) => return None,
        Doing::Beside(branch) => (words.beside)(*branch).into_any(),
        Doing::Over => words.over.into_any(),
        Doing::Nothing => words.nothing.into_any(),
        Doing::Failed(why) => why.clone().into_any(),
    })
}

/// The one handler of the line: `data-action` says what.
fn act(line: Line, place: &Place, event: &MouseEvent) {
    let Some(action) = thread::action(event) else {
        return;
    };
    let app = line.app;
    let get = |want| {
        super::sidebar::hide_popover("rest-menu");
        spawn_local(rest::get(app, place.clone(), want, By::User));
    };
    match action.as_str() {
        "rest" => get(Want::Best),
        "prefill" => get(Want::Way(Way::Prefill)),
        "ask" => get(Want::Way(Way::Ask)),
        "again" => get(Want::Way(Way::Again)),
        "ways" => spawn_local(know(line)),
        "complete" => spawn_local(deny(line, place.clone())),
        "stop-rest" => {
            let stop = ToChat::Stop(place.0.clone());
            spawn_local(async move { drop(rest::tell(&stop).await) });
        }
        "seams" => line.seams.update(|shown| *shown = !*shown),
        "take-out" => seams::take_out(app, &line.seen.get_untracked(), segment(event)),
        "retry-segment" => spawn_local(rest::retry(app, place.clone(), segment(event))),
        _ => {}
    }
}

/// Finds out whether the model takes a beginning: a server of the user's own has to be asked what it is.
async fn know(line: Line) {
    let seen = line.seen.get_untracked();
    let Some(seen) = seen else { return };
    if let Some(connection) = rest::connection(line.app, &seen) {
        let found = rest::prefill_of(&connection, &seen.shown.model).await;
        let _ = line.prefill.try_set(found.is_some());
    }
}

/// Which segment a click is about; the first where it names none.
fn segment(event: &MouseEvent) -> usize {
    let number = thread::button(event).and_then(|button| button.get_attribute("data-segment"));
    number.and_then(|number| number.parse().ok()).unwrap_or(0)
}

async fn deny(line: Line, place: Place) {
    let Some(seen) = rest::see(&place).await else {
        return;
    };
    let ask = rest::tell(&ToChat::Sent(place.0.clone(), place.1)).await;
    let ask = ask
        .as_deref()
        .and_then(record::parse)
        .map(|row| read_ask(&row));
    rest::deny(line.app, &seen, &ask.unwrap_or_default()).await;
    rest::mark(&seen, true).await;
    let _ = line.denied.try_set(true);
    let _ = line.just_denied.try_set(true);
    focus::soon("vf-place[data-kind=unfinished] .unfinished-button".to_owned());
}
