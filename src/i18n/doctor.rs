//! What the connection doctor tried and what it found, in words.

use super::{Lang, sentence};
use crate::doctor::{Finding, PATIENCE, Saw, Tried, Try};
use crate::fault::Kind;

/// What one try was and what was seen, in one line.
pub fn tried(lang: Lang, one: &Tried, method: &str, path: &str) -> String {
    let (ms, zh) = (one.ms, lang == Lang::Zh);
    let what = match (one.what, zh) {
        (Try::List | Try::Reply, _) => format!("{method} {path}"),
        (Try::Bare, true) => format!("{method} {path}，不带密钥"),
        (Try::Bare, false) => format!("{method} {path} without the key"),
        (Try::Blind, true) => format!("{method} {path}，不读回答（no-cors）"),
        (Try::Blind, false) => format!("{method} {path} without reading the answer (no-cors)"),
    };
    let saw = match (&one.saw, zh) {
        (Saw::Good, true) => "能读，正常".to_owned(),
        (Saw::Good, false) => "readable, as it should be".to_owned(),
        (Saw::Bad(fault), true) => match fault.status {
            Some(status) => format!("能读，状态码 {status}"),
            None => "能读，内容是报错".to_owned(),
        },
        (Saw::Bad(fault), false) => match fault.status {
            Some(status) => format!("readable, status {status}"),
            None => "readable, an error".to_owned(),
        },
        (Saw::Wordless, true) => "能读，一个字也没有".to_owned(),
        (Saw::Wordless, false) => "readable, without a word".to_owned(),
        (Saw::Redirect, true) => "被跳转到别处".to_owned(),
        (Saw::Redirect, false) => "redirected elsewhere".to_owned(),
        (Saw::Opaque, true) => "有回答，但不给本页看".to_owned(),
        (Saw::Opaque, false) => "answered, but hidden from this page".to_owned(),
        (Saw::Nothing, true) => "失败，浏览器没有说明原因".to_owned(),
        (Saw::Nothing, false) => "failed; the browser does not say why".to_owned(),
        (Saw::Silence, true) => "没有等到回答".to_owned(),
        (Saw::Silence, false) => "no answer in time".to_owned(),
    };
    match zh {
        true => format!("{what}：{saw}，{ms} 毫秒"),
        false => format!("{what}: {saw}, {ms} ms"),
    }
}

/// The diagnosis in one line, and what follows from it with what to do.
pub fn finding(lang: Lang, finding: &Finding, host: &str, origin: &str) -> (String, String) {
    match lang {
        Lang::Zh => zh(finding, host, origin),
        Lang::En => en(finding, host, origin),
    }
}

