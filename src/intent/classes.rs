//! Words that do the same work in a sentence: they are one unit in its skeleton, so that what is learned of one counts
//! for all. The lists give no verdict; what a class means for a sentence is learned.

use super::units::{self, Unit, mix};
use std::sync::OnceLock;

/// The class of the longest phrase at a place, with the number of units that it takes.
pub fn class_at(units: &[Unit], place: usize) -> Option<(u32, usize)> {
    let table = table();
    (1..=LONGEST.min(units.len() - place))
        .rev()
        .find_map(|length| {
            let key = key(&units[place..place + length]);
            let found = table.binary_search_by_key(&key, |entry| entry.0).ok()?;
            Some((table[found].1, length))
        })
}

/// Liking.
pub const LIKING: u32 = FIRST + 1;
/// Not liking.
pub const DISLIKING: u32 = FIRST + 2;
/// Allergies and what the body refuses.
pub const ALLERGY: u32 = FIRST + 3;
/// From now on.
pub const LASTING: u32 = FIRST + 4;
/// Answering.
pub const ANSWERING: u32 = FIRST + 5;
/// Tasks on a text or thing at hand.
pub const TASK: u32 = FIRST + 6;
/// How often.
pub const OFTEN: u32 = FIRST + 9;
/// Never.
pub const NEVER: u32 = FIRST + 10;
/// Do not.
pub const DO_NOT: u32 = FIRST + 11;
/// What one is.
pub const BEING: u32 = FIRST + 12;
/// Asking.
pub const ASKING: u32 = FIRST + 13;

/// The number of the first class.
const FIRST: u32 = 0x60;
/// The units of the longest phrase.
const LONGEST: usize = 4;

fn table() -> &'static [(u32, u32)] {
    static TABLE: OnceLock<Vec<(u32, u32)>> = OnceLock::new();
    TABLE.get_or_init(|| {
        let mut table = Vec::with_capacity(800);
        for (class, phrases) in CLASSES.iter().enumerate() {
            table.extend(
                phrases
                    .split('|')
                    .map(|phrase| (key(&units::units(phrase)), FIRST + class as u32)),
            );
        }
        table.sort_unstable();
        table.dedup_by_key(|entry| entry.0);
        table
    })
}

fn key(units: &[Unit]) -> u32 {
    units
        .iter()
        .fold(units.len() as u32, |hash, unit| mix(hash, unit.hash))
}

