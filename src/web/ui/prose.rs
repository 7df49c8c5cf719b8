//! The words of a reply in the page: parsed, patched while they stream, drawn over by the worker.

use crate::helper::{Ask, read_spans};
use crate::markdown::shown;
use crate::markdown::stream::{Look, Stream};
use crate::web::app::{App, Open, Row};
use crate::web::helper;
use crate::web::live::{self, Live, Step};
use crate::web::prose::{Labels, Pending, Prose, language_of, paint_code, paint_math};
use leptos::html::Div;
use leptos::prelude::*;
use send_wrapper::SendWrapper;
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Element, HtmlElement};

/// Bytes of a finished reply that are parsed at a time, at least.
const PIECE: usize = 16 * 1024;
/// Bytes of a block of code that is still highlighted; painting is done at once.
const LONGEST_CODE: usize = 64 * 1024;

/// The reply that a view follows, and the number of the view there.
type Watched = (u64, Rc<RefCell<Live>>);

/// The prose of a reply. Follows the reply that streams in this tab, or else its row.
#[component]
pub fn ProseView(
    app: App,
    row: Row,
    open: Open,
    reasoning: RwSignal<String>,
    lang: RwSignal<Option<&'static str>>,
) -> impl IntoView {
    let place: NodeRef<Div> = NodeRef::new();
    let prose: Rc<RefCell<Option<Prose>>> = Rc::default();
    let shown: Rc<RefCell<String>> = Rc::default();
    let watching: Rc<RefCell<Option<Watched>>> = Rc::default();
    let kept = SendWrapper::new(watching.clone());
    on_cleanup(move || {
        if let Some((id, live)) = kept.borrow_mut().take() {
            live.borrow_mut().unwatch(id);
        }
    });
    Effect::new(move |_| {
        let Some(element) = place.get() else { return };
        let message = row.message.get();
        let place: Element = element.clone().into();
        let labels = labels(app);
        let mut made = prose.borrow_mut();
        if made.is_none() {
            *made = Prose::new(element.into(), labels);
        }
        drop(made);
        match live::find(&open.id, row.seq) {
            Some(live) => {
                if watching.borrow().is_some() {
                    return;
                }
                let target = prose.clone();
                let mut known = false;
                let show = move |step: Step<'_>| match step {
                    Step::Text(patch) => {
                        if let Some(prose) = target.borrow_mut().as_mut() {
                            prose.apply(patch.keep, &patch.blocks);
                            draw(prose);
                        }
                    }
                    Step::Reasoning(thought) => reasoning.set(thought.to_owned()),
                    Step::Drawn => {
                        // The language decides about leading and letter forms: early, and then for good.
                        if !known {
                            let text = place.text_content().unwrap_or_default();
                            known = text.len() > 24;
                            lang.set(language_of(&text));
                        }
                    }
                };
                let id = live.borrow_mut().watch(Box::new(show));
                *watching.borrow_mut() = Some((id, live));
            }
            None => {
                let watched = watching.borrow_mut().take();
                if *shown.borrow() == message.text && !message.text.is_empty() {
                    return;
                }
                shown.borrow_mut().clone_from(&message.text);
                lang.set(language_of(&message.text));
                // What was followed to its end is there already; to parse a long text once more freezes the page.
                let there =
                    watched.is_some_and(|(id, live)| live.borrow_mut().complete(id, &message.text));
                if let Some(prose) = prose.borrow_mut().as_mut() {
                    if !there {
                        whole(prose, &message.text);
                    }
                    if !message.is_streaming() {
                        prose.settle();
                        draw(prose);
                    }
                }
            }
        }
    });
    view! { <div class="prose" node_ref=place></div> }
}

/// Fills an element with a text that does not change.
pub fn still(app: App, element: Element, text: &str) {
    if let Some(mut prose) = Prose::new(element, labels(app)) {
        whole(&mut prose, text);
        prose.settle();
        draw(&mut prose);
    }
}

