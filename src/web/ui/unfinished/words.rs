//! The words of a case as they were read in the chat: the reply, the mark where it was cut, and what mended it.
//!
//! The prose is drawn by the first program, which has the parser. The place of the cut is found in it by letters, as the
//! seams are in the chat; where it cannot be found the two parts are drawn one after the other.

use crate::badcase::{Case, Label, Mended};
use crate::i18n::{Lang, watch};
use crate::watch::wire::ToChat;
use crate::web::app::App;
use crate::web::clock;
use crate::web::prose::language_of;
use crate::web::rest::tell;
use crate::web::ui::icon::icon;
use crate::web::ui::rest::mark::Letters;
use crate::web::ui::{prose, thread, time};
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsCast;
use web_sys::{Element, MouseEvent, Node};

/// Code and formulas are drawn a moment later, by the worker; the marks in them are made again so many times.
const LOOKS: u32 = 12;
/// Milliseconds between two looks.
const LOOK: u32 = 120;

/// What is drawn.
struct Drawing {
    /// The element of the reply.
    id: String,
    /// The reply, with what was joined on.
    text: String,
    /// Where it was cut.
    cut: Option<usize>,
    /// What the mark is called.
    name: &'static str,
    /// Another answer, which is no rest of this one.
    other: Option<String>,
}

/// The reply of a case.
pub fn view(app: App, case: &Case) -> AnyView {
    let lang = app.lang.get();
    let words = lang.unfinished();
    let is_cut = case.label != Label::Complete;
    let mended = case.mended.as_ref().filter(|_| is_cut);
    let goes_on = mended.filter(|mended| mended.text.starts_with(&case.cut));
    let id = format!("words-{}", case.id);
    let drawing = Drawing {
        id: id.clone(),
        text: goes_on.map_or(&case.cut, |mended| &mended.text).clone(),
        cut: is_cut.then_some(case.cut.len()),
        name: words.cut_here,
        other: mended
            .filter(|_| goes_on.is_none())
            .map(|mended| mended.text.clone()),
    };
    spawn_local(drawing.fill());
    let seam = mended.map(|mended| {
        view! { <p class="seam">{icon("seam")}<span>{seam(lang, mended)}</span></p> }
    });
    view! {
        <div class="case-words" tabindex="0" role="group" aria-label=words.words lang=language_of(&case.cut) on:click=move |event| act(app, &event)>
            <div class="prose" id=id.clone()></div>
            {seam}
            <div class="prose mended-whole" id=other_id(&id)></div>
        </div>
    }
    .into_any()
}

fn seam(lang: Lang, mended: &Mended) -> String {
    let tokens = match mended.usage {
        Some(usage) => usage.output,
        None => crate::tokens::estimate(&mended.text).into(),
    };
    (lang.unfinished().seam)(watch::way(lang, mended.way), &time::count(lang, tokens))
}

fn other_id(id: &str) -> String {
    format!("{id}-other")
}

/// What the prose offers: copying code, loading an image, notes.
fn act(app: App, event: &MouseEvent) {
    let Some(button) = thread::button(event) else {
        return;
    };
    match thread::action(event).unwrap_or_default().as_str() {
        "copy-code" => {
            let block = button.closest(".code").ok().flatten();
            let code = block.and_then(|block| block.query_selector("code").ok().flatten());
            if let Some(text) = code.and_then(|code| code.text_content()) {
                thread::copy(app, text, Some(button));
            }
        }
        "load-image" => prose::load_image(app, &button),
        "note" => prose::follow_note(&button, false),
        "note-back" => prose::follow_note(&button, true),
        _ => {}
    }
}

impl Drawing {
    async fn fill(self) {
        // The view has to be in the page first.
        clock::frame().await;
        draw(&self.id, &self.text).await;
        // The element may have held another case.
        draw(
            &other_id(&self.id),
            self.other.as_deref().unwrap_or_default(),
        )
        .await;
        for look in 0..LOOKS {
            let Some(place) = document().get_element_by_id(&self.id) else {
                return;
            };
            let Some(at) = self.cut else { return };
            let cut = match place.query_selector(".cut").ok().flatten() {
                Some(cut) => Some(cut),
                None => insert(&place, &self.text, at, self.name),
            };
            let Some(cut) = cut else {
                return self.apart(at).await;
            };
            let mut past = false;
            wash(&place, &cut, &mut past);
            if look == 0 {
                show(&cut);
            }
            let waiting = "pre > code:not([data-done], .language-), .math:not([data-done])";
            if !matches!(place.query_selector(waiting), Ok(Some(_))) {
                return;
            }
            clock::sleep(LOOK).await;
        }
    }

