//! The providers that a connection can be made for with one choice. Data only: nothing here says whether a provider
//! lets web pages in, since that changes without notice; the doctor finds out.

use super::{Api, address};
use crate::i18n::Lang;

/// A provider, or a program that serves models.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Preset {
    /// The stable name: in the page's attributes and in tests.
    pub id: &'static str,
    /// What it is called in Chinese.
    pub zh: &'static str,
    /// What it is called in English.
    pub en: &'static str,
    /// Where it is.
    pub place: Place,
    /// What it speaks.
    pub api: Api,
    /// Its address.
    pub base: &'static str,
    /// Whether it wants a key.
    pub key: Key,
    /// Which of its own settings lets a web page in.
    pub entry: Entry,
}

/// Where a provider is. Those with two sites have two presets: keys of one are refused by the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// A site for the whole world.
    International,
    /// A site for mainland China.
    China,
    /// A program on one's own machine.
    Local,
    /// The browser itself.
    Here,
}

/// Whether there is a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Key {
    /// No request is answered without one.
    Needed,
    /// The server may have been started with one.
    Perhaps,
    /// There is none.
    None,
}

/// How a server is told to let this page in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Entry {
    /// The provider decides.
    Provider,
    /// The variable `OLLAMA_ORIGINS`.
    Ollama,
    /// The switch of LM Studio's server.
    LmStudio,
    /// llama.cpp's own server.
    LlamaCpp,
    /// vLLM.
    Vllm,
}

impl Preset {
    /// What it is called.
    pub fn name(&self, lang: Lang) -> &'static str {
        match lang {
            Lang::Zh => self.zh,
            Lang::En => self.en,
        }
    }
}

const fn preset(
    id: &'static str,
    names: [&'static str; 2],
    place: Place,
    api: Api,
    base: &'static str,
) -> Preset {
    let (key, entry) = match place {
        Place::Local => (Key::Perhaps, Entry::Provider),
        Place::Here => (Key::None, Entry::Provider),
        _ => (Key::Needed, Entry::Provider),
    };
    Preset {
        id,
        zh: names[0],
        en: names[1],
        place,
        api,
        base,
        key,
        entry,
    }
}

const fn local(mut preset: Preset, key: Key, entry: Entry) -> Preset {
    preset.key = key;
    preset.entry = entry;
    preset
}

use Api::{Browser, Chat, Gemini, Messages, Ollama, Responses};
use Place::{China, Here, International, Local};

/// Every preset, in the order in which they are offered within their place.
#[rustfmt::skip]
pub const ALL: &[Preset] = &[
    preset("deepseek", ["DeepSeek 深度求索", "DeepSeek"], China, Chat, "https://api.deepseek.com"),
    preset("qwen", ["阿里云百炼 通义千问", "Qwen (DashScope, China)"], China, Chat, "https://dashscope.aliyuncs.com/compatible-mode/v1"),
    preset("zhipu", ["智谱 GLM", "Zhipu GLM (China)"], China, Chat, "https://open.bigmodel.cn/api/paas/v4"),
    preset("kimi", ["月之暗面 Kimi", "Kimi (Moonshot, China)"], China, Chat, "https://api.moonshot.cn/v1"),
    preset("minimax", ["MiniMax", "MiniMax (China)"], China, Chat, "https://api.minimaxi.com/v1"),
    preset("siliconflow", ["硅基流动", "SiliconFlow (China)"], China, Chat, "https://api.siliconflow.cn/v1"),
    preset("doubao", ["火山方舟 豆包", "Doubao (Volcengine Ark)"], China, Chat, "https://ark.cn-beijing.volces.com/api/v3"),
    preset("modelscope", ["魔搭 ModelScope", "ModelScope"], China, Chat, "https://api-inference.modelscope.cn/v1"),
    preset("openai", ["OpenAI", "OpenAI"], International, Chat, "https://api.openai.com/v1"),
    preset("openai-responses", ["OpenAI（Responses）", "OpenAI (Responses)"], International, Responses, "https://api.openai.com/v1"),
    preset("anthropic", ["Anthropic Claude", "Anthropic Claude"], International, Messages, "https://api.anthropic.com/v1"),
    preset("gemini", ["Google Gemini", "Google Gemini"], International, Gemini, "https://generativelanguage.googleapis.com/v1beta"),
    preset("gemini-openai", ["Google Gemini（OpenAI 兼容）", "Google Gemini (OpenAI-compatible)"], International, Chat, "https://generativelanguage.googleapis.com/v1beta/openai"),
    preset("openrouter", ["OpenRouter", "OpenRouter"], International, Chat, "https://openrouter.ai/api/v1"),
    preset("groq", ["Groq", "Groq"], International, Chat, "https://api.groq.com/openai/v1"),
    preset("mistral", ["Mistral", "Mistral"], International, Chat, "https://api.mistral.ai/v1"),
    preset("xai", ["xAI Grok", "xAI Grok"], International, Chat, "https://api.x.ai/v1"),
    preset("qwen-intl", ["通义千问（国际站）", "Qwen (DashScope)"], International, Chat, "https://dashscope-intl.aliyuncs.com/compatible-mode/v1"),
    preset("zai", ["Z.ai（智谱国际站）", "Z.ai GLM"], International, Chat, "https://api.z.ai/api/paas/v4"),
    preset("kimi-intl", ["Kimi（国际站）", "Kimi (Moonshot)"], International, Chat, "https://api.moonshot.ai/v1"),
    preset("minimax-intl", ["MiniMax（国际站）", "MiniMax"], International, Chat, "https://api.minimax.io/v1"),
    preset("siliconflow-intl", ["硅基流动（国际站）", "SiliconFlow"], International, Chat, "https://api.siliconflow.com/v1"),
    local(preset("ollama", ["Ollama", "Ollama"], Local, Ollama, "http://localhost:11434"), Key::None, Entry::Ollama),
    local(preset("lm-studio", ["LM Studio", "LM Studio"], Local, Chat, "http://localhost:1234/v1"), Key::None, Entry::LmStudio),
    local(preset("llama-cpp", ["llama.cpp", "llama.cpp"], Local, Chat, "http://localhost:8080/v1"), Key::Perhaps, Entry::LlamaCpp),
    local(preset("vllm", ["vLLM", "vLLM"], Local, Chat, "http://localhost:8000/v1"), Key::Perhaps, Entry::Vllm),
    preset("browser", ["浏览器内置模型", "The browser’s own model"], Here, Browser, ""),
];

/// The preset with this stable name.
pub fn by_id(id: &str) -> Option<&'static Preset> {
    ALL.iter().find(|preset| preset.id == id)
}