fn zh(finding: &Finding, host: &str, origin: &str) -> (String, String) {
    let (title, text) = match finding {
        Finding::Works => (
            "一切正常，可以用了。",
            "试探着问了一句，模型回答了。".to_owned(),
        ),
        Finding::Wordless => (
            "都通，但模型一个字也没回。",
            format!(
                "{host} 收下了问题，回答却是空的。可能是模型名选错了（比如选了只做向量的模型），或者模型还在装载。换一个模型再诊断一次。"
            ),
        ),
        Finding::Silent => (
            "等不到回答。",
            format!(
                "等了 {PATIENCE} 秒，{host} 没有说完一句话。可能服务器太忙、正在装载模型，或者这个端口上是别的程序。过一会儿再诊断一次。"
            ),
        ),
        Finding::QuestionLost => (
            "模型列表读得到，提问却失败了。",
            format!(
                "{host} 列出了模型，但提问的请求没有结果，浏览器没有说明原因。可能是预检不允许带内容的请求（POST）、提问的路径会跳转到别处，或者服务器中途断开。请看服务器的日志，并核对地址。"
            ),
        ),
        Finding::Hidden => (
            "服务器在，但不让本页读它的回答。",
            format!(
                "多半是跨源限制（CORS）：{host} 只回答它允许的网页，而本页 {origin} 不在其中。地址能通。请在服务器上允许这个来源；如果服务器不归你管，就换一个允许网页访问的服务商。"
            ),
        ),
        Finding::HeaderRefused => (
            "服务器让本页读，但不让它带着密钥来问。",
            format!(
                "不带密钥的请求 {host} 肯回答，带上密钥（请求头）的就被浏览器拦下：服务器的预检没有允许这些请求头。这要由服务器一方放开；也可能是这个账号不开放网页直连。"
            ),
        ),
        Finding::Redirected => (
            "这个地址会跳转到别处。",
            format!(
                "{host} 把请求转走了，可能是登录页，也可能是地址变了。密钥不会跟着跳转，所以到此为止。请填跳转之后的正式地址。"
            ),
        ),
        Finding::NoAnswer => (
            "没有任何回答。",
            format!(
                "{host} 上没有东西回应：可能地址或端口写错了、服务没有启动、网络不通，浏览器没有准许本页访问本地网络，或者被防火墙、广告拦截插件挡住。先在新标签页里打开这个地址看看。"
            ),
        ),
        Finding::Fault(fault) => {
            let title = match fault.kind {
                Kind::BadAddress => "地址写得不对。",
                Kind::MixedContent => "浏览器不让 https 的页面访问 http 地址。",
                Kind::Offline => "浏览器现在离线。",
                Kind::BadKey => "密钥写得不对。",
                Kind::KeyRefused => "服务器在，但不认这个密钥。",
                Kind::NoBalance => "密钥是对的，但账户没有余额了。",
                Kind::RateLimited => "都通，只是现在请求太频繁。",
                Kind::NotFound => "服务器在，但没有这个模型或路径。",
                Kind::Forbidden => "服务器在，但不允许这次访问。",
                Kind::NotApi => "回答的不是 API。",
                Kind::Timeout => "服务器自己等超时了。",
                Kind::Server | Kind::Overloaded => "都通，是服务器那边出了问题。",
                _ => "服务器在，但报了错。",
            };
            let said = &fault.message;
            let quoted = if said.is_empty() {
                String::new()
            } else {
                format!("原话：{said}")
            };
            (title, [sentence(Lang::Zh, fault), quoted].concat())
        }
    };
    (title.to_owned(), text)
}

fn en(finding: &Finding, host: &str, origin: &str) -> (String, String) {
    let (title, text) = match finding {
        Finding::Works => (
            "All is well.",
            "The model was asked a few words for trial, and answered.".to_owned(),
        ),
        Finding::Wordless => (
            "Everything works, but the model said not one word.",
            format!(
                "{host} accepted the question, and its answer is empty. Perhaps it is the wrong model (one that makes vectors only, say), or the model is still being loaded. Choose another model and check again."
            ),
        ),
        Finding::Silent => (
            "No answer came in time.",
            format!(
                "In {PATIENCE} s {host} has not finished a sentence. The server may be busy, or loading the model, or something else listens on this port. Check again in a while."
            ),
        ),
        Finding::QuestionLost => (
            "The list of models can be read, but the question fails.",
            format!(
                "{host} lists its models; the request with the question came to nothing, and the browser does not say why. The preflight may forbid requests with content (POST), the path of the question may lead elsewhere, or the server broke off. Look into the server’s log, and check the address."
            ),
        ),
        Finding::Hidden => (
            "The server is there, but does not let this page read its answers.",
            format!(
                "This is probably CORS: {host} answers only pages from origins that it allows, and {origin} is not one of them. The address can be reached. Allow this origin on the server; where the server is not yours, use a provider that lets web pages in."
            ),
        ),
        Finding::HeaderRefused => (
            "The server lets this page read, but not send a key along.",
            format!(
                "Without the key {host} answers; with it the browser stops the request, because the server’s answer to the preflight does not allow the headers. Only the server can change that. It may also be that this account is closed to web pages."
            ),
        ),
        Finding::Redirected => (
            "This address leads elsewhere.",
            format!(
                "{host} redirects the request, perhaps to a login page, perhaps because the address has changed. A key follows no redirect, so this is where it ends. Enter the address it leads to."
            ),
        ),
        Finding::NoAnswer => (
            "Nothing answers.",
            format!(
                "Nothing at {host} responds: a wrong address or port, a server that is not running, the network, a browser that was not allowed to let this page into the local network, a firewall, or an ad blocker. Open the address in a new tab first."
            ),
        ),
        Finding::Fault(fault) => {
            let title = match fault.kind {
                Kind::BadAddress => "The address is not right.",
                Kind::MixedContent => "Browsers do not let an https page call an http address.",
                Kind::Offline => "The browser is offline.",
                Kind::BadKey => "The key is not right.",
                Kind::KeyRefused => "The server is there, but refuses the key.",
                Kind::NoBalance => "The key is right, but the account has no balance.",
                Kind::RateLimited => "Everything works; there are only too many requests now.",
                Kind::NotFound => "The server is there, but has no such model or path.",
                Kind::Forbidden => "The server is there, but does not allow this.",
                Kind::NotApi => "What answers is not an API.",
                Kind::Timeout => "The server itself timed out.",
                Kind::Server | Kind::Overloaded => {
                    "Everything works; the server itself has failed."
                }
                _ => "The server is there, but reports an error.",
            };
            let said = &fault.message;
            let quoted = if said.is_empty() {
                String::new()
            } else {
                format!(" Its words: {said}")
            };
            (title, [sentence(Lang::En, fault), quoted].concat())
        }
    };
    (title.to_owned(), text)
}