    /// The two parts one after the other.
    async fn apart(&self, at: usize) {
        let (first, rest) = self.text.split_at(at);
        draw(&self.id, first).await;
        if let Some(place) = document().get_element_by_id(&self.id) {
            let mark = svg(self.name);
            if let (None, Some(mark)) = (insert(&place, first, first.len(), self.name), mark) {
                let _ = place.append_child(&mark);
            }
        }
        if self.other.is_none() {
            draw(&other_id(&self.id), rest.trim_start_matches('\n')).await;
        }
    }
}

async fn draw(id: &str, text: &str) {
    tell(&ToChat::Draw(id.to_owned(), text.to_owned())).await;
}

/// Puts the mark where the words of the first part end.
fn insert(place: &Element, text: &str, at: usize, name: &str) -> Option<Element> {
    let letters = Letters::of(place);
    let last = letters.place(text, at)?.checked_sub(1)?;
    let (node, mut end) = letters.end(last)?;
    let first = &text[..at];
    let signs = &first[first.trim_end_matches(|c: char| !c.is_alphanumeric()).len()..];
    let units: Vec<u16> = node.node_value()?.encode_utf16().collect();
    let after = String::from_utf16_lossy(units.get(end as usize..)?);
    // Signs behind the last letter came with it: a colon, an opening bracket.
    for sign in after.chars() {
        if sign.is_whitespace() || !signs.contains(sign) {
            break;
        }
        end += sign.len_utf16() as u32;
    }
    let mark = svg(name)?;
    let range = document().create_range().ok()?;
    range.set_start(&node, end).ok()?;
    range.insert_node(&mark).ok()?;
    Some(mark)
}

fn svg(name: &str) -> Option<Element> {
    const SVG: &str = "http://www.w3.org/2000/svg";
    let mark = document().create_element_ns(Some(SVG), "svg").ok()?;
    for (name, value) in [
        ("class", "cut"),
        ("viewBox", "0 0 14 20"),
        ("role", "img"),
        ("aria-label", name),
    ] {
        mark.set_attribute(name, value).ok()?;
    }
    let drawing = document().create_element_ns(Some(SVG), "use").ok()?;
    drawing.set_attribute("href", "#cut").ok()?;
    mark.append_child(&drawing).ok()?;
    Some(mark)
}

/// Lays the colour of mended text under everything that stands after the mark.
fn wash(element: &Element, cut: &Node, past: &mut bool) {
    let nodes = element.child_nodes();
    let children: Vec<Node> = (0..nodes.length())
        .filter_map(|nth| nodes.item(nth))
        .collect();
    for child in children {
        if child == *cut {
            *past = true;
            continue;
        }
        match child.dyn_ref::<Element>() {
            Some(head) if head.class_name() == "code-head" => {}
            // It is drawn as a whole, or washed already.
            Some(whole)
                if whole
                    .matches(".math, .image-gate, .mended")
                    .unwrap_or(false) =>
            {
                let _ = whole.class_list().toggle_with_force("mended", *past);
            }
            Some(inner) => wash(inner, cut, past),
            None if *past => wrap(&child),
            None => {}
        }
    }
}

fn wrap(text: &Node) {
    let blank = text.node_value().unwrap_or_default().trim().is_empty();
    let (false, Some(parent), Ok(added)) =
        (blank, text.parent_node(), document().create_element("ins"))
    else {
        return;
    };
    added.set_class_name("mended");
    if parent.replace_child(&added, text).is_ok() {
        let _ = added.append_child(text);
    }
}

/// Scrolls the mark into the middle of the words.
fn show(cut: &Element) {
    if let Ok(Some(words)) = cut.closest(".case-words") {
        let down = cut.get_bounding_client_rect().top() - words.get_bounding_client_rect().top();
        words.set_scroll_top((down as i32 - words.client_height() / 2).max(0));
    }
}
