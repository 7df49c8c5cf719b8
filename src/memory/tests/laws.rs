//! What holds whatever is said and done.

use super::*;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

const TOPICS: &[&str] = &[
    "猫",
    "cats",
    "狗",
    "corgis",
    "dogs",
    "咖啡",
    "拿铁",
    "coffee",
    "rain",
    "下雨天",
    "storms",
    "简短",
    "detailed",
    "英文",
    "用中文",
    "上海",
    "Leeds",
    "all films",
    "horror films",
    "王家卫的电影",
    "😀 \u{202E}x",
    "",
    "的",
];

fn cue() -> impl Strategy<Value = Cue> {
    select(vec![
        Cue::None,
        Cue::None,
        Cue::Retract,
        Cue::Narrow,
        Cue::Broaden,
        Cue::Correct,
    ])
}

fn duration() -> impl Strategy<Value = Duration> {
    select(vec![
        Duration::Lasting,
        Duration::Lasting,
        Duration::Today,
        Duration::Week,
        Duration::Month,
        Duration::Days(3),
    ])
}

prop_compose! {
    pub fn statement()(kind in select(Kind::ALL.to_vec()), strength in proptest::option::weighted(0.9, -2..=2i8),
        topic in select(TOPICS), condition in select(vec!["", "", "在家", "when I commute"]),
        exceptions in vec(select(TOPICS), 0..2), duration in duration(), cue in cue(), certainty in 0..=100u8,
        slot in proptest::option::weighted(0.2, select(vec![Slot::Residence, Slot::Name, Slot::Style("#length".into())])))
        -> Statement {
        Statement { kind, strength, topic: topic.into(), condition: condition.into(),
            exceptions: exceptions.into_iter().map(str::to_owned).collect(), duration, cue, certainty, slot }
    }
}

/// Something said, or something done on the board with the preferences that there are.
#[derive(Clone, Debug)]
enum Step {
    Say(Statement, Origin),
    Do(u8, usize, usize),
    Pass,
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        6 => (statement(), select(vec![Origin::Typed, Origin::Typed, Origin::Typed, Origin::Model, Origin::Board])).prop_map(|(s, o)| Step::Say(s, o)),
        4 => (0..13u8, any::<usize>(), any::<usize>()).prop_map(|(what, a, b)| Step::Do(what, a, b)),
        1 => Just(Step::Pass),
    ]
}

fn gesture(book: &Book, what: u8, a: usize, b: usize) -> Option<Edit> {
    let ids: Vec<PrefId> = book.all().map(|pref| pref.id.clone()).collect();
    let id = ids.get(a % ids.len().max(1))?.clone();
    let other = ids.get(b % ids.len())?.clone();
    let text = TOPICS[b % TOPICS.len()].to_owned();
    Some(match what {
        0 => Edit::Strength(id, (b % 5) as i8 - 2),
        1 => Edit::Topic(id, text),
        2 => Edit::Condition(id, text),
        3 => Edit::Scope(id, Scope::Persona("p".into())),
        4 => Edit::Until(id, Some(NOW + b as i64 % 1_000_000)),
        5 => Edit::Pin(id, b.is_multiple_of(2)),
        6 => Edit::Merge(id, other),
        7 => Edit::Split(id, vec![text, "tea".into()]),
        8 => Edit::Retract(id),
        9 => Edit::Restore(id),
        10 => Edit::Accept(id, Answer::Replace),
        11 => Edit::Keep(id),
        _ => Edit::Accept(id, Answer::When(text)),
    })
}

