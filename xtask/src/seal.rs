//! `cargo xtask seal`: what Trunk leaves to be done to a release build. Trunk runs it as a hook, so plain
//! `trunk build --release` makes the same folder as `cargo xtask build`.
//!
//! wasm-opt; one style sheet instead of seven; names by content for what is loaded later and the loader; the build's
//! hash and the content security policy in the page. A development build is left alone: Trunk's inline
//! reload script would not pass the policy.

use crate::run::{command, succeeds};
use crate::setup;
use crate::{glue, order};
use std::fs;
use std::path::{Path, PathBuf};

pub const HELP: &str = "\
cargo xtask seal

Finishes a release build in Trunk's staging folder. Run by Trunk, never by hand.";

/// The policy of the shipped page; `public/_headers` says the same and adds `frame-ancestors`.
///
/// `connect-src` lists schemes, because the person chooses the server: any https: origin, and http: for a
/// server on this machine or in the local network. `img-src` has https: because an image that the person
/// asked for could not be shown otherwise; none is made without that click. Trusted Types are not
/// enforced: Leptos builds static parts of its views from templates by `innerHTML`.
pub const POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; \
    img-src 'self' data: blob: https:; font-src 'self'; connect-src 'self' https: http:; worker-src 'self'; \
    manifest-src 'self'; base-uri 'none'; form-action 'none'; frame-src 'none'; object-src 'none'";

/// What rustc emits beyond the first WebAssembly. `--all-features` would make a module that browsers refuse.
const FEATURES: [&str; 6] = [
    "--enable-bulk-memory",
    "--enable-nontrapping-float-to-int",
    "--enable-sign-ext",
    "--enable-mutable-globals",
    "--enable-reference-types",
    "--enable-multivalue",
];
/// Size before all. The stack grows down to address 0, so nothing lies in the low memory; the flat form in the
/// middle shows what the first round could not see.
const SHRINK: [&str; 10] = [
    "--low-memory-unused",
    "-Oz",
    "--flatten",
    "--rereloop",
    "-Oz",
    "-Oz",
    "--always-inline-max-function-size=2",
    "--flexible-inline-max-function-size=3",
    "--strip-debug",
    "--strip-producers",
];
/// Functions in the order of [`order`].
const ARRANGE: [&str; 2] = ["--reorder-functions-by-name", "--strip-debug"];

pub fn main(_: &[String]) -> Result<(), String> {
    let variable = |name| std::env::var_os(name).map(PathBuf::from);
    let staging =
        variable("TRUNK_STAGING_DIR").ok_or("`seal` is run by Trunk; run `cargo xtask build`.")?;
    if std::env::var("TRUNK_PROFILE").is_ok_and(|profile| profile == "release") {
        shrink(&staging)?;
        seal(&staging).map_err(|error| format!("{}: {error}.", staging.display()))?;
    }
    Ok(())
}

/// Makes every program and its script as small as they get.
fn shrink(dist: &Path) -> Result<(), String> {
    let wasm_opt = setup::find_wasm_opt();
    if wasm_opt.is_none() {
        eprintln!("Notice: no wasm-opt found; the program stays about a quarter larger.");
    }
    let unreadable = |error: std::io::Error| error.to_string();
    for file in files(dist).map_err(unreadable)? {
        if file.extension().is_none_or(|extension| extension != "wasm") {
            continue;
        }
        rewrite(&file, glue::prune).map_err(unreadable)?;
        if let Some(wasm_opt) = &wasm_opt {
            optimise(wasm_opt, &file, &SHRINK)?;
            let named = order::name_by_place(&fs::read(&file).map_err(unreadable)?);
            if let Some(named) = named {
                fs::write(&file, named).map_err(unreadable)?;
                optimise(wasm_opt, &file, &ARRANGE)?;
            }
        }
        rewrite(&file, glue::shorten).map_err(unreadable)?;
    }
    Ok(())
}

