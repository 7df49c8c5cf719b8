//! Places in the chat that the second program fills.
//!
//! The chat leaves an empty element `vf-place` with a `data-kind` where such a view belongs. Once the second
//! program is there it fills those in the page and all that come, and disposes of a view when its element leaves
//! the page. What a place is about stands in its other `data-` attributes, which do not change.

use leptos::mount::mount_to;
use leptos::prelude::*;
use std::cell::RefCell;
use std::collections::HashMap;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::HtmlElement;

/// What a place is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The input frame, on the composer.
    Frame,
    /// What a message taught the memory, under that message.
    Learned,
    /// Which preferences went with a question, under the reply.
    Used,
    /// What the next message goes out with, in its panel.
    Next,
    /// What a conversation sets for itself, in its panel.
    Options,
    /// "You're not finished", under the last reply.
    Unfinished,
    /// How long the next request is and what it costs, beside the composer.
    Request,
    /// That the budget is near its end or used up, above the composer.
    Budget,
    /// What stands for the messages that have no room, at the line where the model's memory begins.
    Summary,
    /// The list of models to choose from, in its popover.
    Models,
    /// The hits of the search, in the place of the list.
    Results,
    /// The table of keyboard shortcuts, over everything.
    Help,
    /// The filters of the memory board, in the sidebar.
    Facets,
    /// How many cards there are, beside the name of the memory board.
    Count,
}

impl Kind {
    /// Its name in `data-kind`.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Frame => "frame",
            Kind::Learned => "learned",
            Kind::Used => "used",
            Kind::Next => "next",
            Kind::Options => "options",
            Kind::Unfinished => "unfinished",
            Kind::Request => "request",
            Kind::Budget => "budget",
            Kind::Summary => "summary",
            Kind::Models => "models",
            Kind::Results => "results",
            Kind::Help => "help",
            Kind::Facets => "facets",
            Kind::Count => "count",
        }
    }

    fn from_name(name: &str) -> Option<Self> {
        let all = [
            Kind::Frame,
            Kind::Learned,
            Kind::Used,
            Kind::Next,
            Kind::Options,
            Kind::Unfinished,
            Kind::Request,
            Kind::Budget,
            Kind::Summary,
            Kind::Models,
            Kind::Results,
            Kind::Help,
            Kind::Facets,
            Kind::Count,
        ];
        all.into_iter().find(|kind| kind.name() == name)
    }
}

/// Fired on the composer's field where its text has changed without an `input`: a draft has come, another
/// conversation is open, a message went out of it.
pub const TEXT: &str = "vf-text";
/// Fired on the composer's field when its text has become a message, before it is cleared. The address of the page
/// names the conversation by then.
pub const SENT: &str = "vf-sent";

/// The attribute by which a filled place is known.
const NUMBER: &str = "data-place";

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_name = "definePlaces")]
    fn define_places(fill: &JsValue, leave: &JsValue);
}

/// Takes a view out of its place.
type Dispose = Box<dyn FnOnce()>;

thread_local! {
    /// What disposes of the view in each filled place, and the number of the last one.
    static FILLED: RefCell<(u32, HashMap<u32, Dispose>)> = RefCell::default();
}

/// Fills every place from now on with what `view` makes of its kind and its element. To be called once.
pub fn fill(view: impl Fn(Kind, &HtmlElement) -> AnyView + Clone + 'static) {
    let fill = Closure::<dyn Fn(HtmlElement)>::new(move |place: HtmlElement| {
        let kind = place.get_attribute("data-kind");
        let Some(kind) = kind.as_deref().and_then(Kind::from_name) else {
            return;
        };
        let (view, of) = (view.clone(), place.clone());
        let handle = mount_to(place.clone(), move || view(kind, &of));
        let number = FILLED.with_borrow_mut(|(last, filled)| {
            *last += 1;
            filled.insert(*last, Box::new(move || drop(handle)));
            *last
        });
        let _ = place.set_attribute(NUMBER, &number.to_string());
    });
    let leave = Closure::<dyn Fn(HtmlElement)>::new(|place: HtmlElement| {
        let number = place.get_attribute(NUMBER).and_then(|n| n.parse().ok());
        // Taken out first: disposing of a view may take other places out of the page.
        let dispose =
            FILLED.with_borrow_mut(|(_, filled)| number.and_then(|n: u32| filled.remove(&n)));
        if let Some(dispose) = dispose {
            dispose();
        }
    });
    define_places(
        fill.into_js_value().unchecked_ref(),
        leave.into_js_value().unchecked_ref(),
    );
}