/// Shows a text that is complete.
fn whole(prose: &mut Prose, text: &str) {
    let mut stream = Stream::new(Look::Exact);
    let mut rest = shown(text);
    while !rest.is_empty() {
        // One endless line is parsed again with every piece.
        let mut at = PIECE.max(stream.tail_len()).min(rest.len());
        while !rest.is_char_boundary(at) {
            at += 1;
        }
        stream.push(&rest[..at]);
        rest = &rest[at..];
    }
    stream.finish();
    prose.apply(0, stream.blocks());
}

/// Has the worker read what has come to rest, and draws what it answers.
fn draw(prose: &mut Prose) {
    for pending in prose.pending() {
        match pending {
            Pending::Code { text, .. } if text.len() > LONGEST_CODE => {}
            Pending::Code {
                place,
                language,
                text,
            } => helper::ask(&Ask::Code(&language, &text.clone()), move |answer, _| {
                let spans = read_spans(answer.unwrap_or_default());
                if !spans.is_empty() {
                    paint_code(&place, &text, &spans);
                }
            }),
            Pending::Math {
                place,
                tex,
                display,
            } => helper::ask(&Ask::Math(&tex.clone(), display), move |answer, _| {
                paint_math(&place, &tex, answer.unwrap_or_default());
            }),
        }
    }
}

/// The words that prose carries.
fn labels(app: App) -> Labels {
    let words = &app.t_now().chat;
    Labels {
        copy_code: words.copy_code,
        image_from: words.image_from,
        image_plain: words.image_plain,
        image_refused: words.image_refused,
        task: words.task,
        table: words.table,
        footnote: words.footnote,
        back_to_text: words.back_to_text,
    }
}

/// Loads an image after the click that named its host. Where it does not come, what was clicked is back and says so.
pub fn load_image(app: App, gate: &Element) {
    let image = document().create_element("img").ok();
    let image = image.and_then(|image| image.dyn_into::<HtmlElement>().ok());
    let (Some(src), Some(image)) = (gate.get_attribute("data-src"), image) else {
        return;
    };
    let named = |name: &str| gate.get_attribute(name).filter(|words| !words.is_empty());
    let alt = named("data-alt").or_else(|| named("data-host"));
    let (back, broken) = (gate.clone(), image.clone());
    let failed = Closure::once_into_js(move || {
        let says = app.t_now().chat.image_failed;
        if let Ok(None) = back.query_selector(".wrong")
            && let Ok(line) = document().create_element("span")
        {
            line.set_class_name("wrong");
            line.set_text_content(Some(says));
            let _ = back.append_child(&line);
        }
        let here = document().active_element().as_ref() == Some(&broken);
        let _ = broken.replace_with_with_node_1(&back);
        if here && let Some(back) = back.dyn_ref::<HtmlElement>() {
            let _ = back.focus();
        }
    });
    image.set_onerror(Some(failed.unchecked_ref()));
    for (name, value) in [
        ("referrerpolicy", "no-referrer"),
        ("tabindex", "-1"),
        ("alt", &alt.unwrap_or_default()),
        ("src", &src),
    ] {
        let _ = image.set_attribute(name, value);
    }
    let _ = gate.replace_with_with_node_1(&image);
    // The keyboard's place was on what has gone.
    let _ = image.focus();
}

/// Goes from a footnote's number to its text, or back.
pub fn follow_note(button: &Element, back: bool) {
    let (Some(note), Ok(Some(prose))) =
        (button.get_attribute("data-note"), button.closest(".prose"))
    else {
        return;
    };
    let selector = match back {
        false => format!("[data-note-text='{note}']"),
        true => format!(".note-ref[data-note='{note}']"),
    };
    let place = prose.query_selector(&selector).ok().flatten();
    if let Some(place) = place.and_then(|place| place.dyn_into::<HtmlElement>().ok()) {
        place.scroll_into_view();
        let _ = place.focus();
    }
}
