//! What the frame does: how much of a request was said when it was sent, and how often the next
//! message corrects it, with the frame and without. Counted on this device, from nothing but counts.

use super::cues::find_word;
use super::scan::{Scan, units};

/// A message that was sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sent {
    /// The week it was sent in: whole weeks since 1970, by any fixed rule.
    pub week: u32,
    /// The id of the frame in use; empty for none.
    pub frame: String,
    /// Whether the frame was shown; without it the same is counted for comparison.
    pub guided: bool,
    /// How many slots were covered, and how many there are.
    pub covered: u32,
    /// How many slots the frame has.
    pub slots: u32,
}

/// The counts of one week, one frame, with the frame shown or not.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// The week.
    pub week: u32,
    /// The frame; empty for none.
    pub frame: String,
    /// Whether it was shown.
    pub guided: bool,
    /// Messages sent.
    pub sent: u32,
    /// Slots covered in them, and slots in all.
    pub covered: u32,
    /// Slots of the frame, summed over the messages.
    pub slots: u32,
    /// How many of them another message of the person followed.
    pub followed: u32,
    /// How many of those were corrections.
    pub corrected: u32,
}

/// Every count.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Effect {
    /// One row for each week, frame and way, in no order.
    pub rows: Vec<Tally>,
}

impl Effect {
    /// Counts a message.
    pub fn sent(&mut self, sent: &Sent) {
        let row = self.row(sent);
        row.sent = row.sent.saturating_add(1);
        row.covered = row.covered.saturating_add(sent.covered.min(sent.slots));
        row.slots = row.slots.saturating_add(sent.slots);
    }

    /// Counts what the person wrote next in the same conversation.
    pub fn followed(&mut self, sent: &Sent, next: &str) {
        let corrected = is_correction(next);
        let row = self.row(sent);
        row.followed = row.followed.saturating_add(1);
        row.corrected = row.corrected.saturating_add(corrected.into());
    }

    /// The share of slots covered at sending, from 0 to 1, over the rows that `of` takes; `None` where there are none.
    pub fn coverage(&self, of: impl Fn(&Tally) -> bool) -> Option<f64> {
        self.share(of, |row| (row.covered, row.slots))
    }

    /// The share of followed messages that were corrected, from 0 to 1.
    pub fn corrections(&self, of: impl Fn(&Tally) -> bool) -> Option<f64> {
        self.share(of, |row| (row.corrected, row.followed))
    }

    /// Of the last so many weeks up to `week`, oldest first: the parts of a share over the rows that `of` takes.
    pub fn weeks(
        &self,
        week: u32,
        count: u32,
        of: impl Fn(&Tally) -> bool,
    ) -> Vec<(u32, u32, u32)> {
        let first = week.saturating_sub(count.saturating_sub(1));
        let sum = |week: u32| {
            let rows = self.rows.iter().filter(|row| row.week == week && of(row));
            rows.fold((week, 0u32, 0u32), |(week, some, all), row| {
                (
                    week,
                    some.saturating_add(row.covered),
                    all.saturating_add(row.slots),
                )
            })
        };
        (first..=week).map(sum).collect()
    }

    /// How many messages were sent in the rows that `of` takes.
    pub fn count(&self, of: impl Fn(&Tally) -> bool) -> u32 {
        let rows = self.rows.iter().filter(|row| of(row));
        rows.fold(0, |sum, row| sum.saturating_add(row.sent))
    }

    /// How many followed messages there are in the rows that `of` takes, and how many of them were corrected.
    pub fn followed_by(&self, of: impl Fn(&Tally) -> bool) -> (u32, u32) {
        let rows = self.rows.iter().filter(|row| of(row));
        rows.fold((0, 0), |(all, wrong), row| {
            (
                all.saturating_add(row.followed),
                wrong.saturating_add(row.corrected),
            )
        })
    }

    /// Takes over the counts of a week, frame and way that have none here: those of another device, or of a backup.
    pub fn fill(&mut self, other: Effect) {
        let same =
            |a: &Tally, b: &Tally| a.week == b.week && a.frame == b.frame && a.guided == b.guided;
        for row in other.rows {
            if !self.rows.iter().any(|here| same(here, &row)) {
                self.rows.push(row);
            }
        }
    }

