//! Chinese clauses.

mod facts;
mod mood;
mod object;
mod retract;
mod tables;
mod when;

use super::super::{Cue, Duration, Kind, Statement};
use super::words::TIMES;
use super::{Clause, Open, first, front, style};
use mood::{Mood, adverbs, adverbs_end, lead};
use object::{Object, object};
use tables::{AFTER_TOPIC, KIN, OTHERS, PREDICATES};
use when::{Condition, condition, inner_condition, outer_condition, since};

/// Reads a clause.
pub fn read(clause: &Clause, open: &mut Open) {
    let mut mood = Mood {
        cue: open.cue,
        ..Mood::default()
    };
    let text = lead(clause.low, &mut mood);
    if let Some(cue) = remark(text) {
        open.cue = cue;
        return;
    }
    if text.is_empty() {
        open.cue = mood.cue;
        open.duration = mood.duration;
        return;
    }
    if retract::read(clause, text, open) || retract::exception(clause, text, open) {
        return;
    }
    if facts::name(clause, text, open) || style::read(clause, text, open) {
        return;
    }
    let Some((before, rest)) = subject(text) else {
        // Someone else: nothing of it is the writer's.
        open.topic.clear();
        return;
    };
    // 过年这几天我…: a time may stand inside as well.
    if let Some((_, (_, time), _)) = first(before, &TIMES) {
        mood.duration = time;
    }
    let before = adverbs_end(outer_condition(before, &mut mood), &mut mood);
    // 绿叶菜我都不爱: all of them.
    mood.all |= !before.is_empty() && front(rest, &["都", "全都", "全", "统统", "通通"]).is_some();
    if facts::read(clause, before, rest, &mood, open) || allergy(clause, before, rest, open) {
        return;
    }
    let said = predicate(clause, before, rest, mood.clone(), open)
        || habit(clause, before, rest, mood.clone(), open)
        || narrowed(clause, text, &mood, open);
    if !said {
        leave_open(clause, text, mood, open);
    }
}

/// A clause that only says how the next stands to what was said: 说得更具体点, 我改主意了.
fn remark(text: &str) -> Option<Cue> {
    let has = |words: &[&str]| words.iter().any(|word| text.contains(word));
    if text.chars().count() > 9 {
        None
    } else if has(&["准确", "确切", "具体", "严格", "精确", "严谨"])
        && has(&["说", "讲", "点", "来"])
    {
        Some(Cue::Narrow)
    } else if has(&[
        "改主意",
        "想通",
        "说错",
        "更正",
        "纠正",
        "想错",
        "记错",
        "弄错",
        "误会",
    ]) {
        Some(Cue::Correct)
    } else {
        None
    }
}

/// What stands before the first 我 and after it; without one, all is after. `None` where someone else speaks.
fn subject(text: &str) -> Option<(&str, &str)> {
    let Some((before, rest)) = text.split_once('我') else {
        let other = OTHERS.iter().any(|word| text.starts_with(word));
        return (!other).then_some(("", text));
    };
    if let Some(topic) = before.strip_suffix('对') {
        let rest = front(rest, &["来说", "来讲", "而言"])?;
        return Some((topic, rest));
    }
    let object = [
        "给", "跟", "帮", "让", "为", "陪", "教", "和", "对", "像", "猜", "叫",
    ];
    let other = OTHERS.iter().any(|word| before.starts_with(word));
    let kin = KIN
        .iter()
        .any(|word| rest.trim_start_matches('的').starts_with(word));
    let of_me = rest.starts_with("的") || rest.starts_with("们");
    if other || kin || of_me || object.iter().any(|word| before.ends_with(word)) {
        return None;
    }
    Some((before, rest))
}

