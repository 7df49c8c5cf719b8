//! The words that English clauses are read by.

/// What a word says besides the predicate.
#[derive(Clone, Copy, Debug)]
pub enum Word {
    Plain,
    Correct,
    Narrow,
    Contrast,
    Now,
    All,
    Only,
    Habit,
    Strong,
    Past,
    Not,
    NoMore,
    Never,
}

use super::super::super::lists::{list, table};
use Word::{
    All, Contrast, Correct, Habit, Narrow, Never, NoMore, Not, Now, Only, Past, Plain, Strong,
};
use std::sync::LazyLock;

/// Words at the front of a clause that connect it or comment on it.
pub static LEADS: LazyLock<Vec<(&str, Word)>> = LazyLock::new(|| {
    table(&[
        (
            Correct,
            "actually|honestly|to be honest|to be fair|tbh|really|in fact|as a matter of fact|in truth|\
             truth is|truth be told|the truth is|frankly|on second thought|on second thoughts|turns out|\
             it turns out|turns out that|come to think of it|i've changed my mind|i changed my mind|\
             changed my mind|correction|no,|nope|wait|i was wrong|after all|thinking about it|i realised|\
             i realized|i've realised|i've realized|i realised that|i realized that|i've realized that|\
             i've realised that|i have to admit|i must admit|i admit|at the end of the day|\
             when it comes down to it|let's be honest|thing is|the thing is",
        ),
        (
            Now,
            "now|these days|nowadays|lately|recently|currently|as of late|since then|as of this year|by now|\
             since last year|since the accident|eventually",
        ),
        (
            Narrow,
            "to be precise|to be exact|to be more precise|to be more specific|to be specific|more precisely|\
             more specifically|more exactly|precisely|specifically|i mean|i mean to say|or rather|rather|\
             strictly speaking|well, really|more accurately|to clarify|let me clarify|i should say|\
             i should clarify|in particular|well actually|that is|by that i mean",
        ),
        (
            Plain,
            "well|so|ok|okay|oh|ugh|hmm|yeah|yes|hey|hi|btw|by the way|fyi|just so you know|\
             just to let you know|remember|remember that|please remember|please remember that|please note|\
             note that|note|keep in mind|keep in mind that|don't forget|don't forget that|heads up|as i said|\
             like i said|again|once again|just a reminder|reminder|also|and|still|then|anyway|basically|\
             for the record|update|just|because|since|plus|for me|personally|as for me|you know|i think|\
             i guess|i'd say|i must say|i have to say|lol|haha|man|wow|please|first",
        ),
        (Contrast, "however|but|though|although"),
        (Past, "i used to"),
    ])
});

/// Words at the end of a clause.
pub static TAILS: LazyLock<Vec<(&str, Word)>> = LazyLock::new(|| {
    table(&[
        (
            Now,
            "now|these days|nowadays|lately|anymore|any more|any longer|again|of late|as of late|ever again|\
             recently|by now",
        ),
        (Correct, "after all|instead|actually"),
        (
            Plain,
            "really|though|too|as well|tbh|honestly|at all|from now on|from here on|going forward|please|\
             a lot|very much|to be honest|if i'm honest|if i'm being honest|to be fair|i suppose|you know|\
             lol|haha|sorry|i think|i guess|anyway|by the way|btw|for sure|i must say",
        ),
        (
            Strong,
            "so much|more than anything|to death|with a passion|to bits",
        ),
        (
            Habit,
            "all the time|every day|every morning|every evening|every night|every week|every weekend|\
             each morning|daily|in the mornings|most days|every single day|twice a week|once a week|\
             three times a week",
        ),
        (All, "full stop|in general"),
    ])
});

/// Words between the subject and the predicate.
pub static ADVERBS: LazyLock<Vec<(&str, Word)>> = LazyLock::new(|| {
    table(&[
        (
            Plain,
            "really|just|also|still|mostly|kind of|kinda|sort of|quite|rather|pretty much|have|am|even|would|\
             will|particularly|genuinely|already|big|literally|simply|personally|myself|must say i|long|been|\
             ever|exactly|all that|that|too|both|all|a little",
        ),
        (
            Habit,
            "do|always|usually|often|generally|normally|typically|tend to",
        ),
        (Correct, "actually|honestly"),
        (
            Strong,
            "truly|absolutely|totally|completely|utterly|especially|specially|definitely|deeply|so|very",
        ),
        (Only, "only|exclusively|exclusively ever"),
        (
            Now,
            "now|have now|have come to|come to|have grown to|grew to|have learned to|learned to|\
             have started to|started to|have begun to|began to|am starting to|starting to|recently|suddenly|\
             finally|currently",
        ),
        (Past, "was|used to|once"),
        (
            Not,
            "don't|do not|didn't|dont|am not|not|haven't|have not|wouldn't|would not|won't|can't|cannot|\
             have never|haven't ever|rarely|hardly ever|don't really",
        ),
        (Never, "never"),
        (NoMore, "no longer|can no longer|quit being|stopped being"),
    ])
});

