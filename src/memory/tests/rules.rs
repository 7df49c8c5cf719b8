//! One case for each thing that a statement can do.

use super::*;

#[test]
fn acts() {
    use Act::{Add, Broaden, Condition, Except, Narrow, Overlay, Reinforce, Retract, Supersede};
    for (messages, last, active) in [
        (
            &["我喜欢下雨天", "我讨厌下雨天"][..],
            &[Supersede][..],
            &["-下雨天"][..],
        ),
        (
            &["我喜欢下雨天", "I hate rainy days"],
            &[Supersede],
            &["-rainy days"],
        ),
        (&["我喜歡貓", "I love cats"], &[Reinforce], &["+貓"]),
        (
            &["I love fruit", "except durian"],
            &[Except],
            &["+fruit", "-durian"],
        ),
        (
            &["I love dogs", "I hate corgis"],
            &[Except],
            &["+dogs", "-corgis"],
        ),
        (
            &["我喜欢听音乐", "准确说我只听古典音乐"],
            &[Narrow],
            &["+听古典音乐"],
        ),
        (
            &["I love corgis", "actually I love all dogs"],
            &[Broaden],
            &["+dogs"],
        ),
        (
            &["I love coffee", "no coffee for me this week"],
            &[Overlay],
            &["+coffee", "-coffee"],
        ),
        (
            &["I like rain", "I hate rain when I commute"],
            &[Condition],
            &["+rain", "-rain"],
        ),
        (&["I like rain", "forget that I like rain"], &[Retract], &[]),
        (&["我住在北京", "我搬到上海了"], &[Supersede], &["0上海"]),
        (
            &["I like green tea", "I hate black tea"],
            &[Add],
            &["+green tea", "-black tea"],
        ),
        (&["我喜欢猫", "我老板讨厌猫"], &[], &["+猫"]),
        (
            &["我对花生过敏", "I have a peanut allergy"],
            &[Reinforce],
            &["-花生"],
        ),
    ] {
        let (book, acts) = after(messages);
        assert_eq!(acts.last().unwrap(), last, "{messages:?}");
        let mut active: Vec<&str> = active.to_vec();
        active.sort_unstable();
        assert_eq!(shown(&book, Status::Active), active, "{messages:?}");
    }
}

#[test]
fn what_takes_a_place_and_what_gave_it_know_each_other() {
    let (book, _) = after(&["我喜欢下雨天", "我讨厌下雨天"]);
    let all: Vec<&Preference> = book.all().collect();
    assert_eq!(all[0].superseded_by, Some(all[1].id.clone()));
    assert_eq!(all[1].supersedes, [all[0].id.clone()]);
    assert_eq!(all[0].said[0].words, "我喜欢下雨天");
}

#[test]
fn the_users_own_hand_is_asked_about_not_overruled() {
    for by_hand in [Edit::Pin as fn(PrefId, bool) -> Edit, |id, _| {
        Edit::Strength(id, 2)
    }] {
        let (mut book, _) = after(&["我很爱下雨天"]);
        let id = book.all().next().unwrap().id.clone();
        let change = edit(&book, &by_hand(id.clone(), true), NOW, [1; 10]).unwrap();
        book.apply(&change).unwrap();
        for (text, proposes) in [("我讨厌下雨天", true), ("忘掉我喜欢下雨天这件事", false)]
        {
            let Outcome::Ask(question) = reconcile(&book, &hear(text)[0], &source(9, text), NOW)
            else {
                panic!("{text} is not asked about");
            };
            assert_eq!((question.with, question.why), (id.clone(), Doubt::Guarded));
            let mut asked = book.clone();
            asked.apply(&question.proposal).unwrap();
            let proposed = asked.all().any(|pref| pref.status == Status::Proposed);
            let held = asked.get(&id).unwrap();
            assert_eq!((proposed, held.is_asked_back()), (proposes, !proposes));
            assert!(
                held.holds(NOW),
                "nothing that holds is changed by a question"
            );
            if !proposes {
                let kept = edit(&asked, &Edit::Keep(id.clone()), NOW, [2; 10]).unwrap();
                asked.apply(&kept).unwrap();
                assert_eq!(asked, book, "the answer was no");
            }
        }
    }
}

