//! How the brackets of the composer stand: what they should show for a text, and when they may
//! change, so that they never flicker and never move while an input method composes.

use super::frames::{Frame, Need};
use super::{Fit, stub};

/// The least time between two changes, in milliseconds.
pub const PACE: i64 = 300;
/// How long a text must say less before the brackets step down, in milliseconds.
pub const PATIENCE: i64 = 1_000;
/// A hint that was shown at so many sendings is not shown again in the conversation.
pub const IGNORED: u8 = 2;

/// How the brackets stand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Focus {
    /// Nothing to say: empty, chit-chat, a confirmation.
    #[default]
    Silent,
    /// A request with gaps.
    Guiding,
    /// One needed slot is left.
    Nearly,
    /// What matters is there.
    Locked,
}

impl Focus {
    /// The stable name, for an attribute of the page.
    pub fn name(self) -> &'static str {
        match self {
            Focus::Silent => "silent",
            Focus::Guiding => "guiding",
            Focus::Nearly => "nearly",
            Focus::Locked => "locked",
        }
    }
}

/// How a slot stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// Not said.
    Missing,
    /// Its stub is in the text, with the blank still empty.
    Stub,
    /// Said.
    Covered,
    /// Memory answers it.
    Remembered,
}

impl Mark {
    /// Whether nothing is left to say.
    pub fn is_covered(self) -> bool {
        matches!(self, Mark::Covered | Mark::Remembered)
    }
}

/// What is shown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct View {
    /// How the brackets stand.
    pub focus: Focus,
    /// The id of the frame; empty where there is none.
    pub frame: String,
    /// The slots of the frame.
    pub marks: Vec<Mark>,
    /// The slot that the one hint is about.
    pub hint: Option<usize>,
}

impl View {
    /// How many slots are covered.
    pub fn covered(&self) -> usize {
        self.marks.iter().filter(|mark| mark.is_covered()).count()
    }
}

/// What a text should show in a frame, at once and without a history.
pub fn view(frame: &Frame, fit: &Fit, text: &str, remembered: impl Fn(usize) -> bool) -> View {
    let mark = |slot: usize| {
        if stub::is_open(text, &frame.slots[slot].stub) {
            Mark::Stub
        } else if fit.filled.iter().any(|filled| filled.slot == slot) {
            Mark::Covered
        } else if frame.slots[slot].memory && remembered(slot) {
            Mark::Remembered
        } else {
            Mark::Missing
        }
    };
    let marks: Vec<Mark> = (0..frame.slots.len()).map(mark).collect();
    if text.trim().is_empty() {
        return View {
            frame: frame.id.clone(),
            marks,
            ..View::default()
        };
    }
    let lacking = lacking(frame, fit, &marks);
    let focus = match lacking {
        0 => Focus::Locked,
        1 if marks.iter().any(|mark| mark.is_covered()) => Focus::Nearly,
        _ => Focus::Guiding,
    };
    View {
        focus,
        hint: fit
            .hint
            .filter(|slot| focus != Focus::Locked && *slot < marks.len()),
        frame: frame.id.clone(),
        marks,
    }
}

/// How many slots are needed still. The frames of the kinds know when enough is said; in others every required slot
/// is needed, and of the helpful ones all but a fifth.
fn lacking(frame: &Frame, fit: &Fit, marks: &[Mark]) -> usize {
    let open = |need: Need| {
        let slots = frame.slots.iter().zip(marks);
        slots
            .filter(|(slot, mark)| slot.need == need && !mark.is_covered())
            .count()
    };
    if super::Kind::from_id(&frame.id).is_some() {
        return fit.lacking;
    }
    open(Need::Required) + open(Need::Helpful).saturating_sub(marks.len() / 5)
}

