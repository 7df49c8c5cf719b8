//! The script that wasm-bindgen writes beside each program, and the names that the two know each other by.
//!
//! wasm-bindgen keeps every export of every crate, also of classes that only a server needs, and names each import by
//! a hash that does not compress. Here go: the classes, what only they called, the names, comments and indentation.
//! Where a script or a program does not look as expected it stays as it is: larger, and as good.

use crate::module::{EXPORTS, IMPORTS, with_section};
use std::collections::{BTreeSet, HashMap};

/// A script and its program.
pub type Both = (String, Vec<u8>);

/// The ending of a script that is a module, as the page's programs have it.
const MODULE: &str = "export { initSync, __wbg_init as default };";

/// The script without what this app cannot call, and the program without the exports that only that called.
/// To be followed by wasm-opt, which then drops what they led to.
pub fn prune(script: &str, program: &[u8]) -> Option<Both> {
    if !script.contains(MODULE) {
        return None;
    }
    let script = without_classes(script);
    let used: BTreeSet<&str> = script
        .match_indices("wasm.")
        .map(|(at, _)| word(&script[at + "wasm.".len()..]))
        .collect();
    let program = with_section(program, EXPORTS, |entries| {
        entries.retain(|entry| used.contains(entry.name.as_str()));
        Some(())
    })?;
    Some((script, program))
}

/// Both with short names, and the script with no more than the program imports. To be done after wasm-opt.
pub fn shorten(script: &str, program: &[u8]) -> Option<Both> {
    if !script.contains(MODULE) {
        return None;
    }
    let mut names: HashMap<String, String> = HashMap::new();
    let mut module = String::new();
    let program = with_section(program, IMPORTS, |entries| {
        for (at, entry) in entries.iter_mut().enumerate() {
            module.clone_from(entry.module.as_ref()?);
            let short = format!("${at}");
            names.insert(std::mem::replace(&mut entry.name, short.clone()), short);
            entry.module = Some("$".to_owned());
        }
        Some(())
    })?;
    let script = only_imported(script, &names)?;
    let program = with_section(&program, EXPORTS, |entries| {
        for (at, entry) in entries.iter_mut().enumerate() {
            if entry.name != "memory" {
                let short = format!("$e{at}");
                names.insert(std::mem::replace(&mut entry.name, short.clone()), short);
            }
        }
        Some(())
    })?;
    let script = script.replace(&format!("\"{module}\""), "\"$\"");
    Some((plain(&renamed(&script, &names)), program))
}

/// Leaves out every class that is exported, what disposes of it, and what finalises it.
fn without_classes(script: &str) -> String {
    let mut out = String::new();
    let mut until = None;
    for line in script.lines() {
        if let Some(end) = until {
            if line.ends_with(end) && (end != "}" || line == end) {
                until = None;
            }
            continue;
        }
        if line.starts_with("export class ") {
            until = Some("}");
        } else if line.starts_with("const ") && line.contains("Finalization = ") {
            until = Some(";");
        } else if !line.starts_with("if (Symbol.dispose) ") {
            out.push_str(line);
            out.push('\n');
        }
    }
    out
}

/// Leaves out the functions of the import object that the program does not import. `None` where one is missing.
fn only_imported(script: &str, names: &HashMap<String, String>) -> Option<String> {
    const ENTRY: &str = "        ";
    let (mut out, mut inside, mut dropping, mut found) = (String::new(), false, false, 0);
    for line in script.lines() {
        if line.trim() == "const import0 = {" {
            inside = true;
        } else if inside && line == "    };" {
            (inside, dropping) = (false, false);
        } else if inside && let Some(entry) = line.strip_prefix(ENTRY) {
            let name = word(entry);
            if entry[name.len()..].starts_with(": ") && name != "__proto__" {
                dropping = !names.contains_key(name);
                found += usize::from(!dropping);
            }
        }
        if !dropping {
            out.push_str(line);
            out.push('\n');
        }
    }
    (found == names.len()).then_some(out)
}

/// Every whole word that has a short name is written by it.
fn renamed(script: &str, names: &HashMap<String, String>) -> String {
    let mut out = String::new();
    let mut rest = script;
    while let Some(next) = rest.chars().next() {
        let word = word(rest);
        let length = word.len().max(next.len_utf8());
        out.push_str(names.get(word).map_or(&rest[..length], String::as_str));
        rest = &rest[length..];
    }
    out
}