/// The preset behind an address: of the same host and, for a program on one's own machine, the same port or dialect,
/// wherever that machine is.
pub fn of(base: &str, api: Api) -> Option<&'static Preset> {
    if api == Api::Browser {
        return ALL.iter().find(|preset| preset.api == api);
    }
    let host = address::host(base);
    let port = |host: &str| host.rsplit_once(':').map(|(_, port)| port.to_owned());
    let same = |preset: &&Preset| match preset.place {
        Place::Here => false,
        Place::Local => {
            let own = port(&address::host(preset.base));
            (api == Api::Ollama && preset.api == api) || (own.is_some() && own == port(&host))
        }
        _ => address::host(preset.base) == host,
    };
    let mut found = ALL.iter().filter(same);
    let first = found.clone().next();
    found.find(|preset| preset.api == api).or(first)
}

/// A system on which a server is set up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum System {
    /// A service of systemd.
    Linux,
    /// The app of macOS.
    Mac,
    /// The app of Windows.
    Windows,
    /// A command line anywhere.
    Command,
}

/// The lines with which a server of this kind lets the page at `origin` in; none where its provider decides.
pub fn setup(entry: Entry, origin: &str) -> Vec<(System, String)> {
    match entry {
        Entry::Provider => Vec::new(),
        Entry::Ollama => vec![
            (
                System::Linux,
                format!(
                    "sudo systemctl edit ollama\n\n[Service]\nEnvironment=\"OLLAMA_ORIGINS={origin}\"\n\nsudo systemctl restart ollama"
                ),
            ),
            (
                System::Mac,
                format!("launchctl setenv OLLAMA_ORIGINS \"{origin}\""),
            ),
            (System::Windows, format!("setx OLLAMA_ORIGINS \"{origin}\"")),
            (
                System::Command,
                format!("OLLAMA_ORIGINS={origin} ollama serve"),
            ),
        ],
        Entry::LmStudio => vec![(System::Command, "lms server start --cors".to_owned())],
        Entry::LlamaCpp => vec![(
            System::Command,
            format!("llama-server --cors-origins {origin} -m MODEL.gguf"),
        )],
        Entry::Vllm => vec![(
            System::Command,
            format!("vllm serve MODEL --allowed-origins '[\"{origin}\"]'"),
        )],
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::provider::endpoint;

    #[test]
    fn every_preset_is_usable_and_found_again() {
        for preset in ALL.iter().filter(|preset| preset.api.is_remote()) {
            let url = endpoint(preset.base, preset.api).expect(preset.id);
            let least = match preset.place {
                Place::Local => address::is_loopback(&url),
                _ => url.starts_with("https://"),
            };
            assert!(least, "{}", preset.id);
            assert_eq!(of(preset.base, preset.api), Some(preset), "{}", preset.id);
            assert_eq!(by_id(preset.id), Some(preset));
        }
        assert_eq!(
            of("", Api::Browser).map(|preset| preset.id),
            Some("browser")
        );
    }

    #[test]
    fn an_address_is_told_by_its_host() {
        for (base, api, id) in [
            ("http://192.168.1.20:11434", Api::Ollama, Some("ollama")),
            ("http://192.168.1.20:11434/v1", Api::Chat, Some("ollama")),
            ("http://desk/ollama", Api::Ollama, Some("ollama")),
            ("https://api.deepseek.com/beta", Api::Chat, Some("deepseek")),
            ("https://api.openai.com.evil.example/v1", Api::Chat, None),
            ("https://evil.example/api.openai.com", Api::Chat, None),
        ] {
            assert_eq!(of(base, api).map(|preset| preset.id), id, "{base}");
        }
    }

    #[test]
    fn the_origin_stands_in_the_lines() {
        for preset in ALL.iter().filter(|preset| preset.place == Place::Local) {
            let lines = setup(preset.entry, "http://page.example");
            assert!(!lines.is_empty(), "{}", preset.id);
            let told = lines
                .iter()
                .all(|(_, line)| line.contains("http://page.example"));
            assert!(told || preset.entry == Entry::LmStudio, "{}", preset.id);
        }
    }
}
