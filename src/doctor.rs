//! The connection doctor: what to try next, and what follows from what was seen. No IO here.
//!
//! A browser hides why a request failed. What it lets a page see is a status, that a request was redirected, that
//! something answered which the page may not read, or nothing; the doctor claims no more than follows from that.

use crate::fault::{Fault, Kind};
use crate::provider::{Api, Connection, address};

/// A thing to try, in the order in which they are tried.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Try {
    /// Ask for the list of models, as the app does.
    List,
    /// The same address without key or any header: browsers send it without asking first.
    Bare,
    /// The same without reading the answer: it tells whether anything answers.
    Blind,
    /// Ask for a few words.
    Reply,
}

/// What came of it.
#[derive(Clone, Debug, PartialEq)]
pub enum Saw {
    /// An answer that could be read and makes sense.
    Good,
    /// An answer that could be read and is an error, or is no reply of an API.
    Bad(Fault),
    /// The server sends the browser elsewhere.
    Redirect,
    /// An answer that the page may not read.
    Opaque,
    /// The request failed; the browser does not say why.
    Nothing,
    /// No answer in time.
    Silence,
}

/// One try and what came of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Tried {
    /// What was tried.
    pub what: Try,
    /// What was seen.
    pub saw: Saw,
    /// Milliseconds that it took.
    pub ms: u32,
}

/// What is looked at, in this order; each needs the one before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// The address is a usable URL.
    Address,
    /// The browser lets this page call it at all.
    Allowed,
    /// Something answers.
    Answers,
    /// The page may read the answer.
    Readable,
    /// The key is accepted.
    Key,
    /// The model is there and replies.
    Model,
}

impl Step {
    /// Every step, in order.
    pub const ALL: [Step; 6] = [
        Step::Address,
        Step::Allowed,
        Step::Answers,
        Step::Readable,
        Step::Key,
        Step::Model,
    ];
}

/// How a step went.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It holds.
    Passed,
    /// It does not.
    Stopped,
    /// It was not come to.
    Unreached,
}

/// What is the matter.
#[derive(Clone, Debug, PartialEq)]
pub enum Finding {
    /// Nothing: a reply came.
    Works,
    /// A fault that names itself.
    Fault(Fault),
    /// Something answers, and the page may read nothing of it.
    Hidden,
    /// The page may read answers, but may not send the key along.
    HeaderRefused,
    /// The server sends the browser elsewhere, and a key follows nowhere.
    Redirected,
    /// Nothing answers at all.
    NoAnswer,
}

/// A diagnosis.
#[derive(Clone, Debug, PartialEq)]
pub struct Report {
    /// The steps and how each went.
    pub steps: [(Step, Outcome); 6],
    /// What is the matter.
    pub finding: Finding,
    /// What was tried.
    pub tried: Vec<Tried>,
}

/// What the page knows before anything is tried.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Around {
    /// Whether the page itself was loaded over https.
    pub https: bool,
    /// Whether the browser believes that there is a network.
    pub online: bool,
}

/// What to try next; `None` where the diagnosis stands.
pub fn next(connection: &Connection, around: Around, tried: &[Tried]) -> Option<Try> {
    if before(connection, around).is_some() {
        return None;
    }
    let saw = |what| {
        tried
            .iter()
            .find(|one| one.what == what)
            .map(|one| &one.saw)
    };
    match (saw(Try::List), saw(Try::Bare), saw(Try::Blind)) {
        (None, ..) => Some(Try::List),
        (Some(Saw::Nothing), None, _) => Some(Try::Bare),
        (Some(Saw::Nothing), Some(Saw::Nothing), None) => Some(Try::Blind),
        (Some(listed), ..) => {
            let go_on = match listed {
                Saw::Good => true,
                // Some servers have no list, or show it to nobody, and reply all the same.
                Saw::Bad(fault) => matches!(
                    fault.kind,
                    Kind::NotFound | Kind::Forbidden | Kind::BadRequest | Kind::Server
                ),
                _ => false,
            };
            (go_on && saw(Try::Reply).is_none()).then_some(Try::Reply)
        }
    }
}

/// What follows from everything that was seen.
pub fn report(connection: &Connection, around: Around, tried: &[Tried]) -> Report {
    let saw = |what| {
        tried
            .iter()
            .find(|one| one.what == what)
            .map(|one| &one.saw)
    };
    let finding = match before(connection, around) {
        Some(fault) => Finding::Fault(fault),
        None => match (saw(Try::Reply), saw(Try::List)) {
            (Some(Saw::Nothing), _) | (None, Some(Saw::Nothing)) => {
                unseen(connection, saw(Try::Bare), saw(Try::Blind), tried)
            }
            (Some(saw), _) | (None, Some(saw)) => seen(connection, saw),
            (None, None) => Finding::NoAnswer,
        },
    };
    let stopped = stop(&finding);
    let tells = tells_of_the_key(&finding, saw(Try::List));
    let reached = |step: Step| {
        let outcome = match stopped {
            None => Outcome::Passed,
            Some(Step::Model) if step == Step::Key && !tells => Outcome::Unreached,
            Some(at) if (step as usize) < at as usize => Outcome::Passed,
            Some(at) if step == at => Outcome::Stopped,
            Some(_) => Outcome::Unreached,
        };
        (step, outcome)
    };
    Report {
        steps: Step::ALL.map(reached),
        finding,
        tried: tried.to_vec(),
    }
}

