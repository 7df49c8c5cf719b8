//! Parts of a view that follow the state, each of one type.
//!
//! Leptos compiles its rendering anew for every closure that a view holds, a kilobyte and more each. In a box they are
//! all alike, and it is compiled once. For the views of the first load; elsewhere closures will do.

use leptos::prelude::*;

/// A part that is built again when what it reads has changed.
pub fn follow<V: IntoView + 'static>(view: impl Fn() -> V + Send + 'static) -> AnyView {
    boxed(Box::new(move || view().into_any()))
}

/// A part that is there while `when` says so. It stays as it is while that does not change.
pub fn shown<V: IntoView + 'static>(
    when: impl Fn() -> bool + Send + Sync + 'static,
    view: impl Fn() -> V + Send + 'static,
) -> AnyView {
    let when = memo(Box::new(when));
    boxed(Box::new(move || match when.get() {
        true => view().into_any(),
        false => ().into_any(),
    }))
}

/// Words that follow the state; in a view, and for an attribute.
pub fn text(words: impl Fn() -> String + Send + 'static) -> Box<dyn Fn() -> String + Send> {
    Box::new(words)
}

/// An attribute that is there, with this value, or not at all.
pub fn flag(
    value: impl Fn() -> Option<&'static str> + Send + 'static,
) -> Box<dyn Fn() -> Option<&'static str> + Send> {
    Box::new(value)
}

/// Whether something is so, told on only when that has changed.
pub fn whether(test: impl Fn() -> bool + Send + Sync + 'static) -> Memo<bool> {
    memo(Box::new(test))
}

fn boxed(view: Box<dyn Fn() -> AnyView + Send>) -> AnyView {
    view.into_any()
}

fn memo(test: Box<dyn Fn() -> bool + Send + Sync>) -> Memo<bool> {
    Memo::new(move |_| test())
}
