//! What waits for an answer: proposals, and statements that are at odds with a card.

use super::board::Board;
use crate::i18n::learned::short;
use crate::i18n::preference as words;
use crate::memory::{Answer, Edit, Kind, Origin, PrefId, Preference, Said, Status, waiting};
use crate::web::ui::focus;
use crate::web::ui::icon::small_icon;
use crate::web::ui::time;
use leptos::prelude::*;

/// How many are shown; the rest is counted.
const SHOWN: usize = 2;

/// The tray above the ruler. Not there while nothing waits.
#[component]
pub fn Tray(board: Board) -> impl IntoView {
    let all = Memo::new(move |_| {
        board.book.with(|book| {
            let pair = |pref: &Preference| {
                let against = pref.against.as_ref().and_then(|id| book.get(id));
                (pref.clone(), against.cloned())
            };
            let shown = board
                .view
                .with(|view| view.statuses.contains(&Status::Proposed));
            let all = if shown { waiting(book) } else { Vec::new() };
            all.into_iter().map(pair).collect::<Vec<_>>()
        })
    });
    // The one that is being put under a condition.
    let depends = RwSignal::new(None::<PrefId>);
    move || {
        let all = all.get();
        let more = all.len().saturating_sub(SHOWN);
        (!all.is_empty()).then(|| {
            view! {
                <section class="tray" id="tray" aria-label=board.words(|t| t.tray)>
                    {all.into_iter().take(SHOWN).map(|(new, old)| question(board, new, old, depends)).collect_view()}
                    {(more > 0).then(|| view! { <p class="tray-more">{move || (board.t().and_more)(more)}</p> })}
                </section>
            }
        })
    }
}