/// Whether what was seen tells that the key was accepted: a list came, or a fault that only an account meets.
fn tells_of_the_key(finding: &Finding, listed: Option<&Saw>) -> bool {
    let accounts = |kind| {
        matches!(
            kind,
            Kind::NoBalance | Kind::RateLimited | Kind::TooLong | Kind::Forbidden
        )
    };
    listed == Some(&Saw::Good) || matches!(finding, Finding::Fault(fault) if accounts(fault.kind))
}

/// What can be known without a request.
fn before(connection: &Connection, around: Around) -> Option<Fault> {
    let url = address::endpoint(&connection.base, connection.api);
    let url = match url {
        Ok(url) => url,
        Err(fault) => return Some(fault),
    };
    let kind = match around {
        _ if address::mixed_content(around.https, &url) => Kind::MixedContent,
        _ if !around.online && !address::is_loopback(&url) => Kind::Offline,
        _ => return None,
    };
    Some(Fault {
        kind,
        detail: address::host(&url),
        ..Fault::default()
    })
}

/// What an answer says that the page could read, or that it cannot.
fn seen(connection: &Connection, saw: &Saw) -> Finding {
    match saw {
        Saw::Good => Finding::Works,
        Saw::Bad(fault) => Finding::Fault(fault.clone()),
        Saw::Redirect => Finding::Redirected,
        Saw::Opaque => Finding::Hidden,
        Saw::Nothing => Finding::NoAnswer,
        Saw::Silence => Finding::Fault(Fault {
            kind: Kind::Timeout,
            detail: address::host(&connection.base),
            ..Fault::default()
        }),
    }
}

/// What follows where a request failed without a word.
fn unseen(
    connection: &Connection,
    bare: Option<&Saw>,
    blind: Option<&Saw>,
    tried: &[Tried],
) -> Finding {
    // The list was readable and the reply is not: the server lets pages read, and does not let them ask.
    let listed = tried
        .iter()
        .any(|one| one.what == Try::List && matches!(one.saw, Saw::Good | Saw::Bad(_)));
    let asks_first = !connection.key.is_empty() || connection.api == Api::Messages;
    match (bare, blind) {
        _ if listed => Finding::HeaderRefused,
        (Some(Saw::Redirect), _) => Finding::Redirected,
        (Some(Saw::Good | Saw::Bad(_)), _) if asks_first => Finding::HeaderRefused,
        // Readable a moment later: what failed was not the permission.
        (Some(Saw::Good | Saw::Bad(_)), _) => Finding::NoAnswer,
        (_, Some(Saw::Opaque | Saw::Good)) => Finding::Hidden,
        _ => Finding::NoAnswer,
    }
}

