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
    /// A reply that came to its end without a word.
    Wordless,
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
    /// The question was accepted, and the reply has not one word.
    Wordless,
    /// No answer in time.
    Silent,
    /// The page may read the list of models; what came of the question it is not told.
    QuestionLost,
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

/// Seconds that each try may take.
pub const PATIENCE: u32 = 20;

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
                Saw::Bad(fault) => match fault.kind {
                    Kind::NotFound | Kind::Forbidden | Kind::BadRequest | Kind::Server => true,
                    Kind::NotApi => fault.status == Some(404),
                    _ => false,
                },
                _ => false,
            };
            match saw(Try::Reply) {
                None => go_on.then_some(Try::Reply),
                Some(reply) => {
                    let ask = listed == &Saw::Good && leaves_the_key_open(connection, reply);
                    (ask && saw(Try::Bare).is_none()).then_some(Try::Bare)
                }
            }
        }
    }
}

/// Whether a reply that failed tells nothing of the key. A list may be shown to everybody.
fn leaves_the_key_open(connection: &Connection, reply: &Saw) -> bool {
    let told = match reply {
        Saw::Good => true,
        Saw::Bad(fault) => fault.kind == Kind::KeyRefused || meets_an_account(fault.kind),
        _ => false,
    };
    !told && !connection.key.is_empty()
}

/// Whether only who has an account can meet this fault.
fn meets_an_account(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::NoBalance | Kind::RateLimited | Kind::TooLong | Kind::Forbidden
    )
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
                unseen(connection, saw(Try::List), saw(Try::Bare), saw(Try::Blind))
            }
            (Some(saw), _) | (None, Some(saw)) => seen(saw),
            (None, None) => Finding::NoAnswer,
        },
    };
    let stopped = stop(&finding, tried);
    let tells = tells_of_the_key(&finding, saw(Try::List), saw(Try::Bare));
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

/// Whether what was seen tells that the key was accepted: a list came that not everybody gets, or a fault that only
/// an account meets.
fn tells_of_the_key(finding: &Finding, listed: Option<&Saw>, bare: Option<&Saw>) -> bool {
    let account = matches!(finding, Finding::Fault(fault) if meets_an_account(fault.kind));
    account || (listed == Some(&Saw::Good) && bare != Some(&Saw::Good))
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
fn seen(saw: &Saw) -> Finding {
    match saw {
        Saw::Good => Finding::Works,
        Saw::Wordless => Finding::Wordless,
        Saw::Bad(fault) => Finding::Fault(fault.clone()),
        Saw::Redirect => Finding::Redirected,
        Saw::Opaque => Finding::Hidden,
        Saw::Nothing => Finding::NoAnswer,
        Saw::Silence => Finding::Silent,
    }
}

/// What follows where a request failed without a word.
fn unseen(
    connection: &Connection,
    listed: Option<&Saw>,
    bare: Option<&Saw>,
    blind: Option<&Saw>,
) -> Finding {
    let asks_first = !connection.key.is_empty() || connection.api == Api::Messages;
    match (bare, blind) {
        // The list was readable, with the same key: what is different about the question is not told.
        _ if matches!(listed, Some(Saw::Good | Saw::Bad(_))) => Finding::QuestionLost,
        (Some(Saw::Redirect), _) => Finding::Redirected,
        (Some(Saw::Good | Saw::Bad(_)), _) if asks_first => Finding::HeaderRefused,
        // Readable a moment later: what failed was not the permission.
        (Some(Saw::Good | Saw::Bad(_)), _) => Finding::NoAnswer,
        (_, Some(Saw::Opaque | Saw::Good)) => Finding::Hidden,
        _ => Finding::NoAnswer,
    }
}

/// The step at which it stops.
fn stop(finding: &Finding, tried: &[Tried]) -> Option<Step> {
    let asked = tried.iter().any(|one| one.what == Try::Reply);
    Some(match finding {
        Finding::Works => return None,
        Finding::Silent if asked => Step::Model,
        Finding::NoAnswer | Finding::Silent => Step::Answers,
        Finding::Wordless | Finding::QuestionLost => Step::Model,
        Finding::Hidden | Finding::HeaderRefused | Finding::Redirected => Step::Readable,
        Finding::Fault(fault) => match fault.kind {
            Kind::BadAddress => Step::Address,
            Kind::MixedContent => Step::Allowed,
            Kind::Offline | Kind::Unreachable => Step::Answers,
            Kind::NotApi => Step::Readable,
            Kind::BadKey | Kind::KeyRefused => Step::Key,
            _ => Step::Model,
        },
    })
}

#[cfg(test)]
mod tests;
