use super::*;
use proptest::prelude::*;

/// `first`, `second` and what they make together.
fn check(first: &str, second: &str, want: &str) {
    let (text, seam) = join(first, second, Mode::Asked);
    assert_eq!(text, want, "{first:?} + {second:?}: {seam:?}");
}

#[test]
fn repetitions_are_left_out() {
    for (first, second, want) in [
        (
            "1. London\n2. Paris\n3. Ber",
            "Berlin\n4. Rome",
            "1. London\n2. Paris\n3. Berlin\n4. Rome",
        ),
        (
            "1. London\n2. Paris\n3. Ber",
            "3. Berlin\n4. Rome",
            "1. London\n2. Paris\n3. Berlin\n4. Rome",
        ),
        (
            "The cat sat on the mat and looked at",
            "and looked at the dog.",
            "The cat sat on the mat and looked at the dog.",
        ),
        (
            "The cat sat on the mat and looked at",
            "The cat sat on the mat and looked at the dog.",
            "The cat sat on the mat and looked at the dog.",
        ),
        (
            "首先，你需要明确自己的目标；其次，",
            "其次，要坚持。",
            "首先，你需要明确自己的目标；其次，要坚持。",
        ),
        (
            "edit your words and send th",
            "them again.",
            "edit your words and send them again.",
        ),
        ("It is in 20", "2026, on the", "It is in 2026, on the"),
        ("We go in", "to town.", "We go in to town."),
        ("我们还需要", "需要注意三点。", "我们还需要注意三点。"),
        (
            "他说：“我早就",
            "“我早就知道了。”",
            "他说：“我早就知道了。”",
        ),
        (
            "The answer is that water expands when it freezes, which",
            "...that water expands, when it freezes which makes ice float on the lake.",
            "The answer is that water expands when it freezes, which makes ice float on the lake.",
        ),
        (
            "In the beginning the committee met every Tuesday in the old town hall, and the minutes",
            "The committee met each Tuesday in the old town hall, and the minutes were kept by hand.",
            "In the beginning the committee met every Tuesday in the old town hall, and the minutes were kept by hand.",
        ),
    ] {
        check(first, second, want);
    }
}

#[test]
fn signs_that_repeat_over_a_line_break_are_left_out() {
    for (first, second, want) in [
        (
            "- 深色模式\n- 导出为 PDF\n\n## ",
            "- 导出为 PDF\n\n## 修复\n",
            "- 深色模式\n- 导出为 PDF\n\n## 修复\n",
        ),
        (
            "她说：“再见。”\n\n“",
            "她说：“再见。”\n\n“等等。”",
            "她说：“再见。”\n\n“等等。”",
        ),
        (
            "head.next, prev, head = prev, head, ",
            "head.next\n",
            "head.next, prev, head = prev, head, head.next\n",
        ),
    ] {
        check(first, second, want);
    }
}

#[test]
fn what_is_open_is_not_opened_again() {
    for (first, second, want) in [
        (
            "| Aperture | Depth",
            " | Good for |\n|---|---|---|\n",
            "| Aperture | Depth | Good for |\n|---|---|---|\n",
        ),
        (
            "| 名 | 码 |\n|---|---|\n| 甲",
            "| 1 |\n| 乙 | 2 |",
            "| 名 | 码 |\n|---|---|\n| 甲| 1 |\n| 乙 | 2 |",
        ),
        (
            "| 名 | 码 |\n|---|---|\n| 甲 | 1",
            "| 乙 | 2 |",
            "| 名 | 码 |\n|---|---|\n| 甲 | 1\n| 乙 | 2 |",
        ),
        (
            "```py\na = 1\nb =",
            "```py\nb = 2\n```",
            "```py\na = 1\nb = 2\n```",
        ),
        (
            "```py\na = 1",
            "```python\nb = 2\n```",
            "```py\na = 1\nb = 2\n```",
        ),
        ("```py\na = 1\n", " b", "```py\na = 1\n b"),
        ("```py\na = 1", "\n```\nDone.", "```py\na = 1\n```\nDone."),
        (
            "| a | b |\n|---|---|\n| 1 | 2 |\n",
            "| a | b |\n|---|---|\n| 3 | 4 |",
            "| a | b |\n|---|---|\n| 1 | 2 |\n| 3 | 4 |",
        ),
        (
            "| a | b |\n|---|---|\n| 1 | 2 |",
            "| 3 | 4 |",
            "| a | b |\n|---|---|\n| 1 | 2 |\n| 3 | 4 |",
        ),
        (
            "| day | work |\n|---|---|\n| Mon | wri",
            "| day | work |\n|---|---|\n| Mon | write |\n| Tue | rest |",
            "| day | work |\n|---|---|\n| Mon | write |\n| Tue | rest |",
        ),
        (
            "1. 苹果\n2. 香蕉\n3. ",
            "3. 橙子",
            "1. 苹果\n2. 香蕉\n3. 橙子",
        ),
        ("1. 苹果\n2. 香蕉\n3.", "橙子", "1. 苹果\n2. 香蕉\n3. 橙子"),
        ("- a\n- ", "- b\n- c", "- a\n- b\n- c"),
        ("- 苹果\n- 香", "- 香蕉\n- 橙子", "- 苹果\n- 香蕉\n- 橙子"),
        ("- 苹果\n- 香", "香蕉\n- 橙子", "- 苹果\n- 香蕉\n- 橙子"),
        (
            "Goal.\n\n### 2. ",
            "### 2. Budget\nx",
            "Goal.\n\n### 2. Budget\nx",
        ),
        ("重点是**坚", "**坚持**。", "重点是**坚持**。"),
        (
            "```js\nif (a) b;",
            "  c;\n```",
            "```js\nif (a) b;\n  c;\n```",
        ),
        ("1. a\n2. b", "3. c", "1. a\n2. b\n3. c"),
    ] {
        check(first, second, want);
    }
}

