//! Words of what the memory says inside the chat: under the message that taught it, under the reply that used it.
//! Apart from [`Lang::strings`], so that the first load does not carry them.

use super::Lang;
use crate::memory::{Kind, Preference, Slot};

/// See the module.
#[allow(missing_docs)]
pub struct Words {
    pub remembered: &'static str,
    pub again: &'static str,
    pub replaced: &'static str,
    pub proposed: &'static str,
    pub offered: &'static str,
    pub opinion_none: &'static str,
    pub opinion_no: &'static str,
    pub opinion_yes: &'static str,
    pub exact_tokens: fn(u64) -> String,
    pub asked: fn(&str) -> String,
    pub change: fn(&str) -> String,
    pub yes: &'static str,
    pub take_back: fn(&str) -> String,
    pub taken_back: &'static str,
    pub undone: &'static str,
    pub gone: fn(&str) -> String,
    pub undo: &'static str,
    pub redo: &'static str,
    pub edit: &'static str,
    pub view: &'static str,
    pub remember: &'static str,
    pub not: &'static str,
    pub both: &'static str,
    pub depends: &'static str,
    pub when: &'static str,
    pub keep: &'static str,
    pub too_late: &'static str,
    pub sent: fn(usize) -> String,
    pub tokens: fn(u32) -> String,
    pub whole: &'static str,
    pub whole_lede: &'static str,
    pub next_lede: &'static str,
    pub next_none: &'static str,
    pub next_demo: &'static str,
    pub next_omitted: fn(usize) -> String,
    pub missing: &'static str,
    pub sent_label: &'static str,
}

impl Lang {
    /// The words of the memory inside the chat.
    pub fn learned(self) -> &'static Words {
        self.pick(&ZH, &EN)
    }
}

/// A preference in a few words: "hate rainy days", without who.
pub fn short(lang: Lang, pref: &Preference) -> String {
    let text = [label(lang, pref), &pref.topic].concat();
    if pref.condition.is_empty() {
        return text;
    }
    match lang {
        Lang::Zh => format!("{text}（{}）", pref.condition),
        Lang::En => format!("{text} ({})", pref.condition),
    }
}

fn label(lang: Lang, pref: &Preference) -> &'static str {
    let slot = match &pref.slot {
        Some(Slot::Residence) => Some(("住在", "live in ")),
        Some(Slot::Job) => Some(("职业：", "work as: ")),
        Some(Slot::Name) => Some(("称呼：", "name: ")),
        Some(Slot::Age) => Some(("年龄：", "age: ")),
        Some(Slot::Assistant) => Some(("模型叫：", "model’s name: ")),
        Some(Slot::Favourite(_)) if pref.strength > 1 => Some(("最喜欢", "favourite: ")),
        _ => None,
    };
    let (zh, en) = slot.unwrap_or(match (pref.kind, pref.strength) {
        (Kind::Style, 0..) => ("回答：", "answers: "),
        (Kind::Style, _) => ("回答不要：", "answers without: "),
        (Kind::Boundary, ..=-1) => ("忌：", "must avoid: "),
        (Kind::Boundary, _) => ("注意：", "mind: "),
        (Kind::Fact, 0..) => ("", ""),
        (Kind::Fact, _) => ("不是：", "not: "),
        (Kind::Habit, 0..) => ("习惯：", "habit: "),
        (Kind::Habit, _) => ("从不：", "never: "),
        (Kind::Taste, 2..) => ("很喜欢", "love "),
        (Kind::Taste, 0..) => ("喜欢", "like "),
        (Kind::Taste, -1) => ("不喜欢", "dislike "),
        (Kind::Taste, _) => ("讨厌", "hate "),
    });
    lang.pick(zh, en)
}

static ZH: Words = Words {
    remembered: "记住了：",
    again: "又提到一次：",
    replaced: "取代了",
    proposed: "要记住吗？",
    offered: "粘贴的文字里有一条，要记住吗？",
    opinion_none: "问了模型的看法，没有得到能用的回答",
    opinion_no: "问了模型的看法：这里没有要记的偏好",
    opinion_yes: "问了模型的看法",
    exact_tokens: |n| format!("{n} tokens"),
    asked: |old| format!("你说过「{old}」。改主意了？"),
    change: |new| format!("换成{new}"),
    yes: "收回",
    take_back: |old| format!("「{old}」是你亲手改过或置顶的。收回它？"),
    taken_back: "收回了：",
    undone: "已撤销：",
    gone: |what| format!("「{what}」后来有了变化"),
    undo: "撤销",
    redo: "恢复",
    edit: "修改",
    view: "查看",
    remember: "记住",
    not: "不用",
    both: "两条都留",
    depends: "看情况…",
    when: "什么时候才这样？",
    keep: "记下",
    too_late: "这条偏好后来又改过，撤不回去了。可以在记忆板里改。",
    sent: |n| format!("带上了 {n} 条偏好"),
    tokens: |n| format!("约 {n} tokens"),
    whole: "发送内容",
    whole_lede: "这条回复的请求，按保留下来的消息、当时的偏好和现在的参数还原（密钥不显示，已抹除的偏好不在其中）：",
    next_lede: "下一条消息会这样发出（密钥不显示）：",
    next_none: "还没有消息。开始写，这里就显示完整的请求。",
    next_demo: "演示模型在本页里运行，什么也不会离开浏览器。它下一次读到的是：",
    next_omitted: |n| format!("有 {n} 条没有发送：空的、已删除的，或放不下的"),
    missing: "已不在记忆里",
    sent_label: "这条回复带上的偏好",
};

static EN: Words = Words {
    remembered: "Remembered: ",
    again: "Said again: ",
    replaced: "replaced",
    proposed: "Remember this? ",
    offered: "In the pasted text. Remember this? ",
    opinion_none: "Asked the model for its opinion, and got no usable answer",
    opinion_no: "Asked the model for its opinion: nothing to remember here",
    opinion_yes: "Asked the model for its opinion",
    exact_tokens: |n| format!("{n} tokens"),
    asked: |old| format!("You said “{old}” before. Changed your mind?"),
    change: |new| format!("Now I {new}"),
    yes: "Take it back",
    take_back: |old| format!("You edited or pinned “{old}” yourself. Take it back?"),
    taken_back: "Taken back: ",
    undone: "Undone: ",
    gone: |what| format!("“{what}” has changed since"),
    undo: "Undo",
    redo: "Redo",
    edit: "Edit",
    view: "View",
    remember: "Remember",
    not: "No",
    both: "Keep both",
    depends: "It depends…",
    when: "When is that so?",
    keep: "Keep",
    too_late: "This preference has been changed since, so that can’t be undone. You can change it on the memory board.",
    sent: |n| match n {
        1 => "1 preference sent".to_owned(),
        _ => format!("{n} preferences sent"),
    },
    tokens: |n| format!("about {n} tokens"),
    whole: "What was sent",
    whole_lede: "The request for this reply, rebuilt from the messages that are kept, the preferences as they were then and today’s parameters. The key is not shown, and neither are preferences that were erased:",
    next_lede: "The next message goes out like this (the key is not shown):",
    next_none: "No message yet. Begin to write, and this shows the whole request.",
    next_demo: "The demo model runs inside this page: nothing leaves the browser. This is what it reads next:",
    next_omitted: |n| match n {
        1 => "1 message is not sent: empty, deleted, or there was no room".to_owned(),
        n => format!("{n} messages are not sent: empty, deleted, or there was no room"),
    },
    missing: "no longer in memory",
    sent_label: "Preferences sent with this reply",
};
