//! The parts of a reply that was continued: each can be taken out or retried alone.

use super::Message;
use crate::reply::{End, Usage};
use crate::watch::resume::Way;
use std::ops::Range;

/// A continuation, in the text of its message from [`Segment::at`] to the next one or the end.
#[derive(Clone, Debug, PartialEq)]
pub struct Segment {
    /// Where it begins in the text, in bytes, the glue included.
    pub at: u32,
    /// How it was asked for.
    pub way: Way,
    /// What stands between the parts, in bytes from `at`.
    pub glue: u32,
    /// What its reply began with and was left out, because it was there already.
    pub dropped: String,
    /// The model that wrote it.
    pub model: String,
    /// Why what stands before it had ended.
    pub before: Option<End>,
    /// Why it ended.
    pub end: Option<End>,
    /// Counts of the provider.
    pub usage: Option<Usage>,
    /// From asking to its end, in milliseconds.
    pub took: u32,
}

impl Segment {
    /// A continuation of a text of this length that ended for this reason. Nothing of it is there yet.
    pub fn new(way: Way, at: usize, before: Option<End>, model: &str) -> Self {
        Self {
            at: short(at),
            way,
            glue: 0,
            dropped: String::new(),
            model: model.to_owned(),
            before,
            end: None,
            usage: None,
            took: 0,
        }
    }
}

impl Message {
    /// The place of a continuation in the text; always on character borders. `None` where there is none.
    pub fn segment(&self, nth: usize) -> Option<Range<usize>> {
        let start = self.segments.get(nth)?.at as usize;
        let end = self
            .segments
            .get(nth + 1)
            .map_or(self.text.len(), |next| next.at as usize);
        self.text.get(start..end).map(|_| start..end)
    }

    /// The text before the first continuation.
    pub fn cut_text(&self) -> &str {
        let end = self.segments.first().map(|first| first.at as usize);
        end.and_then(|end| self.text.get(..end))
            .unwrap_or(&self.text)
    }

    /// Takes one continuation out; what stands before and after it stays. The end of the message is then that of the last
    /// part that is left. Counts stay as they are: what was used was used.
    pub fn remove_segment(&mut self, nth: usize) {
        let Some(place) = self.segment(nth) else {
            return;
        };
        let length = short(place.len());
        self.text.replace_range(place, "");
        let gone = self.segments.remove(nth);
        for later in &mut self.segments[nth..] {
            later.at -= length;
        }
        match self.segments.get_mut(nth) {
            Some(next) => next.before = gone.before,
            None => self.ends_as(gone.before),
        }
    }

    /// Drops a continuation and what comes after it, to be asked for again.
    pub fn cut_back_to(&mut self, nth: usize) {
        if let Some(place) = self.segment(nth) {
            let before = self.segments[nth].before;
            self.text.truncate(place.start);
            self.segments.truncate(nth);
            self.ends_as(before);
        }
    }

    /// Puts what stood after a continuation of `whole` behind this text again: the continuation was written anew, what was
    /// joined on after it stays word for word. The end is then that of `whole`.
    pub fn join_later(&mut self, whole: &Message, nth: usize) {
        let Some(last) = self.segments.last().map(|last| last.end) else {
            return;
        };
        let mut before = last;
        for later in nth + 1..whole.segments.len() {
            let (Some(place), Some(part)) = (whole.segment(later), whole.segments.get(later))
            else {
                return;
            };
            let mut part = part.clone();
            part.at = short(self.text.len());
            part.before = before;
            before = part.end;
            self.text.push_str(&whole.text[place]);
            self.segments.push(part);
        }
        if nth + 1 < whole.segments.len() {
            self.end = whole.end;
            self.end_raw.clone_from(&whole.end_raw);
            self.left = whole.left;
            self.fault.clone_from(&whole.fault);
        }
    }

    /// The end is that of an earlier part. The provider's own word and its fault were those of a later one.
    fn ends_as(&mut self, before: Option<End>) {
        self.end = before.or(self.end);
        self.end_raw.clear();
        self.left = false;
        self.fault = None;
    }

