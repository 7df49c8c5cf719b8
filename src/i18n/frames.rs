//! Words of the input frame: on the composer, in the gallery, in the editor. Apart from [`Lang::strings`], so that the
//! first load does not carry them.

use super::Lang;
use crate::guide::frames::Group;
use crate::record::frame::{Reason, Refusal};

/// See the module.
#[allow(missing_docs)]
pub struct Words {
    pub auto: &'static str,
    pub change: fn(&str) -> String,
    pub by_text: &'static str,
    pub mine: &'static str,
    pub group: fn(Group) -> &'static str,
    pub all: &'static str,
    pub hide: &'static str,
    pub hidden: &'static str,
    pub slots: &'static str,
    pub mark: fn(&str, &str) -> String,
    pub covered: &'static str,
    pub from_memory: &'static str,
    pub stub: &'static str,
    pub missing: &'static str,
    pub in_focus: &'static str,
    pub count: fn(usize) -> String,
    pub times: fn(u32) -> String,
    pub list_mark: &'static str,
    pub import: &'static str,
    pub export: &'static str,
    pub export_all: &'static str,
    pub new: &'static str,
    pub new_name: &'static str,
    pub new_slot: &'static str,
    pub copy: &'static str,
    pub copy_of: fn(&str) -> String,
    pub delete: &'static str,
    pub deleted: fn(&str) -> String,
    pub imported: fn(usize) -> String,
    pub not_read: &'static str,
    pub close: &'static str,
    pub write_with: &'static str,
    pub pin_to: fn(&str) -> String,
    pub pinned_to: fn(&str) -> String,
    pub built_in: &'static str,
    pub trial: &'static str,
    pub trial_label: &'static str,
    pub name_zh: &'static str,
    pub name_en: &'static str,
    pub kind: &'static str,
    pub any_kind: &'static str,
    pub slot: &'static str,
    pub slot_hint: &'static str,
    pub need: &'static str,
    pub required: &'static str,
    pub helpful: &'static str,
    pub edit_slot: fn(&str) -> String,
    pub slot_name_zh: &'static str,
    pub slot_name_en: &'static str,
    pub hint_zh: &'static str,
    pub hint_en: &'static str,
    pub cues: &'static str,
    pub cues_hint: &'static str,
    pub stub_zh: &'static str,
    pub stub_en: &'static str,
    pub memory_counts: &'static str,
    pub up: &'static str,
    pub down: &'static str,
    pub moved: fn(&str, usize) -> String,
    pub earlier: &'static str,
    pub later: &'static str,
    pub place: fn(usize, usize) -> String,
    pub add_slot: &'static str,
    pub delete_slot: &'static str,
    pub deleted_slot: fn(&str) -> String,
    pub when: &'static str,
    pub when_none: &'static str,
    pub when_hint: &'static str,
    pub not_kept: fn(&str) -> String,
    pub effect: &'static str,
    pub effect_none: &'static str,
    pub coverage: &'static str,
    pub coverage_of: fn(&str) -> String,
    pub corrections: &'static str,
    pub with: &'static str,
    pub without: &'static str,
    pub too_few: &'static str,
    pub share: fn(u32, u32) -> String,
    pub week: &'static str,
    pub figures: &'static str,
    pub all_frames: &'static str,
    pub counted_here: &'static str,
    pub on_composer: &'static str,
    pub show_it: &'static str,
    pub sub: fn(usize, Option<&str>) -> String,
}

impl Lang {
    /// The words of the frames.
    pub fn frames(self) -> &'static Words {
        self.pick(&ZH, &EN)
    }
}