#[test]
fn answers_to_a_question() {
    for (answer, active) in [
        (Answer::Replace, &["-下雨天"][..]),
        (Answer::Both, &["+下雨天", "-下雨天"]),
        (Answer::When("通勤".into()), &["+下雨天", "-下雨天"]),
    ] {
        let (mut book, _) = after(&["我喜欢下雨天"]);
        let id = book.all().next().unwrap().id.clone();
        book.apply(&edit(&book, &Edit::Pin(id, true), NOW, [1; 10]).unwrap())
            .unwrap();
        learn(
            &mut book,
            &hear("我讨厌下雨天"),
            &source(5, "我讨厌下雨天"),
            NOW,
        );
        assert_eq!(shown(&book, Status::Active), ["+下雨天"]);
        let proposed = book
            .all()
            .find(|pref| pref.status == Status::Proposed)
            .unwrap()
            .id
            .clone();
        let change = edit(
            &book,
            &Edit::Accept(proposed.clone(), answer.clone()),
            NOW,
            [2; 10],
        )
        .unwrap();
        book.apply(&change).unwrap();
        assert_eq!(shown(&book, Status::Active), active, "{answer:?}");
        if let Answer::When(condition) = answer {
            assert_eq!(book.get(&proposed).unwrap().condition, condition);
        }
    }
}

#[test]
fn a_liking_never_overrules_an_allergy() {
    let (book, _) = after(&["I'm allergic to peanuts", "I love peanuts"]);
    assert_eq!(shown(&book, Status::Active), ["-peanuts"]);
    assert_eq!(shown(&book, Status::Proposed), ["+peanuts"]);
}

#[test]
fn only_the_users_own_words_become_active() {
    for origin in Origin::ALL {
        let mut book = Book::default();
        let text = "I love rain";
        learn(
            &mut book,
            &hear(text),
            &Source {
                origin,
                ..source(1, text)
            },
            NOW,
        );
        let status = if origin.is_users() {
            Status::Active
        } else {
            Status::Proposed
        };
        assert_eq!(shown(&book, status), ["+rain"], "{origin:?}");
        let forget = hear("forget that I love rain");
        learn(
            &mut book,
            &forget,
            &Source {
                origin,
                ..source(2, "")
            },
            NOW,
        );
        let kept = shown(&book, status).len();
        assert_eq!(kept, usize::from(!origin.is_users()), "{origin:?}");
    }
}

#[test]
fn a_limited_time_ends() {
    let (mut book, _) = after(&["我喜欢喝奶茶", "这周我不喝奶茶"]);
    assert_eq!(shown(&book, Status::Active).len(), 2);
    assert_eq!(expire(&book, NOW + 3_600_000), None);
    let change = expire(&book, NOW + 7 * 86_400_000).unwrap();
    book.apply(&change).unwrap();
    assert_eq!(shown(&book, Status::Active), ["+喝奶茶"]);
    assert_eq!(shown(&book, Status::Expired), ["-喝奶茶"]);
}

