//! What waits until something rests.

use std::cell::RefCell;
use std::rc::Rc;
use viewfinder::web::clock::{Pause, sleep};
use wasm_bindgen_test::wasm_bindgen_test;

#[wasm_bindgen_test]
async fn it_acts_once_when_it_is_no_longer_put_off() {
    let pause = Pause::default();
    let done = Rc::new(RefCell::new(Vec::new()));
    let note = |what: &'static str| {
        let done = done.clone();
        move || done.borrow_mut().push(what)
    };
    for _ in 0..5 {
        pause.then(120, note("first"));
        sleep(30).await;
    }
    assert!(done.borrow().is_empty(), "put off every 30 ms");
    sleep(200).await;
    assert_eq!(*done.borrow(), ["first"]);

    // The latest wish counts, also where it is due earlier than the one before.
    pause.then(10_000, note("late"));
    pause.then(0, note("soon"));
    sleep(60).await;
    assert_eq!(*done.borrow(), ["first", "soon"]);

    pause.then(20, note("forgotten"));
    pause.cancel();
    sleep(80).await;
    pause.then(20, note("last"));
    sleep(80).await;
    assert_eq!(*done.borrow(), ["first", "soon", "last"]);

    // Without waiting, and not a second time when the time has come.
    pause.then(40, note("at once"));
    pause.now();
    assert_eq!(done.borrow().last(), Some(&"at once"));
    pause.now();
    sleep(100).await;
    assert_eq!(done.borrow().len(), 4);
}
