//! Words of the memory board, and of a preference wherever it is spoken of.

use super::Lang;
use crate::memory::{Act, Area, Kind, Preference, Range, Status};
use crate::text::is_cjk;

/// See the module.
#[allow(missing_docs)]
pub struct Words {
    pub summary: fn(usize, u32) -> String,
    pub loading: &'static str,
    pub undo: &'static str,
    pub redo: &'static str,
    pub export: &'static str,
    pub export_json: &'static str,
    pub export_markdown: &'static str,
    pub import: &'static str,
    pub add: &'static str,
    pub add_example: &'static str,
    pub add_do: &'static str,
    pub replaces: fn(&str) -> String,
    pub takes_back: fn(&str) -> String,
    pub as_written: &'static str,
    pub known_already: &'static str,
    pub added: fn(&str) -> String,
    pub search: &'static str,
    pub found: fn(usize) -> String,
    pub grouping: &'static str,
    pub by_topic: &'static str,
    pub by_kind: &'static str,
    pub select: &'static str,
    pub selected: fn(usize) -> String,
    pub deselect: &'static str,
    pub merge_two: &'static str,
    pub board: &'static str,
    pub board_keys: &'static str,
    pub tray: &'static str,
    pub at_odds: &'static str,
    pub to_confirm: &'static str,
    pub and_more: fn(usize) -> String,
    pub you_said: fn(&str) -> String,
    pub now_you_say: fn(&str) -> String,
    pub changed_mind: &'static str,
    pub perhaps: fn(&str) -> String,
    pub by_model: &'static str,
    pub by_import: &'static str,
    pub by_paste: &'static str,
    pub by_you: &'static str,
    pub from_model: &'static str,
    pub from_import: &'static str,
    pub from_pasted: &'static str,
    pub from_you: &'static str,
    pub replace: fn(&str) -> String,
    pub replace_this: &'static str,
    pub it_depends: &'static str,
    pub keep_both: &'static str,
    pub when: &'static str,
    pub remember: &'static str,
    pub reject: &'static str,
    pub stops: [&'static str; 5],
    pub facets: &'static str,
    pub kinds: &'static str,
    pub statuses: &'static str,
    pub ranges: &'static str,
    pub all: &'static str,
    pub used: fn(u32) -> String,
    pub pin: &'static str,
    pub pinned: &'static str,
    pub until: fn(&str) -> String,
    pub trail: fn(&str) -> String,
    pub no_match: &'static str,
    pub clear_filters: &'static str,
    pub empty: &'static str,
    pub empty_action: &'static str,
    pub card: fn(&str) -> String,
    pub close_card: &'static str,
    pub grow: &'static str,
    pub more: &'static str,
    pub dial: &'static str,
    pub edit_subject: &'static str,
    pub subject: &'static str,
    pub kind: &'static str,
    pub condition: &'static str,
    pub always: &'static str,
    pub scope: &'static str,
    pub everywhere: &'static str,
    pub only_chat: fn(&str) -> String,
    pub only_persona: fn(&str) -> String,
    pub this_chat: &'static str,
    pub this_persona: &'static str,
    pub validity: &'static str,
    pub forever: &'static str,
    pub sent: &'static str,
    pub sent_figure: fn(u32, Option<&str>) -> String,
    pub save: &'static str,
    pub story: &'static str,
    pub see_message: &'static str,
    pub restore_this: &'static str,
    pub restore: &'static str,
    pub split: &'static str,
    pub split_lede: &'static str,
    pub split_do: &'static str,
    pub split_needs_two: &'static str,
    pub merge_into: &'static str,
    pub merge_lede: fn(&str) -> String,
    pub retract: &'static str,
    pub erase: &'static str,
    pub erase_title: fn(usize) -> String,
    pub erase_lede: &'static str,
    pub erase_do: &'static str,
    pub moved: fn(&str, &str, i8) -> String,
    pub undone: fn(&str) -> String,
    pub redone: fn(&str) -> String,
    pub waiting: fn(usize) -> String,
    pub kept: &'static str,
    pub take_back_title: &'static str,
    pub did_keep: fn(&str) -> String,
    pub nothing_to_undo: &'static str,
    pub nothing_to_redo: &'static str,
    pub changed_elsewhere: &'static str,
    pub did_edit: fn(&str) -> String,
    pub did_pin: fn(&str) -> String,
    pub did_unpin: fn(&str) -> String,
    pub did_retract: fn(&str) -> String,
    pub did_restore: fn(&str) -> String,
    pub did_accept: fn(&str) -> String,
    pub did_reject: fn(&str) -> String,
    pub did_merge: fn(&str) -> String,
    pub did_split: fn(&str) -> String,
    pub did_erase: fn(usize) -> String,
    pub did_many: fn(usize) -> String,
    pub import_title: fn(usize) -> String,
    pub import_lede: &'static str,
    pub import_known: fn(&str) -> String,
    pub import_against: fn(&str) -> String,
    pub import_taken: &'static str,
    pub import_nothing: fn(&str) -> String,
    pub import_left: fn(usize) -> String,
}

impl Words {
    /// A stop of the scale in words.
    pub fn stop(&self, strength: i8) -> &'static str {
        self.stops[usize::from((strength.clamp(-2, 2) + 2).unsigned_abs())]
    }
}

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
    pick(lang, zh, en)
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
    pick(lang, zh, en)
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
    pick(lang, zh, en)
}