/// Phrases between bars. No phrase is in two classes.
const CLASSES: [&str; 14] = [
    // People other than the user.
    "爸|妈|爸爸|妈妈|爸妈|父亲|母亲|父母|老爸|老妈|哥|姐|弟|妹|哥哥|姐姐|弟弟|妹妹|爷爷|奶奶|外公|外婆|姥姥|姥爷|公公|婆婆|岳父|岳母|舅舅|舅妈|姑姑|\
     姑妈|姨妈|阿姨|叔叔|伯伯|表哥|表弟|表姐|表妹|堂哥|堂弟|侄子|侄女|外甥|孙子|孙女|儿子|女儿|孩子|小孩|宝宝|娃|老婆|老公|妻子|丈夫|太太|先生|爱人|媳妇|\
     男友|女友|男朋友|女朋友|对象|前任|未婚妻|朋友|闺蜜|闺女|发小|兄弟|哥们|同学|同桌|室友|舍友|同事|老板|领导|上司|经理|组长|主管|下属|徒弟|师傅|导师|老师|\
     学生|客户|甲方|顾客|客人|用户|读者|邻居|房东|医生|教练|邻家|亲戚|家人|长辈|老人|年轻人|大家|别人|人们|有人|有些人|很多人|每个人|没有人|谁|他|她|他们|\
     她们|汤姆|玛丽|小明|小王|小李|mom|mum|mother|dad|father|parents|brother|brothers|sister|sisters|grandma|grandmother|grandpa|grandfather|\
     uncle|aunt|cousin|nephew|niece|son|daughter|kid|kids|child|children|toddler|baby|wife|husband|spouse|partner|girlfriend|boyfriend|gf|bf|\
     fiance|ex|friend|friends|bestie|buddy|roommate|flatmate|classmate|coworker|colleague|colleagues|boss|manager|ceo|client|clients|\
     customer|customers|user|users|teacher|professor|student|students|neighbor|neighbors|neighbour|neighbours|landlord|doctor|coach|guest|\
     guests|people|everyone|everybody|someone|somebody|nobody|no one|he|she|they|him|her|them|his|their|tom|mary|john|jane|bob|alice|anna",
    // Liking.
    "喜欢|爱|喜爱|热爱|酷爱|钟爱|偏爱|最爱|钟情|中意|偏好|着迷|痴迷|迷恋|迷上|爱上|情有独钟|感兴趣|享受|欣赏|沉迷|入迷|上瘾|热衷|青睐|首选|爱好|兴趣|粉丝|\
     铁粉|发烧友|百听不厌|百吃不厌|百看不厌|心头好|超爱|love|loved|loving|loves|adore|adores|like|likes|liked|enjoy|enjoys|enjoyed|prefer|prefers|\
     preferred|favor|favour|fond of|keen on|fan of|big fan|huge fan|a fan|into|crazy about|mad about|obsessed with|obsessed|addicted to|hooked|\
     hooked on|passionate about|interested in|favorite|favourite|favorites|sucker for|soft spot|soft spot for|partial to|drawn to|team|dig|\
     appreciate|admire|buff|nerd|enthusiast|lover|hobby|hobbies|hobby is|passion|would rather|rather|go to|can't get enough|can't live without|\
     can't resist|swear by|live for|nothing beats|all about|guilty pleasure",
    // Not liking.
    "讨厌|厌恶|反感|恨|痛恨|憎恨|烦|最烦|嫌|嫌弃|受不了|忍不了|无法忍受|不能忍|接受不了|吃不惯|看不惯|用不惯|穿不惯|无感|抵触|排斥|害怕|怕|恐惧|不喜欢|不爱|\
     不喜|没兴趣|不感兴趣|受够|受够了|敬而远之|深恶痛绝|喜欢不起来|不想碰|避开|拒绝|hate|hates|hated|loathe|loathes|despise|despises|detest|detests|\
     dislike|dislikes|disliked|abhor|can't stand|can not stand|cannot stand|can't bear|can't abide|can't tolerate|can't handle|can't deal|\
     can't do|can't take|can't eat|don't like|doesn't like|didn't like|never liked|don't enjoy|don't care for|not a fan|not into|not fond|\
     not keen|not big on|not my thing|isn't my thing|isn't for me|is not for me|not for me|avoid|avoids|refuse|refuse to|steer clear|\
     stay away|no fan|sick of|fed up|tired of|gross|disgusting|yuck|ew|eww|ugh|dread|resent|scared of|afraid of|terrified of|terrifies|\
     fear|phobia|pet peeve|annoys|bores me|bore me|hard pass|no thanks|gag|nightmare|torture",
    // Allergies and what the body refuses.
    "过敏|不耐受|不耐|起疹子|哮喘|allergic to|allergic|allergy|allergies|intolerant|intolerance|hives|anaphylaxis|celiac|rash|migraines from",
    // From now on.
    "以后|今后|往后|之后|从今以后|从今往后|从现在起|从现在开始|从今天起|从今天开始|每次|每回|一律|统统|始终|一直|永远|默认|长期|记住|再也|凡是|所有|from now on|\
     from here on|going forward|from this point|henceforth|in future|in the future|every time|each time|whenever|by default|default to|\
     always|permanently|remember|in general|as a rule|for good|ever again|any more|anymore|starting now|until further notice|at all times",
    // Answering.
    "回答|回复|答复|答案|解释|称呼|叫我|跟我说|跟我聊|对我|给我|你的回答|输出|reply|replies|answer|answers|respond|response|responses|explain|\
     explanations|call me|address me|talk to me|speak to me|tell me|give me|your name|refer to me|when you",
    // Tasks on a text or thing at hand.
    "给我看|给我看看|给我写|给我讲|给我说|给我来|给我做|给我画|给我翻译|给我推荐|让我看|让我看看|教我|教教我|看看|看一|看下|讲讲|说说|聊聊|讲一|讲个|\
     来一|来个|来点|来段|做个|做一|列一|介绍一|解释一|show me|show a|show an|teach me|help me|compare|look at|let me see|帮我|请帮|帮忙|写一|写个|写篇|写段|写首|翻译|翻译成|译成|润色|改写|总结|概括|分析|推荐|介绍|列出|生成|设计|造句|仿写|续写|编一个|编个|画一|算一下|查一下|订一|\
     这篇|这段|这封|这个|这次|这句|上面|下面|刚才|write|rewrite|translate|summarize|summarise|paraphrase|proofread|correct|classify|generate|\
     create|compose|draft|suggest|recommend|describe|list|find|identify|make it|this time|this one|that paragraph|this essay|this email|\
     the above|the following|convert|calculate|book|order|play|remind me|set",
    // Made-up worlds.
    "小说|故事|角色|台词|剧本|童话|诗|歌词|主角|扮演|假装|模仿|口吻|独白|人设|设定|novel|story|poem|song|lyrics|character|role play|roleplay|\
     pretend|act as|imagine|scene|monologue|haiku|villain|hero|perspective of|point of view|screenplay|persona",
    // What if.
    "如果|假如|假设|要是|倘若|万一|假使|比方说|设想|if|suppose|supposing|what if|assuming|assume|hypothetically|let's say|say someone|even if|\
     imagine someone",
    // How often.
    "每天|每晚|每周|每个月|每年|每早|每逢|天天|周末|平时|通常|一般|习惯|经常|总是|雷打不动|every day|every morning|every night|\
     every week|every weekend|each morning|each night|usually|normally|generally|typically|often|on weekends|\
     on sundays|daily|most days|twice a day|twice a week|once a week|in the habit",
    // Never.
    "从来不|从不|从来没|从没|几乎不|很少|再也不|绝不|坚决不|一概不|一律不|早就不|已经不|不再|never|rarely|seldom|hardly ever|hardly|barely|no longer|not anymore|\
     i don't|i do not",
    // Do not.
    "别|不要|不许|不准|禁止|请勿|不用|不必|不需要|别再|不要再|少|免掉|省掉|don't|do not|dont|don't ever|stop|quit|no more|no|not|without|skip|never ever|\
     enough with|lose the|cut the|leave out|drop the|no need to",
    // What one is.
    "我是|我叫|我在|我住|我有|我的职业|我今年|本人|i'm a|i'm an|i am a|i am an|i work|i live|i have|i've got|my name|my job|years old|i was born|\
     i'm from|i come from|as a",
    // Asking.
    "什么|哪个|哪里|哪些|怎么|为什么|怎样|吗|呢|多少|几|谁的|是否|有没有|是不是|能不能|what|which|who|how|why|where|when|do you|are you|would you|\
     could you|can you|should i|is it|does|did you|have you|what's|whats|who's|how's",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_phrase_is_found() {
        for (text, place, expected) in [
            ("我不喜欢雨", 1, Some((0x62, 3))),
            ("我喜歡雨", 1, Some((0x61, 2))),
            ("I can't stand it", 1, Some((0x62, 3))),
            ("from now on", 0, Some((0x64, 3))),
            ("purple", 0, None),
        ] {
            assert_eq!(class_at(&units::units(text), place), expected, "{text}");
        }
    }
}