const ZH: Words = Words {
    auto: "取景框",
    change: |name| format!("取景框：{name}，换一个"),
    by_text: "按内容自动选",
    mine: "我的",
    group: |group| match group {
        Group::Everyday => "日常",
        Group::Readers => "写给人看的",
        Group::Craft => "代码与翻译",
        Group::Rehearsal => "上课、面试与扮演",
    },
    all: "全部取景框",
    hide: "隐藏取景框",
    hidden: "取景框已隐藏，按 F8 再显示",
    slots: "要点",
    mark: |name, state| format!("{name}，{state}"),
    covered: "已写到",
    from_memory: "来自记忆",
    stub: "待填写",
    missing: "还没写到",
    in_focus: "已对焦",
    count: |n| format!("{n} 个"),
    times: |n| format!("{n} 次"),
    list_mark: "、",
    import: "导入",
    export: "导出",
    export_all: "导出我的",
    new: "新取景框",
    new_name: "新取景框",
    new_slot: "新要点",
    copy: "复制一份",
    copy_of: |name| format!("{name}（副本）"),
    delete: "删除",
    deleted: |name| format!("已删除取景框「{name}」"),
    imported: |n| format!("已导入 {n} 个取景框"),
    not_read: "读不了这个文件。",
    close: "关上",
    write_with: "用它写",
    pin_to: |title| format!("钉在「{title}」"),
    pinned_to: |title| format!("已钉在「{title}」"),
    built_in: "这是自带的取景框。想改就复制一份。",
    trial: "试一下",
    trial_label: "试写",
    name_zh: "名字，中文",
    name_en: "名字，English",
    kind: "用于",
    any_kind: "任何请求",
    slot: "要点",
    slot_hint: "没写到时提示",
    need: "分量",
    required: "必要",
    helpful: "可选",
    edit_slot: |name| format!("编辑要点「{name}」"),
    slot_name_zh: "要点，中文",
    slot_name_en: "要点，English",
    hint_zh: "提示，中文",
    hint_en: "提示，English",
    cues: "写到这些字就算数",
    cues_hint: "用逗号隔开。@ 开头的是识别器，比如 @tone 认语气，@number 认数字。",
    stub_zh: "插入的半句，中文",
    stub_en: "插入的半句，English",
    memory_counts: "记忆里有答案就算已写到",
    up: "上移",
    down: "下移",
    moved: |name, place| format!("「{name}」移到第 {place} 位"),
    earlier: "前移",
    later: "后移",
    place: |nth, all| format!("我的取景框里排第 {nth}，共 {all} 个"),
    add_slot: "加一个要点",
    delete_slot: "删除要点",
    deleted_slot: |name| format!("已删除要点「{name}」"),
    when: "什么时候用它",
    when_none: "只在你选它的时候。",
    when_hint: "写到这些字就换成它，用逗号隔开。留空则只在你选它的时候用。",
    not_kept: |why| format!("还没有保存：{why}"),
    effect: "效果",
    effect_none: "发出几条消息以后，这里会显示取景框有没有用。",
    coverage: "发送时写到的要点",
    coverage_of: |name| format!("发送时写到的要点：{name}"),
    corrections: "下一条是更正",
    with: "有取景框",
    without: "没有取景框",
    too_few: "还没有",
    share: |some, all| format!("{all} 条里 {some} 条"),
    week: "周",
    figures: "看数字",
    all_frames: "全部取景框",
    counted_here: "只在这台设备上计数，不发给任何人。",
    on_composer: "输入框",
    show_it: "在输入框上显示取景框",
    sub: |n, focus| match focus {
        Some(share) => format!("{n} 个 · 发送时写到了 {share} 的要点"),
        None => format!("{n} 个"),
    },
};

const EN: Words = Words {
    auto: "Frame",
    change: |name| format!("Frame: {name}. Choose another"),
    by_text: "Chosen by what you write",
    mine: "Mine",
    group: |group| match group {
        Group::Everyday => "Every day",
        Group::Readers => "For readers",
        Group::Craft => "Code and translation",
        Group::Rehearsal => "Lessons, interviews, scenes",
    },
    all: "All frames",
    hide: "Hide the frame",
    hidden: "The frame is hidden. F8 shows it again",
    slots: "Slots",
    mark: |name, state| format!("{name}, {state}"),
    covered: "covered",
    from_memory: "from memory",
    stub: "to be filled in",
    missing: "missing",
    in_focus: "In focus",
    count: |n| n.to_string(),
    times: |n| match n {
        1 => "once".to_owned(),
        n => format!("{n} times"),
    },
    list_mark: ", ",
    import: "Import",
    export: "Export",
    export_all: "Export mine",
    new: "New frame",
    new_name: "New frame",
    new_slot: "New slot",
    copy: "Duplicate",
    copy_of: |name| format!("{name} (copy)"),
    delete: "Delete",
    deleted: |name| format!("Deleted the frame “{name}”"),
    imported: |n| match n {
        1 => "Imported one frame".to_owned(),
        n => format!("Imported {n} frames"),
    },
    not_read: "The file cannot be read.",
    close: "Close",
    write_with: "Write with it",
    pin_to: |title| format!("Pin to “{title}”"),
    pinned_to: |title| format!("Pinned to “{title}”"),
    built_in: "This frame is built in. Duplicate it to make it yours.",
    trial: "Try it",
    trial_label: "A text to try",
    name_zh: "Name, 中文",
    name_en: "Name, English",
    kind: "For",
    any_kind: "Any request",
    slot: "Slot",
    slot_hint: "Hint while it is missing",
    need: "Weight",
    required: "Needed",
    helpful: "Optional",
    edit_slot: |name| format!("Edit the slot “{name}”"),
    slot_name_zh: "Slot, 中文",
    slot_name_en: "Slot, English",
    hint_zh: "Hint, 中文",
    hint_en: "Hint, English",
    cues: "Covered when one of these is written",
    cues_hint: "Separated by commas. What begins with @ looks for a shape: @tone for a tone, @number for a number.",
    stub_zh: "Words put in, 中文",
    stub_en: "Words put in, English",
    memory_counts: "An answer in memory counts as written",
    up: "Move up",
    down: "Move down",
    moved: |name, place| format!("“{name}” is number {place} now"),
    earlier: "Earlier",
    later: "Later",
    place: |nth, all| format!("Number {nth} of your {all} frames"),
    add_slot: "Add a slot",
    delete_slot: "Delete the slot",
    deleted_slot: |name| format!("Deleted the slot “{name}”"),
    when: "When it is used",
    when_none: "Only when you choose it.",
    when_hint: "One of these words brings it up; separated by commas. Left empty, it is used only when you choose it.",
    not_kept: |why| format!("Not saved yet: {why}"),
    effect: "Effect",
    effect_none: "After a few messages this shows whether the frame is of use.",
    coverage: "Slots covered when sent",
    coverage_of: |name| format!("Slots covered when sent: {name}"),
    corrections: "Next message is a correction",
    with: "With the frame",
    without: "Without",
    too_few: "none yet",
    share: |some, all| format!("{some} of {all}"),
    week: "Week",
    figures: "Figures",
    all_frames: "All frames",
    counted_here: "Counted on this device only, and told to nobody.",
    on_composer: "Composer",
    show_it: "Show the frame on the composer",
    sub: |n, focus| match focus {
        Some(share) => format!("{n} frames · {share} of the slots covered when sent"),
        None => format!("{n} frames"),
    },
};