/// The step at which it stops.
fn stop(finding: &Finding) -> Option<Step> {
    Some(match finding {
        Finding::Works => return None,
        Finding::NoAnswer => Step::Answers,
        Finding::Hidden | Finding::HeaderRefused | Finding::Redirected => Step::Readable,
        Finding::Fault(fault) => match fault.kind {
            Kind::BadAddress => Step::Address,
            Kind::MixedContent => Step::Allowed,
            Kind::Offline | Kind::Unreachable | Kind::Timeout => Step::Answers,
            Kind::NotApi => Step::Readable,
            Kind::KeyRefused => Step::Key,
            _ => Step::Model,
        },
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const HERE: Around = Around {
        https: false,
        online: true,
    };

    fn connection(base: &str, key: &str) -> Connection {
        Connection {
            base: base.into(),
            key: key.into(),
            ..Connection::default()
        }
    }

    fn bad(kind: Kind) -> Saw {
        Saw::Bad(Fault {
            kind,
            ..Fault::default()
        })
    }

    /// Plays the answers of a server and says what was tried, what was found and where it stopped.
    fn diagnose(
        connection: &Connection,
        around: Around,
        server: impl Fn(Try) -> Saw,
    ) -> (Vec<Try>, Finding, Option<Step>) {
        let mut tried: Vec<Tried> = Vec::new();
        while let Some(what) = next(connection, around, &tried) {
            assert!(tried.len() < 4, "each thing once");
            let saw = server(what);
            tried.push(Tried { what, saw, ms: 1 });
        }
        let report = report(connection, around, &tried);
        let stopped = report.steps.iter().find(|(_, o)| *o == Outcome::Stopped);
        (
            tried.iter().map(|one| one.what).collect(),
            report.finding,
            stopped.map(|(step, _)| *step),
        )
    }

    #[test]
    fn what_needs_no_request() {
        for (base, around, kind, step) in [
            ("nonsense", HERE, Kind::BadAddress, Step::Address),
            ("https://a@b/v1", HERE, Kind::BadAddress, Step::Address),
            (
                "http://192.168.1.20:11434",
                Around {
                    https: true,
                    ..HERE
                },
                Kind::MixedContent,
                Step::Allowed,
            ),
            (
                "https://a/v1",
                Around {
                    online: false,
                    ..HERE
                },
                Kind::Offline,
                Step::Answers,
            ),
        ] {
            let (tried, finding, stopped) = diagnose(&connection(base, ""), around, |_| Saw::Good);
            assert!(tried.is_empty(), "{base}");
            assert!(
                matches!(finding, Finding::Fault(fault) if fault.kind == kind),
                "{base}"
            );
            assert_eq!(stopped, Some(step), "{base}");
        }
        let local = connection("http://localhost:1", "");
        let offline = Around {
            https: true,
            online: false,
        };
        assert_eq!(diagnose(&local, offline, |_| Saw::Good).1, Finding::Works);
    }

    #[test]
    fn what_a_browser_hides() {
        let with_key = connection("https://a/v1", "k");
        let check = |server: &dyn Fn(Try) -> Saw, finding, last| {
            let (tried, found, _) = diagnose(&with_key, HERE, server);
            assert_eq!((found, tried.last().copied()), (finding, Some(last)));
        };
        let blind = |what| match what {
            Try::Blind => Saw::Opaque,
            _ => Saw::Nothing,
        };
        check(&blind, Finding::Hidden, Try::Blind);
        check(&|_| Saw::Nothing, Finding::NoAnswer, Try::Blind);
        let bare = |what| match what {
            Try::Bare => bad(Kind::KeyRefused),
            _ => Saw::Nothing,
        };
        check(&bare, Finding::HeaderRefused, Try::Bare);
        let away = |what| match what {
            Try::Bare => Saw::Redirect,
            _ => Saw::Nothing,
        };
        check(&away, Finding::Redirected, Try::Bare);
        let reads = |what| match what {
            Try::List => Saw::Good,
            _ => Saw::Nothing,
        };
        check(&reads, Finding::HeaderRefused, Try::Reply);
        // Without a key nothing is asked first: what failed was something else.
        let (_, found, _) = diagnose(&connection("https://a/v1", ""), HERE, bare);
        assert_eq!(found, Finding::NoAnswer);
    }

    #[test]
    fn what_a_server_says_itself() {
        for (kind, step) in [
            (Kind::KeyRefused, Step::Key),
            (Kind::NoBalance, Step::Model),
            (Kind::RateLimited, Step::Model),
            (Kind::NotFound, Step::Model),
            (Kind::NotApi, Step::Readable),
        ] {
            let server = |what| match what {
                Try::List => Saw::Good,
                _ => bad(kind),
            };
            let (tried, finding, stopped) = diagnose(&connection("https://a", "k"), HERE, server);
            assert_eq!(tried, [Try::List, Try::Reply]);
            assert!(matches!(finding, Finding::Fault(fault) if fault.kind == kind));
            assert_eq!(stopped, Some(step), "{kind:?}");
        }
        // What a server without a list says of a request tells nothing of the key; what it says of an account does.
        for (kind, told) in [(Kind::BadRequest, false), (Kind::NoBalance, true)] {
            let answers = [(Try::List, bad(Kind::NotFound)), (Try::Reply, bad(kind))];
            let tried = answers.map(|(what, saw)| Tried { what, saw, ms: 1 });
            let report = report(&connection("https://a", "k"), HERE, &tried);
            let outcome = if told {
                Outcome::Passed
            } else {
                Outcome::Unreached
            };
            assert_eq!(
                report.steps[Step::Key as usize],
                (Step::Key, outcome),
                "{kind:?}"
            );
        }
        // A server without a list replies; a refused key ends it at once.
        let listless = |what| match what {
            Try::List => bad(Kind::NotFound),
            _ => Saw::Good,
        };
        let found = diagnose(&connection("https://a", "k"), HERE, listless);
        assert_eq!(found, (vec![Try::List, Try::Reply], Finding::Works, None));
        let (tried, ..) = diagnose(&connection("https://a", "k"), HERE, |_| {
            bad(Kind::KeyRefused)
        });
        assert_eq!(tried, [Try::List]);
        let (_, finding, _) = diagnose(&connection("https://a", "k"), HERE, |_| Saw::Silence);
        assert!(matches!(finding, Finding::Fault(fault) if fault.kind == Kind::Timeout));
    }
}
