//! Acting when something rests, such as the typing.

use super::{sleep, ticks};
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use wasm_bindgen_futures::spawn_local;

/// Acts once it has not been put off for a while. However often it is put off, one timer runs: a timer for every key
/// would wake the page as often again.
#[derive(Clone, Default)]
pub struct Pause(Rc<Waiting>);

#[derive(Default)]
struct Waiting {
    act: RefCell<Option<Box<dyn FnOnce()>>>,
    /// When to act, in [`ticks`].
    due: Cell<f64>,
    /// When the timer that runs will look.
    wakes: Cell<Option<f64>>,
}

impl Pause {
    /// Acts so many milliseconds from now, instead of what was to be done before.
    pub fn then(&self, ms: u32, act: impl FnOnce() + 'static) {
        let due = ticks() + f64::from(ms);
        *self.0.act.borrow_mut() = Some(Box::new(act));
        self.0.due.set(due);
        if self.0.wakes.get().is_none_or(|wakes| due < wakes) {
            self.0.wakes.set(Some(due));
            spawn_local(wait(self.0.clone(), due));
        }
    }

    /// Does at once what was to be done, where there is anything.
    pub fn now(&self) {
        let act = self.0.act.take();
        if let Some(act) = act {
            act();
        }
    }

    /// Forgets what was to be done.
    pub fn cancel(&self) {
        self.0.act.take();
    }
}

/// The timer that looks at `wakes`, and after that whenever it has been put off to.
async fn wait(waiting: Rc<Waiting>, mut wakes: f64) {
    loop {
        sleep((wakes - ticks()).max(0.0).ceil() as u32).await;
        // An earlier one has taken over.
        if waiting.wakes.get() != Some(wakes) {
            return;
        }
        if waiting.act.borrow().is_none() || waiting.due.get() <= ticks() {
            break;
        }
        wakes = waiting.due.get();
        waiting.wakes.set(Some(wakes));
    }
    waiting.wakes.set(None);
    Pause(waiting).now();
}
