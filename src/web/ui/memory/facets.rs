//! The filters, in the sidebar while the board is shown.

use super::board::{Board, PAGE};
use crate::i18n::memory::Words;
use crate::i18n::preference as words;
use crate::memory::{Kind, Preference, Range, Status, View};
use crate::web::ui::icon::icon;
use leptos::prelude::*;

/// Kinds, statuses and scopes with their counts.
#[component]
pub fn Facets(board: Board) -> impl IntoView {
    Effect::new(move |_| {
        // Where the program has just come, the board may not have been read.
        if board.app.ready.get() && !board.loaded.get_untracked() {
            leptos::task::spawn_local(board.read());
        }
    });
    // Counted once for all of them, and told on only where a figure has changed.
    let counts = Memo::new(move |_| board.book.with(|book| Counts::of(book.all())));
    let kinds = move || {
        let (lang, counts) = (board.app.lang.get(), counts.get());
        let all = Item::new(
            "kind-all",
            lang.memory().all,
            counts.statuses[Status::Active as usize],
            |view| view.kinds.is_empty(),
            |view, _| view.kinds.clear(),
        );
        std::iter::once(all)
            .chain(Kind::ALL.map(|kind| {
                Item::new(
                    kind.name(),
                    words::kind(lang, kind),
                    counts.kinds[kind as usize],
                    move |view| view.kinds.contains(&kind),
                    move |view, on| set(&mut view.kinds, kind, on),
                )
            }))
            .collect::<Vec<_>>()
    };
    let statuses = move || {
        let (lang, counts) = (board.app.lang.get(), counts.get());
        let shown = [
            Status::Active,
            Status::Proposed,
            Status::Superseded,
            Status::Expired,
            Status::Retracted,
        ];
        shown
            .map(|status| {
                Item::new(
                    status.name(),
                    words::status(lang, status),
                    counts.statuses[status as usize],
                    move |view| view.statuses.contains(&status),
                    move |view, on| set(&mut view.statuses, status, on),
                )
            })
            .into_iter()
            .collect::<Vec<_>>()
    };
    let ranges = move || {
        let (lang, counts) = (board.app.lang.get(), counts.get());
        Range::ALL
            .map(|range| {
                Item::new(
                    ["everywhere", "persona", "chat"][range as usize],
                    words::range(lang, range),
                    counts.ranges[range as usize],
                    move |view| !view.without.contains(&range),
                    move |view, on| set(&mut view.without, range, !on),
                )
            })
            .into_iter()
            .collect::<Vec<_>>()
    };
    view! {
        <div class="list facets" role="group" aria-label=board.words(|t| t.facets)>
            {section(board, |t| t.kinds, kinds)}
            {section(board, |t| t.statuses, statuses)}
            {section(board, |t| t.ranges, ranges)}
        </div>
    }
}

/// How many cards there are of each sort; of kinds and ranges those that are active.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Counts {
    kinds: [usize; Kind::ALL.len()],
    statuses: [usize; Status::ALL.len()],
    ranges: [usize; Range::ALL.len()],
}

impl Counts {
    fn of<'p>(all: impl Iterator<Item = &'p Preference>) -> Self {
        let mut counts = Self::default();
        for pref in all {
            counts.statuses[pref.status as usize] += 1;
            if pref.status == Status::Active {
                counts.kinds[pref.kind as usize] += 1;
                counts.ranges[Range::of(&pref.scope) as usize] += 1;
            }
        }
        counts
    }
}

/// One choice of the filters.
#[derive(Clone)]
struct Item {
    id: &'static str,
    name: &'static str,
    count: usize,
    is_on: Test,
    set: Put,
}

type Test = std::sync::Arc<dyn Fn(&View) -> bool + Send + Sync>;
type Put = std::sync::Arc<dyn Fn(&mut View, bool) + Send + Sync>;

impl Item {
    fn new(
        id: &'static str,
        name: &'static str,
        count: usize,
        is_on: impl Fn(&View) -> bool + Send + Sync + 'static,
        set: impl Fn(&mut View, bool) + Send + Sync + 'static,
    ) -> Self {
        let (is_on, set) = (std::sync::Arc::new(is_on), std::sync::Arc::new(set));
        Self {
            id,
            name,
            count,
            is_on,
            set,
        }
    }
}

fn section(
    board: Board,
    title: fn(&'static Words) -> &'static str,
    items: impl Fn() -> Vec<Item> + Send + Sync + 'static,
) -> impl IntoView {
    let items = move || {
        items()
            .into_iter()
            .map(|item| {
                let (is_on, set) = (item.is_on, item.set);
                let checked = move || board.view.with(|view| is_on(view));
                view! {
                    <li><label>
                        <input type="checkbox" data-facet=item.id prop:checked=checked
                            on:change:target=move |event| {
                                let on = event.target().checked();
                                board.limit.set(PAGE);
                                board.view.update(|view| set(view, on));
                            }/>
                        {icon("tick")}{item.name}<span class="figure">{item.count}</span>
                    </label></li>
                }
            })
            .collect_view()
    };
    view! { <section class="facet"><h2>{board.words(title)}</h2><ul>{items}</ul></section> }
}

fn set<T: Ord>(all: &mut std::collections::BTreeSet<T>, one: T, on: bool) {
    if on {
        all.insert(one);
    } else {
        all.remove(&one);
    }
}