/// The books before each change and after the last, and the changes.
fn run(steps: &[Step]) -> (Vec<Book>, Vec<Change>) {
    let (mut books, mut changes) = (vec![Book::default()], Vec::new());
    for (nth, step) in steps.iter().enumerate() {
        let now = NOW + nth as i64 * 3_600_000;
        let book = books.last().unwrap().clone();
        let source = |origin| Source {
            origin,
            ..source(nth as u32 + 1, &format!("words {nth}"))
        };
        let made: Vec<Change> = match step {
            Step::Say(statement, Origin::Board) => {
                write(&book, statement, &source(Origin::Board), now)
            }
            Step::Say(statement, origin) => {
                match reconcile(&book, statement, &source(*origin), now) {
                    Outcome::Done(changes) => changes,
                    Outcome::Ask(question) => vec![question.proposal],
                }
            }
            Step::Do(what, a, b) => {
                let gesture = gesture(&book, *what, *a, *b);
                gesture
                    .and_then(|gesture| edit(&book, &gesture, now, [nth as u8; 10]).ok())
                    .into_iter()
                    .collect()
            }
            Step::Pass => expire(&book, now).into_iter().collect(),
        };
        for change in made {
            let mut next = books.last().unwrap().clone();
            next.apply(&change).unwrap();
            books.push(next);
            changes.push(change);
        }
    }
    (books, changes)
}

fn replay<'c>(changes: impl IntoIterator<Item = &'c Change>) -> Book {
    let mut book = Book::default();
    for change in changes {
        book.apply(change).unwrap();
    }
    book
}

