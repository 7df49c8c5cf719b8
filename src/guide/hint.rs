//! Which one missing slot is worth a word.

use super::cues::Class;
use super::kind::Kind;
use super::scan::{Part, Scan};

/// The slot whose absence hurts most, or `None` where the request can be served as it stands.
/// `covered` says for each slot of the kind whether the text, or memory, has it.
pub fn choose(kind: Kind, covered: &[bool], scan: &Scan) -> Option<usize> {
    let says = Says { scan };
    let has = |id: &str| {
        kind.slot(id)
            .and_then(|slot| covered.get(slot))
            .copied()
            .unwrap_or(false)
    };
    let id = match kind {
        Kind::Ask => ask(&says, has),
        Kind::Write => first(&["goal", "material"], has),
        Kind::Code => code(&says, has),
        Kind::Translate => translate(&says, has),
        Kind::Summarise => summarise(&says, has),
        Kind::Plan => plan(has),
        Kind::Decide => decide(&says, has),
        Kind::Companion => companion(&says, has),
    };
    id.and_then(|id| kind.slot(id))
}

/// Questions about the words of a request.
struct Says<'a> {
    scan: &'a Scan,
}

impl Says<'_> {
    fn class(&self, class: Class) -> bool {
        let mut hits = self.scan.hits.iter();
        hits.any(|hit| hit.class == class && self.scan.part(hit.range.start) == Part::Instruction)
    }

    fn any(&self, words: &str) -> bool {
        words
            .split('|')
            .any(|word| super::cues::find_word(&self.scan.folded, word).is_some())
    }
}

fn first(order: &[&'static str], has: impl Fn(&str) -> bool) -> Option<&'static str> {
    order.iter().find(|id| !has(id)).copied()
}

/// A fact needs no background, advice does.
fn ask(says: &Says, has: impl Fn(&str) -> bool) -> Option<&'static str> {
    if !has("goal") {
        return Some("goal");
    }
    let advice = says.class(Class::Recommend)
        || says.any("怎么办|怎么破|怎么跟|如何跟|要注意|怎么开始|怎么提高|怎么要|how do i|how to get|how to stop|how do you|tips")
            && !says.class(Class::Explain)
            && !has("limits");
    (advice && !has("background") && !has("form")).then_some("background")
}

fn code(says: &Says, has: impl Fn(&str) -> bool) -> Option<&'static str> {
    if !has("goal") {
        return Some("goal");
    }
    if has("code") {
        return None;
    }
    let symptom = has("behaviour") && says.any(SYMPTOM);
    let given = says.class(Class::Error) || symptom || says.any(GIVEN);
    let asks = says.class(Class::Explain) || says.any("区别|difference|how does|原理");
    if given && !asks {
        return Some("code");
    }
    if !has("environment") {
        // What a notion means needs no language.
        return (!says.any("what is|whats a|whats an|什么是|是什么|啥是")).then_some("environment");
    }
    let make = says.class(Class::WriteVerb)
        || says.any("build|make|create|add|implement|bot|class|做|加|实现|开发");
    let question = says.class(Class::How) || asks;
    (make && !question && !has("behaviour")).then_some("behaviour")
}

/// Something happens that should not.
const SYMPTOM: &str =
    "whenever|keeps|every time|since i|stays|instead|偶尔|一直|每次|总是|却|不出来|没反应";
/// Work on code that is there already.
const GIVEN: &str = "fix|port|optimise|optimize|refactor|review|debug|my code|my function|my script|my python module|slow|faster|secure|convert my|docstrings|\
    重构|优化|审查|看看|修复|迁移|移植|这段|这个函数|为什么|排查|报错|跑不|review一下|debug一下|怎么解决|太慢|很慢";

fn translate(says: &Says, has: impl Fn(&str) -> bool) -> Option<&'static str> {
    if !has("text") {
        return Some("text");
    }
    // Grammatical politeness cannot be guessed.
    let polite = says.any("日语|日文|japanese|韩语|韩文|korean");
    (polite && has("target") && !has("tone") && !says.class(Class::Meaning)).then_some("tone")
}

fn summarise(says: &Says, has: impl Fn(&str) -> bool) -> Option<&'static str> {
    if !has("text") {
        return (!says.class(Class::Attached)).then_some("text");
    }
    let bare = !has("goal") && !has("form") && !has("length");
    let specific = says.class(Class::Question) && !says.any("what|什么|讲了什么|啥")
        || says.any("tldr|tl;dr|太长不看|deadline|the gist");
    (bare && !specific).then_some("goal")
}

fn plan(has: impl Fn(&str) -> bool) -> Option<&'static str> {
    match first(&["goal", "time", "resources"], &has) {
        Some("resources") if has("limits") => None,
        found => found,
    }
}

fn decide(says: &Says, has: impl Fn(&str) -> bool) -> Option<&'static str> {
    if has("options") {
        return (!has("criteria")).then_some("criteria");
    }
    let alone = says.any("该不该|要不要|should i|should we|do you think i should");
    let thing = says.any("buy|get|take|learn|worth|warranty|买|健身|报班");
    if has("background") {
        return Some("criteria");
    }
    Some(if !alone || thing {
        "options"
    } else {
        "background"
    })
}

fn companion(says: &Says, has: impl Fn(&str) -> bool) -> Option<&'static str> {
    // A bereavement: silence is kinder.
    if says.any("去世|走了|过世|离世|died|passed away|passed on|funeral|put our dog down|lost my mum|lost my dad|lost my mom|put her down|put him down") {
        return None;
    }
    match (has("mood"), has("scene"), has("role")) {
        (false, false, false) => Some("mood"),
        (true, false, _) | (false, false, true) => Some("scene"),
        (false, true, false) => Some("mood"),
        _ => None,
    }
}
