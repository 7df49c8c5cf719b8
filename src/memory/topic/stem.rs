//! A light stemmer for English: enough to make "runs", "running" and "run" one, and no more.

/// The stem of a lower-case word. Not a word itself: "movies" and "movie" give `movi`.
pub fn stem(word: &str) -> String {
    let mut stem = word.strip_suffix("'s").unwrap_or(word).to_owned();
    // The sport is not the animal.
    if !stem.is_ascii() || stem.len() < 3 || stem == "fishing" {
        return stem;
    }
    if stem.len() == 3 {
        ending(&mut stem);
        return stem;
    }
    plural(&mut stem);
    gerund(&mut stem);
    ending(&mut stem);
    stem
}

fn plural(word: &mut String) {
    let cut = if word.ends_with("ies") && word.len() > 4 {
        1
    } else if ["ches", "shes", "sses", "xes", "zes", "oes", "uses"]
        .iter()
        .any(|end| word.ends_with(end))
    {
        2
    } else if word.ends_with('s')
        && !["ss", "us", "nis", "sis", "xis", "ris"]
            .iter()
            .any(|end| word.ends_with(end))
    {
        1
    } else {
        0
    };
    word.truncate(word.len() - cut);
}

fn gerund(word: &mut String) {
    let Some(base) = word.strip_suffix("ing") else {
        return;
    };
    let spoken = base.contains(['a', 'e', 'i', 'o', 'u', 'y']);
    if base.len() >= 3 && spoken {
        word.truncate(word.len() - 3);
    }
}

/// A final `e` goes, `y` and `ie` become `i`, a doubled consonant becomes one.
fn ending(word: &mut String) {
    if word.len() > 3 && word.ends_with('e') {
        word.pop();
    }
    let bytes = word.as_bytes();
    let Some((&last, before)) = bytes.split_last() else {
        return;
    };
    let previous = before.last().copied().unwrap_or_default();
    let vowel = |letter: u8| b"aeiou".contains(&letter);
    if last == b'y' && !vowel(previous) && word.len() > 2 {
        word.pop();
        word.push('i');
    } else if last == previous && last.is_ascii_lowercase() && !vowel(last) && word.len() > 3 {
        word.pop();
    }
}

#[cfg(test)]
mod tests {
    use super::stem;

    #[test]
    fn forms_of_a_word_have_one_stem() {
        for forms in [
            &["run", "runs", "running"][..],
            &["movie", "movies"],
            &["puppy", "puppies"],
            &["cycle", "cycling", "cycles"],
            &["travel", "travelling", "traveling"],
            &["call", "calls", "calling"],
            &["glass", "glasses"],
            &["bus", "buses"],
            &["potato", "potatoes"],
            &["noodle", "noodles"],
            &["hike", "hiking", "hikes"],
            &["house", "houses"],
            &["dad", "dad's"],
        ] {
            let first = stem(forms[0]);
            for form in forms {
                assert_eq!(stem(form), first, "{form}");
            }
        }
    }

    #[test]
    fn other_words_keep_apart() {
        for (one, other) in [
            ("spring", "spr"),
            ("tennis", "tenni"),
            ("thing", "th"),
            ("car", "cart"),
        ] {
            assert_ne!(stem(one), stem(other), "{one} {other}");
        }
    }
}