/// The name of a range.
pub fn range(lang: Lang, range: Range) -> &'static str {
    let (zh, en) = match range {
        Range::Everywhere => ("到处", "Everywhere"),
        Range::Persona => ("单个角色", "One persona"),
        Range::Chat => ("单个对话", "One conversation"),
    };
    pick(lang, zh, en)
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
    pick(lang, zh, en)
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

fn pick(lang: Lang, zh: &'static str, en: &'static str) -> &'static str {
    match lang {
        Lang::Zh => zh,
        Lang::En => en,
    }
}

fn plural(n: usize, one: &str, many: &str) -> String {
    match n {
        1 => format!("1 {one}"),
        n => format!("{n} {many}"),
    }
}

pub(super) const ZH: Words = Words {
    summary: |n, tokens| format!("{n} 条生效 · 全部带上约 {tokens} tokens"),
    loading: "正在读取…",
    undo: "撤销",
    redo: "重做",
    export: "导出",
    export_json: "JSON（可以再导入）",
    export_markdown: "Markdown（给人读）",
    import: "导入…",
    add: "添加偏好",
    add_example: "写一句，比如：周末早上别给我排会",
    add_do: "记下",
    replaces: |old| format!("取代 {old}"),
    takes_back: |old| format!("撤回 {old}"),
    as_written: "没有听出好恶，会照原话记下",
    known_already: "已经记着这条",
    added: |what| format!("记住了：{what}"),
    search: "搜索记忆",
    found: |n| format!("找到 {n} 条"),
    grouping: "分组",
    by_topic: "按主题",
    by_kind: "按种类",
    select: "多选",
    selected: |n| format!("已选 {n} 条"),
    deselect: "取消选择",
    merge_two: "合成一条",
    board: "从讨厌到喜欢的刻度",
    board_keys: "方向键在卡片间移动，Alt 加左右键改强度，回车打开，空格选中，Delete 撤回。",
    tray: "等你决定",
    at_odds: "说法不一致",
    to_confirm: "待确认",
    and_more: |n| format!("还有 {n} 条等你决定"),
    you_said: |when| format!("{when}你说"),
    now_you_say: |when| format!("，{when}说"),
    changed_mind: "。改主意了？",
    perhaps: |what| format!("可能{what}"),
    by_model: "模型提议",
    by_import: "来自导入",
    by_paste: "来自粘贴",
    by_you: "来自你说的话",
    from_model: "模型从这句话推断",
    from_import: "来自导入的文件",
    from_pasted: "来自粘贴的文字",
    from_you: "来自你的话",
    replace: |what| format!("换成{what}"),
    replace_this: "换成这条",
    it_depends: "看情况",
    keep_both: "保留两条",
    when: "什么时候？",
    remember: "记住这句",
    reject: "不用",
    stops: ["讨厌", "不太喜欢", "不分好恶", "喜欢", "很喜欢"],
    facets: "筛选",
    kinds: "种类",
    statuses: "状态",
    ranges: "范围",
    all: "全部",
    used: |n| match n {
        0 => "没用过".to_owned(),
        n => format!("{n} 次"),
    },
    pin: "固定",
    pinned: "已固定",
    until: |date| format!("到 {date}"),
    trail: |date| format!("{date} 改的主意"),
    no_match: "没有符合的卡片。",
    clear_filters: "清除筛选",
    empty: "你在对话里说过的好恶会变成卡片，放在这把从讨厌到喜欢的刻度上；也可以现在就写一句。",
    empty_action: "写第一句",
    card: |topic| format!("打开的卡片：{topic}"),
    close_card: "关闭卡片",
    grow: "展开或收起",
    more: "更多",
    dial: "倾向与强度",
    edit_subject: "改主题",
    subject: "主题",
    kind: "种类",
    condition: "条件",
    always: "任何时候",
    scope: "范围",
    everywhere: "到处",
    only_chat: |title| format!("只在「{title}」"),
    only_persona: |name| format!("只对{name}"),
    this_chat: "单个对话",
    this_persona: "单个角色",
    validity: "期限",
    forever: "一直",
    sent: "发送",
    sent_figure: |tokens, last| match last {
        Some(last) => format!("每次约 {tokens} tokens，最近一次 {last}"),
        None => format!("每次约 {tokens} tokens，还没有发送过"),
    },
    save: "好",
    story: "经过",
    see_message: "看那条消息",
    restore_this: "恢复成这条",
    restore: "恢复",
    split: "拆成几条",
    split_lede: "每行一个主题，其余都照旧。",
    split_do: "拆开",
    split_needs_two: "至少要写两行不同的主题。",
    merge_into: "并入…",
    merge_lede: |topic| format!("把「{topic}」并入哪一条？留下的是你选的那条。"),
    retract: "撤回",
    erase: "彻底抹掉…",
    erase_title: |n| format!("彻底抹掉 {n} 条？"),
    erase_lede: "卡片、原话和经过全部消失，不能撤销；只留一个认不出原文的指纹，免得旧消息再被记住。",
    erase_do: "抹掉",
    moved: |topic, stop, strength| format!("{topic}：{stop}，{}", figure(strength)),
    undone: |what| format!("已撤销：{what}"),
    redone: |what| format!("已重做：{what}"),
    waiting: |n| format!("{n} 条等你决定"),
    kept: "留下",
    take_back_title: "要收回吗",
    did_keep: |topic| format!("留下了「{topic}」"),
    nothing_to_undo: "没有可撤销的",
    nothing_to_redo: "没有可重做的",
    changed_elsewhere: "这张卡片后来又改过，这一步撤不回去了。",
    did_edit: |topic| format!("改了「{topic}」"),
    did_pin: |topic| format!("固定了「{topic}」"),
    did_unpin: |topic| format!("不再固定「{topic}」"),
    did_retract: |topic| format!("撤回了「{topic}」"),
    did_restore: |topic| format!("恢复了「{topic}」"),
    did_accept: |topic| format!("记住了「{topic}」"),
    did_reject: |topic| format!("没有记「{topic}」"),
    did_merge: |topic| format!("合并到「{topic}」"),
    did_split: |topic| format!("拆开了「{topic}」"),
    did_erase: |n| format!("抹掉了 {n} 条"),
    did_many: |n| format!("改了 {n} 条"),
    import_title: |n| format!("文件里有 {n} 条偏好"),
    import_lede: "一条一条看过再记。没有点「记住这句」的不会写入。",
    import_known: |what| format!("已经有了：{what}"),
    import_against: |what| format!("与现有的不一致：{what}"),
    import_taken: "记住了",
    import_nothing: |name| format!("{name} 里没有能读的偏好。"),
    import_left: |n| format!("另有 {n} 条已取代、撤回或过期的，没有列出。"),
};

