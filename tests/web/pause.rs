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
    // Longer in all than the pause, and each step so short beside it that a page held up for a while keeps within it.
    for _ in 0..12 {
        pause.then(1_000, note("first"));
        sleep(100).await;
    }
    assert!(done.borrow().is_empty(), "put off every 100 ms");
    sleep(1_200).await;
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
