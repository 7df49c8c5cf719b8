//! Answers that are very much of it.

use super::streams::close;
use super::{Answer, Name, Script, words};
use std::time::Duration;

/// The answer for a name that is one of these.
pub fn answer(name: &Name) -> Option<Answer> {
    let n = name.count();
    Some(match name.name.as_str() {
        "many-tokens" => {
            close(Script::new().tokens(words::some(words::ZH, n.or(Some(20_000))), name.delay(0)))
                .answer()
        }
        "big-reply" => {
            let paragraph = words::ZH.repeat(20) + "\n\n";
            let count = n.unwrap_or(10 << 20) / paragraph.len() + 1;
            close(Script::new().tokens(
                std::iter::repeat_n(paragraph.as_str(), count),
                Duration::ZERO,
            ))
            .answer()
        }
        "giant-line" => {
            let line = "光影".repeat(n.unwrap_or(8 << 20) / 6);
            close(Script::new().tokens([line.as_str()], Duration::ZERO)).answer()
        }
        "deep-markdown" => {
            let depth = n.unwrap_or(400);
            let lists: String = (0..depth)
                .map(|at| format!("{}- 第 {at} 层\n", "  ".repeat(at)))
                .collect();
            let text = format!(
                "{}引用\n\n{lists}\n{}强调{}。结束。",
                "> ".repeat(depth),
                "*".repeat(depth),
                "*".repeat(depth)
            );
            close(Script::new().tokens(words::tokens(&text), Duration::ZERO)).answer()
        }
        "huge-table" => {
            let rows =
                (0..n.unwrap_or(2_000)).map(|at| format!("| {at} | 第 {at} 行 | `x` | **y** |\n"));
            let text = format!(
                "| 号 | 名 | 码 | 重 |\n|---|---|---|---|\n{}\n表到此为止。",
                rows.collect::<String>()
            );
            close(Script::new().tokens(text.split_inclusive('\n'), Duration::ZERO)).answer()
        }
        _ => return None,
    })
}