    fn share(
        &self,
        of: impl Fn(&Tally) -> bool,
        parts: impl Fn(&Tally) -> (u32, u32),
    ) -> Option<f64> {
        let rows = self.rows.iter().filter(|row| of(row)).map(parts);
        let (some, all) = rows.fold((0u64, 0u64), |sum, (some, all)| {
            (sum.0 + u64::from(some), sum.1 + u64::from(all))
        });
        (all > 0).then(|| some as f64 / all as f64)
    }

    fn row(&mut self, sent: &Sent) -> &mut Tally {
        let same = |row: &Tally| {
            row.week == sent.week && row.frame == sent.frame && row.guided == sent.guided
        };
        let at = self.rows.iter().position(same).unwrap_or_else(|| {
            self.rows.push(Tally {
                week: sent.week,
                frame: sent.frame.clone(),
                guided: sent.guided,
                ..Tally::default()
            });
            self.rows.len() - 1
        });
        &mut self.rows[at]
    }
}

/// Whether a message says that the reply missed what was meant: a "no", a "not that", a wish to have it otherwise.
/// Thanks, going on and new questions are none.
pub fn is_correction(text: &str) -> bool {
    let scan = Scan::new(text);
    let folded = scan.folded.trim();
    // A long message is a new request.
    if folded.is_empty() || units(folded) > 60 {
        return false;
    }
    let starts = |words: &str| {
        words.split('|').any(|word| {
            let after = folded
                .strip_prefix(word)
                .and_then(|rest| rest.chars().next());
            folded == word || after.is_some_and(|c| !c.is_ascii_alphanumeric() || !word.is_ascii())
        })
    };
    let says = |words: &str| {
        words
            .split('|')
            .any(|word| find_word(folded, word).is_some())
    };
    if starts(GOING_ON) || says(PRAISE) {
        return says(MISSED);
    }
    starts(REFUSAL)
        || says(MISSED)
        || (units(folded) < 26 && (starts(OTHERWISE_FIRST) || says(OTHERWISE)))
}

/// Words that stand first in thanks and in going on.
const GOING_ON: &str = "谢谢|好的|好嘞|可以|继续|接着|thanks|thank you|great|perfect|ok|okay|yes|go on|continue|and then|what about|how about";
const PRAISE: &str =
    "写得真好|很好|太好了|不错|满意|完美|looks great|love it|well done|exactly what i|spot on";
/// A plain "no" in the first place.
const REFUSAL: &str = "不对|不是|不要|错了|不行|没让你|别|no|nope|wrong|not quite|not that|not like that|thats not|thats wrong|incorrect";
/// The reply missed it.
const MISSED: &str = "我说的是|我是说|我的意思是|我要的是|我问的是|我想要的是|你理解错|理解错了|搞错|弄错|不是这个|不是我要|答非所问|跑题|没看懂我|看错了|应该是|忘了说|漏了|\
    我指的是|没按|没有按|重点不是|不是让你|我明明|你没|i meant|i mean|i said|i asked for|thats not what|not what i|you misunderstood|you missed|you forgot|misread|\
    i wanted|i was asking|should have been|should be|forgot to mention|off topic|i didnt ask|didnt answer|please read|as i said|supposed to";
/// A wish to have the same otherwise.
const OTHERWISE_FIRST: &str = "再|重新|重写|重来|换成|换个|换一个|改成|改为|改一下|改短|改长|太|去掉|删掉|删了|加上|用中文|用英文|简短|简单点|短一点|长一点|正式一点|详细一点|\
    redo|try again|rewrite|shorter|longer|simpler|make it|change|remove|drop|add|less|more|too|use|without|in english|in chinese|again|instead|replace";
