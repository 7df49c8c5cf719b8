//! What was promised and did not come: "three reasons" and two items, a list of ten with four, an essay of a few words.

use super::asked::{Asked, number_before};
use super::en::has;
use super::lines::{Line, Lines, Shape};
use super::{Kind, Sign, en, sign, zh};

/// Adds the signs of too little.
pub fn read(text: &str, lines: &Lines<'_>, last: usize, asked: &Asked, signs: &mut Vec<Sign>) {
    signs.extend(too_short(text, asked));
    signs.extend(few_sentences(text, lines, last, asked));
    if let Some(run) = labelled(lines, last) {
        let found = run.found;
        let before = intro(lines, run.first);
        let said = before.and_then(|line| promised(line.words()).map(|n| (n, line)));
        if let Some((_, line)) = said.filter(|(n, _)| found < *n) {
            signs.push(sign(Kind::TooFew, line.at..line.end(), 80));
            return;
        }
        if said.is_none() && run.is_list && asked.items.is_some_and(|n| found < n) {
            let first = lines.all[run.first].at;
            signs.push(sign(Kind::TooFew, first..lines.all[last].end(), 72));
            return;
        }
    }
    if lines.all[last].shape == Shape::Prose {
        signs.extend(ordinals(text, lines, last));
    }
}

fn too_short(text: &str, asked: &Asked) -> Option<Sign> {
    let wanted = asked.length? as usize;
    let han = text.chars().filter(|c| crate::text::is_cjk(*c)).count();
    let words = text.split_whitespace().count();
    let short = han.max(words) * 5 < wanted * 2;
    short.then(|| sign(Kind::TooShort, text.len()..text.len(), 45))
}

/// Two sentences fewer than asked for, or more, in a reply of one paragraph.
fn few_sentences(text: &str, lines: &Lines<'_>, last: usize, asked: &Asked) -> Option<Sign> {
    let wanted = asked.sentences?;
    let prose = lines.all[..=last]
        .iter()
        .all(|line| line.shape == Shape::Prose);
    let stops = text.match_indices(['。', '！', '？', '.', '!', '?', '；', ';']);
    let ends = stops.filter(|(at, stop)| {
        let after = text[at + stop.len()..].chars().next();
        stop.len() > 1 || after.is_none_or(char::is_whitespace)
    });
    let few = prose && ends.count() as u32 + 2 <= wanted;
    few.then(|| sign(Kind::TooFew, text.len()..text.len(), 60))
}

/// An enumeration that the reply ends with.
struct Run {
    /// The line of its first item.
    first: usize,
    /// How many items.
    found: u32,
    /// Whether it is a list, not paragraphs with labels.
    is_list: bool,
}

fn labelled(lines: &Lines<'_>, last: usize) -> Option<Run> {
    list(lines, last).or_else(|| labels(lines, last))
}

/// The list that ends with line `last`: its items on the outermost level.
fn list(lines: &Lines<'_>, last: usize) -> Option<Run> {
    let tail = &lines.all[last];
    if !matches!(tail.shape, Shape::Item { .. }) && !tail.text.starts_with(' ') {
        return None;
    }
    let (mut first, mut level) = (None, usize::MAX);
    for at in (0..=last).rev() {
        match lines.all[at].shape {
            Shape::Item { indent, number, .. } => {
                first = Some(at);
                level = level.min(indent);
                if number == Some(1) && indent == level {
                    break;
                }
            }
            Shape::Blank | Shape::Code | Shape::Fence | Shape::Formula => {}
            // Words under an item, or the end of the list.
            Shape::Prose if lines.all[at].text.starts_with([' ', '\t']) => {}
            Shape::Prose if at > 0 && matches!(lines.all[at - 1].shape, Shape::Item { .. }) => {}
            _ => break,
        }
    }
    let first = first?;
    let mut found = 0;
    for line in &lines.all[first..=last] {
        if let Shape::Item { indent, number, .. } = line.shape
            && indent == level
        {
            // A list may go on with a number that is higher than the items before it.
            found = (found + 1).max(number.filter(|number| *number < 100).unwrap_or(0));
        }
    }
    Some(Run {
        first,
        found,
        is_list: true,
    })
}

/// Paragraphs or lines that begin in bold, or headings of one level, at the end of the reply.
fn labels(lines: &Lines<'_>, last: usize) -> Option<Run> {
    let level = |line: &Line<'_>| match line.shape {
        Shape::Heading => line.text.bytes().take_while(|byte| *byte == b'#').count(),
        Shape::Prose if line.text.starts_with("**") => 9,
        _ => 0,
    };
    let nearest = lines.all[..=last]
        .iter()
        .rev()
        .map(level)
        .find(|level| *level > 0)?;
    let (mut first, mut found) = (last, 0);
    for at in (0..=last).rev() {
        let here = level(&lines.all[at]);
        if here == nearest {
            first = at;
            found += 1;
        } else if here > 0 {
            break;
        } else if nearest == 9 && found > 0 && lines.all[at].shape == Shape::Prose {
            let follows = at > 0 && level(&lines.all[at - 1]) == 9;
            if !follows {
                break;
            }
        }
    }
    (found > 0).then_some(Run {
        first,
        found,
        is_list: false,
    })
}

/// The line that announces what begins at `first`.
fn intro<'a>(lines: &'a Lines<'a>, first: usize) -> Option<&'a Line<'a>> {
    lines.all[..first]
        .iter()
        .rev()
        .find(|line| line.shape != Shape::Blank)
        .filter(|line| matches!(line.shape, Shape::Prose | Shape::Heading))
}

