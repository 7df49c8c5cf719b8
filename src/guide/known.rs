//! What memory knows already, so that a request need not say it: how answers should sound, how long and in what
//! form, what must be kept away from, what the person works with.

use super::cues::Class;
use super::frames::Frame;
use super::scan::Scan;

use crate::memory::{Book, Kind as Sort, Place, Preference, Slot, Why, recall, topic};

/// Sides of a request that memory can answer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Known(Vec<&'static str>);

/// No preference is left out for want of tokens: nothing is sent here.
const NO_LIMIT: u32 = u32::MAX / 2;

impl Known {
    /// What a book knows for a question asked at a place. `now` is in milliseconds since 1970.
    pub fn of(book: &Book, question: &str, place: &Place, now: i64) -> Self {
        let mut sides: Vec<&'static str> = Vec::new();
        for chosen in recall(book, question, place, NO_LIMIT, now).chosen {
            if let Some(side) = book.get(&chosen.id).and_then(|pref| side(pref, chosen.why))
                && !sides.contains(&side)
            {
                sides.push(side);
            }
        }
        Known(sides)
    }

    /// Whether a slot of a frame is answered. What a slot is about is told by the detectors among its cues.
    pub fn answers(&self, frame: &Frame, slot: usize) -> bool {
        let Some(slot) = frame.slots.get(slot).filter(|slot| slot.memory) else {
            return false;
        };
        let mut cues = slot.cues.all();
        cues.any(|cue| self.0.contains(&cue))
    }

    /// Whether nothing is known.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// The side of a request that a preference answers, by the detector that finds it in a text.
fn side(pref: &Preference, why: Why) -> Option<&'static str> {
    match (&pref.slot, pref.kind) {
        (Some(Slot::Style(side)), _) => match side.as_str() {
            "#tone" => Some("@tone"),
            "#length" => Some("@length"),
            "#format" => Some("@form"),
            "#diet" => Some("@limit"),
            _ => None,
        },
        // Another boundary always goes with a request, but has mostly nothing to do with it.
        (_, Sort::Boundary) => is_edible(&pref.key).then_some("@limit"),
        (_, Sort::Fact | Sort::Habit) if is_tool(&pref.topic) => Some("@tech"),
        (_, Sort::Fact) if why == Why::Match => Some("@background"),
        _ => None,
    }
}

fn is_edible(key: &str) -> bool {
    let mut groups = topic::above(key).into_iter();
    groups.any(|group| group == "food" || group == "drink")
}

fn is_tool(topic: &str) -> bool {
    let scan = Scan::new(topic);
    scan.hits.iter().any(|hit| hit.class == Class::Tech)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::guide::frames::find;
    use crate::memory::{Source, hear, learn};

    fn known(said: &[&str], question: &str) -> Known {
        let mut book = Book::default();
        for (nth, words) in said.iter().enumerate() {
            let source = Source {
                seq: nth as u32 + 1,
                random: [nth as u8; 10],
                ..Source::default()
            };
            learn(&mut book, &hear(words), &source, nth as i64);
        }
        Known::of(&book, question, &Place::default(), 100)
    }

    fn answered(known: &Known, frame: &str) -> Vec<String> {
        let frame = find(frame).cloned().unwrap_or_default();
        let slots = (0..frame.slots.len()).filter(|slot| known.answers(&frame, *slot));
        slots.map(|slot| frame.slots[slot].id.clone()).collect()
    }

    #[test]
    fn style_answers_tone_length_and_form() {
        let known = known(&["以后回答简短一点", "以后都用列表回答"], "帮我写个文案");
        assert_eq!(answered(&known, "write"), ["length"]);
        assert_eq!(answered(&known, "ask"), ["form"]);
    }

    #[test]
    fn an_allergy_is_a_limit_where_food_is_spoken_of() {
        let said = ["我对花生过敏"];
        let plan = |question| answered(&known(&said, question), "plan");
        assert_eq!(plan("帮我安排这周的晚餐菜谱"), ["limits"]);
        assert!(plan("安排一下周末去爬山").is_empty());
    }

    #[test]
    fn nothing_is_known_without_a_memory() {
        assert!(known(&[], "帮我写个文案").is_empty());
    }
}
