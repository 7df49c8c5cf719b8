//! Frames as data: the built-in ones, and the shape that a person's own have.

use crate::i18n::Lang;
use std::sync::OnceLock;

/// Where the caret goes in a stub, and what is left of it until something is typed there.
pub const BLANK: &str = "___";

/// A frame: what a kind of request should say.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Frame {
    /// The stable name: letters, digits and hyphens, at most 40.
    pub id: String,
    /// Its name.
    pub name: Words,
    /// The id of the kind of request that it is for; empty for any.
    pub kind: String,
    /// Words by which it is chosen by itself.
    pub when: Cues,
    /// What the request should say, in the order in which it is shown.
    pub slots: Vec<Slot>,
}

/// One thing that a request should say.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Slot {
    /// The stable name within the frame.
    pub id: String,
    /// Its name.
    pub name: Words,
    /// How much it matters.
    pub need: Need,
    /// What is shown where it is missing: one short sentence.
    pub hint: Words,
    /// Words that mean that it is there. A word that begins with `@` is one of [`super::fit::DETECTORS`].
    pub cues: Cues,
    /// What a tap puts into the text; [`BLANK`] stands where one types on.
    pub stub: Words,
    /// Whether an answer in memory counts as said.
    pub memory: bool,
}

/// How much a slot matters.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Need {
    /// The frame is not in focus without it.
    Required,
    /// It makes the answer better.
    #[default]
    Helpful,
}

/// The same in both languages. One of them may be empty in a person's own frame.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Words {
    /// 中文.
    pub zh: String,
    /// English.
    pub en: String,
}

/// Words to look for. Both languages are looked for in every text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cues {
    /// 中文, and the detectors.
    pub zh: Vec<String>,
    /// English.
    pub en: Vec<String>,
}

impl Words {
    /// The words in a language, or in the other one where it has none.
    pub fn get(&self, lang: Lang) -> &str {
        let (first, other) = match lang {
            Lang::Zh => (&self.zh, &self.en),
            Lang::En => (&self.en, &self.zh),
        };
        if first.is_empty() { other } else { first }
    }
}

impl Cues {
    /// All of them.
    pub fn all(&self) -> impl Iterator<Item = &str> {
        self.zh.iter().chain(&self.en).map(String::as_str)
    }
}

impl Frame {
    /// The place of a slot.
    pub fn slot(&self, id: &str) -> Option<usize> {
        self.slots.iter().position(|slot| slot.id == id)
    }
}

/// A group of built-in frames.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Group {
    /// For every day.
    Everyday,
    /// Texts that others read.
    Readers,
    /// Code and translation.
    Craft,
    /// Lessons, interviews, scenes.
    Rehearsal,
}

/// The built-in frames by group, in the order in which they are shown.
pub const GROUPS: [(Group, &[&str]); 4] = [
    (
        Group::Everyday,
        &["ask", "write", "summarise", "plan", "decide", "companion"],
    ),
    (
        Group::Readers,
        &[
            "xiaohongshu",
            "formal-document",
            "product-description",
            "seo-article",
            "ad-copy",
            "meeting-minutes",
            "x-post",
            "instagram",
        ],
    ),
    (
        Group::Craft,
        &[
            "code",
            "code-review",
            "bug-report",
            "translate",
            "translation",
        ],
    ),
    (Group::Rehearsal, &["lesson-plan", "interview", "role-play"]),
];

/// The built-in frames: first one for each kind of request, then the gallery.
pub fn built_in() -> &'static [Frame] {
    static FRAMES: OnceLock<Vec<Frame>> = OnceLock::new();
    FRAMES.get_or_init(|| {
        let texts = [
            include_str!("frames/basic.txt"),
            include_str!("frames/gallery.txt"),
        ];
        texts.iter().flat_map(|text| parse(text)).collect()
    })
}

/// The built-in frame with this id.
pub fn find(id: &str) -> Option<&'static Frame> {
    built_in().iter().find(|frame| frame.id == id)
}