#[test]
fn spaces() {
    for (first, second, want) in [
        (
            "The quick brown",
            "fox jumps.",
            "The quick brown fox jumps.",
        ),
        (
            "The quick bro",
            "wn fox jumps.",
            "The quick brown fox jumps.",
        ),
        ("He was runn", "ing away.", "He was running away."),
        ("It is done.", "Now rest.", "It is done. Now rest."),
        (
            "see https://exam",
            "ple.com for more",
            "see https://example.com for more",
        ),
        ("the borders of", "of China", "the borders of China"),
        ("It costs 3.", "14 in all.", "It costs 3.14 in all."),
        (
            "这首诗语言朴素，",
            "意境深远。",
            "这首诗语言朴素，意境深远。",
        ),
        ("这首诗语言", " 朴素。", "这首诗语言朴素。"),
        (
            "我用 Rust 写，也用",
            "Python 写。",
            "我用 Rust 写，也用 Python 写。",
        ),
        (
            "我用Rust写，也用",
            "Python写。",
            "我用Rust写，也用Python写。",
        ),
        ("One.\n\n", "\n\nTwo.", "One.\n\nTwo."),
        ("One.", "\n\nTwo.", "One.\n\nTwo."),
        ("One.", "## Two\nx", "One.\n\n## Two\nx"),
        (
            "the reeds are writing on the sky,",
            "\nand I walk on",
            "the reeds are writing on the sky,\nand I walk on",
        ),
    ] {
        check(first, second, want);
    }
}

#[test]
fn a_line_that_only_introduces_the_rest_is_left_out() {
    check(
        "我觉得最重要的是",
        "好的，继续：\n\n坚持。",
        "我觉得最重要的是坚持。",
    );
    check(
        "It depends on",
        "Sure, here is the rest:\n\nthe weather.",
        "It depends on the weather.",
    );
    check("这里", "好的一面是便宜。", "这里好的一面是便宜。");
}

#[test]
fn an_answer_that_starts_over_is_noticed() {
    let first = "Tides are caused mainly by the Moon's gravity, with a smaller part of the Sun. The near side of Earth is pulled";
    let again =
        "Tides are caused mainly by the Moon's gravity. There are two bulges, one on each side.";
    let (text, seam) = join(first, again, Mode::Asked);
    assert!(seam.restarted);
    assert_eq!(text, first);
    let mut stitch = Stitch::new(first, Mode::Asked);
    assert_eq!(stitch.push(again) + &stitch.finish(), "");
    assert_eq!(stitch.branch(), Some(again));
    let whole = [first, " more strongly."].concat();
    let (text, seam) = join(first, &whole, Mode::Asked);
    assert!(seam.restarted && text == whole, "{text}");
    let (_, seam) = join(
        "杭州有三个地方值得去。第一，西湖",
        "杭州有三个地方值得去：西湖、灵隐寺和龙井村。",
        Mode::Asked,
    );
    assert!(seam.restarted);
}

