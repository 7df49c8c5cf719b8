//! Hash routes. A route can show something; it can never send, configure or import anything.

use crate::chat::Seq;
use crate::id::ChatId;
use crate::memory::PrefId;

/// What the page shows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Route {
    /// A new conversation.
    #[default]
    New,
    /// A conversation, perhaps at one of its messages.
    Chat(ChatId, Option<Seq>),
    /// The memory board, perhaps with one of its cards open.
    Memory(Option<PrefId>),
    /// The log of replies that ended too early.
    Unfinished,
    /// The input frames, perhaps one of them by id.
    Frames(Option<String>),
    /// Settings, at one of its pages.
    Settings(Page),
}

/// What the id of a connection begins with where its page is to begin with a check of it.
pub const CHECK: &str = "check-";

/// A page of the settings.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Page {
    /// The connections, perhaps one of them by id, after [`CHECK`] where it is to be checked; `new` for one that is
    /// being made.
    Connections(Option<String>),
    /// Language, theme, text size, keys.
    #[default]
    Appearance,
    /// Usage, budgets, prices.
    Usage,
    /// Storage, backup, restore, erase.
    Data,
    /// What this is, version, licences.
    About,
}

impl Route {
    /// The route of a location's hash; an unknown one shows a new conversation.
    pub fn parse(hash: &str) -> Self {
        let path = hash.trim_start_matches('#').trim_start_matches('/');
        let mut parts = path.split('/').filter(|part| !part.is_empty());
        match (parts.next(), parts.next(), parts.next()) {
            (Some("c"), Some(id), seq) if is_id(id) => {
                Route::Chat(ChatId(id.to_owned()), seq.and_then(|seq| seq.parse().ok()))
            }
            (Some("memory"), id, _) => {
                Route::Memory(id.filter(|id| is_id(id)).map(|id| PrefId(id.to_owned())))
            }
            (Some("unfinished"), ..) => Route::Unfinished,
            (Some("frames"), id, _) => Route::Frames(id.filter(|id| is_id(id)).map(str::to_owned)),
            (Some("settings"), page, item) => Route::Settings(match page {
                Some("connections") => {
                    Page::Connections(item.filter(|id| is_id(id)).map(str::to_owned))
                }
                Some("usage") => Page::Usage,
                Some("data") => Page::Data,
                Some("about") => Page::About,
                _ => Page::Appearance,
            }),
            _ => Route::New,
        }
    }

    /// The hash of this route, with its `#`.
    pub fn hash(&self) -> String {
        match self {
            Route::New => "#/".to_owned(),
            Route::Chat(id, None) => format!("#/c/{id}"),
            Route::Chat(id, Some(seq)) => format!("#/c/{id}/{seq}"),
            Route::Memory(None) => "#/memory".to_owned(),
            Route::Memory(Some(id)) => format!("#/memory/{id}"),
            Route::Unfinished => "#/unfinished".to_owned(),
            Route::Frames(None) => "#/frames".to_owned(),
            Route::Frames(Some(id)) => format!("#/frames/{id}"),
            Route::Settings(page) => match page {
                Page::Connections(None) => "#/settings/connections".to_owned(),
                Page::Connections(Some(id)) => format!("#/settings/connections/{id}"),
                Page::Appearance => "#/settings".to_owned(),
                Page::Usage => "#/settings/usage".to_owned(),
                Page::Data => "#/settings/data".to_owned(),
                Page::About => "#/settings/about".to_owned(),
            },
        }
    }
}

fn is_id(part: &str) -> bool {
    part.len() <= 64 && part.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_route_is_read_back() {
        for route in [
            Route::New,
            Route::Chat(ChatId("0190-ab".into()), None),
            Route::Chat(ChatId("0190-ab".into()), Some(12)),
            Route::Memory(None),
            Route::Memory(Some(PrefId("0190-cd".into()))),
            Route::Unfinished,
            Route::Frames(None),
            Route::Frames(Some("ad-copy".into())),
            Route::Settings(Page::Connections(None)),
            Route::Settings(Page::Connections(Some("new".into()))),
            Route::Settings(Page::Appearance),
            Route::Settings(Page::Usage),
            Route::Settings(Page::Data),
            Route::Settings(Page::About),
        ] {
            assert_eq!(Route::parse(&route.hash()), route);
        }
    }

    #[test]
    fn nothing_but_a_route_is_read() {
        for hash in [
            "",
            "#",
            "#/nothing",
            "#/c/",
            "#/c/<img src=x>",
            "#?send=hello",
            "#/c/../../x y",
        ] {
            assert_eq!(Route::parse(hash), Route::New, "{hash}");
        }
    }
}
