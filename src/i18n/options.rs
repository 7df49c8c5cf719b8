//! Words of what a conversation sets for itself.

use super::Lang;

/// See the module.
#[allow(missing_docs)]
pub struct Words {
    pub system: &'static str,
    pub system_hint: &'static str,
    pub temperature: &'static str,
    pub temperature_hint: &'static str,
    pub max_output: &'static str,
    pub max_output_hint: &'static str,
    pub out_of_range: fn(&str) -> String,
    pub forgetful: &'static str,
    pub summarise: &'static str,
}

impl Words {
    /// The words of a language.
    pub fn of(lang: Lang) -> &'static Self {
        lang.pick(&ZH, &EN)
    }
}

static ZH: Words = Words {
    system: "系统提示",
    system_hint: "对这个对话里的模型说的话",
    temperature: "温度",
    temperature_hint: "0 到 2，留空由服务商决定",
    max_output: "最长输出",
    max_output_hint: "tokens，留空由服务商决定",
    out_of_range: |n| format!("超出范围，已改为 {n}"),
    forgetful: "这个对话不读也不写记忆",
    summarise: "较早的消息放不下时，用摘要代替",
};

static EN: Words = Words {
    system: "System prompt",
    system_hint: "What the model of this conversation is told first",
    temperature: "Temperature",
    temperature_hint: "0 to 2; empty leaves it to the provider",
    max_output: "Longest output",
    max_output_hint: "tokens; empty leaves it to the provider",
    out_of_range: |n| format!("That was out of range; it is {n} now."),
    forgetful: "This conversation neither reads nor writes memory",
    summarise: "Summarise older messages that no longer fit",
};
