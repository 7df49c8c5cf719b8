//! A sentence and an action for everything that can go wrong with a request.

use super::Lang;
use crate::fault::{Fault, Kind};

/// What went wrong and what to do, in one or two sentences. Never claims more than a browser can know.
pub fn sentence(lang: Lang, fault: &Fault) -> String {
    let what = match lang {
        Lang::Zh => zh(fault),
        Lang::En => en(fault),
    };
    match (fault.retry_after, lang) {
        (Some(s), Lang::Zh) => format!("{what}服务商说 {s} 秒后再试。"),
        (Some(s), Lang::En) => format!("{what} The provider says: try again in {s} s."),
        (None, _) => what,
    }
}

/// [`sentence`] in two parts: what went wrong, and what more there is to say about it.
pub fn parts(lang: Lang, fault: &Fault) -> (String, String) {
    let mut what = sentence(lang, fault);
    let end = ["。", ". "]
        .iter()
        .filter_map(|end| Some(what.find(end)? + end.len()))
        .min();
    let help = what.split_off(end.unwrap_or(what.len()));
    what.truncate(what.trim_end().len());
    (what, help)
}

fn zh(fault: &Fault) -> String {
    let host = &fault.detail;
    match fault.kind {
        Kind::Offline => "浏览器现在离线。联网后重试，你的消息已保存。".into(),
        Kind::Unreachable => format!(
            "没能从 {host} 读到回复。可能是网络不通、地址写错、跳转，或者服务器不允许网页访问（CORS），浏览器分不清是哪一种。请检查地址，或在服务器上允许本页的来源。"
        ),
        Kind::MixedContent => format!(
            "本页是 https，浏览器不允许它访问 http://{host}。请给服务器加上 https，或在本机用 http 打开取景框。"
        ),
        Kind::BadAddress => {
            "连接的地址不是可用的网址。请在设置里改正，例如 https://api.example.com/v1。".into()
        }
        Kind::BadRequest => {
            "服务商看不懂这个请求。请看下面的原话，常见原因是模型名或参数不对。".into()
        }
        Kind::KeyLocked => "密钥还锁着，所以什么都没有发出。再试一次并输入口令就行。".into(),
        Kind::BadKey => "密钥里有无法发送的字符，所以什么都没有发出。请在设置里重新粘贴。".into(),
        Kind::KeyRefused => format!("{host} 不认这个密钥。请在设置里核对或换一个。"),
        Kind::NoBalance => "账户余额或额度用完了。充值或换一个连接后重试。".into(),
        Kind::Forbidden => "服务商不允许。可能是地区、账户权限，或这个模型没有开通；请到服务商那里核对，或换一个模型。".into(),
        Kind::NotFound => "没有这个模型，或地址的路径不对。请核对模型名和地址。".into(),
        Kind::Timeout => match host.parse::<u32>() {
            Ok(seconds) => {
                format!("等了 {seconds} 秒没有回答，已断开。可以重试，或在设置里放宽等待时间。")
            }
            Err(_) => "服务器等待超时。可以重试。".into(),
        },
        Kind::TooLong => "内容太长，模型放不下。请删短，或开一个新对话。".into(),
        Kind::RateLimited => "请求太频繁，请稍后再试。".into(),
        Kind::Server => "服务器出错了。这不是你的问题，可以重试。".into(),
        Kind::Overloaded => "服务器太忙。请稍后重试。".into(),
        Kind::NotApi => format!(
            "{host} 的回答不是 API 回复（是网页或别的东西）。地址可能少了 /v1，或被登录页拦住了。"
        ),
        Kind::Provider => "服务商在回复途中报错。已经收到的都留着，可以重试。".into(),
    }
}

fn en(fault: &Fault) -> String {
    let host = &fault.detail;
    match fault.kind {
        Kind::Offline => "The browser is offline. Your message is saved; try again when you are connected.".into(),
        Kind::Unreachable => format!("No answer from {host} could be read. It may be the network, a wrong address, a redirect, or a server that does not let web pages in (CORS); a browser cannot tell these apart. Check the address, or allow this page’s origin on the server."),
        Kind::MixedContent => format!("This page is https, and browsers do not let it call http://{host}. Give the server https, or open Viewfinder over http on this machine."),
        Kind::BadAddress => "The connection’s address is not a usable URL. Correct it in Settings, for example https://api.example.com/v1.".into(),
        Kind::BadRequest => "The provider did not understand the request. Its words are below; often the model’s name or a parameter is wrong.".into(),
        Kind::KeyLocked => "The key is still locked, so nothing was sent. Try again and enter the passphrase.".into(),
        Kind::BadKey => "The key has characters that cannot be sent, so nothing was. Paste it again in Settings.".into(),
        Kind::KeyRefused => format!("{host} refuses the key. Check it in Settings, or use another."),
        Kind::NoBalance => "The account has no balance or quota left. Top it up, or use another connection.".into(),
        Kind::Forbidden => "The provider does not allow this. Perhaps it is the region, the account, or this model; check with the provider, or use another model.".into(),
        Kind::NotFound => "There is no such model, or the address has the wrong path. Check both.".into(),
        Kind::Timeout => match host.parse::<u32>() {
            Ok(seconds) => format!("No answer for {seconds} s, so the request was ended. Try again, or allow more time in Settings."),
            Err(_) => "The server timed out. Try again.".into(),
        },
        Kind::TooLong => "Too long for this model. Shorten it, or begin a new conversation.".into(),
        Kind::RateLimited => "Too many requests. Try again later.".into(),
        Kind::Server => "The server failed. It is not your doing; try again.".into(),
        Kind::Overloaded => "The server is overloaded. Try again in a while.".into(),
        Kind::NotApi => format!("What {host} sent is not an API reply (a web page, or something else). The address may lack /v1, or a login page is in the way."),
        Kind::Provider => "The provider reported an error on the way. What arrived is kept; try again.".into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_has_a_sentence_in_both_languages() {
        for kind in Kind::ALL {
            let fault = Fault {
                kind,
                detail: "host.example".into(),
                ..Fault::default()
            };
            let zh = sentence(Lang::Zh, &fault);
            let en = sentence(Lang::En, &fault);
            assert!(
                zh.ends_with('。') && zh.chars().any(|c| ('一'..='龥').contains(&c)),
                "{zh}"
            );
            assert!(
                en.ends_with('.') && en.is_ascii() || en.contains('’'),
                "{en}"
            );
        }
    }

    #[test]
    fn both_parts_are_whole_sentences() {
        let first = |text: &str| text.chars().next().unwrap_or(' ');
        for kind in Kind::ALL {
            let fault = Fault {
                kind,
                detail: "host.example".into(),
                ..Fault::default()
            };
            let (what, help) = parts(Lang::Zh, &fault);
            assert!(what.ends_with('。') && !what.contains('：'), "{what}");
            assert!(help.is_empty() || help.ends_with('。'), "{help}");
            let (what, help) = parts(Lang::En, &fault);
            assert!(what.ends_with('.') && !what.contains(": "), "{what}");
            let begun = first(&help).is_uppercase() || help.starts_with("host.example");
            assert!(help.is_empty() || begun && help.ends_with('.'), "{help}");
            assert_eq!(
                format!("{what} {help}").trim_end(),
                sentence(Lang::En, &fault)
            );
        }
    }

    #[test]
    fn a_known_wait_is_told() {
        let fault = Fault {
            kind: Kind::RateLimited,
            retry_after: Some(20),
            ..Fault::default()
        };
        assert!(sentence(Lang::En, &fault).contains("20 s"));
        assert!(sentence(Lang::Zh, &fault).contains("20 秒"));
    }
}
