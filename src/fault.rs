//! Everything that can go wrong with a request. The sentence and the action for each kind are in `i18n`.

/// Most seconds for which another try waits by itself.
const LONGEST_WAIT: u32 = 60;

/// What went wrong. Holds no secret: keys are redacted before a fault is made.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Fault {
    /// Which of the closed list of kinds.
    pub kind: Kind,
    /// The HTTP status, where there was one.
    pub status: Option<u16>,
    /// The provider's own message, at most 500 characters, as plain text; empty where it gave none.
    pub message: String,
    /// The host that was asked, or the seconds that were waited, where the sentence needs it.
    pub detail: String,
    /// Seconds to wait before another try, where the provider said so readably.
    pub retry_after: Option<u32>,
}

impl Fault {
    /// Whether an automatic second try before the first token can help. After the silence limit of this side
    /// the person is asked, who has waited long enough; and so where the provider wants a longer pause than that.
    pub fn may_retry(&self) -> bool {
        if self
            .retry_after
            .is_some_and(|seconds| seconds > LONGEST_WAIT)
        {
            return false;
        }
        match self.kind {
            Kind::RateLimited | Kind::Server | Kind::Overloaded => true,
            Kind::Timeout => self.status == Some(408),
            // A page of a proxy before a server that may come back.
            Kind::NotApi => matches!(self.status, Some(429 | 500..)),
            _ => false,
        }
    }
}

/// The closed list of kinds. Each has a stable name, a sentence and an action.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub enum Kind {
    /// The browser says that it is offline.
    Offline,
    /// No answer that the page may read: network, CORS, a redirect or a wrong address; a browser cannot tell which.
    Unreachable,
    /// An `http:` address from an `https:` page, which browsers block.
    MixedContent,
    /// The connection's address is not a usable URL.
    BadAddress,
    /// 400 and 422: the request was not understood.
    BadRequest,
    /// The key is locked by a passphrase that was not given, so nothing was sent.
    KeyLocked,
    /// The key has characters that no request can carry, so nothing was sent.
    BadKey,
    /// 401: the key was refused.
    KeyRefused,
    /// 402, and 429 with `insufficient_quota`: no balance.
    NoBalance,
    /// 403: not allowed (region, organisation, model).
    Forbidden,
    /// 404: no such path or model.
    NotFound,
    /// 408, or no byte within the set time.
    Timeout,
    /// 413, and 400 with a context-length code: too long.
    TooLong,
    /// 429: too many requests.
    RateLimited,
    /// 500 and other 5xx: the server failed.
    Server,
    /// 503 and 529: overloaded.
    Overloaded,
    /// The answer is not an API reply (HTML, an unknown type).
    NotApi,
    /// An error object in a stream that had begun.
    #[default]
    Provider,
}

impl Kind {
    /// Every kind, for tables and tests.
    pub const ALL: [Kind; 18] = [
        Kind::Offline,
        Kind::Unreachable,
        Kind::MixedContent,
        Kind::BadAddress,
        Kind::BadRequest,
        Kind::KeyLocked,
        Kind::BadKey,
        Kind::KeyRefused,
        Kind::NoBalance,
        Kind::Forbidden,
        Kind::NotFound,
        Kind::Timeout,
        Kind::TooLong,
        Kind::RateLimited,
        Kind::Server,
        Kind::Overloaded,
        Kind::NotApi,
        Kind::Provider,
    ];

    /// The stable name, used in storage.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Offline => "offline",
            Kind::Unreachable => "unreachable",
            Kind::MixedContent => "mixed-content",
            Kind::BadAddress => "bad-address",
            Kind::BadRequest => "bad-request",
            Kind::KeyLocked => "key-locked",
            Kind::BadKey => "bad-key",
            Kind::KeyRefused => "key-refused",
            Kind::NoBalance => "no-balance",
            Kind::Forbidden => "forbidden",
            Kind::NotFound => "not-found",
            Kind::Timeout => "timeout",
            Kind::TooLong => "too-long",
            Kind::RateLimited => "rate-limited",
            Kind::Server => "server",
            Kind::Overloaded => "overloaded",
            Kind::NotApi => "not-api",
            Kind::Provider => "provider",
        }
    }

    /// The kind with this stable name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// Whether a look at the connection can tell more, or mend it.
    pub fn of_connection(self) -> bool {
        !matches!(
            self,
            Kind::Offline | Kind::KeyLocked | Kind::TooLong | Kind::Provider
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_the_server_may_mend_is_tried_again() {
        for (kind, status, again) in [
            (Kind::RateLimited, Some(429), true),
            (Kind::Server, Some(500), true),
            (Kind::Overloaded, None, true),
            (Kind::Timeout, Some(408), true),
            (Kind::Timeout, None, false),
            (Kind::NoBalance, Some(429), false),
            (Kind::KeyRefused, Some(401), false),
            (Kind::Unreachable, None, false),
            (Kind::NotApi, Some(502), true),
            (Kind::NotApi, Some(403), false),
            (Kind::NotApi, Some(200), false),
        ] {
            let fault = Fault {
                kind,
                status,
                ..Fault::default()
            };
            assert_eq!(fault.may_retry(), again, "{kind:?} {status:?}");
            for (seconds, waits) in [(LONGEST_WAIT, true), (LONGEST_WAIT + 1, false)] {
                let later = Fault {
                    retry_after: Some(seconds),
                    ..fault.clone()
                };
                assert_eq!(later.may_retry(), again && waits, "{kind:?} {seconds}");
            }
        }
    }
}