/// Why a file of frames is refused, as a sentence with its place.
pub fn refusal(lang: Lang, refusal: Refusal) -> String {
    let why = reason(lang, refusal.reason);
    let whole = matches!(
        refusal.reason,
        Reason::TooLarge
            | Reason::NotJson
            | Reason::NotFrames
            | Reason::Newer
            | Reason::TooManyFrames
    );
    let frame = refusal.frame + 1;
    match (lang, whole, refusal.slot.map(|slot| slot + 1)) {
        (Lang::Zh, true, _) => format!("没有导入：{why}。"),
        (Lang::Zh, false, None) => format!("没有导入：第 {frame} 个取景框，{why}。"),
        (Lang::Zh, false, Some(slot)) => {
            format!("没有导入：第 {frame} 个取景框的第 {slot} 个要点，{why}。")
        }
        (Lang::En, true, _) => format!("Nothing was imported: {why}."),
        (Lang::En, false, None) => format!("Nothing was imported: in frame {frame}, {why}."),
        (Lang::En, false, Some(slot)) => {
            format!("Nothing was imported: in frame {frame}, slot {slot}, {why}.")
        }
    }
}

/// What is wrong with a frame, as a part of a sentence.
pub fn reason(lang: Lang, reason: Reason) -> &'static str {
    let (zh, en) = match reason {
        Reason::TooLarge => ("文件超过 256 KB", "the file is larger than 256 KB"),
        Reason::NotJson => ("文件不是 JSON", "the file is no JSON"),
        Reason::NotFrames => ("文件里没有取景框", "the file holds no frames of Viewfinder"),
        Reason::Newer => (
            "文件由更新的版本写成，请先更新取景框",
            "a newer version of Viewfinder wrote the file",
        ),
        Reason::TooManyFrames => ("超过 100 个取景框", "there are more than 100 frames"),
        Reason::WrongType => ("有一项的类型不对", "a field has the wrong type"),
        Reason::BadId => (
            "标识只能是 40 个以内的小写字母、数字和连字符",
            "an id may only be up to 40 small letters, digits and hyphens",
        ),
        Reason::SameId => ("标识和另一个重复", "an id is there twice"),
        Reason::NoName => ("两种语言都没有名字", "a name is missing in both languages"),
        Reason::UnknownKind => ("请求的种类认不出来", "the kind of request is not known"),
        Reason::NoSlots => ("一个要点也没有", "there is no slot"),
        Reason::TooManySlots => ("超过 12 个要点", "there are more than 12 slots"),
        Reason::TooManyCues => (
            "触发的字太多，一栏最多 60 个，一共最多 240 个",
            "there are too many cues: 60 in a list and 240 in all at most",
        ),
        Reason::TooLong => (
            "有一段文字太长，或者不该换行",
            "a text is too long, or has a line break where none may be",
        ),
        Reason::Hidden => (
            "文字里有看不见的控制字符",
            "a text has hidden control characters",
        ),
        Reason::UnknownDetector => (
            "@ 开头的识别器认不出来",
            "a cue that begins with @ is not known",
        ),
    };
    match lang {
        Lang::Zh => zh,
        Lang::En => en,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refusal_says_where() {
        let at = |reason, slot| Refusal {
            reason,
            frame: 1,
            slot,
        };
        assert_eq!(
            refusal(Lang::Zh, at(Reason::Hidden, Some(2))),
            "没有导入：第 2 个取景框的第 3 个要点，文字里有看不见的控制字符。"
        );
        assert_eq!(
            refusal(Lang::En, at(Reason::NotJson, None)),
            "Nothing was imported: the file is no JSON."
        );
    }
}
