//! Taking back, and excepting.

use super::super::super::Slot;
use super::super::super::lists::{list, table};
use super::super::{Clause, Open, back, first, front, removal};
use super::mood::Mood;
use super::object;
use super::tables::PREDICATES;
use std::sync::LazyLock;

/// 忘掉我喜欢下雨这件事, 把讨厌香菜那条删掉, 当我没说.
pub fn read(clause: &Clause, text: &str, open: &mut Open) -> bool {
    if LAST.iter().any(|words| text.contains(words)) {
        open.add(removal("", None, None));
        return true;
    }
    if KEEP.iter().any(|words| text.contains(words)) {
        return false;
    }
    let record = ["条", "记录", "偏好", "记忆"]
        .iter()
        .any(|word| text.contains(word));
    let verbs = VERBS.iter().chain(NO_MORE.iter().filter(|_| record));
    let Some(verb) = verbs
        .filter(|verb| text.contains(**verb))
        .max_by_key(|verb| verb.len())
    else {
        return false;
    };
    let (before, after) = text.split_once(verb).unwrap_or_default();
    // 我忘了带伞 tells what happened.
    if before.ends_with('我') || (before.is_empty() && after.is_empty()) && *verb != "忘掉" {
        return false;
    }
    let (before, after) = (frame(before), frame(after));
    let content = if after.is_empty() { before } else { after };
    if let Some((_, slot)) = SLOTS.iter().find(|(word, _)| content.contains(word)) {
        open.add(removal("", None, Some(slot.clone())));
        return true;
    }
    let (topic, strength) = inner(content);
    open.add(removal(clause.typed(topic), strength, None));
    true
}

/// The topic of what is to be forgotten, and its strength where that was said too.
fn inner(content: &str) -> (&str, Option<i8>) {
    let mut mood = Mood::default();
    let said = first(content, &PREDICATES)
        .filter(|(left, _, right)| left.chars().count() <= 4 && !right.is_empty());
    let (topic, strength) = match said {
        Some((left, (_, strength), right)) => {
            let against = left.ends_with('不');
            let topic = frame(object::clean(right, &mut mood));
            (topic, Some(if against { -strength } else { strength }))
        }
        None => (object::clean(content, &mut mood), None),
    };
    let that = "它|这个|那个|这|那|这条|那条|刚才|刚刚";
    let pronoun = that.split('|').any(|that| topic == that);
    (if pronoun { "" } else { topic }, strength)
}

/// 除了苦瓜, 榴莲除外, 生蚝不算.
pub fn exception(clause: &Clause, text: &str, open: &mut Open) -> bool {
    let mut mood = Mood::default();
    if let Some(inner) = back(text, &["除外", "例外", "不算在内", "不算", "不在内"]) {
        let topic = object::clean(inner, &mut mood);
        let list = object::parts(clause.typed(topic))
            .into_iter()
            .map(str::to_owned);
        open.exceptions
            .extend(list.filter(|topic| !topic.is_empty()));
        open.topic = clause.typed(topic).to_owned();
        return true;
    }
    let Some(inner) = front(text, &["除了", "除开", "除去", "唯独", "就除了"]) else {
        return false;
    };
    let inner = ["以外", "之外", "外"]
        .iter()
        .find_map(|end| inner.split_once(end))
        .map_or(inner, |(inner, _)| inner);
    // 除了苦瓜我都爱吃: without a comma the rest is about what was spoken of before.
    let inner = inner.split('我').next().unwrap_or(inner);
    if first(inner, &PREDICATES).is_some() {
        return false;
    }
    let topic = object::clean(inner, &mut mood);
    open.exceptions.extend(
        object::parts(clause.typed(topic))
            .into_iter()
            .map(str::to_owned),
    );
    true
}

/// Without the words that only point at a record.
fn frame(text: &str) -> &str {
    let mut text = text.trim();
    loop {
        let shorter = front(text, &FRONTS).or_else(|| back(text, &BACKS));
        match shorter {
            Some(shorter) => text = shorter.trim(),
            None => return text,
        }
    }
}

static VERBS: LazyLock<Vec<&str>> = LazyLock::new(|| {
    list(
        "忘掉|忘了|忘记|别再记着|别再记|别记着|别记|不要再记|不要记|不用记|不必记|删掉|删除|删了|删去|\
         去掉|移除|清除|清掉|抹掉|划掉|撤回|撤销|取消|作废|拿掉|收回",
    )
});

/// These take back only what is called a record.
const NO_MORE: &[&str] = &["不要了", "不用了", "不对了", "不算了", "不留了", "去了"];

const KEEP: &[&str] = &[
    "别忘",
    "不要忘",
    "没忘",
    "忘不了",
    "勿忘",
    "不能忘",
    "你忘",
    "是不是忘",
    "代码",
    "文件",
    "段落",
    "这句",
];

static LAST: LazyLock<Vec<&str>> = LazyLock::new(|| {
    list(
        "当我没说|当没说过|当没说|刚才说的不算|刚才的不算|收回刚才|忘了刚才|忘掉刚才|忘掉刚刚|刚才那条删|\
         刚刚那条删|上一条删|删掉上一条|删掉刚才|删了刚才",
    )
});

static FRONTS: LazyLock<Vec<&str>> = LazyLock::new(|| {
    list(
        "把|将|请|你|关于|有关|我说的|我说过的|我说过|之前说的|之前|以前说的|刚才|我|记忆里的|记忆里|\
         记忆中|的|掉|帮|可以|麻烦|那个|那条",
    )
});

static BACKS: LazyLock<Vec<&str>> = LazyLock::new(|| {
    list(
        "那条|这条|那一条|这一条|那个|这个|这件事|那件事|的事情|的事|这事|的记录|的偏好|偏好|的记忆|记录|\
         这点|这一点|吧|了|给|都|的|说的|可以|的那条|的话|请|帮我|啦|好了|也",
    )
});

static SLOTS: LazyLock<Vec<(&str, Slot)>> = LazyLock::new(|| {
    table(&[
        (Slot::Residence, "住址|地址|住哪|住在哪|居住地|所在城市"),
        (Slot::Name, "名字|姓名|叫什么"),
        (Slot::Job, "职业|工作"),
        (Slot::Age, "年龄|岁数|多大"),
    ])
});