#[test]
fn the_boards_gestures() {
    let (book, _) = after(&[
        "I like rain",
        "I like rainy weather at home",
        "I hate rain when I commute",
    ]);
    let ids: Vec<PrefId> = book.all().map(|pref| pref.id.clone()).collect();
    let made = |edits: &[Edit]| {
        let mut book = book.clone();
        for gesture in edits {
            let change = edit(&book, gesture, NOW, [7; 10]).unwrap();
            book.apply(&change).unwrap();
        }
        (shown(&book, Status::Active), book)
    };
    let id = |nth: usize| ids[nth].clone();
    let (active, _) = made(&[Edit::Merge(id(0), id(1))]);
    assert_eq!(active, ["+rain", "-rain"]);
    let (active, _) = made(&[Edit::Split(id(0), vec!["drizzle".into(), "storms".into()])]);
    assert_eq!(active.len(), 4);
    let (active, _) = made(&[Edit::Retract(id(2))]);
    assert_eq!(active.len(), 2);
    let (active, _) = made(&[Edit::Retract(id(2)), Edit::Restore(id(2))]);
    assert_eq!(active.len(), 3);
    let (_, changed) = made(&[
        Edit::Strength(id(0), 9),
        Edit::Condition(id(0), " at\nhome ".into()),
    ]);
    let pref = changed.get(&id(0)).unwrap();
    assert_eq!(
        (pref.strength, pref.condition.as_str(), pref.edited),
        (2, "at home", true)
    );
    for (gesture, refusal) in [
        (Edit::Topic(id(0), "\u{202E}".into()), Refusal::Empty),
        (Edit::Split(id(0), vec!["one".into()]), Refusal::Empty),
        (Edit::Merge(id(0), id(0)), Refusal::Same),
        (Edit::Restore(id(0)), Refusal::Same),
        (Edit::Accept(id(0), Answer::Both), Refusal::Missing),
        (Edit::Pin(PrefId("no".into()), true), Refusal::Missing),
        (Edit::Erase(vec![]), Refusal::Missing),
    ] {
        assert_eq!(
            edit(&book, &gesture, NOW, [7; 10]),
            Err(refusal),
            "{gesture:?}"
        );
    }
}

#[test]
fn restoring_puts_back_what_had_taken_the_place() {
    let (mut book, _) = after(&["我喜欢下雨天", "我讨厌下雨天"]);
    let first = book.all().next().unwrap().id.clone();
    let change = edit(&book, &Edit::Restore(first), NOW, [3; 10]).unwrap();
    book.apply(&change).unwrap();
    assert_eq!(shown(&book, Status::Active), ["+下雨天"]);
    assert_eq!(shown(&book, Status::Superseded), ["-下雨天"]);
}

#[test]
fn what_is_written_on_the_board_is_never_asked_about() {
    let (mut book, _) = after(&["我喜欢下雨天"]);
    let id = book.all().next().unwrap().id.clone();
    book.apply(&edit(&book, &Edit::Pin(id, true), NOW, [1; 10]).unwrap())
        .unwrap();
    for change in write(
        &book,
        &hear("我讨厌下雨天")[0],
        &source(0, "我讨厌下雨天"),
        NOW,
    ) {
        book.apply(&change).unwrap();
    }
    assert_eq!(shown(&book, Status::Active), ["-下雨天"]);
}

#[test]
fn a_card_tells_its_life() {
    let mut book = Book::default();
    let mut events = Vec::new();
    for (seq, text) in (1..).zip(["我喜欢下雨天", "我很喜欢下雨天", "我讨厌下雨天"])
    {
        for outcome in learn(&mut book, &hear(text), &source(seq, text), NOW) {
            let Outcome::Done(changes) = outcome else {
                panic!("{text}")
            };
            for change in changes {
                let number = events.len() as u32 + 1;
                events.push(Event {
                    number,
                    at: NOW,
                    change,
                });
            }
        }
    }
    let id = book.all().next().unwrap().id.clone();
    let life: Vec<(Act, String)> = timeline(&events, &id)
        .into_iter()
        .map(|moment| (moment.act, moment.cause.unwrap().words))
        .collect();
    assert_eq!(
        life,
        [
            (Act::Add, "我喜欢下雨天".to_owned()),
            (Act::Reinforce, "我很喜欢下雨天".to_owned()),
            (Act::Supersede, "我讨厌下雨天".to_owned()),
        ]
    );
}

#[test]
fn a_fact_without_a_slot_finds_it_in_its_words() {
    let (mut book, _) = after(&["I live in Boston"]);
    let moved = Statement {
        kind: Kind::Fact,
        strength: Some(0),
        topic: "Denver".into(),
        ..Statement::default()
    };
    learn(
        &mut book,
        &[moved],
        &source(2, "I moved to Denver last month"),
        NOW,
    );
    assert_eq!(shown(&book, Status::Active), ["0Denver"]);
}