fn optimise(wasm_opt: &Path, program: &Path, passes: &[&str]) -> Result<(), String> {
    let mut line = command(wasm_opt);
    line.args(FEATURES).args(passes);
    match succeeds(line.arg(program).arg("-o").arg(program))? {
        true => Ok(()),
        false => Err(
            "wasm-opt refused the program; update it (npm's package binaryen) and build again."
                .into(),
        ),
    }
}

/// Rewrites a program and the script beside it, where both look as expected.
fn rewrite(program: &Path, how: fn(&str, &[u8]) -> Option<glue::Both>) -> std::io::Result<()> {
    let name = program.file_name().unwrap_or_default().to_string_lossy();
    let script = program.with_file_name(name.replace("_bg.wasm", ".js"));
    if !script.exists() {
        return Ok(());
    }
    let both = how(&fs::read_to_string(&script)?, &fs::read(program)?);
    if let Some((text, bytes)) = both {
        fs::write(script, text)?;
        fs::write(program, bytes)?;
    }
    Ok(())
}

fn seal(dist: &Path) -> std::io::Result<()> {
    let page = dist.join("index.html");
    let mut html = without_comments(&fs::read_to_string(&page)?);
    html = join_styles(dist, &html)?;
    let mut lazy = seal_worker(dist)?;
    for name in ["boot.js", "early.js", "screens.js", "screens_bg.wasm"] {
        if !dist.join(name).exists() {
            continue;
        }
        if name == "boot.js" || name == "early.js" {
            let script = fs::read_to_string(dist.join(name))?;
            fs::write(dist.join(name), glue::plain(&script))?;
        }
        let named = name_by_content(dist, name)?;
        for before in ["\"./", "\""] {
            html = html.replace(&format!("{before}{name}\""), &format!("{before}{named}\""));
        }
        if name.starts_with("screens") {
            lazy.push(named);
        }
    }
    html = with_size(dist, &html)?;
    let build = digest(&[
        html.as_bytes(),
        lazy.join(" ").as_bytes(),
        &fs::read(dist.join("sw.js"))?,
    ]);
    let lazy = lazy.join(" ").replace("BUILD", &build);
    html = html.replace(
        "data-build=\"dev\"",
        &format!("data-build=\"{build}\" data-lazy=\"{lazy}\""),
    );
    let policy = format!(
        "<meta charset=\"utf-8\">\n<meta http-equiv=\"Content-Security-Policy\" content=\"{POLICY}\">"
    );
    html = html.replacen("<meta charset=\"utf-8\">", &policy, 1);
    let worker = fs::read_to_string(dist.join("sw.js"))?;
    fs::write(
        dist.join("sw.js"),
        worker.replacen("BUILD = \"dev\"", &format!("BUILD = \"{build}\""), 1),
    )?;
    fs::write(page, html)
}

/// One request instead of seven, in the order of the page. Comments are left out.
fn join_styles(dist: &Path, html: &str) -> std::io::Result<String> {
    let (mut css, mut rest, mut first) = (String::new(), html.to_owned(), None);
    while let Some((start, end)) = find_style(&rest) {
        let name = attribute(&rest[start..end], "href").unwrap_or_default();
        let file = dist.join(name.trim_start_matches("./"));
        css.push_str(&plain_css(&fs::read_to_string(&file)?));
        fs::remove_file(file)?;
        first.get_or_insert(start);
        rest.replace_range(start..end, "");
    }
    let Some(first) = first else { return Ok(rest) };
    let name = format!("style-{}.css", digest(&[css.as_bytes()]));
    fs::write(dist.join(&name), css)?;
    rest.insert_str(
        first,
        &format!("<link rel=\"stylesheet\" href=\"./{name}\">"),
    );
    Ok(rest)
}

fn find_style(html: &str) -> Option<(usize, usize)> {
    html.match_indices("<link ").find_map(|(start, _)| {
        let end = start + html[start..].find('>')? + 1;
        (attribute(&html[start..end], "rel") == Some("stylesheet")).then_some((start, end))
    })
}

