//! Messages and clauses that say nothing about their writer.

use super::super::lists::list;
use super::front;
use std::sync::LazyLock;

/// Whether a whole message is code or a pasted text rather than something said.
pub fn is_foreign(low: &str) -> bool {
    const CODE: &[&str] = &[
        "```", "();", "=>", "select ", "console.", "def ", "==", "{\"", "</", "import ",
    ];
    low.chars().count() > 600 || CODE.iter().any(|mark| low.contains(mark))
}

/// Whether a clause gives a task on a text, a story or a supposition: what follows in the message belongs to it.
pub fn is_task(low: &str) -> bool {
    let mut text = low;
    while let Some(rest) = front(text, &POLITE) {
        text = rest.trim_start();
    }
    let english = TASKS.iter().any(|task| {
        text.strip_prefix(task)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', ',', ':']))
    });
    let lasting = super::style::is_lasting(low);
    let chinese = ZH_TASKS.iter().any(|task| text.starts_with(task));
    ((english || chinese) && !lasting) || ZH_ANYWHERE.iter().any(|task| low.contains(task))
}

/// Whether a question is a request that may say how answers should be, or a name.
pub fn may_ask(low: &str) -> bool {
    let english = ["can you", "could you", "would you", "will you"]
        .iter()
        .any(|ask| low.starts_with(ask));
    let chinese = ["能不能", "可以", "能", "可不可以"]
        .iter()
        .any(|ask| low.starts_with(ask));
    (english || chinese) && super::style::is_lasting(low)
}

static POLITE: LazyLock<Vec<&str>> = LazyLock::new(|| {
    list(
        "please |can you |could you |pls |hey |ok |now |then |help me |请|帮我|麻烦|给我|帮忙|你|能不能|\
         再",
    )
});

static TASKS: LazyLock<Vec<&str>> = LazyLock::new(|| {
    list(
        "write|translate|summarize|summarise|compose|draft|rewrite|paraphrase|rephrase|imagine|pretend|\
         role-play|roleplay|act as|act like|suppose|assume|tell me a story|tell a story|give me a story|\
         give me a poem|give me a haiku|give me a monologue|fix the grammar|correct the|proofread|\
         generate|create a|convert|describe a|define|continue the story|complete the|how do you say|\
         what if|if i|if someone|if a|say a user|let's say|imagine that|what's|what is|who|why|is the|\
         explain|quote|analyse the|analyze the|in the story|the hero|classify",
    )
});

static ZH_TASKS: LazyLock<Vec<&str>> = LazyLock::new(|| {
    list(
        "写一|写个|写首|写篇|写段|写封|写份|写几|写两|写句|写关于|写写|编一|编个|编段|讲一个|讲个|说个|\
         画一|生成|创作|模仿|假设|假如|要是我|如果我|如果有|如果一个|如果|要是|倘若|想象|设想|以“|分析|\
         仿写|造句|起个|取个|总结|列出|介绍|解释|推荐|为什么|怎么|什么是|改写|把“|把\"|翻|假定",
    )
});

static ZH_ANYWHERE: LazyLock<Vec<&str>> = LazyLock::new(|| {
    list(
        "翻译|译成|译为|怎么说|改病句|病句|润色|续写|扮演|假装|台词|近义词|反义词|这句话|下面这段|\
         情感分析|什么意思|怎么翻|为题|作文|角色扮演|剧本里|小说里|主角|女主|男主",
    )
});
