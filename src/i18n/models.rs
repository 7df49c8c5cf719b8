//! Words of the model picker.

use super::Lang;

/// See the module.
#[allow(missing_docs)]
pub struct Words {
    pub search: &'static str,
    pub none: &'static str,
    pub typed: fn(&str) -> String,
    pub favourites: &'static str,
    pub free: &'static str,
    pub figures: &'static str,
    pub context: fn(&str) -> String,
    pub price: fn(&str, &str) -> String,
    pub add: &'static str,
    pub remove: &'static str,
    pub added: fn(&str) -> String,
    pub removed: fn(&str) -> String,
    pub refresh: &'static str,
    pub listed: &'static str,
    pub unlisted: fn(&str, &str) -> String,
    pub check: &'static str,
}

impl Words {
    /// The words of a language.
    pub fn of(lang: Lang) -> &'static Self {
        lang.pick(&ZH, &EN)
    }
}

static ZH: Words = Words {
    search: "搜索模型",
    none: "没有匹配的模型",
    typed: |name| format!("使用「{name}」"),
    favourites: "收藏",
    free: "免费",
    figures: "上下文长度；每百万 token 的价格，输入 / 输出",
    context: |tokens| format!("上下文 {tokens}"),
    price: |input, output| format!("每百万 token 输入 {input}，输出 {output}"),
    add: "收藏（Shift+Enter）",
    remove: "取消收藏（Shift+Enter）",
    added: |name| format!("已收藏 {name}"),
    removed: |name| format!("已取消收藏 {name}"),
    refresh: "重新读取模型列表",
    listed: "模型列表已更新",
    unlisted: |name, why| format!("{name}：读不到模型列表。{why}可以直接输入模型名。"),
    check: "诊断连接",
};

static EN: Words = Words {
    search: "Search models",
    none: "No model matches",
    typed: |name| format!("Use “{name}”"),
    favourites: "Favourites",
    free: "free",
    figures: "Context; price per million tokens, in / out",
    context: |tokens| format!("context {tokens}"),
    price: |input, output| format!("per million tokens {input} in, {output} out"),
    add: "Add to favourites (Shift+Enter)",
    remove: "Remove from favourites (Shift+Enter)",
    added: |name| format!("{name} is a favourite now"),
    removed: |name| format!("{name} is no favourite any more"),
    refresh: "Read the list of models again",
    listed: "The list of models is up to date",
    unlisted: |name, why| {
        let why = [" ", why].concat();
        format!(
            "{name}: its list of models could not be read.{} You can type the name.",
            why.trim_end()
        )
    },
    check: "Check the connection",
};
