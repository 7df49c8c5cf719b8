//! `cargo xtask serve`.

use crate::run::{command, root, succeeds};
use crate::setup;
use std::net::TcpListener;

pub const HELP: &str = "\
cargo xtask serve [--port N] [--release]

Sets up what is missing (the first time on a machine this may take 15 minutes; each step is told), builds
the app and serves it on 127.0.0.1. Builds again and reloads the page when a file changes.

  --port N    the port; 8080, or the next free one, where none is named
  --release   as it ships: slower to build, small, with the content security policy";

pub fn main(arguments: &[String]) -> Result<(), String> {
    let options = read(arguments)?;
    let port = choose(options.port)?;
    let tools = setup::for_building()?;
    let mut trunk = command("trunk");
    tools.apply(&mut trunk);
    trunk
        .args(["serve", "--address", "127.0.0.1", "--port"])
        .arg(port.to_string());
    // dist/ stays what `build` made of it.
    trunk.arg("--dist").arg(root().join("target/serve"));
    if options.release {
        trunk.arg("--release");
    }
    println!(
        "Viewfinder: http://127.0.0.1:{port}/ (the first build takes one to three minutes; Ctrl+C ends)"
    );
    if succeeds(&mut trunk)? {
        Ok(())
    } else {
        Err("Serving ended with an error; it is shown above.".to_owned())
    }
}

#[derive(Debug, PartialEq)]
struct Options {
    port: Option<u16>,
    release: bool,
}

fn read(arguments: &[String]) -> Result<Options, String> {
    let mut options = Options {
        port: None,
        release: false,
    };
    let mut words = arguments.iter().map(String::as_str);
    while let Some(word) = words.next() {
        match word {
            "--release" => options.release = true,
            "--port" | "-p" => {
                let port = words.next().and_then(|port| port.parse().ok());
                options.port = Some(port.ok_or("--port needs a number from 1 to 65535.")?);
            }
            _ => {
                return Err(format!(
                    "`serve` does not know `{word}`; see `cargo xtask serve --help`."
                ));
            }
        }
    }
    Ok(options)
}

fn choose(asked: Option<u16>) -> Result<u16, String> {
    let free = |port: &u16| TcpListener::bind(("127.0.0.1", *port)).is_ok();
    let first = asked.unwrap_or(8080);
    if free(&first) {
        return Ok(first);
    }
    let other = (first.saturating_add(1)..=first.saturating_add(50)).find(free);
    match (asked, other) {
        (None, Some(other)) => {
            println!("Port {first} is taken; {other} is used instead.");
            Ok(other)
        }
        (_, Some(other)) => Err(format!("Port {first} is taken; `--port {other}` is free.")),
        (_, None) => Err(format!(
            "Port {first} and the 50 after it are taken; name another with --port."
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::{Options, choose, read};

    #[test]
    fn arguments() {
        let read = |line: &str| {
            let words: Vec<String> = line.split_whitespace().map(str::to_owned).collect();
            read(&words).ok()
        };
        for (line, expected) in [
            (
                "",
                Some(Options {
                    port: None,
                    release: false,
                }),
            ),
            (
                "--release --port 9000",
                Some(Options {
                    port: Some(9000),
                    release: true,
                }),
            ),
            ("--port", None),
            ("--port x", None),
            ("--fast", None),
        ] {
            assert_eq!(read(line), expected, "{line:?}");
        }
    }

    #[test]
    fn a_taken_port_is_refused_with_a_free_one() {
        let held = std::net::TcpListener::bind(("127.0.0.1", 0)).expect("a port");
        let port = held.local_addr().expect("its address").port();
        let said = choose(Some(port)).expect_err("taken");
        assert!(said.contains(&port.to_string()), "{said}");
    }
}