/// How many things a sentence announces.
fn promised(line: &str) -> Option<u32> {
    let chinese = zh::COUNTED
        .iter()
        .flat_map(|unit| line.match_indices(unit))
        .filter_map(|(at, unit)| {
            let digits = line[..at]
                .trim_end()
                .ends_with(|c: char| c.is_ascii_digit());
            // 「2 点」 is a time, 「800 个字」 a length.
            (!(digits && matches!(unit, "点" | "天" | "周" | "大")))
                .then(|| number_before(&line[..at]))?
        })
        .find(|n| (2..=20).contains(n));
    chinese.or_else(|| promised_en(line))
}

fn promised_en(line: &str) -> Option<u32> {
    const NOUNS: &str = "\
        reasons steps ways tips things points options ideas examples factors parts stages rules principles \
        types kinds phases methods causes benefits questions";
    const NOT_THINGS: &str = "\
        days hours minutes years weeks months words sentences times percent degrees miles this was is has";
    let words: Vec<&str> = line
        .split(|c: char| !c.is_alphanumeric() && c != '-')
        .filter(|word| !word.is_empty())
        .collect();
    words.iter().enumerate().find_map(|(i, word)| {
        let near = &words[i + 1..words.len().min(i + 4)];
        let known = near.iter().any(|word| has(NOUNS, word));
        let number = match en::number(word) {
            Some(n) => {
                let plural =
                    |word: &&str| word.len() > 3 && word.ends_with('s') && !has(NOT_THINGS, word);
                (known || near.iter().any(plural)).then_some(n)
            }
            None if known => word.parse().ok(),
            None => None,
        };
        number.filter(|n| (2..=20).contains(n))
    })
}

/// 第一, 第二 …; 一是, 二是 …; first, second …: fewer than the sentence before them announced, or one without a second.
fn ordinals(text: &str, lines: &Lines<'_>, last: usize) -> Option<Sign> {
    let start = paragraphs_back(lines, last, 4);
    let part = &text[start..];
    let chinese = ["第", "其"]
        .iter()
        .map(|mark| {
            follow(part, |digit, out| {
                out.extend([mark.chars().next().unwrap_or('第'), digit])
            })
        })
        .chain([follow(part, |digit, out| out.extend([digit, '是']))])
        .flatten()
        .max_by_key(|found| found.count);
    let found = chinese.or_else(|| follow_en(part))?;
    let end = paragraphs_back(lines, last, 1);
    let before = &text[start..start + found.first];
    let announced = before
        .split_inclusive(['。', '！', '？', '：', '.', ':', '\n'])
        .rev()
        .take(3)
        .find_map(promised);
    let closes = ["最后", "finally", "lastly", "Finally", "Lastly"]
        .iter()
        .any(|word| part[found.last..].contains(word));
    let too_few = announced.is_some_and(|n| found.count < n);
    (too_few && !closes && start + found.last >= end)
        .then(|| sign(Kind::TooFew, start + found.last..text.len(), 80))
}

/// Where a paragraph begins: the one of line `last` for 1, the one before it for 2.
fn paragraphs_back(lines: &Lines<'_>, last: usize, paragraphs: usize) -> usize {
    let mut seen = 0;
    let mut start = last;
    for at in (0..=last).rev() {
        match lines.all[at].shape {
            Shape::Blank => {
                if start == at + 1 {
                    seen += 1;
                }
                if seen == paragraphs {
                    break;
                }
            }
            Shape::Prose | Shape::Heading | Shape::Item { .. } => start = at,
            _ => break,
        }
    }
    lines.all[start].at
}

/// Ordinals in a row.
struct Found {
    count: u32,
    /// Where the first and the last one stand.
    first: usize,
    last: usize,
}

fn follow(text: &str, write: impl Fn(char, &mut String)) -> Option<Found> {
    let mut found: Option<Found> = None;
    for (nth, digit) in "一二三四五六七八九".chars().enumerate() {
        let mut word = String::new();
        write(digit, &mut word);
        let from = found.as_ref().map_or(0, |found| found.last);
        let Some(at) = text[from..].find(&word) else {
            break;
        };
        let first = found.as_ref().map_or(from + at, |found| found.first);
        found = Some(Found {
            count: nth as u32 + 1,
            first,
            last: from + at,
        });
    }
    found
}

fn follow_en(text: &str) -> Option<Found> {
    const WORDS: [&str; 6] = ["first", "second", "third", "fourth", "fifth", "sixth"];
    let lower = text.to_ascii_lowercase();
    let mut found: Option<Found> = None;
    for (nth, word) in WORDS.iter().enumerate() {
        let from = found.as_ref().map_or(0, |found| found.last + 1);
        // "First," and "The first is", not "first-aid".
        let at = lower[from..]
            .match_indices(word)
            .map(|(at, _)| from + at)
            .find(|at| {
                let before = lower[..*at].chars().next_back();
                let after = lower[at + word.len()..].chars().next();
                !before.is_some_and(char::is_alphanumeric)
                    && matches!(after, Some(',' | ' ' | 'l' | ':'))
            });
        let Some(at) = at else { break };
        let first = found.as_ref().map_or(at, |found| found.first);
        found = Some(Found {
            count: nth as u32 + 1,
            first,
            last: at,
        });
    }
    found
}
