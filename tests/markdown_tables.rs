//! The packed tables of the Markdown parser are what their sources say.
//!
//! With `WRITE_TABLES` set in the environment, the tables are written instead of compared.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used)]

use std::path::Path;

use entities::ENTITIES;
use finl_unicode::categories::CharacterCategories;
use viewfinder::markdown::entity::table;
use viewfinder::markdown::{Block, Inline, parse};

fn check(file: &str, expected: &[u8]) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("src/markdown")
        .join(file);
    if std::env::var_os("WRITE_TABLES").is_some() {
        std::fs::write(&path, expected).unwrap();
    }
    assert!(std::fs::read(&path).unwrap() == expected, "{file}");
}

/// The names of HTML, without `&` and `;`, and what they stand for.
fn names() -> Vec<(&'static str, &'static str)> {
    let mut names: Vec<_> = ENTITIES
        .iter()
        .filter_map(|entity| {
            let name = entity.entity.strip_prefix('&')?.strip_suffix(';')?;
            Some((name, entity.characters))
        })
        .collect();
    names.sort_unstable();
    names
}

#[test]
fn entities_are_packed() {
    let names = names();
    let (mut packed, mut values, mut starts) = (Vec::new(), String::new(), Vec::new());
    for letter in ('A'..='Z').chain('a'..='z') {
        starts.extend((packed.len() as u16).to_le_bytes());
        starts.extend((values.len() as u16).to_le_bytes());
        let mut before = "";
        for (name, value) in names.iter().filter(|(name, _)| name.starts_with(letter)) {
            let name = &name[1..];
            let shared = before
                .bytes()
                .zip(name.bytes())
                .take_while(|(a, b)| a == b)
                .count();
            packed.push(u8::try_from(shared).unwrap());
            packed.extend(name[shared..].bytes());
            if value.chars().count() == 2 {
                values.push('\0');
            }
            values.push_str(value);
            before = name;
        }
    }
    starts.extend((packed.len() as u16).to_le_bytes());
    starts.extend((values.len() as u16).to_le_bytes());
    check("entity/names.bin", &packed);
    check("entity/values.bin", values.as_bytes());
    check("entity/starts.bin", &starts);
}

#[test]
fn every_entity_is_read() {
    let names = names();
    assert_eq!(names.len(), 2125);
    assert!(
        table::all()
            .iter()
            .map(String::as_str)
            .eq(names.iter().map(|(name, _)| *name))
    );
    for (name, value) in names {
        let blocks = parse(&format!("x&{name};x &{name} &{name}~;"));
        let [Block::Paragraph(content)] = blocks.as_slice() else {
            panic!("{name}: {blocks:?}");
        };
        let text: String = content
            .iter()
            .map(|inline| match inline {
                Inline::Text(text) => text.clone(),
                Inline::Mark(c) => c.to_string(),
                other => panic!("{name}: {other:?}"),
            })
            .collect();
        assert_eq!(text, format!("x{value}x &{name} &{name}~;"));
    }
}

/// For each stretch of punctuation and symbols beyond ASCII: how many characters lie between it and the one before, and
/// how many it has; seven bits a byte, the least first, the highest bit where more follow.
#[test]
fn punctuation_is_packed() {
    let is_punctuation =
        |c: u32| char::from_u32(c).is_some_and(|c| c.is_punctuation() || c.is_symbol());
    let mut packed = Vec::new();
    let mut end = 0x80;
    let mut at = 0x80;
    while at < 0x0011_0000 {
        if !is_punctuation(at) {
            at += 1;
            continue;
        }
        push_number(&mut packed, at - end);
        end = at;
        while is_punctuation(end) {
            end += 1;
        }
        push_number(&mut packed, end - at);
        at = end;
    }
    check("inline/punctuation.bin", &packed);
}

fn push_number(out: &mut Vec<u8>, mut number: u32) {
    while number >= 0x80 {
        out.push(0x80 | (number & 0x7F) as u8);
        number >>= 7;
    }
    out.push(number as u8);
}
