//! What the composer makes of a text: which frame is in use, what it says, what should be shown. Reads the text once.

use super::fit::{choose_in, fit_scan};
use super::focus::{self, View};
use super::frames::{Frame, built_in};
use super::known::Known;
use super::scan::Scan;
use super::{Filled, Fit, Kind, Told, analyse_scan, stub};
use std::ops::Range;

/// A text in its frame.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Look<'a> {
    /// The frame in use; `None` where there is nothing to frame.
    pub frame: Option<&'a Frame>,
    /// What the text says.
    pub fit: Fit,
    /// What should be shown, at once and without a history.
    pub view: View,
}

/// What a text is looked at with.
#[derive(Clone, Copy, Debug)]
pub struct With<'a> {
    /// The frame that is in use whatever is written.
    pub pinned: Option<&'a Frame>,
    /// The person's own frames: they stand before those of the gallery, and those before the plain frame of the kind
    /// of request.
    pub own: &'a [Frame],
    /// What memory knows.
    pub known: &'a Known,
    /// The slots whose words were put in by a tap or a key, by frame: filled in they say what was asked for, however
    /// it is worded.
    pub put_in: &'a [(String, usize)],
}

impl With<'_> {
    fn told(&self, text: &str, frame: &Frame, slot: usize) -> Told {
        let words = &frame.slots[slot].stub;
        match () {
            _ if stub::is_open(text, words) => Told::NotYet,
            _ if self.filled(text, frame, slot).is_some() => Told::Yes,
            _ => Told::of(self.known.answers(frame, slot)),
        }
    }

    fn filled(&self, text: &str, frame: &Frame, slot: usize) -> Option<Range<usize>> {
        let here = |(id, nth): &(String, usize)| *id == frame.id && *nth == slot;
        let was_put_in = self.put_in.iter().any(here);
        was_put_in.then(|| stub::filled(text, &frame.slots[slot].stub))?
    }
}

/// Looks at a text.
pub fn look<'a>(text: &str, with: &With<'a>) -> Look<'a> {
    if text.trim().is_empty() {
        return silent(with.pinned);
    }
    let scan = Scan::new(text);
    let plain = analyse_scan(&scan, |kind, slot| {
        let frame = built_in().get(kind as usize);
        frame.map_or(Told::Unknown, |frame| with.told(text, frame, slot))
    });
    let chosen = with.pinned.or_else(|| {
        let kind = plain.kind?;
        let gallery = &built_in()[Kind::ALL.len()..];
        let own = choose_in(kind, &scan, with.own);
        own.or_else(|| choose_in(kind, &scan, gallery))
            .or_else(|| built_in().get(kind as usize))
    });
    let Some(frame) = chosen else {
        return silent(None);
    };
    let is_plain = plain.kind.is_some_and(|kind| kind.id() == frame.id);
    let mut fit = match is_plain {
        true => plain.clone(),
        false => fit_scan(frame, &scan, |slot| with.told(text, frame, slot)),
    };
    for slot in 0..frame.slots.len() {
        if fit.filled.iter().all(|filled| filled.slot != slot)
            && let Some(range) = with.filled(text, frame, slot)
        {
            fit.filled.push(Filled { slot, range });
        }
    }
    fit.filled.sort_by_key(|filled| filled.slot);
    // "Thanks" is no request in a pinned frame either.
    if plain.kind.is_none() && fit.filled.is_empty() {
        return silent(with.pinned);
    }
    Look {
        view: focus::view(frame, &fit, text, |slot| with.known.answers(frame, slot)),
        frame: Some(frame),
        fit,
    }
}

fn silent(frame: Option<&Frame>) -> Look<'_> {
    let view = View {
        frame: frame.map(|frame| frame.id.clone()).unwrap_or_default(),
        ..View::default()
    };
    Look {
        frame,
        view,
        fit: Fit::default(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::guide::focus::{Focus, Mark};
    use crate::guide::frames::{Cues, find};

    fn with<'a>(
        pinned: Option<&'a Frame>,
        own: &'a [Frame],
        known: &'a Known,
        put_in: &'a [(String, usize)],
    ) -> With<'a> {
        With {
            pinned,
            own,
            known,
            put_in,
        }
    }

    fn of(text: &str, pinned: Option<&str>) -> (String, Focus) {
        let known = Known::default();
        let look = look(text, &with(pinned.and_then(find), &[], &known, &[]));
        let frame = look.frame.map(|frame| frame.id.clone());
        (frame.unwrap_or_default(), look.view.focus)
    }

    #[test]
    fn the_frame_follows_the_text() {
        assert_eq!(of("帮我写个文案", None), ("write".into(), Focus::Guiding));
        assert_eq!(of("帮我写一篇小红书笔记", None).0, "xiaohongshu");
        assert_eq!(of("review this pull request please", None).0, "code-review");
        assert_eq!(of("谢谢，就这样", None), (String::new(), Focus::Silent));
        assert_eq!(of("", None), (String::new(), Focus::Silent));
    }

    #[test]
    fn a_pinned_frame_stays_and_is_silent_too() {
        assert_eq!(of("帮我写个文案", Some("x-post")).0, "x-post");
        assert_eq!(of("好的", Some("x-post")), ("x-post".into(), Focus::Silent));
        assert_eq!(of("", Some("x-post")), ("x-post".into(), Focus::Silent));
    }

    #[test]
    fn what_is_missing_is_said_until_the_frame_closes() {
        let text = "帮我写个新品咖啡的文案，给上班族看，主打早上五分钟就能喝到，语气轻松，一百字以内，发朋友圈";
        assert_eq!(of(text, None).1, Focus::Locked);
        let text = "write an ad copy for our new cold brew, for office workers, mention it takes five minutes, in a light tone, under 100 words, on Instagram";
        assert_eq!(of(text, Some("write")).1, Focus::Locked);
    }

    #[test]
    fn a_persons_own_frame_is_chosen_before_the_gallery() {
        let mut mine = find("xiaohongshu").cloned().unwrap_or_default();
        mine.id = "mine".into();
        mine.when = Cues {
            zh: vec!["小红书".into()],
            en: vec![],
        };
        let own = [mine];
        let known = Known::default();
        let look = look("帮我写一篇小红书笔记", &with(None, &own, &known, &[]));
        assert_eq!(look.frame.map(|frame| frame.id.as_str()), Some("mine"));
    }

    #[test]
    fn words_that_were_put_in_count_when_they_are_filled_in() {
        let (known, put_in) = (Known::default(), [("write".to_owned(), 0)]);
        let mark = |text| {
            let look = look(text, &with(None, &[], &known, &put_in));
            look.view.marks.first().copied()
        };
        assert_eq!(mark("帮我写个文案"), Some(Mark::Missing));
        assert_eq!(mark("帮我写个文案，主题是___"), Some(Mark::Stub));
        assert_eq!(mark("帮我写个文案，主题是唔"), Some(Mark::Covered));
    }
}
