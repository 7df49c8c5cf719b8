//! Making and changing a person's own frames.

use super::Kind;
use super::frames::{BLANK, Cues, Frame, Need, Slot, Words};
use crate::i18n::Lang;

/// A new frame with one slot, from words of the interface. `id` is new.
pub fn fresh(id: String, name: &str, slot: &str, lang: Lang) -> Frame {
    Frame {
        id,
        name: words(name, lang),
        slots: vec![Slot {
            need: Need::Required,
            ..fresh_slot(&[], slot, lang)
        }],
        ..Frame::default()
    }
}

/// A new slot for a frame that has these.
pub fn fresh_slot(slots: &[Slot], name: &str, lang: Lang) -> Slot {
    let is_free = |id: &String| slots.iter().all(|slot| slot.id != *id);
    let id = (1..).map(|nth: u32| format!("slot-{nth}")).find(is_free);
    Slot {
        id: id.unwrap_or_default(),
        name: words(name, lang),
        stub: Words {
            zh: format!("，{BLANK}"),
            en: format!(", {BLANK}"),
        },
        memory: true,
        ..Slot::default()
    }
}

/// A copy under a new id. `name` makes its name from the old one.
pub fn copy(frame: &Frame, id: String, name: impl Fn(&str, Lang) -> String) -> Frame {
    let named = |old: &str, lang| match old {
        "" => String::new(),
        old => name(old, lang),
    };
    Frame {
        id,
        name: Words {
            zh: named(&frame.name.zh, Lang::Zh),
            en: named(&frame.name.en, Lang::En),
        },
        // The copy of the frame of a kind is for that kind.
        kind: Kind::from_id(&frame.id).map_or_else(|| frame.kind.clone(), |kind| kind.id().into()),
        ..frame.clone()
    }
}

/// Moves a slot to another place.
pub fn move_slot(frame: &mut Frame, from: usize, to: usize) {
    if from < frame.slots.len() && to < frame.slots.len() {
        let slot = frame.slots.remove(from);
        frame.slots.insert(to, slot);
    }
}

/// Cues as one line of text.
pub fn write_cues(cues: &Cues) -> String {
    cues.all().collect::<Vec<_>>().join(", ")
}

/// The cues in a line of text: separated by commas of any kind or line feeds.
pub fn read_cues(text: &str) -> Cues {
    let all = text
        .split([',', '，', '、', ';', '；', '\n'])
        .map(str::trim)
        .filter(|cue| !cue.is_empty())
        .map(str::to_owned);
    let (en, zh) = all.partition(|cue: &String| cue.is_ascii() && !cue.starts_with('@'));
    Cues { zh, en }
}

fn words(text: &str, lang: Lang) -> Words {
    let mut words = Words::default();
    match lang {
        Lang::Zh => words.zh = text.into(),
        Lang::En => words.en = text.into(),
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::guide::fit::fit;
    use crate::guide::frames::find;
    use crate::record::frame::check;

    #[test]
    fn what_is_made_is_sound() {
        let mut frame = fresh("f-1".into(), "周报", "进展", Lang::Zh);
        assert_eq!(check(&frame), Ok(()));
        for _ in 0..3 {
            let slot = fresh_slot(&frame.slots, "问题", Lang::Zh);
            frame.slots.push(slot);
        }
        assert_eq!(check(&frame), Ok(()));
        move_slot(&mut frame, 0, 3);
        assert_eq!(
            (frame.slots[3].name.zh.as_str(), check(&frame)),
            ("进展", Ok(()))
        );
        move_slot(&mut frame, 9, 0);
        assert_eq!(frame.slots.len(), 4);
    }

    #[test]
    fn a_copy_is_for_the_same_requests() {
        let name = |old: &str, _| format!("{old} 2");
        let of = |id| copy(&find(id).cloned().unwrap_or_default(), "f-2".into(), name);
        assert_eq!(
            (of("write").kind.as_str(), of("ad-copy").kind.as_str()),
            ("write", "write")
        );
        assert_eq!(of("write").name.en, "Write 2");
        assert_eq!(check(&of("code")), Ok(()));
    }

    #[test]
    fn a_copy_is_judged_as_what_it_was_copied_from() {
        let original = find("write").cloned().unwrap_or_default();
        let mut copied = copy(&original, "f-2".into(), |old, _| old.into());
        let filled = |frame: &Frame, text| {
            let fit = fit(frame, text, |_| false);
            fit.filled
                .iter()
                .map(|filled| filled.slot)
                .collect::<Vec<_>>()
        };
        for text in [
            "write a blog post",
            "帮我写个文案",
            "写封信给房东，说水管漏了",
        ] {
            assert_eq!(filled(&copied, text), filled(&original, text), "{text}");
        }
        // A slot that looks for other words is judged by those.
        copied.slots[0].cues = read_cues("blog");
        assert_eq!(filled(&original, "write a blog post"), [4]);
        assert_eq!(filled(&copied, "write a blog post"), [0, 4]);
    }

    #[test]
    fn cues_are_read_as_they_are_written() {
        let cues = read_cues("小红书、种草，unboxing; first look,\n@tone, ");
        assert_eq!(cues.zh, ["小红书", "种草", "@tone"]);
        assert_eq!(cues.en, ["unboxing", "first look"]);
        assert_eq!(read_cues(&write_cues(&cues)), cues);
    }
}
