//! A preference in words: its parts, what it says, and what happened to it.

use super::Lang;
use crate::memory::{Act, Area, Kind, Preference, Range, Status};
use crate::text::is_cjk;

/// A strength as the ruler writes it: −2 … +2.
pub fn figure(strength: i8) -> &'static str {
    match strength {
        ..=-2 => "−2",
        -1 => "−1",
        0 => "0",
        1 => "+1",
        2.. => "+2",
    }
}

/// What a preference says in a few words: 讨厌 下雨天.
pub fn phrase(lang: Lang, pref: &Preference) -> String {
    let topic = &pref.topic;
    let verb = verb(lang, pref);
    // 汉字 stand together; between them and a letter there is a space.
    let joins = lang == Lang::Zh && topic.chars().next().is_some_and(is_cjk);
    let gap = if joins || verb.is_empty() { "" } else { " " };
    [verb, gap, topic].concat()
}

fn verb(lang: Lang, pref: &Preference) -> &'static str {
    let (zh, en) = match (pref.kind, pref.strength) {
        (Kind::Fact, 0..) => ("", ""),
        (Kind::Fact, _) => ("不是", "not"),
        (Kind::Style, 0..) => ("回答要", "answers with"),
        (Kind::Style, _) => ("回答不要", "answers without"),
        (Kind::Boundary, ..=-1) => ("不碰", "keep away from"),
        (Kind::Boundary, _) => ("留意", "take care with"),
        (Kind::Habit, 1..) => ("习惯", "usually"),
        (Kind::Habit, 0) => ("", ""),
        (Kind::Habit, _) => ("从不", "never"),
        (Kind::Taste, 2..) => ("很喜欢", "loves"),
        (Kind::Taste, 1) => ("喜欢", "likes"),
        (Kind::Taste, 0) => ("不分好恶", "neutral about"),
        (Kind::Taste, -1) => ("不太喜欢", "dislikes"),
        (Kind::Taste, _) => ("讨厌", "hates"),
    };
    match lang {
        Lang::Zh => zh,
        Lang::En => en,
    }
}

/// The name of a kind.
pub fn kind(lang: Lang, kind: Kind) -> &'static str {
    let (zh, en) = match kind {
        Kind::Taste => ("口味", "Tastes"),
        Kind::Habit => ("习惯", "Habits"),
        Kind::Fact => ("关于我", "About me"),
        Kind::Style => ("回答风格", "Style of answers"),
        Kind::Boundary => ("边界", "Boundaries"),
    };
    lang.pick(zh, en)
}

/// The name of a part of life.
pub fn area(lang: Lang, area: Area) -> &'static str {
    let (zh, en) = match area {
        Area::Weather => ("天气与出行", "Weather and travel"),
        Area::Food => ("吃喝", "Food and drink"),
        Area::Culture => ("书影音与游戏", "Books, films, music, games"),
        Area::Body => ("运动与作息", "Sport and rest"),
        Area::Nature => ("动物与自然", "Animals and nature"),
        Area::Work => ("工作与沟通", "Work and people"),
        Area::Life => ("生活", "Everyday life"),
        Area::Style => ("回答风格", "Style of answers"),
        Area::Own => ("边界与自己", "Boundaries and myself"),
        Area::Other => ("其他", "Everything else"),
    };
    lang.pick(zh, en)
}

/// The name of a status.
pub fn status(lang: Lang, status: Status) -> &'static str {
    let (zh, en) = match status {
        Status::Active => ("生效中", "Active"),
        Status::Proposed => ("待确认", "Proposed"),
        Status::Superseded => ("已取代", "Superseded"),
        Status::Expired => ("已过期", "Expired"),
        Status::Retracted => ("已撤回", "Retracted"),
    };
    lang.pick(zh, en)
}

/// The name of a range.
pub fn range(lang: Lang, range: Range) -> &'static str {
    let (zh, en) = match range {
        Range::Everywhere => ("到处", "Everywhere"),
        Range::Persona => ("单个角色", "One persona"),
        Range::Chat => ("单个对话", "One conversation"),
    };
    lang.pick(zh, en)
}

/// What happened, as the timeline names it. `board` where it was done by hand, `first` where the words are the first.
pub fn act(lang: Lang, act: Act, board: bool) -> &'static str {
    let (zh, en) = match act {
        Act::Add if board => ("在记忆板上写下", "Written on the board"),
        Act::Add => ("第一次说", "First said"),
        Act::Reinforce => ("又说了一次", "Said again"),
        Act::Supersede => ("取代", "Superseded"),
        Act::Except => ("作为例外", "As an exception"),
        Act::Narrow => ("说得更窄", "Narrowed"),
        Act::Broaden => ("说得更宽", "Broadened"),
        Act::Overlay => ("暂时换成", "For a time"),
        Act::Condition => ("加了条件", "Under a condition"),
        Act::Retract => ("撤回", "Retracted"),
        Act::Expire => ("过期", "Expired"),
        Act::Propose => ("等待确认", "Proposed"),
        Act::Accept => ("确认", "Confirmed"),
        Act::Edit => ("改动", "Edited"),
        Act::Merge => ("合并", "Merged"),
        Act::Split => ("拆分", "Split"),
        Act::Restore => ("恢复", "Restored"),
        Act::Undo => ("撤销了一步", "A step undone"),
    };
    lang.pick(zh, en)
}

/// The sentence under a card's subject: 讨厌，任何时候，到处有效，一直有效。
pub fn reads(lang: Lang, pref: &Preference, stop: &str, until: Option<&str>) -> String {
    let range = Range::of(&pref.scope);
    match lang {
        Lang::Zh => {
            let when = match pref.condition.as_str() {
                "" => "任何时候".to_owned(),
                when => format!("限于「{when}」"),
            };
            let place = match range {
                Range::Everywhere => "到处有效",
                Range::Persona => "只对一个角色有效",
                Range::Chat => "只在一个对话里有效",
            };
            let time =
                until.map_or_else(|| "一直有效".to_owned(), |until| format!("到 {until} 为止"));
            format!("{stop}，{when}，{place}，{time}。")
        }
        Lang::En => {
            let when = match pref.condition.as_str() {
                "" => "at any time".to_owned(),
                when => format!("when “{when}”"),
            };
            let place = match range {
                Range::Everywhere => "everywhere",
                Range::Persona => "with one persona only",
                Range::Chat => "in one conversation only",
            };
            let time =
                until.map_or_else(|| "for good".to_owned(), |until| format!("until {until}"));
            format!("{stop}, {when}, {place}, {time}.")
        }
    }
}
