//! The object of a predicate: the topic in the user's words.

use super::super::super::lists::list;
use super::super::{back, front};
use super::mood::Mood;
use std::sync::LazyLock;

/// What follows a predicate.
pub enum Object<'t> {
    /// Something.
    Topic(&'t str),
    /// Nothing, or only a verb: the topic stands before, as in 香菜我挺爱吃的.
    None,
}

/// The object in what follows a predicate.
pub fn object<'t>(right: &'t str, mood: &mut Mood) -> Object<'t> {
    let right = front(right, &["上了", "上", "了", "着", "过", "于"]).unwrap_or(right);
    let right = "胜过|多过|而不是|超过|，|因为|所以"
        .split('|')
        .fold(right, |text, end| text.split(end).next().unwrap_or(text));
    let topic = clean(right, mood);
    if topic.is_empty() || ends_bare(topic) || bare_verb(topic) {
        Object::None
    } else {
        Object::Topic(topic)
    }
}

/// Whether nothing but particles follows a verb.
pub fn ends_bare(text: &str) -> bool {
    text.chars()
        .all(|c| "了的啊呀呢吧嘛啦喔哦过着一口也都 ".contains(c))
}

fn bare_verb(topic: &str) -> bool {
    let short = super::tables::VERBS
        .iter()
        .filter(|verb| verb.len() == '吃'.len_utf8());
    let verb = short.filter_map(|verb| topic.strip_prefix(verb)).next();
    verb.is_some_and(ends_bare) || topic == "它"
}

/// A topic without particles at its end and measure words at its front. Marks "all" in the mood.
pub fn clean<'t>(text: &'t str, mood: &mut Mood) -> &'t str {
    let mut text = text.trim();
    loop {
        let ended = back(text, &ENDS).map(str::trim_end);
        let Some(rest) = ended.filter(|rest| !rest.is_empty() || ENDS.contains(&text)) else {
            break;
        };
        text = rest;
    }
    loop {
        if let Some(rest) = front(text, &ALL) {
            mood.all = true;
            text = rest;
        } else if let Some(rest) = front(text, &FRONTS).filter(|rest| !rest.is_empty()) {
            text = rest;
        } else {
            break;
        }
    }
    if let Some(rest) =
        back(text, &["全都", "全部", "全", "都", "也", "我"]).filter(|rest| !rest.is_empty())
    {
        text = rest;
    }
    text.trim()
}

/// The topics of a list: 茶和咖啡, 芹菜、胡萝卜和苦瓜.
pub fn parts(topic: &str) -> Vec<&str> {
    if topic.contains(['《', '的']) {
        return vec![topic];
    }
    let mut parts: Vec<&str> = topic
        .split(['、', '和', '跟', '与', '及'])
        .map(str::trim)
        .collect();
    for part in &mut parts {
        *part = part
            .trim_start_matches("以")
            .trim_end_matches("以")
            .trim_end_matches("还有")
            .trim_end_matches(['等']);
    }
    let whole = parts
        .iter()
        .any(|part| part.is_empty() || part.chars().count() > 8);
    if whole || parts.len() < 2 {
        vec![topic]
    } else {
        parts
    }
}

static ENDS: LazyLock<Vec<&str>> = LazyLock::new(|| {
    list(
        "了|的|啊|呀|呢|吧|嘛|啦|哦|喔|哈|～|~|!|！|。|.|这件事|这种事|这事儿|这事|这东西|什么的|之类的|\
         的话|就是|这个人|这人|这一口|而已|罢了|来着|起来|真的|是|这种东西|这种|这个|那种|那个|这玩意儿|\
         这玩意",
    )
});

static FRONTS: LazyLock<Vec<&str>> =
    LazyLock::new(|| list("一种|那种|这种|那些|这些|那个|这个|去|别人|你们|太|很|特别|比较|凡"));

static ALL: LazyLock<Vec<&str>> = LazyLock::new(|| {
    list(
        "所有的|所有|任何|一切|只要是|凡是|各种各样的|各种|各类|全部的|全部|不管什么|什么样的|无论什么|\
         每一种|只要|整个",
    )
});
