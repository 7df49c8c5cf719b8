//! Chinese clauses.

mod facts;
mod object;
mod retract;
mod tables;

use super::super::{Cue, Duration, Kind, Statement};
use super::words::TIMES;
use super::{Clause, Open, first, front, style};
use object::{Object, object};
use tables::{ADVERBS, AFTER_TOPIC, KIN, LEADS, OTHERS, PREDICATES, Word};

/// What a clause says besides its predicate.
#[derive(Clone, Default)]
pub struct Mood {
    cue: Cue,
    duration: Duration,
    condition: String,
    /// "All", "whatever is a": the topic is the wider one.
    all: bool,
    /// "Only".
    only: bool,
    /// "Now", "again", "no longer": it was otherwise before.
    turned: bool,
    /// "Every day".
    habit: bool,
    /// "Very".
    strong: bool,
    /// "Most of all".
    most: bool,
    /// "Used to".
    past: bool,
    negations: u8,
}

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

/// Takes connectives, cues and times from the front.
fn lead<'t>(text: &'t str, mood: &mut Mood) -> &'t str {
    let mut text = text;
    loop {
        text = text.trim_start();
        if let Some((rest, word)) = take(text, &LEADS) {
            word.mark(mood);
            text = rest;
        } else if let Some((rest, time)) = take(text, &TIMES) {
            mood.duration = time;
            text = rest;
        } else {
            return text.trim();
        }
    }
}

/// Adverbs before the predicate, with what they say.
fn adverbs<'t>(text: &'t str, mood: &mut Mood) -> &'t str {
    let mut text = not_one(text.trim_start());
    while let Some((rest, mark)) = take(text, &ADVERBS)
        .map(|(rest, word)| (rest, Ok(word)))
        .or_else(|| take(text, &TIMES).map(|(rest, time)| (rest, Err(time))))
    {
        // 好喝 is no adverb before 喝, and a predicate is none either.
        if begins_predicate(text) {
            break;
        }
        match mark {
            Ok(word) => word.mark(mood),
            Err(time) => mood.duration = time,
        }
        text = not_one(rest.trim_start());
    }
    text
}

/// 一场都不看: without 一场都, before a negation.
fn not_one(text: &str) -> &str {
    let Some(rest) = text.strip_prefix('一') else {
        return text;
    };
    let mut chars = rest.chars();
    let both = chars.next().is_some() && matches!(chars.next(), Some('都' | '也'));
    let rest = chars.as_str();
    if both && rest.starts_with(['不', '没', '吃']) {
        rest
    } else {
        text
    }
}

fn begins_predicate(text: &str) -> bool {
    PREDICATES.iter().any(|(word, _)| text.starts_with(word))
}

/// The longest of the words that a text begins with.
fn take<'t, T: Copy>(text: &'t str, words: &[(&str, T)]) -> Option<(&'t str, T)> {
    let fits = words
        .iter()
        .filter_map(|(word, mark)| Some((text.strip_prefix(word)?, *mark)));
    fits.min_by_key(|(rest, _)| rest.len())
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

/// A condition before 我; what is left may be the topic.
fn outer_condition<'t>(before: &'t str, mood: &mut Mood) -> &'t str {
    match condition(before) {
        Some(Condition::Holds(words)) => words.clone_into(&mut mood.condition),
        Some(Condition::Turned) => mood.turned = true,
        None => return before,
    }
    ""
}

enum Condition<'t> {
    /// It holds then.
    Holds(&'t str),
    /// It has been so since then.
    Turned,
}

fn condition(text: &str) -> Option<Condition<'_>> {
    let text = text.trim();
    for end in ["的时候", "时候", "的话", "期间", "时"] {
        if let Some(words) = text.strip_suffix(end).filter(|words| !words.is_empty()) {
            return Some(Condition::Holds(
                front(words, &["当", "在"])
                    .filter(|w| !w.is_empty())
                    .unwrap_or(words),
            ));
        }
    }
    for end in ["以后", "之后", "以来", "后", "开始"] {
        if text.len() > end.len() && text.ends_with(end) {
            let daily = ["下班", "饭", "放学", "起床", "睡", "下课", "运动"]
                .iter()
                .any(|word| text.contains(word));
            return Some(if daily {
                Condition::Holds(text)
            } else {
                Condition::Turned
            });
        }
    }
    let time = tables::WHEN
        .iter()
        .any(|word| text == *word || text.strip_prefix("在") == Some(word));
    time.then_some(Condition::Holds(text))
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
    if left.contains('《') && !left.contains('》') {
        return false;
    }
    // 爱 inside 可爱 or 恋爱 is no predicate; nor is 怕 in 恐怕.
    if tables::INSIDE
        .iter()
        .any(|(end, start)| *start == word && left.ends_with(end))
    {
        return false;
    }
    let mut left = negations(left.trim_end(), &mut mood);
    // 逛腻了, 听不了: the verb before belongs to the predicate.
    let verb = tables::VERBS
        .iter()
        .filter(|verb| left.ends_with(**verb))
        .max_by_key(|verb| verb.len());
    let bound = tables::BOUND.contains(&word);
    if left.ends_with('就')
        || left.chars().count() <= 4
            && verb.is_some_and(|verb| left.starts_with(*verb))
            && left.ends_with("见")
    {
        // 看见就烦: the occasion is no topic.
        left = "";
    }
    match verb {
        Some(verb) if bound || left == *verb => {
            left = negations(&left[..left.len() - verb.len()], &mut mood)
        }
        None if bound => return false,
        _ => {}
    }
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