/// Names the worker's files by their content; the loader, whose name the program knows, stays and is asked
/// for with the build's version. Returns what is loaded when first needed, `BUILD` standing for the version.
fn seal_worker(dist: &Path) -> std::io::Result<Vec<String>> {
    let loader = dist.join("worker_loader.js");
    if !loader.exists() {
        return Ok(Vec::new());
    }
    let script = name_by_content(dist, "worker.js")?;
    let program = name_by_content(dist, "worker_bg.wasm")?;
    // Thrown again, since a page hears of its worker's errors, and not of promises that nobody waits for.
    let source = format!(
        "importScripts(\"./{script}\");wasm_bindgen({{module_or_path:\"./{program}\"}}).catch((e)=>setTimeout(()=>{{throw e}}));\n"
    );
    fs::write(loader, source)?;
    Ok(vec!["worker_loader.js?v=BUILD".to_owned(), script, program])
}

/// The program's true size, for the progress: a host that compresses does not say it.
fn with_size(dist: &Path, html: &str) -> std::io::Result<String> {
    let Some(name) = attribute(html, "data-wasm") else {
        return Ok(html.to_owned());
    };
    let size = fs::metadata(dist.join(name.trim_start_matches("./")))?.len();
    let found = format!("data-wasm=\"{name}\"");
    Ok(html.replacen(&found, &format!("{found} data-size=\"{size}\""), 1))
}

/// `boot.js` becomes `boot-0123456789abcdef.js`, `worker_bg.wasm` becomes `worker-0123456789abcdef_bg.wasm`.
fn name_by_content(dist: &Path, name: &str) -> std::io::Result<String> {
    let content = fs::read(dist.join(name))?;
    let cut = name.find(['_', '.']).unwrap_or(name.len());
    let named = format!("{}-{}{}", &name[..cut], digest(&[&content]), &name[cut..]);
    fs::rename(dist.join(name), dist.join(&named))?;
    Ok(named)
}

/// The value of the first attribute of this name.
pub fn attribute<'a>(html: &'a str, name: &str) -> Option<&'a str> {
    let start = html.find(&format!(" {name}=\""))? + name.len() + 3;
    Some(&html[start..start + html[start..].find('"')?])
}

/// All files of a folder, in order of their names.
pub fn files(dist: &Path) -> std::io::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(dist)? {
        let path = entry?.path();
        if path.is_dir() {
            found.extend(files(&path)?)
        } else {
            found.push(path)
        }
    }
    found.sort();
    Ok(found)
}

fn without_comments(html: &str) -> String {
    let mut out = String::new();
    let mut rest = html;
    while let Some((before, after)) = rest.split_once("<!--") {
        out.push_str(before);
        rest = after.split_once("-->").map_or("", |(_, after)| after);
    }
    out.push_str(rest);
    let lines = out.lines().filter(|line| !line.trim().is_empty());
    lines.fold(String::new(), |all, line| all + line + "\n")
}

/// Without comments and without the white space at line ends. Quoted strings are left as they are.
fn plain_css(css: &str) -> String {
    let mut out = String::new();
    let mut rest = css;
    while let Some(at) = rest.find(['"', '\'', '/']) {
        let (before, from) = rest.split_at(at);
        out.push_str(before);
        if from.starts_with("/*") {
            rest = from.split_once("*/").map_or("", |(_, after)| after);
            continue;
        }
        let length = if from.starts_with('/') {
            1
        } else {
            quoted(from)
        };
        out.push_str(&from[..length]);
        rest = &from[length..];
    }
    out.push_str(rest);
    let lines = out.lines().map(str::trim).filter(|line| !line.is_empty());
    lines.fold(String::new(), |all, line| all + line + "\n")
}

/// The length of the quoted string that `text` begins with.
fn quoted(text: &str) -> usize {
    let quote = text.chars().next();
    let mut escaped = false;
    for (at, letter) in text.char_indices().skip(1) {
        if !escaped && Some(letter) == quote {
            return at + 1;
        }
        escaped = !escaped && letter == '\\';
    }
    text.len()
}

