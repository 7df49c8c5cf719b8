#![allow(clippy::unwrap_used)]

use super::*;
use proptest::prelude::*;

/// The strongest sign of a reply that says it is complete, with the words at its place.
fn check(text: &str, want: Option<(Kind, &str)>) {
    let verdict = judge(End::Complete, text, "");
    let strongest = verdict.signs.first().filter(|_| verdict.is_cut());
    let got = strongest.map(|sign| (sign.kind, &text[sign.at.clone()]));
    assert_eq!(got, want, "{text:?}: {verdict:?}");
}

#[test]
fn signs_with_their_place() {
    use Kind::*;
    for (text, kind, place) in [
        ("看：\n```py\na = 1", OpenFence, "```py\na = 1"),
        ("run `git pu", OpenCode, "`git pu"),
        ("so $$x^2", OpenFormula, "$$x^2"),
        ("He is tall. NATO (the North", OpenBracket, "(the North"),
        ("他说：“好", OpenQuote, "“好"),
        ("Use the **stron", OpenEmphasis, "**stron"),
        ("| a | b |\n|---|---|\n| 1 |", RowBegun, "| 1 |"),
        ("1. a\n2. b\n3. ", ItemBegun, "3. "),
        ("# A\n\nText.\n\n## B", HeadingOnly, "## B"),
        (
            "There are three reasons. First, it is old.",
            TooFew,
            "First, it is old.",
        ),
        (
            "给你一个四周计划：\n\n**第一周**：跑。\n**第二周**：走。",
            TooFew,
            "给你一个四周计划：",
        ),
        ("可以这样写：", Colon, "："),
        ("首先，要坚持；其次，", Comma, "，"),
        ("The largest city is in the", Connective, "the"),
        (
            "我的家乡在江南，那里有很多河。每到春天，河边的柳树",
            NoStop,
            "",
        ),
    ] {
        check(text, Some((kind, place)));
    }
}

#[test]
fn quiet_on_proper_ends() {
    for text in [
        "",
        "巴黎",
        "$19.99",
        "https://a.b/c",
        "```\nx\n```",
        "- a\n- b",
        "风起\n云落",
        "Good luck 💪",
        "| a |\n|---|\n| 1 |",
        "您好！我要请假。\n\n张伟\n2026 年 11 月 23 日",
        "Hello.\n\nBest,\nAda",
        "所以是 12 小时。\n\n**答案：12 小时**",
        "$$x$$",
        "`x`",
        "There are two reasons. First, a. Second, b.",
        "{\"a\": [1, 2]}",
        "好的",
        "Yes, it is",
    ] {
        check(text, None);
    }
}

#[test]
fn the_end_itself_says_so() {
    let cut = |end, text| judge(end, text, "").is_cut();
    for end in [End::Length, End::Cut, End::Paused, End::Unknown, End::Empty] {
        assert!(cut(end, "A whole sentence."), "{end:?}");
    }
    for end in [
        End::Stopped,
        End::Filtered,
        End::Refused,
        End::Tool,
        End::Error,
    ] {
        assert!(!cut(end, "half a"), "{end:?}");
    }
    assert!(cut(End::Complete, "this is half a") && !cut(End::Complete, "A whole sentence."));
}

#[test]
fn the_question_counts() {
    let cut = |text, prompt| judge(End::Complete, text, prompt).is_cut();
    assert!(cut("1. London\n2. Paris\n3. Ber", "List ten cities"));
    assert!(!cut("1. London\n2. Paris\n3. Bern", "List three cities"));
    assert!(cut("姓名：", "介绍一下自己") && !cut("姓名：\n年龄：", "给我一个填空模板"));
    assert!(
        cut("那天他打开了门，", "写一个故事")
            && !cut("那天他打开了门，", "给我一个故事开头，我来续写")
    );
}

#[test]
fn names_are_stable_and_come_back() {
    for kind in Kind::ALL {
        assert_eq!(Kind::from_name(kind.name()), Some(kind));
    }
}

proptest! {
    #[test]
    fn any_text_is_judged_and_places_are_in_it(text in "([ -~\n]|[一-龥]|[“”（）【】《》，。：、…—]|```\n|\\$\\$|\\*\\*|\\| a \\|\n|\\|--\\|\n|- |12\\. |\\\\\\(|😀|\\PC){0,60}", prompt in "\\PC{0,20}") {
        let verdict = judge(End::Complete, &text, &prompt);
        prop_assert!(verdict.certainty < 100);
        for sign in verdict.signs {
            prop_assert!(text.get(sign.at.clone()).is_some(), "{sign:?}");
            prop_assert!((1..100).contains(&sign.weight));
        }
    }
}