fn question(
    board: Board,
    new: Preference,
    old: Option<Preference>,
    depends: RwSignal<Option<PrefId>>,
) -> AnyView {
    let lang = board.app.lang.get();
    let t = lang.memory();
    let id = new.id.clone();
    let topic = new.topic.clone();
    let accept = {
        let (id, topic) = (id.clone(), topic.clone());
        move |answer: Answer| {
            depends.set(None);
            let words = (board.now().did_accept)(&topic);
            board.act(
                vec![Edit::Accept(id.clone(), answer)],
                words,
                Some(id.clone()),
            );
        }
    };
    let reject = {
        let id = id.clone();
        move |_| {
            let words = (board.now().did_reject)(&topic);
            board.act(vec![Edit::Retract(id.clone())], words, None);
        }
    };
    if let Some(unsaid) = new.unsaid.clone().filter(|_| new.is_asked_back()) {
        return take_back(board, &new, unsaid);
    }
    let Some(old) = old else {
        let said = new.said.last().cloned().unwrap_or_default();
        let source = match said.origin {
            Origin::Model => t.from_model,
            Origin::Import => t.from_import,
            Origin::Pasted => t.from_pasted,
            Origin::Typed | Origin::Board => t.from_you,
        };
        let by = match said.origin {
            Origin::Model => t.by_model,
            Origin::Import => t.by_import,
            Origin::Pasted => t.by_paste,
            Origin::Typed | Origin::Board => t.by_you,
        };
        let whole = (t.perhaps)(&words::phrase(lang, &new));
        let before = whole
            .strip_suffix(&new.topic)
            .unwrap_or_default()
            .to_owned();
        return view! {
            <div data-proposal=id.to_string()>
                <h2>{small_icon("ring")}{t.to_confirm}" · "{by}</h2>
                <p class="ask">{before}<strong>{new.topic.clone()}</strong></p>
                <p class="source">{source}<q>{said.words}</q></p>
                <p class="actions">
                    <button class="button" data-do="accept" on:click=move |_| accept(Answer::Both)>{t.remember}</button>
                    <button class="button button-bare" data-do="reject" on:click=reject>{t.reject}</button>
                </p>
            </div>
        }
        .into_any();
    };
    let words_of = |pref: &Preference| {
        let said = pref.said.last().map(|said| said.words.clone());
        said.filter(|words| !words.is_empty())
            .unwrap_or_else(|| words::phrase(lang, pref))
    };
    let when = |pref: &Preference| time::date_of(lang, pref.last_seen);
    // One word where that tells it; a habit or a fact is not on the scale.
    let change = match new.kind {
        Kind::Taste if new.strength != 0 => (t.replace)(t.stop(new.strength)),
        _ => t.replace_this.to_owned(),
    };
    let field = format!("depends-{id}");
    let asks = {
        let id = id.clone();
        move || depends.get().as_ref() == Some(&id)
    };
    let ask = {
        let (id, field) = (id.clone(), field.clone());
        move |_| {
            depends.set(Some(id.clone()));
            focus::soon(format!("[id=\"{field}\"]"));
        }
    };
    let (replace, both, under) = (accept.clone(), accept.clone(), accept);
    let (label, at) = (t.when, field.clone());
    view! {
        <div data-proposal=id.to_string() data-asks="">
            <h2>{small_icon("ring-next")}{t.at_odds}</h2>
            <p class="ask">{(t.you_said)(&when(&old))}<q>{words_of(&old)}</q>{(t.now_you_say)(&when(&new))}<q>{words_of(&new)}</q>{t.changed_mind}</p>
            <p class="actions">
                <button class="button" data-do="replace" on:click=move |_| replace(Answer::Replace)>{change}</button>
                <button class="button" data-do="depends" on:click=ask>{t.it_depends}</button>
                <button class="button" data-do="both" on:click=move |_| both(Answer::Both)>{t.keep_both}</button>
                <button class="button button-bare" data-do="reject" on:click=reject>{t.reject}</button>
            </p>
            {move || asks().then(|| {
                let under = under.clone();
                let put = { let at = at.clone(); move || {
                    let text = input_value(&at);
                    if !text.trim().is_empty() { under(Answer::When(text)) }
                }};
                let by_key = put.clone();
                view! {
                    <p class="actions">
                        <input class="input" id=at.clone() placeholder=label aria-label=label
                            on:keydown=move |event| if event.key() == "Enter" && !event.is_composing() { event.prevent_default(); by_key() }/>
                        <button class="button" on:click=move |_| put()>{board.words(|t| t.save)}</button>
                    </p>
                }
            })}
        </div>
    }
    .into_any()
}

/// A card with the user's own hand on it, and a sentence that wants it taken back.
fn take_back(board: Board, card: &Preference, unsaid: Said) -> AnyView {
    let lang = board.app.lang.get();
    let (t, words) = (lang.memory(), lang.learned());
    let (id, keep, topic) = (card.id.clone(), card.id.clone(), card.topic.clone());
    let retract = move |_| board.retract(vec![id.clone()]);
    let stay = move |_| {
        let words = (board.now().did_keep)(&topic);
        board.act(vec![Edit::Keep(keep.clone())], words, None);
    };
    view! {
        <div data-proposal=card.id.to_string()>
            <h2>{small_icon("ring-next")}{t.take_back_title}</h2>
            <p class="ask">{(t.you_said)(&time::date_of(lang, unsaid.at))}<q>{unsaid.words}</q></p>
            <p class="source">{(words.take_back)(&short(lang, card))}</p>
            <p class="actions">
                <button class="button" data-do="retract" on:click=retract>{words.yes}</button>
                <button class="button button-bare" data-do="keep" on:click=stay>{words.not}</button>
            </p>
        </div>
    }
    .into_any()
}

/// What stands in a field.
pub fn input_value(id: &str) -> String {
    use wasm_bindgen::JsCast;
    let field = document().get_element_by_id(id);
    let value = field.and_then(|field| {
        if let Some(input) = field.dyn_ref::<web_sys::HtmlInputElement>() {
            return Some(input.value());
        }
        field
            .dyn_ref::<web_sys::HtmlTextAreaElement>()
            .map(|area| area.value())
    });
    value.unwrap_or_default()
}