/// Frames in the notation of `frames/*.txt`: `# id | kind | 名 | name | when 中文 | when English`, then a line for each
/// slot, `+` for a required one: `id | 名 | name | 提示 | hint | cues | 半句 | stub`. In cues `_` is a space.
fn parse(text: &str) -> Vec<Frame> {
    let mut frames: Vec<Frame> = Vec::new();
    for line in text.lines() {
        let Some((sign, rest)) = line.split_once(' ') else {
            continue;
        };
        let fields: Vec<&str> = rest.split('|').map(str::trim).collect();
        let field = |nth: usize| fields.get(nth).copied().unwrap_or_default();
        if sign == "#" {
            frames.push(Frame {
                id: field(0).into(),
                kind: field(1).into(),
                name: words(field(2), field(3)),
                when: cues(&[field(4), field(5)].join(" ")),
                slots: Vec::new(),
            });
        } else if let Some(frame) = frames.last_mut() {
            let stub = |nth: usize| field(nth).replace("\\n", "\n");
            frame.slots.push(Slot {
                id: field(0).into(),
                name: words(field(1), field(2)),
                need: if sign == "+" {
                    Need::Required
                } else {
                    Need::Helpful
                },
                hint: words(field(3), field(4)),
                cues: cues(field(5)),
                stub: words(&stub(6), &stub(7)),
                memory: true,
            });
        }
    }
    frames
}

fn words(zh: &str, en: &str) -> Words {
    Words {
        zh: zh.into(),
        en: en.into(),
    }
}

fn cues(text: &str) -> Cues {
    let all = text.split_whitespace().map(|cue| cue.replace('_', " "));
    let (en, zh) = all.partition(|cue| cue.is_ascii() && !cue.starts_with('@'));
    Cues { zh, en }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::guide::Kind;
    use crate::guide::fit::DETECTORS;

    #[test]
    fn every_kind_has_its_frame() {
        for (kind, frame) in Kind::ALL.iter().zip(built_in()) {
            let slots: Vec<&str> = frame.slots.iter().map(|slot| slot.id.as_str()).collect();
            assert_eq!((kind.id(), kind.slots()), (frame.id.as_str(), &slots[..]));
        }
    }

    #[test]
    fn the_gallery_has_what_it_promises() {
        let ids: Vec<&str> = built_in()[Kind::ALL.len()..]
            .iter()
            .map(|frame| frame.id.as_str())
            .collect();
        let promised = "seo-article ad-copy xiaohongshu x-post instagram product-description meeting-minutes formal-document \
            code-review bug-report translation lesson-plan interview role-play";
        assert_eq!(ids.join(" "), promised);
    }

    #[test]
    fn every_frame_is_in_one_group() {
        let mut grouped: Vec<&str> = GROUPS
            .iter()
            .flat_map(|(_, ids)| ids.iter().copied())
            .collect();
        let mut all: Vec<&str> = built_in().iter().map(|frame| frame.id.as_str()).collect();
        grouped.sort_unstable();
        all.sort_unstable();
        assert_eq!(grouped, all);
    }

    #[test]
    fn every_frame_is_whole() {
        for frame in built_in() {
            assert!(
                crate::record::frame::check(frame).is_ok(),
                "{}: {:?}",
                frame.id,
                crate::record::frame::check(frame)
            );
            assert!(
                frame.slots.iter().any(|slot| slot.need == Need::Required),
                "{}",
                frame.id
            );
            for slot in &frame.slots {
                let place = format!("{} {}", frame.id, slot.id);
                for words in [&slot.name, &slot.hint, &slot.stub] {
                    assert!(!words.zh.is_empty() && !words.en.is_empty(), "{place}");
                }
                assert!(
                    slot.hint.zh.chars().count() <= 20 && slot.hint.en.len() <= 60,
                    "{place}: a hint is short"
                );
                assert!(
                    slot.stub.zh.contains(BLANK) && slot.stub.en.contains(BLANK),
                    "{place}: a stub has a blank"
                );
                for cue in slot.cues.all().filter(|cue| cue.starts_with('@')) {
                    assert!(
                        DETECTORS.iter().any(|(name, _)| *name == cue),
                        "{place}: {cue} is no detector"
                    );
                }
            }
        }
    }
}
