//! Tests: what is tried, what follows from it, and where it stops.

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
    check(&reads, Finding::QuestionLost, Try::Bare);
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
        let open = matches!(kind, Kind::NotFound | Kind::NotApi);
        let all = [Try::List, Try::Reply, Try::Bare];
        assert_eq!(tried, all[..2 + usize::from(open)]);
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
    let found = diagnose(&connection("https://a", "k"), HERE, |_| Saw::Silence);
    assert_eq!(
        found,
        (vec![Try::List], Finding::Silent, Some(Step::Answers))
    );
    let mute = |what| match what {
        Try::List => Saw::Good,
        _ => Saw::Wordless,
    };
    let found = diagnose(&connection("https://a", "k"), HERE, mute);
    assert_eq!((found.1, found.2), (Finding::Wordless, Some(Step::Model)));
    // A model that is silent after a list that came: the server answers, the model does not.
    let slow = |what| match what {
        Try::List => Saw::Good,
        _ => Saw::Silence,
    };
    let found = diagnose(&connection("https://a", "k"), HERE, slow);
    assert_eq!((found.1, found.2), (Finding::Silent, Some(Step::Model)));
}

#[test]
fn a_list_that_everybody_gets_tells_nothing_of_the_key() {
    let with_key = connection("https://a", "k");
    for (key, bare, outcome) in [
        ("k", Saw::Good, Outcome::Unreached),
        ("k", bad(Kind::KeyRefused), Outcome::Passed),
        ("", Saw::Nothing, Outcome::Passed),
    ] {
        let connection = connection(&with_key.base, key);
        let mut tried: Vec<Tried> = Vec::new();
        while let Some(what) = next(&connection, HERE, &tried) {
            let saw = match what {
                Try::List => Saw::Good,
                Try::Bare => bare.clone(),
                _ => Saw::Wordless,
            };
            tried.push(Tried { what, saw, ms: 1 });
        }
        let report = report(&connection, HERE, &tried);
        let found = report.steps[Step::Key as usize];
        assert_eq!(found, (Step::Key, outcome), "{key}: {tried:?}");
    }
}