/// A liking or disliking.
fn predicate(clause: &Clause, before: &str, rest: &str, mut mood: Mood, open: &mut Open) -> bool {
    let mut rest = adverbs(rest, &mut mood);
    if let Some((inner, after)) = inner_condition(rest) {
        mood.condition = clause.typed(inner).to_owned();
        rest = adverbs(after, &mut mood);
    } else if let Some(after) = since(rest) {
        mood.turned = true;
        rest = adverbs(after, &mut mood);
    }
    if let Some((topic, strength)) = about(rest, &mut mood) {
        return finish(clause, topic, strength, mood, Kind::Taste, open);
    }
    let Some((left, (word, strength), right)) = first(rest, &PREDICATES) else {
        return false;
    };
    // 爱 inside 可爱 or a title is no predicate; nor is 怕 in 恐怕.
    let inside = |(end, start): &(&str, &str)| *start == word && left.ends_with(end);
    if tables::INSIDE.iter().any(inside) || (left.contains('《') && !left.contains('》')) {
        return false;
    }
    let Some(left) = unbound(left, word, &mut mood) else {
        return false;
    };
    let object = object(right, &mut mood);
    mood.turned |= ["爱上", "迷上", "恋上", "戒", "腻"]
        .iter()
        .any(|turn| word.starts_with(turn));
    match object {
        Object::Topic(topic) => {
            // 我看电影首选喜剧: what stands between is the occasion. Without 我 it is a subject of its own.
            let mine = clause.low.contains('我');
            let own =
                left.is_empty() || mine && !tables::OPINIONS.iter().any(|word| left.contains(word));
            own && finish(clause, topic, strength, mood, Kind::Taste, open)
        }
        Object::None => {
            let topic = if left.is_empty() { before } else { left };
            let noun = !clause.low.contains('我')
                && (tables::NOUNS.contains(&word) || left.chars().count() > 8);
            if noun || topic.starts_with(['这', '那', '该']) && topic.chars().count() > 3 {
                return false;
            }
            finish(clause, topic, strength, mood, Kind::Taste, open)
        }
    }
}

/// What stands before a predicate, without the verb that belongs to it: 逛腻了, 听不了, 看见就烦. `None` where the
/// predicate needs a verb and there is none.
fn unbound<'t>(left: &'t str, word: &str, mood: &mut Mood) -> Option<&'t str> {
    let left = adverbs_end(left.trim_end(), mood);
    let verb = tables::VERBS.iter().filter(|verb| left.ends_with(**verb));
    let verb = verb.max_by_key(|verb| verb.len());
    let bound = tables::BOUND.contains(&word);
    let seen = tables::VERBS.iter().any(|verb| left.starts_with(*verb));
    let occasion =
        left.ends_with('就') || (seen && left.ends_with('见') && left.chars().count() <= 4);
    match verb {
        _ if occasion && !bound => Some(""),
        Some(verb) if bound || left == *verb => {
            Some(adverbs_end(&left[..left.len() - verb.len()], mood))
        }
        None if bound => None,
        _ => Some(left),
    }
}

/// 对…感兴趣 and its like, and X是我的最爱.
fn about<'t>(rest: &'t str, mood: &mut Mood) -> Option<(&'t str, i8)> {
    let inner = rest.strip_prefix('对')?;
    let (topic, (_, strength), _) = first(inner, &AFTER_TOPIC)?;
    Some((adverbs_end(topic, mood), strength))
}

/// Makes the statements of a predicate: one for each topic of a list.
fn finish(
    clause: &Clause,
    topic: &str,
    strength: i8,
    mut mood: Mood,
    kind: Kind,
    open: &mut Open,
) -> bool {
    let topic = object::clean(topic, &mut mood);
    if mood.past {
        topic.clone_into(&mut open.topic);
        return true;
    }
    let typed = if matches!(topic, "" | "它" | "这个" | "那个" | "这" | "那" | "这些") {
        open.topic.clone()
    } else {
        clause.typed(topic).to_owned()
    };
    if typed.is_empty() || typed.starts_with(['你', '您', '他', '她']) {
        return false;
    }
    let strength = sided(strength, &mood);
    let taken_back =
        mood.negations % 2 == 1 && strength > 0 && (mood.turned || clause.low.ends_with('了'));
    let (cue, certainty) = mood.cue();
    for part in object::parts(&typed) {
        let slot = mood.most.then(|| facts::favourite(part)).flatten();
        open.add(Statement {
            kind,
            strength: Some(if taken_back { -strength } else { strength }),
            topic: part.to_owned(),
            condition: clause_condition(clause, &mood),
            duration: mood.duration,
            cue: if taken_back { Cue::Retract } else { cue },
            certainty,
            slot,
            ..Statement::default()
        });
    }
    true
}