/// Likings and dislikings of the writer, −2 to 2, with "am" and "have" taken away.
pub static PREDICATES: LazyLock<Vec<(&str, i8)>> = LazyLock::new(|| {
    table(&[
        (
            1,
            "like|liking|enjoy|enjoying|prefer|appreciate|fancy|into|really into|a fan of|fond of|keen on|\
             back to liking|back to enjoying|back to|back into|got into|gotten into|gotten really into|\
             got really into|getting into|taken up|took up|have a soft spot for|a soft spot for|\
             got a soft spot for|care for|care about|interested in|a sucker for|warmed to|warmed up to|\
             enjoyed|craving|crave|swear by|favour|favor|partial to|drawn to|get excited about|rediscovered|\
             get into|get the appeal of|see the appeal of",
        ),
        (
            2,
            "love|loving|adore|a big fan of|a huge fan of|a massive fan of|a great fan of|crazy about|\
             mad about|nuts about|passionate about|obsessed with|hooked on|addicted to|back to loving|\
             fell in love with|fallen in love with|in love with|can't get enough of|can't live without|\
             live for|a lover of|bear|stand",
        ),
        (
            -2,
            "get enough of|live without|hate|hating|detest|loathe|despise|abhor|can't stand|can not stand|\
             cannot stand|couldn't stand|can't bear|cannot bear|can't abide|can't tolerate|sick of|\
             sick and tired of|fed up with|had enough of|terrified of|refuse to|dread|resent|a hater of|\
             disgusted by|grown sick of|grown to hate",
        ),
        (
            -1,
            "dislike|can't take|can't handle|can't deal with|can't eat|can't drink|not a fan of|\
             not a big fan of|not into|not fond of|not keen on|tired of|over|done with|bored of|bored with|\
             bored by|gone off|went off|afraid of|scared of|frightened of|avoid|avoiding|quit|gave up on|\
             given up on|gave up|given up|giving up|swore off|sworn off|stay away from|steer clear of|\
             hate on|annoyed by|fell out of love with|fallen out of love with|lost interest in|\
             lost my taste for|turned off by|cut out|outgrown|grown out of|put off by|grown tired of|\
             can't get into|mind|cannot|over it with",
        ),
    ])
});

/// Predicates that mark a change.
pub static TURNS: LazyLock<Vec<&str>> = LazyLock::new(|| {
    list(
        "back to|back into|fell in|fallen in|got into|gotten into|gone off|went off|quit|gave up|\
         given up|sick of|tired of|fed up|had enough|over|done with|lost |warmed|taken up|took up|swor|\
         fallen out|fell out|grown|bored|rediscovered|outgrown",
    )
});

/// What may be said of a topic that stands first.
pub static ON_TOPIC: LazyLock<Vec<(&str, i8)>> = LazyLock::new(|| {
    table(&[
        (
            1,
            "interests me|interest me|excites me|excite me|has grown on me|have grown on me|grew on me|\
             is growing on me|are growing on me|relaxes me|relax me|calms me|is my thing|are my thing|\
             is my cup of tea|is my weakness|cheers me up|cheer me up|appeals to me|fascinates me|\
             fascinate me|won me over|has won me over",
        ),
        (
            -2,
            "makes me sick|make me sick|makes me ill|drives me crazy|drive me crazy|drives me nuts|\
             drive me nuts|drives me mad|drives me up the wall|drive me up the wall|is disgusting|\
             are disgusting|is gross|are gross|terrifies me|terrify me|gives me the creeps|\
             give me the creeps|is awful|are awful|is a hard no for me|are a hard no for me|is unbearable|\
             are unbearable|freaks me out|freak me out|gets on my nerves|get on my nerves",
        ),
        (
            2,
            "makes me happy|make me happy|gives me joy|is the best|are the best|is my jam|is my passion|\
             is all i",
        ),
        (
            -1,
            "scares me|scare me|bores me|bore me|annoys me|annoy me|irritates me|drains me|drain me|\
             isn't my thing|aren't my thing|is not my thing|just isn't my thing|isn't for me|aren't for me|\
             is not for me|are not for me|isn't my cup of tea|aren't my cup of tea|turns me off|turn me off|\
             puts me off|put me off|does nothing for me|do nothing for me|tastes like soap to me|is a pain|\
             is a no from me|are a no from me|is a no for me|are a no for me|bothers me|bother me|\
             stresses me out|stress me out|don't agree with me|doesn't agree with me|no longer interests me",
        ),
    ])
});

