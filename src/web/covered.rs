//! How much of the page a keyboard on the screen lies over. Most browsers make the page smaller for it, as the
//! page's `interactive-widget` asks; Safari on a phone does not, and the page leaves the room itself, so that the
//! composer and its marks stand above the keyboard.

use leptos::prelude::{document, window};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::EventTarget;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(extends = EventTarget)]
    #[derive(Clone)]
    type VisualViewport;
    #[wasm_bindgen(thread_local_v2, js_name = "visualViewport")]
    static VIEWPORT: Option<VisualViewport>;
    #[wasm_bindgen(method, getter)]
    fn height(this: &VisualViewport) -> f64;
    #[wasm_bindgen(method, getter)]
    fn scale(this: &VisualViewport) -> f64;
}

/// Tells the style sheets from now on, in `--covered`.
pub fn follow() {
    let Some(viewport) = VIEWPORT.with(Clone::clone) else {
        return;
    };
    let target = viewport.clone();
    let mut before = 0.0;
    let look = Closure::<dyn FnMut()>::new(move || {
        let inner = window().inner_height().ok();
        let inner = inner.as_ref().and_then(JsValue::as_f64).unwrap_or_default();
        let now = covered(inner, viewport.height(), viewport.scale());
        if now != before {
            before = now;
            tell(now);
        }
    });
    let _ = target.add_event_listener_with_callback("resize", look.as_ref().unchecked_ref());
    // As long as the page.
    look.forget();
}

fn tell(covered: f64) {
    let root = document().document_element();
    if let Some(root) = root.and_then(|root| root.dyn_into::<web_sys::HtmlElement>().ok()) {
        let _ = root
            .style()
            .set_property("--covered", &format!("{covered}px"));
    }
    if covered > 0.0 {
        // The browser has pushed the page up to show the caret, and now there is room for it.
        window().scroll_to_with_x_and_y(0.0, 0.0);
    }
    // The conversation stays at its end.
    let _ = web_sys::Event::new("resize").map(|event| window().dispatch_event(&event));
}

/// The least height of a keyboard, in CSS pixels. Bars of the browser are lower.
const LEAST: f64 = 80.0;

/// What is hidden of a page of one height by a view of another. Nothing where the view is drawn larger by two
/// fingers: what is hidden then is hidden because the person wants it so.
fn covered(page: f64, view: f64, scale: f64) -> f64 {
    let hidden = (page - view).round();
    match (scale - 1.0).abs() < 0.01 && hidden >= LEAST {
        true => hidden,
        false => 0.0,
    }
}
