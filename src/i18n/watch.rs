//! Words of "You're not finished": the signs, the ways, the labels.

use super::Lang;
use crate::badcase::Label;
use crate::badcase::redact::What;
use crate::watch::Kind;
use crate::watch::resume::Way;

/// Why a reply looks cut, as the part of a sentence that follows "It looks cut:".
pub fn sign(lang: Lang, kind: Kind) -> &'static str {
    let (zh, en) = match kind {
        Kind::End => (
            "服务商没有说它完整",
            "the provider does not say that it is complete",
        ),
        Kind::OpenFence => ("停在代码块里", "it stops inside a code block"),
        Kind::OpenCode => ("停在行内代码里", "it stops inside inline code"),
        Kind::OpenFormula => ("停在公式里", "it stops inside a formula"),
        Kind::OpenBracket => ("括号没有合上", "a bracket is not closed"),
        Kind::OpenQuote => ("引号没有合上", "a quotation is not closed"),
        Kind::OpenEmphasis => ("加粗或斜体没有合上", "bold or italic is not closed"),
        Kind::RowBegun => ("表格的一行没有写完", "a row of the table is not finished"),
        Kind::ItemBegun => ("列表项刚开了头", "a list item has only begun"),
        Kind::HeadingOnly => ("标题下面没有内容", "nothing stands under the last heading"),
        Kind::TooFew => ("说好的条数没有写够", "fewer items than announced"),
        Kind::TooShort => ("比要求的短得多", "much shorter than asked for"),
        Kind::Colon => ("停在冒号上", "it ends with a colon"),
        Kind::Comma => ("停在逗号上", "it ends with a comma"),
        Kind::Connective => ("最后一个词后面还该有话", "the last word asks for more"),
        Kind::NoStop => ("最后一句没有句号", "the last sentence has no full stop"),
        Kind::Space => ("停在一个空格上", "it ends with a space"),
    };
    lang.pick(zh, en)
}

/// How a reply was mended.
pub fn way(lang: Lang, way: Way) -> &'static str {
    let (zh, en) = match way {
        Way::Prefill => ("接着原文续写", "continued by prefill"),
        Way::Ask => ("请它写完剩下的", "asked for the rest"),
        Way::Again => ("重新回答", "run again"),
    };
    lang.pick(zh, en)
}

/// What the user says of a case.
pub fn label(lang: Lang, label: Label) -> &'static str {
    let (zh, en) = match label {
        Label::Open => ("未标注", "not labelled"),
        Label::Cut => ("没说完", "cut"),
        Label::Complete => ("说完了（误报）", "complete (false alarm)"),
    };
    lang.pick(zh, en)
}

/// What was taken out.
pub fn taken(lang: Lang, what: What) -> &'static str {
    let (zh, en) = match what {
        What::UrlSecret => ("网址里的密钥", "secret in a URL"),
        What::Key => ("密钥或密码", "key or password"),
        What::Email => ("邮箱", "mail address"),
        What::Phone => ("电话", "phone number"),
        What::Identity => ("身份证号", "identity number"),
        What::Card => ("银行卡号", "card number"),
        What::Chosen => ("你选的词", "your selection"),
    };
    lang.pick(zh, en)
}