fn clause_condition(clause: &Clause, mood: &Mood) -> String {
    let typed = clause
        .low
        .find(&mood.condition)
        .map(|at| clause.typed(&clause.low[at..at + mood.condition.len()]));
    typed.unwrap_or(&mood.condition).to_owned()
}

/// The strength under negation and emphasis: 不喜欢 is mild, 不讨厌 milder still.
fn sided(strength: i8, mood: &Mood) -> i8 {
    let strength = if mood.strong {
        strength.signum() * 2
    } else {
        strength
    };
    if mood.negations % 2 == 1 {
        -strength.signum()
    } else {
        strength
    }
}

/// Something done or never done.
fn habit(clause: &Clause, before: &str, rest: &str, mut mood: Mood, open: &mut Open) -> bool {
    let rest = adverbs(rest, &mut mood);
    let against = mood.negations % 2 == 1;
    let Some(verb) = tables::VERBS.iter().find(|verb| rest.starts_with(**verb)) else {
        return false;
    };
    if !against && !mood.habit && !mood.only && !mood.turned && mood.cue != Cue::Narrow {
        return false;
    }
    // 不知道 and 没看过 are no habits; nor is what was done once.
    if tables::NO_HABITS.iter().any(|word| rest.contains(word))
        || (!against && rest.starts_with("听说"))
        || (against && rest.contains('过'))
    {
        return false;
    }
    let bare = object::ends_bare(&rest[verb.len()..]);
    let topic = match bare {
        true if !before.is_empty() => before,
        true if open.topic.is_empty() && !mood.habit && !against => return false,
        true if open.topic.is_empty() => rest,
        true => "",
        false => rest,
    };
    finish(
        clause,
        topic,
        if mood.strong { 2 } else { 1 },
        mood,
        Kind::Habit,
        open,
    )
}

fn allergy(clause: &Clause, before: &str, rest: &str, open: &mut Open) -> bool {
    let Some(at) = rest.find("过敏").or_else(|| rest.find("不耐")) else {
        return false;
    };
    let mut mood = Mood::default();
    let inner = adverbs_end(adverbs(&rest[..at], &mut mood), &mut mood);
    let inner = inner.strip_prefix('对').unwrap_or(inner);
    let inner = adverbs_end(inner, &mut mood);
    let topic = if inner.is_empty() { before } else { inner };
    if topic.is_empty() {
        return false;
    }
    let denied = mood.negations % 2 == 1;
    for part in object::parts(clause.typed(object::clean(topic, &mut mood))) {
        open.add(Statement {
            kind: Kind::Boundary,
            strength: Some(-2),
            topic: part.to_owned(),
            cue: if denied { Cue::Retract } else { Cue::None },
            certainty: 95,
            ..Statement::default()
        });
    }
    true
}

/// 准确说只喝绿茶, 主要是推理小说: a narrower topic without a predicate of its own.
fn narrowed(clause: &Clause, text: &str, mood: &Mood, open: &mut Open) -> bool {
    if mood.cue != Cue::Narrow && !text.starts_with('只') {
        return false;
    }
    let topic = front(
        text,
        &[
            "只是",
            "只有",
            "只",
            "主要是",
            "就是",
            "是",
            "主要",
            "就",
            "仅限",
            "限于",
        ],
    )
    .unwrap_or(text);
    let mut mood = mood.clone();
    let topic = object::clean(topic, &mut mood);
    if topic.is_empty() || topic.chars().count() > 12 {
        return false;
    }
    open.add(Statement {
        topic: clause.typed(topic).to_owned(),
        cue: Cue::Narrow,
        certainty: 85,
        ..Statement::default()
    });
    true
}

/// A clause without a predicate may be the topic or the condition of the next.
fn leave_open(clause: &Clause, text: &str, mood: Mood, open: &mut Open) {
    if let Some(Condition::Holds(words)) = condition(text) {
        open.condition = clause.typed(words).to_owned();
    } else if text.chars().count() <= 8 {
        let mut mood = mood.clone();
        open.topic = clause.typed(object::clean(text, &mut mood)).to_owned();
    }
    if mood.cue != Cue::None {
        open.cue = mood.cue;
    }
    if mood.duration != Duration::Lasting {
        open.duration = mood.duration;
    }
}