/// Without indentation, empty lines and comments that have lines of their own. A text that goes over several
/// lines must not be touched; where there may be one, nothing is.
pub fn plain(script: &str) -> String {
    if script
        .lines()
        .any(|line| line.matches('`').count() % 2 == 1)
    {
        return script.to_owned();
    }
    let mut out = String::new();
    let mut comment = false;
    for line in script.lines().map(str::trim) {
        comment = comment || line.starts_with("/*");
        if !comment && !line.is_empty() && !line.starts_with("//") {
            out.push_str(line);
            out.push('\n');
        }
        comment = comment && !line.ends_with("*/");
    }
    out
}

/// The letters, digits, `_` and `$` that a text begins with.
fn word(text: &str) -> &str {
    let end = text.find(|c: char| !(c.is_ascii_alphanumeric() || c == '_' || c == '$'));
    &text[..end.unwrap_or(text.len())]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::module::number;

    const SCRIPT: &str = "export class Gone {\n    free() {\n        wasm.gone_free(1);\n    }\n}\nif (Symbol.dispose) Gone.x = 1;\n\
        function __wbg_get_imports() {\n    const import0 = {\n        __proto__: null,\n        __wbg_kept_01: function(a) {\n            // why\n            return f_h12(a);\n        },\n\
        \x20       __wbg_unused_02: function() {\n        },\n    };\n    return {\n        \"./p_bg.js\": import0,\n    };\n}\n\
        function f_h12(a) {\n    wasm.f_h12(a);\n}\nconst GoneFinalization = (x)\n    ? 1\n    : 2;\nexport { initSync, __wbg_init as default };\n";

    /// One imported function, a memory, two exported functions.
    fn program() -> Vec<u8> {
        let mut program = b"\0asm\x01\0\0\0".to_vec();
        let mut section = |id: u8, content: &[u8]| {
            program.push(id);
            number(&mut program, content.len());
            program.extend(content);
        };
        section(1, &[1, 0x60, 0, 0]);
        section(IMPORTS, b"\x01\x09./p_bg.js\x0d__wbg_kept_01\x00\x00");
        section(
            EXPORTS,
            b"\x03\x06memory\x02\x00\x05f_h12\x00\x00\x09gone_free\x00\x01",
        );
        program
    }

    fn names(program: &[u8], section: u8) -> Vec<String> {
        let mut names = Vec::new();
        let whole = with_section(program, section, |entries| {
            names.extend(entries.iter().map(|entry| entry.name.clone()));
            Some(())
        });
        assert_eq!(whole.as_deref(), Some(program), "written as it was read");
        names
    }

    #[test]
    fn what_nothing_calls_goes() {
        let (script, program) = prune(SCRIPT, &program()).expect("as wasm-bindgen writes it");
        assert!(
            !script.contains("Gone") && script.contains("__wbg_kept_01"),
            "{script}"
        );
        assert_eq!(names(&program, EXPORTS), ["f_h12"]);
    }

    #[test]
    fn names_become_short_on_both_sides() {
        let (script, program) = shorten(SCRIPT, &program()).expect("as wasm-bindgen writes it");
        assert_eq!(names(&program, IMPORTS), ["$0"]);
        assert_eq!(names(&program, EXPORTS), ["memory", "$e1", "$e2"]);
        for there in [
            "\n$0: function(a) {\nreturn $e1(a);\n},\n};",
            "\"$\": import0",
            "wasm.$e1(a);",
        ] {
            assert!(script.contains(there), "{there}: {script}");
        }
        for gone in ["unused", "kept", "why", "h12"] {
            assert!(!script.contains(gone), "{gone}: {script}");
        }
    }

    #[test]
    fn what_looks_otherwise_stays() {
        assert!(prune("const other = 1;", &program()).is_none());
        assert!(prune(SCRIPT, b"no program").is_none());
        let without = SCRIPT.replace("__wbg_kept_01", "__wbg_other");
        assert!(
            shorten(&without, &program()).is_none(),
            "an import has no function"
        );
        assert_eq!(plain("  a = `x\n  y`;\n"), "  a = `x\n  y`;\n");
    }
}