    /// Forgets continuations whose place the text no longer has, as after an edit by hand.
    pub fn check_segments(&mut self) {
        let mut before = 0;
        let text = &self.text;
        self.segments.retain(|segment| {
            let at = segment.at as usize;
            let keep = at >= before && at <= text.len() && text.is_char_boundary(at);
            before = if keep { at } else { before };
            keep
        });
    }
}

fn short(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chat::Role;
    use crate::watch::stitch::{Mode, join};
    use proptest::prelude::*;

    fn continued(parts: &[String]) -> Message {
        let mut message = Message::new(Role::Assistant, 2, 1);
        message.text = parts[0].clone();
        message.end = Some(End::Cut);
        for part in &parts[1..] {
            let (text, seam) = join(&message.text, part, Mode::Prefill);
            let segment = Segment::new(Way::Prefill, seam.at, message.end, "m");
            message.segments.push(segment);
            message.text = text;
            message.end = Some(End::Length);
        }
        message
    }

    #[test]
    fn parts_come_out_alone() {
        let parts = ["一二".to_owned(), "三四".to_owned(), "五".to_owned()];
        let check = |change: fn(&mut Message), want: &str, left: usize| {
            let mut message = continued(&parts);
            change(&mut message);
            message.check_segments();
            assert_eq!(
                (message.text.as_str(), message.segments.len()),
                (want, left)
            );
        };
        check(|_| (), "一二三四五", 2);
        check(|m| m.remove_segment(0), "一二五", 1);
        check(|m| m.remove_segment(1), "一二三四", 1);
        check(|m| m.cut_back_to(0), "一二", 0);
        check(|m| m.remove_segment(7), "一二三四五", 2);
        check(|m| m.text = "一".into(), "一", 0);
        assert_eq!(continued(&parts).cut_text(), "一二");
    }

    #[test]
    fn the_end_is_that_of_the_last_part_that_is_left() {
        let parts = ["一".to_owned(), "二".to_owned(), "三".to_owned()];
        let check = |change: fn(&mut Message), want: End| {
            let mut message = continued(&parts);
            change(&mut message);
            assert_eq!(message.end, Some(want), "{message:?}");
        };
        check(|m| m.remove_segment(1), End::Length);
        check(|m| m.remove_segment(0), End::Length);
        check(|m| m.cut_back_to(0), End::Cut);
        let both = |m: &mut Message| (0..2).for_each(|_| m.remove_segment(0));
        check(both, End::Cut);
    }

    proptest! {
        #[test]
        fn writing_any_part_anew_leaves_the_others(parts in prop::collection::vec("[a-z一-龥]{1,8}", 2..6), nth in 0usize..5, anew in "[a-z一-龥]{1,8}") {
            let whole = continued(&parts);
            let nth = nth % (parts.len() - 1);
            let mut message = whole.clone();
            message.cut_back_to(nth);
            message.segments.push(Segment::new(Way::Ask, message.text.len(), message.end, "m"));
            message.text.push_str(&anew);
            message.end = Some(End::Stopped);
            message.segments[nth].end = message.end;
            message.join_later(&whole, nth);
            let mut want = parts.clone();
            want[nth + 1] = anew;
            prop_assert_eq!(&message.text, &want.concat());
            prop_assert_eq!(message.segments.len(), whole.segments.len());
            for (i, part) in want[1..].iter().enumerate() {
                prop_assert_eq!(&message.text[message.segment(i).unwrap_or(0..0)], part.as_str());
            }
            let last = nth + 1 == whole.segments.len();
            prop_assert_eq!(message.end, Some(if last { End::Stopped } else { End::Length }));
        }

        #[test]
        fn taking_any_part_out_leaves_the_others(parts in prop::collection::vec("[a-z一-龥]{1,8}", 2..6), nth in 0usize..5) {
            let mut message = continued(&parts);
            let nth = nth % (parts.len() - 1);
            message.remove_segment(nth);
            let mut left = parts.clone();
            left.remove(nth + 1);
            prop_assert_eq!(&message.text, &left.concat());
            for (i, part) in left[1..].iter().enumerate() {
                let place = message.segment(i).unwrap_or(0..0);
                prop_assert_eq!(&message.text[place], part.as_str());
            }
        }
    }
}