#[test]
fn an_answer_in_other_words_is_told_from_a_rest() {
    let first = "雨天拍照，先看光从哪里来。云层像一块很大的柔光布，阴影变浅，颜色变浓。接下来要注意镜头上的水，因为";
    let other = "下雨天摄影，光线最重要。厚厚的云层把阳光变成柔光，人脸上的阴影很浅，颜色也更浓。镜头上容易沾水，要随时擦干。";
    let rest = "水珠会让画面发灰。带一块干布，每拍几张就擦一次。等雨小一点，再到街上去找积水，里面有整座城市的倒影，行人走过时按下快门。";
    for mode in [Mode::Asked, Mode::Prefill] {
        let (text, seam) = join(first, other, mode);
        assert_eq!((text.as_str(), seam.restarted), (first, true), "{mode:?}");
        let (text, seam) = join(first, rest, mode);
        assert_eq!(
            (text, seam.restarted),
            ([first, rest].concat(), false),
            "{mode:?}"
        );
    }
    // What sums up comes back to the beginning by nature.
    let end = [&first[..first.len() - "因为".len()], "。"].concat();
    let sum = "总之，雨天拍照要看光和云层，阴影浅，颜色浓，还要注意镜头上的水，这样才能拍好照片，留住雨天的街道。";
    assert!(!join(&end, sum, Mode::Asked).1.restarted);
}

#[test]
fn prefill_is_taken_as_it_comes() {
    let join = |first, second| join(first, second, Mode::Prefill).0;
    assert_eq!(join("chloroph", "yll"), "chlorophyll");
    assert_eq!(join("ha", "ha ha"), "haha ha");
    let first = "A server may send the prefix back to us";
    assert_eq!(
        join(first, &[first, ", too."].concat()),
        [first, ", too."].concat()
    );
}

#[test]
fn white_space_that_was_not_sent_is_not_doubled() {
    let join = |first, second| join(first, second, Mode::Trimmed).0;
    assert_eq!(join("the ", " cat"), "the cat");
    assert_eq!(join("the ", "cat"), "the cat");
    assert_eq!(join("the", " cat"), "the cat");
    assert_eq!(join("a:\n\n", "\n\nb"), "a:\n\nb");
}

fn words() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        "[a-z]{1,9} ",
        "[A-Z][a-z]{2,5}, ",
        "[一-龥]{1,6}",
        "。|，|：|！",
        "\n|\n\n",
        "- |1\\. |2\\. |# ",
        "```(rs)?\n",
        "\\| a \\| b \\|\n\\|---\\|---\\|\n",
        "\\| 1 \\| ",
        "\\*\\*|`|\\$",
        "好的，继续：\n|Sure, the rest:\n",
        " {0,4}",
        any::<char>().prop_map(String::from),
    ];
    prop::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn nothing_is_lost(first in words(), second in words(), prefill: bool) {
        let mode = if prefill { Mode::Prefill } else { Mode::Asked };
        let (text, seam) = join(&first, &second, mode);
        prop_assert_eq!(seam.at, first.len());
        if text == first {
            prop_assert!(seam.restarted || seam.dropped == second || second.is_empty());
        } else {
            let rest = second.strip_prefix(seam.dropped.as_str());
            prop_assert!(rest.is_some());
            prop_assert_eq!(text, [&first, seam.glue, rest.unwrap_or_default()].concat());
        }
    }

    #[test]
    fn chunks_make_no_difference(first in words(), second in words(), cuts in prop::collection::vec(1usize..9, 1..40)) {
        let whole = join(&first, &second, Mode::Asked);
        let mut stitch = Stitch::new(&first, Mode::Asked);
        let mut text = first.clone();
        let mut letters = second.chars().peekable();
        for cut in cuts.iter().cycle() {
            let chunk: String = letters.by_ref().take(*cut).collect();
            if chunk.is_empty() { break }
            text.push_str(&stitch.push(&chunk));
        }
        text.push_str(&stitch.finish());
        prop_assert_eq!((text, stitch.seam().cloned().unwrap_or_default()), whole);
    }

    /// A repetition of some length never appears twice.
    #[test]
    fn nothing_is_doubled(seed: u32, cut in 0usize..200, back in 12usize..120) {
        let word = |nth: u32| -> String {
            let mut dice = seed.wrapping_add(nth).wrapping_mul(2_654_435_761) | 1;
            (0..3 + nth % 6).map(|_| {
                dice = dice.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                char::from(b'a' + (dice >> 24) as u8 % 26)
            }).collect()
        };
        let text = (0..50).map(word).collect::<Vec<_>>().join(" ");
        let cut = (60 + cut).min(text.len() - 1);
        let (first, rest) = text.split_at(cut);
        let second = [&first[first.len() - back.min(first.len() - 30)..], rest].concat();
        let (joined, seam) = join(first, &second, Mode::Asked);
        prop_assert!(!seam.restarted);
        prop_assert_eq!(joined, text);
    }
}