/// Without what support consists of.
fn without_support(book: &Book) -> Vec<Preference> {
    let bare = |pref: &Preference| Preference {
        said: Vec::new(),
        last_seen: 0,
        ..pref.clone()
    };
    book.all().map(bare).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn the_changes_add_up_to_the_book(steps in vec(step(), 0..24)) {
        let (books, changes) = run(&steps);
        prop_assert_eq!(&replay(&changes), books.last().unwrap());
    }

    #[test]
    fn undo_is_the_inverse_step_by_step_to_the_empty_book(steps in vec(step(), 0..24)) {
        let (mut books, changes) = run(&steps);
        let mut book = books.pop().unwrap();
        for change in changes.iter().rev() {
            let back = undo(change).unwrap();
            let forth = undo(&back).unwrap();
            let after = book.clone();
            book.apply(&back).unwrap();
            prop_assert_eq!(&book, &books.pop().unwrap());
            let mut again = book.clone();
            again.apply(&forth).unwrap();
            prop_assert_eq!(again, after);
        }
        prop_assert_eq!(book, Book::default());
    }

    #[test]
    fn a_change_of_another_book_changes_nothing(steps in vec(step(), 1..24)) {
        let (books, changes) = run(&steps);
        let mut book = books.last().unwrap().clone();
        for change in &changes {
            let before = book.clone();
            if book.apply(change).is_err() {
                prop_assert_eq!(&book, &before);
            }
        }
    }

    #[test]
    fn saying_it_again_adds_support_only(steps in vec(step(), 0..12), mut said in statement(), seq in 100..200u32) {
        said.exceptions.clear();
        prop_assume!(!matches!(said.cue, Cue::Retract) && !said.topic.is_empty() && said.strength.is_some());
        let mut book = run(&steps).0.pop().unwrap();
        let now = NOW + 1_000 * 3_600_000;
        learn(&mut book, std::slice::from_ref(&said), &source(seq, "once"), now);
        let once = book.clone();
        learn(&mut book, std::slice::from_ref(&said), &source(seq + 1, "twice"), now);
        let asked = once.all().any(|pref| pref.status == Status::Proposed);
        if !asked {
            prop_assert_eq!(without_support(&book), without_support(&once));
        }
        let before = book.clone();
        learn(&mut book, std::slice::from_ref(&said), &source(seq + 1, "twice"), now);
        if !asked {
            prop_assert_eq!(book, before, "the same message twice");
        }
    }

    #[test]
    fn no_word_is_lost_but_by_erasing(steps in vec(step(), 0..24)) {
        let (books, changes) = run(&steps);
        for (book, change) in books.iter().skip(1).zip(&changes) {
            let Change::Put { before, .. } = change else { continue };
            for old in before {
                let kept = book.get(&old.id);
                prop_assert!(kept.is_some(), "a card is gone");
                for said in &old.said {
                    prop_assert!(kept.unwrap().said.contains(said));
                }
            }
        }
    }

    #[test]
    fn what_is_erased_is_nowhere_and_is_not_learned_again(steps in vec(step(), 1..24), pick in any::<usize>()) {
        let (mut books, mut changes) = run(&steps);
        let mut book = books.pop().unwrap();
        let all: Vec<Preference> = book.all().cloned().collect();
        prop_assume!(!all.is_empty());
        let gone = &all[pick % all.len()];
        let change = edit(&book, &Edit::Erase(vec![gone.id.clone()]), NOW, [0; 10]).unwrap();
        book.apply(&change).unwrap();
        prop_assert_eq!(undo(&change), None);
        let Change::Erase { ids, tombs } = change.clone() else { unreachable!() };
        changes.push(change);
        let events: Vec<Event> = (1..).zip(changes).map(|(number, change)| purge(&Event { number, at: NOW, change }, &ids, &tombs)).collect();
        prop_assert_eq!(&replay(events.iter().map(|event| &event.change)), &book);
        let words: Vec<&str> = gone.said.iter().map(|said| said.words.as_str()).collect();
        let told = |pref: &Preference| pref.id == gone.id || pref.said.iter().any(|said| words.contains(&said.words.as_str()));
        for event in &events {
            if let Change::Put { before, after, .. } = &event.change {
                prop_assert!(!before.iter().chain(after).any(told));
            }
        }
        prop_assert!(!book.all().any(told));
        for said in gone.said.iter().filter(|said| said.seq > 0 && said.origin == Origin::Typed) {
            let again = Source { chat: said.chat.clone(), ..source(said.seq, &said.words) };
            let statement = Statement { topic: "cats".into(), strength: Some(1), ..Statement::default() };
            prop_assert_eq!(reconcile(&book, &statement, &again, NOW), Outcome::Done(Vec::new()));
        }
    }

    #[test]
    fn every_card_is_one_clean_line(steps in vec(step(), 0..24)) {
        for pref in run(&steps).0.last().unwrap().all() {
            prop_assert_eq!(&line(&pref.topic), &pref.topic);
            prop_assert_eq!(&line(&pref.condition), &pref.condition);
            prop_assert!(!pref.key.is_empty());
            prop_assert!((-2..=2).contains(&pref.strength));
        }
    }

    #[test]
    fn recall_keeps_its_budget_and_takes_only_what_holds(steps in vec(step(), 0..24), question in select(TOPICS),
        budget in 0..400u32) {
        let book = run(&steps).0.pop().unwrap();
        let now = NOW + 30 * 3_600_000;
        let place = Place::default();
        let found = recall(&book, question, &place, budget, now);
        prop_assert!(found.tokens <= budget);
        prop_assert_eq!(found.text.is_empty(), found.chosen.is_empty());
        for chosen in &found.chosen {
            let pref = book.get(&chosen.id).unwrap();
            prop_assert!(pref.holds(now) && pref.scope == Scope::Everywhere);
        }
        prop_assert!(found.chosen.is_sorted_by_key(|chosen| chosen.why));
        prop_assert_eq!(recall(&book, question, &place, budget, now), found);
    }

    #[test]
    fn any_text_can_be_heard(text in any::<String>(), words in vec(select(vec!["我", "喜欢", "不", "讨厌", "，", "。", "i ", "love ", "hate ", "don't ",
        "rain ", "雨", "but ", "except ", "以后", "的时候", "“", "\"", "吗", "?", "忘掉", "只", "all ", "the ", "my ", " and ", "、", "我妈", "用", "英文", "回答",
        "call me ", "住在", "岁", "3", "是", "过敏", "除了", "favourite ", " is ", "forget ", ",", "when ", "no ", "’", "é", "😀"]), 0..14)) {
        hear(&text);
        for statement in hear(&words.concat()) {
            prop_assert!(statement.certainty <= 100);
            prop_assert!(statement.strength.is_none_or(|strength| (-2..=2).contains(&strength)));
        }
    }
}