/// 对…感兴趣 and its like, and X是我的最爱.
fn about<'t>(rest: &'t str, mood: &mut Mood) -> Option<(&'t str, i8)> {
    let inner = rest.strip_prefix('对')?;
    let (topic, (_, strength), _) = first(inner, &AFTER_TOPIC)?;
    Some((adverbs_end(topic, mood), strength))
}

/// Adverbs and negations at the end of a text.
fn adverbs_end<'t>(text: &'t str, mood: &mut Mood) -> &'t str {
    let mut text = text.trim_end();
    loop {
        let fit = ADVERBS
            .iter()
            .filter_map(|(word, mark)| Some((text.strip_suffix(word)?, *mark)));
        let Some((rest, mark)) = fit.min_by_key(|(rest, _)| rest.len()) else {
            return text;
        };
        mark.mark(mood);
        text = rest.trim_end();
    }
}

/// Negations and adverbs directly before a predicate.
fn negations<'t>(left: &'t str, mood: &mut Mood) -> &'t str {
    adverbs_end(left, mood)
}

/// 在家的时候喜欢…: a condition after 我.
fn inner_condition(rest: &str) -> Option<(&str, &str)> {
    for link in ["的时候", "时候", "时"] {
        if let Some((inner, after)) = rest.split_once(link) {
            let predicate = first(inner, &PREDICATES).is_some();
            return (!predicate && !inner.is_empty() && !after.is_empty())
                .then_some((inner, after));
        }
    }
    tables::WHEN.iter().find_map(|word| {
        let after = rest.strip_prefix(word)?;
        (!after.is_empty()).then_some((&rest[..word.len()], after))
    })
}

/// 搬家后反而喜欢…: since then it has been otherwise. Gives what comes after.
fn since(rest: &str) -> Option<&str> {
    ["以后", "之后", "后"].iter().find_map(|link| {
        let (inner, after) = rest.split_once(link)?;
        let short = (1..=8).contains(&inner.chars().count()) && first(inner, &PREDICATES).is_none();
        (short && !after.is_empty()).then_some(after)
    })
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
    let turned = mood.turned || mood.cue == Cue::Correct;
    let sure = mood.cue == Cue::Narrow || turned;
    let cue = match mood.cue {
        _ if taken_back => Cue::Retract,
        _ if mood.all => Cue::Broaden,
        _ if mood.only || mood.cue == Cue::Narrow => Cue::Narrow,
        _ if turned => Cue::Correct,
        cue => cue,
    };
    for part in object::parts(&typed) {
        let slot = mood.most.then(|| facts::favourite(part)).flatten();
        open.add(Statement {
            kind,
            strength: Some(if taken_back { -strength } else { strength }),
            topic: part.to_owned(),
            condition: clause_condition(clause, &mood),
            duration: mood.duration,
            cue,
            certainty: if sure { 90 } else { 75 },
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

impl Word {
    /// Notes what a word says.
    fn mark(self, mood: &mut Mood) {
        match self {
            Word::Plain => {}
            Word::Correct => mood.cue = Cue::Correct,
            Word::Narrow => mood.cue = Cue::Narrow,
            Word::Now => mood.turned = true,
            Word::All => mood.all = true,
            Word::Only => mood.only = true,
            Word::Habit => mood.habit = true,
            Word::Strong => mood.strong = true,
            Word::Most => {
                mood.strong = true;
                mood.most = true;
            }
            Word::Past => mood.past = true,
            Word::Not => mood.negations += 1,
            Word::NoMore => {
                mood.negations += 1;
                mood.turned = true;
            }
            Word::First => mood.duration = Duration::Days(7),
        }
    }
}
