//! What the worker answers, painted into prose in a real browser: nodes only, copies stay exact.
#![cfg(target_arch = "wasm32")]

use viewfinder::formula;
use viewfinder::helper::{read_spans, write_spans};
use viewfinder::highlight::highlight;
use viewfinder::web::prose::{paint_code, paint_math};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::Element;

wasm_bindgen_test_configure!(run_in_browser);

fn element(tag: &str, text: &str) -> Element {
    let document = web_sys::window().and_then(|window| window.document());
    let document = document.expect("a document");
    let element = document.create_element(tag).expect(tag);
    element.set_text_content(Some(text));
    element
}

#[wasm_bindgen_test]
fn painted_code_reads_as_before() {
    let text = "fn main() {\n    // 中文 <b>\n    let s = \"x\";\n}\n";
    let code = element("code", text);
    let spans = highlight("rust", text).expect("rust");
    assert!(paint_code(&code, text, &read_spans(&write_spans(&spans))));
    assert_eq!(code.text_content().as_deref(), Some(text));
    let painted = |selector: &str| {
        let found = code.query_selector(selector).ok().flatten();
        found.and_then(|found| found.text_content())
    };
    assert_eq!(painted(".k").as_deref(), Some("fn"));
    assert_eq!(painted(".c").as_deref(), Some("// 中文 <b>"));
    assert_eq!(painted("b"), None);
    assert!(!paint_code(&code, "another text", &[]));
}

#[wasm_bindgen_test]
fn a_formula_becomes_nodes() {
    let tex = r"\frac{a}{2} < \begin{pmatrix} x & y \end{pmatrix}";
    let place = element("code", tex);
    let drawn = formula::draw(tex, true).expect("a formula");
    assert!(
        !paint_math(&place, tex, &drawn),
        "another formula stands there"
    );
    place.set_attribute("data-tex", tex).expect("set");
    assert!(!paint_math(&place, tex, ""));
    assert_eq!(place.text_content().as_deref(), Some(tex));
    assert!(paint_math(&place, tex, &drawn));
    assert!(place.has_attribute("data-done"));
    let math = place.first_element_child().expect("a formula");
    assert_eq!(
        math.namespace_uri().as_deref(),
        Some("http://www.w3.org/1998/Math/MathML")
    );
    assert_eq!(math.get_attribute("display").as_deref(), Some("block"));
    assert_eq!(math.query_selector_all("mtd").expect("cells").length(), 2);
    assert_eq!(
        place
            .query_selector_all("[style]")
            .expect("styles")
            .length(),
        0
    );
}