/// The brackets of one composer through time. Times are milliseconds of any clock that does not go back.
#[derive(Clone, Debug, Default)]
pub struct Lens {
    shown: View,
    /// When it changed last.
    changed: Option<i64>,
    /// Since when the text says less than what is shown.
    less_since: Option<i64>,
    /// When to look again, where a change waits.
    wake: Option<i64>,
    /// Hints that were shown when a message was sent: frame, slot, how often.
    ignored: Vec<(String, usize, u8)>,
}

impl Lens {
    /// What is shown now.
    pub fn shown(&self) -> &View {
        &self.shown
    }

    /// When [`Lens::see`] should be called again though nothing was typed; `None` where nothing waits.
    pub fn wake(&self) -> Option<i64> {
        self.wake
    }

    /// Takes what the text should show, and shows it when its time has come. Returns whether anything changed.
    pub fn see(&mut self, mut target: View, now: i64, composing: bool) -> bool {
        if composing {
            self.wake = None;
            return false;
        }
        target.hint = target
            .hint
            .filter(|slot| !self.is_ignored(&target.frame, *slot));
        self.wake = None;
        if target == self.shown {
            self.less_since = None;
            return false;
        }
        let mut due = self.changed.map_or(now, |changed| changed + PACE);
        let less = (target.focus, target.covered()) < (self.shown.focus, self.shown.covered());
        if less {
            let since = *self.less_since.get_or_insert(now);
            due = due.max(since + PATIENCE);
        } else {
            self.less_since = None;
        }
        if now < due {
            self.wake = Some(due);
            return false;
        }
        self.shown = target;
        self.changed = Some(now);
        self.less_since = None;
        true
    }

    /// The message was sent: a hint that stood there was ignored, and the brackets rest at once.
    pub fn sent(&mut self, now: i64) {
        if let Some(slot) = self.shown.hint {
            let frame = &self.shown.frame;
            match self
                .ignored
                .iter_mut()
                .find(|(id, nth, _)| id == frame && *nth == slot)
            {
                Some((_, _, times)) => *times = times.saturating_add(1),
                None => self.ignored.push((frame.clone(), slot, 1)),
            }
        }
        self.rest(now);
    }

    /// Another conversation is open: what was ignored in the last one is forgotten.
    pub fn another_conversation(&mut self, now: i64) {
        self.ignored.clear();
        self.rest(now);
    }

    /// Whether a hint is shown no more in this conversation.
    pub fn is_ignored(&self, frame: &str, slot: usize) -> bool {
        let mut ignored = self.ignored.iter();
        ignored.any(|(id, nth, times)| id == frame && *nth == slot && *times >= IGNORED)
    }

