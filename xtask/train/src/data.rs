//! The labelled lines: our own in `data/intent`, and the given ones in `tests/data/memory`.

use std::ops::Range;
use std::path::Path;

/// What a line, a sentence or a topic is; the order is that of the models' classes.
pub const CLASSES: [&str; 9] = ["N", "L", "D", "H", "H-", "F", "F-", "S", "S-"];

/// A labelled message.
#[derive(Clone, Debug)]
pub struct Example {
    /// Where it stands.
    pub id: String,
    pub chinese: bool,
    pub text: String,
    /// 0 where it states no preference.
    pub class: usize,
    /// The topics with their classes, in order.
    pub topics: Vec<(Range<usize>, usize)>,
    pub condition: Option<String>,
    pub exception: Option<String>,
    /// The topic as the given lines name it, not always a part of the text.
    pub named: Option<String>,
    /// It holds for a stated time only.
    pub temporary: bool,
    /// It asks to forget; such lines teach the tagger alone.
    pub retracts: bool,
    /// One of the given lines.
    pub given: bool,
    /// The sort of negative, or the source.
    pub note: String,
}

/// Our own lines.
///
/// # Errors
/// A sentence with the place of a line that breaks the format.
pub fn ours(folder: &Path) -> Result<Vec<Example>, String> {
    let entries =
        std::fs::read_dir(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let mut files: Vec<_> = entries
        .filter_map(|entry| Some(entry.ok()?.path()))
        .collect();
    files.retain(|file| file.extension().is_some_and(|ending| ending == "tsv"));
    files.sort();
    let mut found = Vec::new();
    for file in files {
        let name = file
            .file_stem()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        let text = std::fs::read_to_string(&file)
            .map_err(|error| format!("{}: {error}", file.display()))?;
        for (number, line) in text.lines().enumerate() {
            let id = format!("{name}:{}", number + 1);
            found.push(own_line(&id, line).map_err(|fault| format!("{id}: {fault}"))?);
        }
    }
    Ok(found)
}

fn own_line(id: &str, line: &str) -> Result<Example, String> {
    let (code, marked) = line.split_once('\t').ok_or("no tab")?;
    let implicit = code.ends_with('i');
    let temporary = code.ends_with('~');
    let retracts = code == "X";
    let code = if retracts {
        "L"
    } else {
        code.trim_end_matches(['i', '~'])
    };
    let negative = code.len() == 1 && code.chars().all(|c| c.is_ascii_lowercase());
    let mut example = Example {
        id: id.to_owned(),
        chinese: id.starts_with("zh"),
        text: String::new(),
        class: 0,
        topics: Vec::new(),
        condition: None,
        exception: None,
        named: None,
        given: false,
        temporary,
        retracts,
        note: if negative {
            code
        } else if implicit {
            "implicit"
        } else {
            ""
        }
        .to_owned(),
    };
    if negative {
        example.text = marked.replace("\\n", "\n");
        return Ok(example);
    }
    let classes: Vec<usize> = code
        .split('/')
        .map(|code| {
            CLASSES
                .iter()
                .position(|name| *name == code)
                .ok_or_else(|| format!("unknown code {code}"))
        })
        .collect::<Result<_, _>>()?;
    unmark(marked, &classes, &mut example)?;
    example.class = classes.first().copied().unwrap_or(0);
    if example.topics.is_empty() {
        return Err("no topic".into());
    }
    Ok(example)
}

/// Reads `[topic]`, `{condition}` and `<exception>` out of a line.
fn unmark(marked: &str, classes: &[usize], example: &mut Example) -> Result<(), String> {
    let mut open: Option<(char, usize)> = None;
    for c in marked.replace("\\n", "\n").chars() {
        match (c, open) {
            ('[' | '{' | '<', None) => open = Some((c, example.text.len())),
            (']' | '}', Some((_, from))) | ('>', Some(('<', from))) => {
                let range = from..example.text.len();
                let words = example.text[range.clone()].to_owned();
                match (open.map(|open| open.0), c) {
                    (Some('['), ']') => {
                        let class = classes.get(example.topics.len()).or(classes.last());
                        example.topics.push((range, class.copied().unwrap_or(0)));
                    }
                    (Some('{'), '}') => example.condition = Some(words),
                    (Some('<'), '>') => example.exception = Some(words),
                    _ => return Err("brackets cross".into()),
                }
                open = None;
            }
            _ => example.text.push(c),
        }
    }
    if open.is_some() {
        Err("a bracket stays open".into())
    } else {
        Ok(())
    }
}

/// The given lines.
///
/// # Errors
/// A sentence where the file cannot be read.
pub fn given(file: &Path) -> Result<Vec<Example>, String> {
    let text =
        std::fs::read_to_string(file).map_err(|error| format!("{}: {error}", file.display()))?;
    text.lines().map(given_line).collect()
}

fn given_line(line: &str) -> Result<Example, String> {
    let value: serde_json::Value = serde_json::from_str(line).map_err(|error| error.to_string())?;
    let word = |name: &str| value[name].as_str().unwrap_or_default().to_owned();
    let text = word("text");
    let against = word("polarity") == "-";
    let class = match word("kind").as_str() {
        "like" => 1,
        "dislike" => 2,
        "habit" => 3 + usize::from(against),
        "fact_about_user" => 5 + usize::from(against),
        "instruction_style" => 7 + usize::from(against),
        _ => 0,
    };
    let named = value["topic"].as_str().map(str::to_owned);
    let place = named.as_ref().and_then(|topic| {
        Some((
            text.to_lowercase().find(&topic.to_lowercase())?,
            topic.len(),
        ))
    });
    let topics = place
        .map(|(at, length)| (at..at + length, class))
        .filter(|(range, _)| text.get(range.clone()).is_some());
    let note = if class == 0 {
        word("neg_type")
    } else if value["implicit"] == true {
        "implicit".into()
    } else {
        word("kind")
    };
    Ok(Example {
        id: word("id"),
        chinese: word("lang") == "zh",
        class,
        topics: topics.into_iter().collect(),
        condition: None,
        exception: None,
        named,
        given: true,
        temporary: false,
        retracts: false,
        note,
        text,
    })
}
