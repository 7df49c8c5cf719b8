//! A card under the hand: a mouse, a finger or a pen draws it along the scale and lets it go at a stop.

use super::board::Board;
use super::draw::{card_of, id_of};
use crate::memory::{PrefId, Status};
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::cell::Cell;
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{HtmlElement, PointerEvent};

/// Pixels from which a press is a drag.
const START: f64 = 6.0;

thread_local! {
    /// Whether the press that is just over was a drag, so that no click follows from it.
    static DRAGGED: Cell<bool> = const { Cell::new(false) };
}

/// Whether the click that comes now is only the end of a drag.
pub fn was_drag() -> bool {
    DRAGGED.replace(false)
}

/// A card that is held.
struct Held {
    board: Board,
    target: RwSignal<Option<i8>>,
    card: HtmlElement,
    id: PrefId,
    from: i8,
    x: f64,
    /// The width of a stop.
    step: f64,
    /// How far the card can go to either side without leaving the scale.
    room: (f64, f64),
    moving: Cell<bool>,
}

/// A press on a card begins a drag once it moves sideways.
pub fn begin(board: Board, target: RwSignal<Option<i8>>, event: &PointerEvent) {
    DRAGGED.set(false);
    let Some(card) = card_of(event.target()).filter(|_| event.is_primary() && event.button() == 0)
    else {
        return;
    };
    let id = id_of(&card);
    let Some(pref) = board.card(&id).filter(|pref| pref.status == Status::Active) else {
        return;
    };
    let ruler = document().get_element_by_id("lanes");
    let Some(ruler) = ruler.map(|ruler| ruler.get_bounding_client_rect()) else {
        return;
    };
    let (width, place) = (ruler.width(), card.get_bounding_client_rect());
    if width <= 0.0 {
        return;
    }
    let left = (ruler.left() - place.left()).min(0.0);
    let right = (ruler.right() - place.right()).max(0.0);
    let held = Rc::new(Held {
        board,
        target,
        card: card.clone(),
        id,
        from: pref.strength,
        x: f64::from(event.client_x()),
        step: width / 5.0,
        room: (left, right),
        moving: Cell::new(false),
    });
    // From the first moment on, or a quick hand is off the card before it has moved once.
    let _ = card.set_pointer_capture(event.pointer_id());
    listen(&card, held);
}

type Listener = Closure<dyn Fn(PointerEvent)>;

/// Follows the pointer until it is let go. The listeners hold each other, and let go together.
fn listen(card: &HtmlElement, held: Rc<Held>) {
    let all: Rc<RefCell<Vec<(&'static str, Listener)>>> = Rc::default();
    let stop = {
        let (card, all) = (card.clone(), Rc::downgrade(&all));
        move || {
            let Some(all) = all.upgrade() else { return };
            for (name, listener) in all.borrow().iter() {
                let function = listener.as_ref().unchecked_ref();
                let _ = card.remove_event_listener_with_callback(name, function);
            }
            // Later: one of them is being run.
            spawn_local(async move { all.borrow_mut().clear() });
        }
    };
    let on_move = {
        let held = held.clone();
        Listener::new(move |event: PointerEvent| held.follow(&event))
    };
    let on_up = {
        let (held, stop) = (held.clone(), stop.clone());
        Listener::new(move |event: PointerEvent| {
            stop();
            held.let_go(&event);
        })
    };
    let on_cancel = {
        // This one keeps the listeners alive as long as the card has them.
        let keep = all.clone();
        Listener::new(move |_: PointerEvent| {
            stop();
            held.release();
            let _ = &keep;
        })
    };
    for (name, listener) in [
        ("pointermove", on_move),
        ("pointerup", on_up),
        ("pointercancel", on_cancel),
    ] {
        let function = listener.as_ref().unchecked_ref();
        let _ = card.add_event_listener_with_callback(name, function);
        all.borrow_mut().push((name, listener));
    }
}

impl Held {
    fn follow(&self, event: &PointerEvent) {
        let dx = f64::from(event.client_x()) - self.x;
        if !self.moving.get() {
            if dx.abs() < START {
                return;
            }
            self.moving.set(true);
            let _ = self.card.set_attribute("data-dragging", "");
        }
        event.prevent_default();
        // By the object model and not by an attribute, which the policy of the page forbids.
        let style = self.card.style();
        let shown = dx.clamp(self.room.0, self.room.1);
        let _ = style.set_property("--drag", &format!("{shown:.0}px"));
        let stop = self.stop(dx);
        let _ = self.card.set_attribute("data-target", &stop.to_string());
        if self.target.get_untracked() != Some(stop) {
            self.target.set(Some(stop));
        }
    }

    fn stop(&self, dx: f64) -> i8 {
        let by = (dx / self.step).round().clamp(-4.0, 4.0) as i8;
        (self.from + by).clamp(-2, 2)
    }

    fn let_go(&self, event: &PointerEvent) {
        if !self.moving.get() {
            return;
        }
        DRAGGED.set(true);
        let stop = self.stop(f64::from(event.client_x()) - self.x);
        self.release();
        if stop != self.from {
            self.board.put(&self.id, stop);
        }
    }

    fn release(&self) {
        let _ = self.card.style().remove_property("--drag");
        let _ = self.card.remove_attribute("data-dragging");
        let _ = self.card.remove_attribute("data-target");
        self.target.set(None);
    }
}
