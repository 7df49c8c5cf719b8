//! What no compiler sees: rules that the sources keep.
#![cfg(not(target_arch = "wasm32"))]

use std::fs;
use std::path::{Path, PathBuf};

/// A rule: in files below `folder` with one of these endings, none of `banned` occurs.
struct Rule {
    folder: &'static str,
    endings: &'static [&'static str],
    banned: &'static [&'static str],
    /// The one place where one of them stands all the same; that place says why.
    but: (&'static str, &'static str),
    why: &'static str,
}

const NOWHERE: (&str, &str) = ("", "");

const RULES: [Rule; 4] = [
    Rule {
        folder: "src",
        endings: &["rs"],
        banned: &[
            "inner_html",
            "innerHTML",
            "set_outer_html",
            "insert_adjacent_html",
            "insertAdjacentHTML",
            "document.write",
            "DomParser",
            "create_contextual_fragment",
            "js_sys::eval",
        ],
        // Letters and digits between `&` and `;`, read back as text.
        but: ("src/web/prose/entity.rs", "DomParser"),
        why: "no HTML string, ever: build nodes",
    },
    Rule {
        folder: "src/web",
        endings: &["rs"],
        banned: &[" style=\"", " style={", "attr:style", "\"style\""],
        but: NOWHERE,
        why: "the content security policy refuses style attributes; `style:name=` is allowed",
    },
    Rule {
        folder: "public",
        endings: &["js", "html", "webmanifest"],
        banned: &[
            "http://",
            "https://",
            "eval(",
            "innerHTML",
            "document.write",
            "new Function",
        ],
        but: NOWHERE,
        why: "nothing is loaded from another host, and no code is made from text",
    },
    Rule {
        folder: "style",
        endings: &["css"],
        banned: &["http:", "https:", "//cdn", "@import"],
        but: NOWHERE,
        why: "nothing is loaded from another host, and Trunk resolves no @import",
    },
];

#[test]
fn rules() {
    for rule in RULES {
        for file in files(&root().join(rule.folder)) {
            let ending = file
                .extension()
                .and_then(|ending| ending.to_str())
                .unwrap_or_default();
            if !rule.endings.contains(&ending) {
                continue;
            }
            let text = read(&file);
            for (number, line) in text
                .lines()
                .enumerate()
                .filter(|(_, line)| !is_comment(line))
            {
                for banned in rule.banned {
                    if *banned == rule.but.1 && file.ends_with(rule.but.0) {
                        continue;
                    }
                    // The namespace is a name, never fetched.
                    let line = line.replace("http://www.w3.org/", "");
                    assert!(
                        !line.contains(banned),
                        "{}:{}: `{banned}`: {}",
                        file.display(),
                        number + 1,
                        rule.why
                    );
                }
            }
        }
    }
}

#[test]
fn the_page_loads_its_own_files_only() {
    let html = read(&root().join("index.html"));
    for part in html.split(['<', '>']).filter(|tag| !tag.starts_with('!')) {
        for name in ["href", "src", "action", "srcset", "poster"] {
            let Some((_, value)) = part.split_once(&format!(" {name}=\"")) else {
                continue;
            };
            let value = value.split('"').next().unwrap_or_default();
            assert!(
                !value.contains(':') && !value.starts_with('/'),
                "{value} is not below the page"
            );
            if part.starts_with("link data-trunk") {
                assert!(
                    root().join(value).exists(),
                    "{value} is named by index.html and not there"
                );
            }
        }
        for inline in [
            " style=",
            " onclick=",
            " onload=",
            " onerror=",
            "javascript:",
        ] {
            assert!(
                !part.contains(inline),
                "`{inline}` would be refused by the content security policy"
            );
        }
        assert!(
            !part.starts_with("script") || part.contains(" src="),
            "an inline script would be refused: {part}"
        );
        assert!(
            !part.starts_with("style"),
            "an inline style sheet would be refused"
        );
    }
}

/// A key must not follow a redirect: browsers drop only `Authorization` on the way to another origin.
#[test]
fn requests_refuse_redirects() {
    let asks = |text: &str| {
        ["Request::", "RequestBuilder", "fetch_with"]
            .iter()
            .any(|call| text.contains(call))
    };
    for file in files(&root().join("src/web")) {
        let text = read(&file);
        if asks(&text) {
            assert!(
                text.contains("RequestRedirect::Error"),
                "{} makes requests and does not refuse redirects",
                file.display()
            );
        }
    }
}

fn is_comment(line: &str) -> bool {
    line.trim_start().starts_with("//")
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn read(file: &Path) -> String {
    fs::read_to_string(file).unwrap_or_else(|error| panic!("{}: {error}", file.display()))
}

/// The text files below a folder. That the folder is there is part of the test.
fn files(folder: &Path) -> Vec<PathBuf> {
    let entries =
        fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let paths = entries.map(|entry| entry.expect("an entry").path());
    let mut found: Vec<PathBuf> = paths
        .flat_map(|path| {
            if path.is_dir() {
                files(&path)
            } else {
                vec![path]
            }
        })
        .collect();
    found.retain(|path| path.extension().is_none_or(|ending| ending != "png"));
    found
}