/// FNV-1a, 64 bits, in hexadecimal: for names, not for security.
fn digest(parts: &[&[u8]]) -> String {
    let bytes = parts.iter().flat_map(|part| part.iter());
    let hash = bytes.fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)
    });
    format!("{hash:016x}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn css() {
        for (css, plain) in [
            (
                "/* a */ b { c: d; } /* e */\n\n  f {}\n",
                "b { c: d; }\nf {}\n",
            ),
            (
                "a { content: \"/* no */\"; }",
                "a { content: \"/* no */\"; }\n",
            ),
            (
                "a { content: '\\'/*'; } /* x */",
                "a { content: '\\'/*'; }\n",
            ),
            ("a { font: 1rem/1.5 b }", "a { font: 1rem/1.5 b }\n"),
            ("a {} /* open", "a {}\n"),
        ] {
            assert_eq!(plain_css(css), plain, "{css:?}");
        }
    }

    #[test]
    fn headers_say_the_same_policy() {
        let headers = fs::read_to_string(crate::run::root().join("public/_headers"))
            .expect("public/_headers");
        let line = format!("  Content-Security-Policy: {POLICY}; frame-ancestors 'none'");
        assert!(headers.lines().any(|header| header == line), "{line}");
    }

    #[test]
    fn a_build_is_sealed() {
        let dist = std::env::temp_dir().join(format!("viewfinder-seal-{}", std::process::id()));
        fs::create_dir_all(&dist).expect("a folder");
        let put = |name: &str, text: &str| fs::write(dist.join(name), text).expect(name);
        put(
            "index.html",
            "<html lang=\"en\" data-build=\"dev\">\n<meta charset=\"utf-8\">\n<!-- why -->\n<script src=\"early.js\"></script>\n<link rel=\"stylesheet\" href=\"./a-1.css\"/>\n<link rel=\"icon\" href=\"i.svg\">\n<link rel=\"stylesheet\" href=\"./b-2.css\"/>\n<script src=\"./boot.js\" data-wasm=\"./p.wasm\" data-screens=\"./screens.js\"></script>\n",
        );
        for (name, text) in [
            ("early.js", "// why\n1"),
            ("boot.js", "2"),
            ("sw.js", "const BUILD = \"dev\";"),
            ("a-1.css", "a{}"),
            ("b-2.css", "b{}"),
            ("p.wasm", "12345"),
            ("screens.js", "5"),
            ("worker_loader.js", ""),
            ("worker.js", "3"),
            ("worker_bg.wasm", "4"),
        ] {
            put(name, text);
        }
        seal(&dist).expect("sealed");
        let html = fs::read_to_string(dist.join("index.html")).expect("the page");
        let build = attribute(&html, "data-build").expect("a build").to_owned();
        assert!(
            html.contains(POLICY) && html.contains("data-size=\"5\"") && !html.contains("why"),
            "{html}"
        );
        assert_eq!(html.matches("rel=\"stylesheet\"").count(), 1, "{html}");
        assert!(
            build != "dev"
                && fs::read_to_string(dist.join("sw.js"))
                    .expect("sw")
                    .contains(&build)
        );
        let lazy = attribute(&html, "data-lazy").expect("lazy files");
        assert!(
            lazy.starts_with(&format!("worker_loader.js?v={build} worker-")),
            "{lazy}"
        );
        // Every file that the page names is there.
        let named = ["href", "src", "data-wasm", "data-screens"]
            .iter()
            .flat_map(|name| {
                html.split(&format!(" {name}=\""))
                    .skip(1)
                    .collect::<Vec<_>>()
            });
        for name in named
            .filter_map(|text| text.split('"').next())
            .chain(lazy.split(' '))
        {
            let name = name
                .trim_start_matches("./")
                .split('?')
                .next()
                .unwrap_or_default();
            assert!(name == "i.svg" || dist.join(name).exists(), "{name}");
        }
        fs::remove_dir_all(&dist).expect("removed");
    }
}