pub(super) const EN: Words = Words {
    summary: |n, tokens| format!("{n} active · about {tokens} tokens if all were sent"),
    loading: "Reading…",
    undo: "Undo",
    redo: "Redo",
    export: "Export",
    export_json: "JSON (can be imported again)",
    export_markdown: "Markdown (for reading)",
    import: "Import…",
    add: "Add a preference",
    add_example: "Write a sentence, such as: no meetings on weekend mornings",
    add_do: "Remember",
    replaces: |old| format!("replaces {old}"),
    takes_back: |old| format!("takes back {old}"),
    as_written: "No like or dislike was heard; it will be kept as written",
    known_already: "This is known already",
    added: |what| format!("Remembered: {what}"),
    search: "Search memory",
    found: |n| match n {
        0 => "Nothing found".to_owned(),
        n => format!("{n} found"),
    },
    grouping: "Grouping",
    by_topic: "By topic",
    by_kind: "By kind",
    select: "Select",
    selected: |n| format!("{n} selected"),
    deselect: "Clear selection",
    merge_two: "Make them one",
    board: "The scale from hate to love",
    board_keys: "Arrow keys move between cards, Alt with left or right changes the strength, Enter opens, Space selects, Delete retracts.",
    tray: "Waiting for you",
    at_odds: "Two statements disagree",
    to_confirm: "To confirm",
    and_more: |n| format!("{} for you", plural(n, "more waits", "more wait")),
    you_said: |when| format!("{when} you said "),
    now_you_say: |when| format!(", {when} "),
    changed_mind: ". Changed your mind?",
    perhaps: |what| format!("Perhaps {what}"),
    by_model: "proposed by the model",
    by_import: "from a file",
    by_paste: "from pasted text",
    by_you: "from your words",
    from_model: "The model infers it from these words",
    from_import: "From an imported file",
    from_pasted: "From pasted text",
    from_you: "From your words",
    replace: |what| format!("Change to “{what}”"),
    replace_this: "Change to this",
    it_depends: "It depends",
    keep_both: "Keep both",
    when: "When?",
    remember: "Remember this",
    reject: "No",
    stops: ["hates", "dislikes", "neutral", "likes", "loves"],
    facets: "Filters",
    kinds: "Kind",
    statuses: "Status",
    ranges: "Scope",
    all: "All",
    used: |n| match n {
        0 => "unused".to_owned(),
        n => format!("{n}×"),
    },
    pin: "Pin",
    pinned: "pinned",
    until: |date| format!("until {date}"),
    trail: |date| format!("changed on {date}"),
    no_match: "No card matches.",
    clear_filters: "Clear filters",
    empty: "What you say you like or dislike in a conversation becomes a card on this scale from hate to love; you can also write a sentence now.",
    empty_action: "Write the first one",
    card: |topic| format!("Open card: {topic}"),
    close_card: "Close card",
    grow: "Expand or collapse",
    more: "More",
    dial: "Polarity and strength",
    edit_subject: "Change the topic",
    subject: "Topic",
    kind: "Kind",
    condition: "Condition",
    always: "At any time",
    scope: "Scope",
    everywhere: "Everywhere",
    only_chat: |title| format!("Only in “{title}”"),
    only_persona: |name| format!("Only with {name}"),
    this_chat: "One conversation",
    this_persona: "One persona",
    validity: "Until",
    forever: "For good",
    sent: "Sent",
    sent_figure: |tokens, last| match last {
        Some(last) => format!("about {tokens} tokens each time, last on {last}"),
        None => format!("about {tokens} tokens each time, not sent yet"),
    },
    save: "Done",
    story: "Story",
    see_message: "See the message",
    restore_this: "Restore this one",
    restore: "Restore",
    split: "Split",
    split_lede: "One topic a line; everything else stays.",
    split_do: "Split",
    split_needs_two: "It takes two lines with different topics.",
    merge_into: "Merge into…",
    merge_lede: |topic| format!("Which card takes in “{topic}”? The one that you choose stays."),
    retract: "Retract",
    erase: "Erase for good…",
    erase_title: |n| format!("Erase {} for good?", plural(n, "card", "cards")),
    erase_lede: "The cards, their words and their story are gone and cannot be undone. Only a fingerprint that tells nothing stays, so that old messages are not learned again.",
    erase_do: "Erase",
    moved: |topic, stop, strength| format!("{topic}: {stop}, {}", figure(strength)),
    undone: |what| format!("Undone: {what}"),
    redone: |what| format!("Redone: {what}"),
    waiting: |n| match n {
        1 => "1 waits for your answer".to_owned(),
        _ => format!("{n} wait for your answer"),
    },
    kept: "kept",
    take_back_title: "Take it back?",
    did_keep: |topic| format!("Kept “{topic}”"),
    nothing_to_undo: "Nothing to undo",
    nothing_to_redo: "Nothing to redo",
    changed_elsewhere: "This card was changed again since, so the step cannot be taken back.",
    did_edit: |topic| format!("Changed “{topic}”"),
    did_pin: |topic| format!("Pinned “{topic}”"),
    did_unpin: |topic| format!("Unpinned “{topic}”"),
    did_retract: |topic| format!("Retracted “{topic}”"),
    did_restore: |topic| format!("Restored “{topic}”"),
    did_accept: |topic| format!("Remembered “{topic}”"),
    did_reject: |topic| format!("Did not remember “{topic}”"),
    did_merge: |topic| format!("Merged into “{topic}”"),
    did_split: |topic| format!("Split “{topic}”"),
    did_erase: |n| format!("Erased {}", plural(n, "card", "cards")),
    did_many: |n| format!("Changed {}", plural(n, "card", "cards")),
    import_title: |n| format!("The file has {}", plural(n, "preference", "preferences")),
    import_lede: "Look at them one by one. Nothing is written without “Remember this”.",
    import_known: |what| format!("Known already: {what}"),
    import_against: |what| format!("Disagrees with: {what}"),
    import_taken: "Remembered",
    import_nothing: |name| format!("There is no preference to be read in {name}."),
    import_left: |n| {
        format!(
            "{} superseded, retracted or expired are not listed.",
            plural(n, "more,", "more,")
        )
    },
};