/// Base forms of verbs of habits.
pub static BASES: LazyLock<Vec<&str>> = LazyLock::new(|| {
    list(
        "eat|drink|watch|play|read|go|use|run|take|ride|listen|smoke|cook|swim|walk|drive|wear|buy|sleep|\
         wake|work|study|write|practise|practice|meditate|jog|cycle|travel|fly|touch|order|commute|hike|\
         dance|sing|bake|paint|train|lift|stretch|skip|nap|shop|snack",
    )
});

/// Verbs that tell a habit without another word.
pub const PLAIN: &[&str] = &[
    "eat", "drink", "watch", "play", "smoke", "wear", "cycle", "swim", "jog", "meditate", "commute",
];

/// Verbs of knowing and saying, which tell no habit.
pub static NO_HABITS: LazyLock<Vec<&str>> = LazyLock::new(|| {
    list(
        "knew|know|said|say|got|get|understood|understand|thought|think|meant|mean|asked|ask|heard|saw|\
         seen|tried|mind|learned|noticed|realized|realised|expected|told|wanted|want|need|needed|been|\
         had|met",
    )
});

/// Words that end a name for someone who loves something: a tea person, a film buff.
pub static LOVERS: LazyLock<Vec<&str>> = LazyLock::new(|| {
    list(
        "person|lover|fan|addict|enthusiast|drinker|eater|nut|buff|nerd|junkie|fanatic|geek|fiend|\
         aficionado|devotee",
    )
});

/// Verbs that a clause may begin with when its subject stood in the one before.
pub static BARE: LazyLock<Vec<&str>> = LazyLock::new(|| {
    list(
        "became|become|moved to|relocated to|started|stopped|allergic to|back to|live in|work as|\
         only eat|only drink|never|prefer|avoid",
    )
});

/// Verbs whose object is the topic: what one eats, not the eating.
pub static CARRY: LazyLock<Vec<&str>> = LazyLock::new(|| {
    list(
        "eat|drink|watch|read|use|take|listen|smoke|wear|buy|touch|eating|drinking|watching|listening|\
         reading|using|wearing|buying|smoking|order|have|having|taking|do|doing|go|going|skip|play|\
         playing",
    )
});

pub const STARTS: &[&str] = &[
    "started",
    "have started",
    "began",
    "have begun",
    "am back to",
    "back to",
    "resumed",
    "took up",
    "went back to",
    "have gone back to",
    "got back into",
    "gone back to",
];

pub const STOPS: &[&str] = &[
    "stopped",
    "have stopped",
    "quit",
    "have quit",
    "gave up",
    "have given up",
    "given up",
    "cut out",
    "ceased",
    "stopped to",
];

/// First words of subjects that are not the writer.
pub static OTHERS: LazyLock<Vec<&str>> = LazyLock::new(|| {
    list(
        "he|she|they|it|you|we|my|his|her|their|our|your|everyone|everybody|people|someone|somebody|\
         nobody|john|mary|most|many|some|who|what|this|that|these|those|there|kids|children|customers|\
         users|one|mom|dad|mum|tom|anna|the|which|how|do|does|did|is|are|can|could|should|would|if|when|\
         where",
    )
});

/// Objects that stand for what was spoken of before.
pub const PRONOUNS: &[&str] = &[
    "it", "that", "them", "this", "those", "these", "both", "either",
];

/// Objects that are people or the talk itself.
pub static PERSONS: LazyLock<Vec<&str>> = LazyLock::new(|| {
    list(
        "you|your|him|her|to know|to see|to ask|to bother|to say|if you|to have|how|what you|that you|\
         the second|the first|this|to be|help|a table|to interrupt|to know how|to bother",
    )
});

/// Words that begin a condition before the subject.
pub const WHEN: &[&str] = &[
    "when", "while", "whenever", "on", "in", "at", "during", "after", "before", "once", "if", "for",
];

/// Words that begin a condition after the object.
pub static WHEN_AFTER: LazyLock<Vec<&str>> = LazyLock::new(|| {
    list(
        " when i| when it's| when we| when there| while i| while work| while driv| whenever | if i'm|\
         \x20if it's| during | when the| when my| when work| when travel| when driv| when study| when relax|\
         \x20on weekends| on weekdays| on workdays| on the weekend| at work| at home| at night|\
         \x20in the morning| in the evening| in winter| in summer| in spring| in autumn| on holiday|\
         \x20on vacation| on sundays| on mondays| on saturdays| on fridays| after work| before bed|\
         \x20at parties| with friends| on planes| after a long| in the afternoon| on rainy| on hot| on cold|\
         \x20at the office| in the car| on my own| when commut| when out| when at| when alone| before work|\
         \x20in meetings| at the gym| while at| while commut| while cook| while run| while eat",
    )
});
