//! Words of connecting: presets, dialects, the steps of the doctor. What it finds is in [`super::doctor`].

use super::Lang;
use crate::doctor::{Outcome, Step};
use crate::provider::Api;
use crate::provider::preset::{Place, System};

/// See the module.
#[allow(missing_docs)]
pub struct Words {
    pub provider: &'static str,
    pub other: &'static str,
    pub place: fn(Place) -> &'static str,
    pub speaks: &'static str,
    pub api: fn(Api) -> &'static str,
    pub needs: &'static str,
    pub sent_headers: fn(&str) -> String,
    pub limit_field: fn(&str) -> String,
    pub continues: &'static str,
    pub continues_not: &'static str,
    pub entry: &'static str,
    pub context: fn(&str) -> String,
    pub doctor: &'static str,
    pub doctor_lede: &'static str,
    pub check: &'static str,
    pub check_again: &'static str,
    pub checking: &'static str,
    pub step: fn(Step) -> &'static str,
    pub outcome: fn(Outcome) -> &'static str,
    pub tried: &'static str,
    pub cannot_know: &'static str,
    pub remedy: &'static str,
    pub come_back: &'static str,
    pub system: fn(System) -> &'static str,
    pub copy: &'static str,
}

impl Words {
    /// The words of a language.
    pub fn of(lang: Lang) -> &'static Self {
        lang.pick(&ZH, &EN)
    }
}

static ZH: Words = Words {
    provider: "服务商",
    other: "其他，自己填写",
    place: |place| match place {
        Place::China => "中国内地",
        Place::International => "国际",
        Place::Local => "本机程序",
        Place::Here => "浏览器",
    },
    speaks: "接口",
    api: |api| match api {
        Api::Chat => "OpenAI 对话补全（兼容）",
        Api::Responses => "OpenAI Responses",
        Api::Messages => "Anthropic Messages",
        Api::Gemini => "Gemini",
        Api::Ollama => "Ollama 原生",
        Api::Browser => "浏览器内置模型",
        Api::Demo => "演示",
    },
    needs: "这个接口的要求",
    sent_headers: |names| format!("只发送这些请求头：{names}"),
    limit_field: |name| format!("回复长度上限写作 {name}"),
    continues: "支持接着写：续写时把已有的开头交还给模型",
    continues_not: "不支持接着写：续写时改为请模型补完",
    entry: "让本页能访问它",
    context: |tokens| format!("上下文 {tokens}"),
    doctor: "连接诊断",
    doctor_lede: "依次检查地址、权限、密钥和模型。最后会请模型说几个词，只花极少的 token。",
    check: "开始诊断",
    check_again: "再诊断一次",
    checking: "正在诊断…",
    step: |step| match step {
        Step::Address => "地址可用",
        Step::Allowed => "本页可以访问",
        Step::Answers => "服务器有回应",
        Step::Readable => "回答读得到",
        Step::Key => "密钥有效",
        Step::Model => "模型能回复",
    },
    outcome: |outcome| match outcome {
        Outcome::Passed => "通过",
        Outcome::Stopped => "停在这里",
        Outcome::Unreached => "还没走到",
    },
    tried: "试了什么",
    cannot_know: "浏览器无从知道的",
    remedy: "在运行服务器的电脑上，允许本页，然后重启它：",
    come_back: "改好后回到这里。",
    system: |system| match system {
        System::Linux => "Linux，systemd",
        System::Mac => "macOS",
        System::Windows => "Windows",
        System::Command => "命令行",
    },
    copy: "复制",
};

static EN: Words = Words {
    provider: "Provider",
    other: "Another, entered by hand",
    place: |place| match place {
        Place::China => "Mainland China",
        Place::International => "International",
        Place::Local => "On this machine",
        Place::Here => "The browser",
    },
    speaks: "Speaks",
    api: |api| match api {
        Api::Chat => "OpenAI chat completions (compatible)",
        Api::Responses => "OpenAI Responses",
        Api::Messages => "Anthropic Messages",
        Api::Gemini => "Gemini",
        Api::Ollama => "Ollama native",
        Api::Browser => "The browser’s own model",
        Api::Demo => "Demo",
    },
    needs: "What this one needs",
    sent_headers: |names| format!("Only these headers are sent: {names}"),
    limit_field: |name| format!("The limit of a reply is called {name}"),
    continues: "Takes the beginning of a reply, so the rest can be written straight on",
    continues_not: "Does not take the beginning of a reply; the rest is asked for instead",
    entry: "Let this page in",
    context: |tokens| format!("context {tokens}"),
    doctor: "Connection doctor",
    doctor_lede: "Checks the address, the permission, the key and the model in turn. At the end the model is asked for a few words, which costs next to nothing.",
    check: "Check",
    check_again: "Check again",
    checking: "Checking…",
    step: |step| match step {
        Step::Address => "Address usable",
        Step::Allowed => "Page may call it",
        Step::Answers => "Server answers",
        Step::Readable => "Answer readable",
        Step::Key => "Key accepted",
        Step::Model => "Model replies",
    },
    outcome: |outcome| match outcome {
        Outcome::Passed => "passed",
        Outcome::Stopped => "it stops here",
        Outcome::Unreached => "not reached",
    },
    tried: "What was tried",
    cannot_know: "What a browser cannot know",
    remedy: "On the machine that runs the server, allow this page and restart it:",
    come_back: "Come back when it is done.",
    system: |system| match system {
        System::Linux => "Linux, systemd",
        System::Mac => "macOS",
        System::Windows => "Windows",
        System::Command => "Command line",
    },
    copy: "Copy",
};
