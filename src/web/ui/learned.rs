//! What a message taught the memory, under that message: remembered, replaced, asked or proposed, with undo and edit.

mod line;

use crate::chat::Seq;
use crate::id::ChatId;
use crate::memory::{Book, Change, Preference, Status};
use crate::web::app::App;
use crate::web::remember::{self, Aside, At, Offer, is_said, is_unsaid};
use crate::web::ui::Stock;
use leptos::prelude::*;
use web_sys::HtmlElement;

/// One line.
#[derive(Clone, Debug, PartialEq)]
struct Line {
    pref: Preference,
    is: Is,
}

/// What it says.
#[derive(Clone, Debug, PartialEq)]
enum Is {
    /// Learned here; what it took the place of.
    Remembered(Vec<Preference>),
    /// Said before, and here again.
    Again,
    /// It speaks against this one: the user is asked.
    Asked(Box<Preference>),
    /// It waits for a click.
    Proposed,
    /// It stands in words that were not typed.
    Offered(Box<Offer>),
    /// It was taken back here.
    TakenBack,
    /// Taking it back is asked first.
    TakeBack,
    /// It is not as it was learned here any more.
    Gone,
}

/// What was undone in a line, so that it can be done again.
#[derive(Clone)]
struct Undone {
    words: String,
    change: Change,
}

/// The lines under the message that the place names.
pub fn view(app: App, place: &HtmlElement) -> AnyView {
    let attribute = |name: &str| place.get_attribute(name);
    let seq = attribute("data-seq").and_then(|seq| seq.parse::<Seq>().ok());
    let (Some(chat), Some(seq)) = (attribute("data-chat"), seq) else {
        return ().into_any();
    };
    let at: At = (ChatId(chat), seq);
    let (book, aside) = (Stock::get().book, remember::aside());
    let of = at.clone();
    let aside = Memo::new(move |_| aside.read().get(&of).cloned().unwrap_or_default());
    let of = at.clone();
    let lines = Memo::new(move |_| lines(&book.read(), &of, &aside.read()));
    let undone = RwSignal::new(Vec::<Undone>::new());
    view! {
        <div role="status">
            {move || lines.get().into_iter().map(|one| line::line(app, at.clone(), one, undone)).collect_view()}
            {line::undone(app, undone)}
            {move || aside.get().opinion.map(|opinion| line::opinion(app, &opinion))}
        </div>
    }
    .into_any()
}

/// What a message taught, in the order of the cards.
fn lines(book: &Book, at: &At, aside: &Aside) -> Vec<Line> {
    let mut lines: Vec<Line> = book
        .all()
        .filter(|pref| is_said(pref, at))
        .map(|pref| Line {
            is: is(book, pref, at),
            pref: pref.clone(),
        })
        .collect();
    let asked_back = |pref: &&Preference| {
        let unsaid = pref.unsaid.as_ref().filter(|_| pref.is_asked_back());
        unsaid.is_some_and(|said| said.seq == at.1 && said.chat == at.0)
    };
    for (is, pref) in (book
        .all()
        .filter(asked_back)
        .map(|pref| (Is::TakeBack, pref)))
    .chain((book.all().filter(|pref| is_unsaid(pref, at))).map(|pref| (Is::TakenBack, pref)))
    {
        let pref = pref.clone();
        lines.push(Line { pref, is });
    }
    lines.extend(aside.offers.iter().map(|offer| Line {
        pref: offer.card.clone(),
        is: Is::Offered(Box::new(offer.clone())),
    }));
    lines
}

fn is(book: &Book, pref: &Preference, at: &At) -> Is {
    let first = pref
        .said
        .first()
        .is_some_and(|said| said.seq == at.1 && said.chat == at.0);
    let against = || pref.against.as_ref().and_then(|id| book.get(id)).cloned();
    match pref.status {
        Status::Proposed => match against() {
            Some(old) => Is::Asked(Box::new(old)),
            None => Is::Proposed,
        },
        Status::Active if first => Is::Remembered(
            pref.supersedes
                .iter()
                .filter_map(|id| book.get(id))
                .filter(|old| old.status == Status::Superseded)
                .cloned()
                .collect(),
        ),
        Status::Active => Is::Again,
        Status::Superseded | Status::Retracted | Status::Expired => Is::Gone,
    }
}
