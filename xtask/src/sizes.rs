//! What a release build weighs, and the budget of the first load.

use crate::seal::{attribute, files};
use std::collections::BTreeSet;
use std::fs;
use std::io::Write;
use std::path::Path;

/// Brotli bytes that the first load is promised to weigh at most: everything fetched until a first reply can be
/// rendered, of the finished product.
const BUDGET: usize = 300 * 1024;

/// One file.
struct Weight {
    name: String,
    raw: usize,
    gzip: usize,
    brotli: usize,
}

/// Prints the table. A build with the library that comes with Rust (see `sysroot`) is not `held` to the budget.
///
/// # Errors
/// Where the first load is over the budget, or the folder cannot be read.
pub fn report(dist: &Path, held: bool) -> Result<(), String> {
    let unreadable = |error| format!("{} cannot be measured: {error}.", dist.display());
    let html = fs::read_to_string(dist.join("index.html")).map_err(unreadable)?;
    let (first_names, lazy_names) = loads(&html);
    let (mut first, mut lazy, mut rest) = (Vec::new(), Vec::new(), Vec::new());
    for file in files(dist).map_err(unreadable)? {
        let name = file
            .strip_prefix(dist)
            .unwrap_or(&file)
            .to_string_lossy()
            .replace('\\', "/");
        let group = if first_names.contains(&name) {
            &mut first
        } else if lazy_names.contains(&name) {
            &mut lazy
        } else {
            &mut rest
        };
        group.push(weigh(name, &fs::read(&file).map_err(unreadable)?));
    }
    println!(
        "\n{:<44}{:>10}{:>10}{:>10}",
        "bytes", "raw", "gzip", "Brotli"
    );
    let total = table("first load", &first);
    table("when first needed", &lazy);
    table("the browser's own (icons, service worker, ...)", &rest);
    println!(
        "first load: {:.1} of {} KB, Brotli",
        kilobytes(total),
        BUDGET / 1024
    );
    if total > BUDGET && held {
        return Err(format!(
            "The first load weighs {:.1} KB, over the {} KB that are promised; move what the first reply does not need to `screens` or `worker`.",
            kilobytes(total),
            BUDGET / 1024
        ));
    }
    Ok(())
}

/// The files that the page fetches at once, and those it fetches when they are first needed.
fn loads(html: &str) -> (BTreeSet<String>, BTreeSet<String>) {
    let mut first = BTreeSet::from(["index.html".to_owned()]);
    for tag in html
        .split('<')
        .filter(|tag| tag.starts_with("link ") || tag.starts_with("script "))
    {
        let rel = attribute(tag, "rel").unwrap_or_default();
        if ["icon", "apple-touch-icon", "manifest"].contains(&rel) {
            continue;
        }
        let names = ["href", "src", "data-js", "data-wasm"]
            .iter()
            .filter_map(|name| attribute(tag, name));
        first.extend(names.map(plain_name));
    }
    let lazy = attribute(html, "data-lazy").unwrap_or_default();
    (first, lazy.split(' ').map(plain_name).collect())
}

fn plain_name(name: &str) -> String {
    name.trim_start_matches("./")
        .split('?')
        .next()
        .unwrap_or_default()
        .to_owned()
}

fn weigh(name: String, content: &[u8]) -> Weight {
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    let gzip = gzip
        .write_all(content)
        .and_then(|()| gzip.finish())
        .map_or(content.len(), |out| out.len());
    let mut brotli = Vec::new();
    let parameters = brotli::enc::BrotliEncoderParams {
        quality: 11,
        lgwin: 22,
        ..Default::default()
    };
    let written = brotli::BrotliCompress(&mut &content[..], &mut brotli, &parameters);
    let brotli = written.map_or(content.len(), |_| brotli.len());
    Weight {
        name,
        raw: content.len(),
        gzip,
        brotli,
    }
}

/// Prints a group and its sum. Returns its Brotli bytes.
fn table(title: &str, group: &[Weight]) -> usize {
    println!("{title}");
    let row =
        |name: &str, raw, gzip, brotli| println!("  {name:<42}{raw:>10}{gzip:>10}{brotli:>10}");
    for weight in group {
        row(&weight.name, weight.raw, weight.gzip, weight.brotli);
    }
    let sum = |of: fn(&Weight) -> usize| group.iter().map(of).sum::<usize>();
    row(
        "together",
        sum(|w| w.raw),
        sum(|w| w.gzip),
        sum(|w| w.brotli),
    );
    sum(|weight| weight.brotli)
}

#[allow(clippy::cast_precision_loss)]
fn kilobytes(bytes: usize) -> f64 {
    bytes as f64 / 1024.0
}

#[cfg(test)]
mod tests {
    use super::loads;

    #[test]
    fn what_is_loaded() {
        let html = "<html data-build=\"1\" data-lazy=\"w.js?v=1 w.wasm\"><link rel=\"stylesheet\" href=\"./s.css\">\
            <link rel=\"icon\" href=\"i.svg\"><a href=\"#/\"></a><use href=\"#mark\"/>\
            <script type=\"module\" src=\"./b.js\" data-js=\"./p.js\" data-wasm=\"./p.wasm\"></script>";
        let (first, lazy) = loads(html);
        assert_eq!(
            first.into_iter().collect::<Vec<_>>(),
            ["b.js", "index.html", "p.js", "p.wasm", "s.css"]
        );
        assert_eq!(lazy.into_iter().collect::<Vec<_>>(), ["w.js", "w.wasm"]);
    }
}