    fn rest(&mut self, now: i64) {
        self.shown = View::default();
        self.changed = Some(now);
        self.less_since = None;
        self.wake = None;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::guide::{Filled, Kind, frames};
    use proptest::prelude::*;

    /// A view of the frame `ask` with so many slots covered.
    fn ask(focus: Focus, covered: usize, hint: Option<usize>) -> View {
        let marks = (0..4).map(|slot| {
            if slot < covered {
                Mark::Covered
            } else {
                Mark::Missing
            }
        });
        View {
            focus,
            frame: "ask".into(),
            marks: marks.collect(),
            hint,
        }
    }

    #[test]
    fn changes_wait_for_their_time() {
        let (none, some, all) = (
            View::default(),
            ask(Focus::Guiding, 0, Some(0)),
            ask(Focus::Locked, 2, None),
        );
        let mut lens = Lens::default();
        // Time, what the text says, whether it composes; what is shown then and when to look again.
        for (now, target, composing, shown, wake) in [
            (0, &some, true, &none, None),
            (10, &some, false, &some, None),
            (100, &all, false, &some, Some(310)),
            (310, &all, false, &all, None),
            (700, &some, false, &all, Some(1700)),
            (1000, &some, false, &all, Some(1700)),
            (1100, &all, false, &all, None),
            (1200, &some, false, &all, Some(2200)),
            (2300, &some, true, &all, None),
            (2400, &some, false, &some, None),
        ] {
            lens.see(target.clone(), now, composing);
            assert_eq!((lens.shown(), lens.wake()), (shown, wake), "at {now}");
        }
    }

    #[test]
    fn a_hint_ignored_twice_is_not_repeated() {
        let target = ask(Focus::Guiding, 0, Some(1));
        let mut lens = Lens::default();
        for (time, shown) in [(0, Some(1)), (1_000, Some(1)), (2_000, None), (3_000, None)] {
            lens.see(target.clone(), time + PACE, false);
            assert_eq!(lens.shown().hint, shown, "at {time}");
            lens.sent(time + 500);
            assert_eq!(lens.shown().focus, Focus::Silent);
        }
        assert!(!lens.is_ignored("ask", 0) && !lens.is_ignored("write", 1));
        lens.another_conversation(5_000);
        lens.see(target, 6_000, false);
        assert_eq!(lens.shown().hint, Some(1));
    }

    fn fit(kind: Kind, slots: &[usize], hint: Option<usize>) -> Fit {
        let filled = slots.iter().map(|slot| Filled {
            slot: *slot,
            range: 0..1,
        });
        Fit {
            kind: Some(kind),
            filled: filled.collect(),
            lacking: usize::from(hint.is_some()),
            hint,
        }
    }

    #[test]
    fn what_matters_decides() {
        for (id, slots, hint, text, focus) in [
            ("ask", &[][..], None, " ", Focus::Silent),
            ("ask", &[], Some(0), "x", Focus::Guiding),
            ("ask", &[0], Some(1), "x", Focus::Nearly),
            ("ask", &[0], None, "x", Focus::Locked),
            ("plan", &[], Some(0), "x", Focus::Guiding),
            ("plan", &[0], Some(1), "x", Focus::Nearly),
            ("xiaohongshu", &[0, 2], Some(1), "x", Focus::Guiding),
            ("xiaohongshu", &[0, 1, 2], Some(3), "x", Focus::Nearly),
            ("xiaohongshu", &[0, 1, 2, 3], Some(4), "x", Focus::Locked),
            ("seo-article", &[0, 1], Some(2), "x", Focus::Guiding),
        ] {
            let frame = frames::find(id).expect("a built-in frame");
            let view = view(frame, &fit(Kind::Ask, slots, hint), text, |_| false);
            assert_eq!(view.focus, focus, "{id} {slots:?}");
            assert_eq!(
                view.hint.is_some(),
                hint.is_some() && matches!(focus, Focus::Guiding | Focus::Nearly)
            );
        }
    }

    #[test]
    fn marks_say_how_a_slot_stands() {
        let frame = frames::find("ask").expect("a built-in frame");
        let view = view(frame, &fit(Kind::Ask, &[0], None), "why, as ___", |slot| {
            slot <= 1
        });
        assert_eq!(
            view.marks,
            [Mark::Covered, Mark::Remembered, Mark::Missing, Mark::Stub]
        );
    }

    proptest! {
        #[test]
        fn changes_keep_their_distance(steps in proptest::collection::vec((0i64..500, 0usize..4, 0usize..5, any::<bool>()), 0..60)) {
            let all = [Focus::Silent, Focus::Guiding, Focus::Nearly, Focus::Locked];
            let (mut lens, mut now, mut last) = (Lens::default(), 0, None::<i64>);
            for (pause, focus, covered, composing) in steps {
                now += pause;
                let before = lens.shown().clone();
                if lens.see(ask(all[focus], covered, None), now, composing) {
                    prop_assert!(!composing && before != *lens.shown());
                    prop_assert!(last.is_none_or(|last| now - last >= PACE));
                    last = Some(now);
                } else {
                    prop_assert_eq!(&before, lens.shown());
                    prop_assert!(lens.wake().is_none_or(|wake| wake > now && wake <= now + PACE + PATIENCE));
                }
            }
        }
    }
}