const OTHERWISE: &str = "太长|太短|太正式|太官方|太啰嗦|太简单|太复杂|不够|别用|不要用|不要表格|一点就好|字以内|too long|too short|too formal|too generic|too vague|too complicated|instead of|\
    not enough|a bit more|a bit less|much shorter|way too|keep it under|dont use|no tables|no bullet";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn corrections_are_told_from_going_on() {
        let corrections = [
            "不对，我说的是苹果手机",
            "不是这个意思",
            "再短一点",
            "太长了",
            "换成Python写",
            "我要的是表格不是文字",
            "语气太官方了，重写",
            "重新写，别用成语",
            "你理解错了，是给孩子看的",
            "忘了说，预算只有三千",
            "改成两百字以内",
            "不要表格",
            "应该是2023年",
            "没按我说的格式来",
            "答非所问啊",
            "no, i meant the other one",
            "that's not what I asked for",
            "shorter please",
            "too formal",
            "make it funnier",
            "you forgot the budget",
            "wrong, it's python 3",
            "i said no dairy",
            "use celsius instead",
            "not quite, the tone should be warmer",
            "change the title",
            "try again",
            "way too long",
            "without the intro",
            "I wanted a table",
            "thanks but that's not what i meant",
            "好的，但是我说的是明年",
        ];
        let others = [
            "谢谢",
            "好的，继续",
            "明白了",
            "那第二个呢",
            "写得真好",
            "为什么？",
            "上海明天天气怎么样",
            "帮我写一首关于雨的诗",
            "还有别的吗",
            "太好了，就用这个",
            "哈哈哈",
            "展开讲讲第三点",
            "可以，发给我吧",
            "用户反馈要怎么收集",
            "thanks!",
            "perfect",
            "go on",
            "what about the third one?",
            "why is that",
            "how do i reheat rice",
            "and in winter?",
            "great, now plan the trip",
            "ok do that",
            "lol",
            "who wrote it",
            "can you explain point 2",
            "nothing else",
            "notes from today are attached",
            "i love it",
        ];
        let wrong = |texts: &[&'static str], expected: bool| -> Vec<&str> {
            texts
                .iter()
                .copied()
                .filter(|text| is_correction(text) != expected)
                .collect()
        };
        assert_eq!(
            (wrong(&corrections, true), wrong(&others, false)),
            (vec![], vec![])
        );
    }

    #[test]
    fn counts_are_kept_apart() {
        let sent = |week, frame: &str, guided, covered| Sent {
            week,
            frame: frame.into(),
            guided,
            covered,
            slots: 4,
        };
        let mut effect = Effect::default();
        for (message, next) in [
            (sent(1, "ask", true, 3), "thanks"),
            (sent(1, "ask", true, 4), "谢谢"),
            (sent(2, "ask", true, 9), "shorter"),
            (sent(2, "ask", false, 1), "不对"),
            (sent(2, "write", false, 0), "再正式一点"),
        ] {
            effect.sent(&message);
            effect.followed(&message, next);
        }
        assert_eq!(effect.rows.len(), 4);
        assert_eq!(effect.coverage(|row| row.guided), Some(11.0 / 12.0));
        assert_eq!(effect.coverage(|row| row.week == 1), Some(7.0 / 8.0));
        assert_eq!(effect.coverage(|row| row.frame == "write"), Some(0.0));
        assert_eq!(effect.corrections(|row| row.guided), Some(1.0 / 3.0));
        assert_eq!(effect.corrections(|row| !row.guided), Some(1.0));
        assert_eq!(effect.corrections(|row| row.week == 3), None);
        assert_eq!(
            effect.weeks(2, 3, |row| row.guided),
            [(0, 0, 0), (1, 7, 8), (2, 4, 4)]
        );
        assert_eq!(effect.count(|row| row.frame == "ask"), 4);
        assert_eq!(effect.followed_by(|row| row.guided), (3, 1));
    }

    #[test]
    fn counts_of_a_backup_fill_in_what_is_not_here() {
        let row = |week, sent| Tally {
            week,
            sent,
            ..Tally::default()
        };
        let mut here = Effect {
            rows: vec![row(1, 5)],
        };
        here.fill(Effect {
            rows: vec![row(1, 3), row(2, 7)],
        });
        assert_eq!(here.rows, [row(1, 5), row(2, 7)]);
    }
}
