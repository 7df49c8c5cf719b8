//! A conversation's title, made from its first message.

/// Most characters of a title that is made from a message.
const LONGEST: usize = 40;

/// A one-line title from the first words of a message; empty where there are none.
///
/// Markdown signs at the start of the line are left out, with those of bold, code and images within it, and a long line is cut at a space or a
/// punctuation mark where there is one in its second half.
pub fn title_from(message: &str) -> String {
    let line = message
        .lines()
        .map(|line| line.trim_start_matches(['#', '>', '-', '*', '`', ' ', '\t']))
        .find(|line| !line.trim().is_empty())
        .unwrap_or_default();
    let line = unsigned(line);
    let mut words = String::new();
    for word in line.split_whitespace() {
        if !words.is_empty() {
            words.push(' ');
        }
        words.extend(word.chars().filter(|c| !c.is_control()));
    }
    shorten(&words)
}

/// A line without the signs of bold and code, where they come in pairs, and with the words of an image in its place.
fn unsigned(line: &str) -> String {
    let mut line = line.to_owned();
    while let Some(at) = line.find("![") {
        let rest = &line[at + 2..];
        let image = rest.split_once("](").and_then(|(alt, rest)| {
            let (_, after) = rest.split_once(')')?;
            Some([&line[..at], alt, after].concat())
        });
        match image {
            Some(without) => line = without,
            None => break,
        }
    }
    for sign in ["**", "`"] {
        if line.matches(sign).count() % 2 == 0 {
            line = line.replace(sign, "");
        }
    }
    line
}

fn shorten(line: &str) -> String {
    if line.chars().count() <= LONGEST {
        return line.trim_end_matches(['。', '.', '，', ',']).to_owned();
    }
    let cut: String = line.chars().take(LONGEST).collect();
    let breaks = |c: char| c.is_whitespace() || "，。！？；：、,;:!?".contains(c);
    let end = cut
        .char_indices()
        .filter(|(at, c)| breaks(*c) && *at > cut.len() / 2)
        .map(|(at, _)| at)
        .next_back()
        .unwrap_or(cut.len());
    format!("{}…", cut[..end].trim_end())
}

#[cfg(test)]
mod tests {
    use super::title_from;

    #[test]
    fn titles() {
        for (message, title) in [
            ("", ""),
            ("\n\n  ", ""),
            ("你好。", "你好"),
            ("# 标题\n正文", "标题"),
            ("请看 **这个** 和 `代码`", "请看 这个 和 代码"),
            ("2**10 是多少", "2**10 是多少"),
            (
                "看图 ![一只猫](https://a.example/猫.png) 是什么",
                "看图 一只猫 是什么",
            ),
            ("![没有写完", "![没有写完"),
            ("what is\ta  rangefinder?", "what is a rangefinder?"),
            (
                "Please explain how a rangefinder focuses to a ten-year-old",
                "Please explain how a rangefinder…",
            ),
            (
                "帮我写一份关于取景框这个产品的发布说明，要求面向没有技术背景的普通读者，语气平和一些",
                "帮我写一份关于取景框这个产品的发布说明，要求面向没有技术背景的普通读者…",
            ),
        ] {
            assert_eq!(title_from(message), title, "{message:?}");
        }
    }
}