/// What a browser cannot know about this finding.
pub fn unknown(lang: Lang, finding: &Finding) -> &'static str {
    match (finding, lang) {
        (Finding::Works, Lang::Zh) => "以后会不会一直这样：服务商随时可以改。",
        (Finding::Works, Lang::En) => "Whether it stays so: providers change this at any time.",
        (Finding::Hidden | Finding::HeaderRefused, Lang::Zh) => {
            "回答的是不是你要找的程序，它允许哪些来源，请求有没有先被转到别处（比如登录页）。"
        }
        (Finding::Hidden | Finding::HeaderRefused, Lang::En) => {
            "Whether what answers is the program you mean, which origins it allows, and whether the request was first sent elsewhere (to a login page, say)."
        }
        (Finding::Wordless, Lang::Zh) => "模型为什么不说话。",
        (Finding::Wordless, Lang::En) => "Why the model says nothing.",
        (Finding::Silent, Lang::Zh) => "它还会不会回答：再等下去也许会有。",
        (Finding::Silent, Lang::En) => "Whether it would still answer, given more time.",
        (Finding::QuestionLost, Lang::Zh) => {
            "是哪一个原因：预检被拒、跳转、连接中断，在网页看来都一样。"
        }
        (Finding::QuestionLost, Lang::En) => {
            "Which of these it is: a refused preflight, a redirect and a broken connection look the same to a page."
        }
        (Finding::Redirected, Lang::Zh) => "跳转到了哪里：浏览器不告诉网页。",
        (Finding::Redirected, Lang::En) => "Where it leads: a browser does not tell a page.",
        (Finding::NoAnswer, Lang::Zh) => {
            "是哪一个原因：网络不通、连接被拒绝、证书无效，在网页看来都一样。"
        }
        (Finding::NoAnswer, Lang::En) => {
            "Which of these it is: no network, a refused connection and a bad certificate look the same to a page."
        }
        (Finding::Fault(_), Lang::Zh) => "服务器这样回答的内情；以它的原话为准。",
        (Finding::Fault(_), Lang::En) => "Why the server answers so, beyond its own words.",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fault::Fault;

    #[test]
    fn every_finding_has_words_in_both_languages() {
        let faults = Kind::ALL.map(|kind| {
            Finding::Fault(Fault {
                kind,
                ..Fault::default()
            })
        });
        let others = [
            Finding::Works,
            Finding::Wordless,
            Finding::Silent,
            Finding::QuestionLost,
            Finding::Hidden,
            Finding::HeaderRefused,
            Finding::Redirected,
            Finding::NoAnswer,
        ];
        for found in faults.iter().chain(&others) {
            let (title, text) = finding(Lang::Zh, found, "host", "http://page");
            assert!(
                title.ends_with('。') && text.ends_with('。'),
                "{title}{text}"
            );
            let (title, text) = finding(Lang::En, found, "host", "http://page");
            assert!(
                title.ends_with('.') && text.ends_with('.'),
                "{title} {text}"
            );
            assert_ne!(unknown(Lang::Zh, found), unknown(Lang::En, found));
        }
    }

    #[test]
    fn a_try_is_told_with_its_time() {
        let one = Tried {
            what: Try::Blind,
            saw: Saw::Opaque,
            ms: 38,
        };
        let said = tried(Lang::En, &one, "GET", "/api/tags");
        assert!(
            said.starts_with("GET /api/tags") && said.ends_with("38 ms"),
            "{said}"
        );
        assert!(tried(Lang::Zh, &one, "GET", "/api/tags").contains("38 毫秒"));
    }
}
