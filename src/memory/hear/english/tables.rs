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

use Word::{Never, All, Contrast, Correct, Habit, Narrow, NoMore, Not, Now, Only, Past, Plain, Strong};

/// Words at the front of a clause that connect it or comment on it.
pub const LEADS: &[(&str, Word)] = &[
    ("actually", Correct), ("honestly", Correct), ("to be honest", Correct), ("to be fair", Correct), ("tbh", Correct), ("really", Correct),
    ("in fact", Correct), ("as a matter of fact", Correct), ("in truth", Correct), ("truth is", Correct), ("truth be told", Correct), ("the truth is", Correct),
    ("frankly", Correct), ("on second thought", Correct), ("on second thoughts", Correct), ("turns out", Correct), ("it turns out", Correct),
    ("turns out that", Correct), ("come to think of it", Correct), ("i've changed my mind", Correct), ("i changed my mind", Correct),
    ("changed my mind", Correct), ("correction", Correct), ("no,", Correct), ("nope", Correct), ("wait", Correct),
    ("i was wrong", Correct), ("after all", Correct), ("thinking about it", Correct), ("i realised", Correct), ("i realized", Correct),
    ("i've realised", Correct), ("i've realized", Correct), ("i realised that", Correct), ("i realized that", Correct), ("i've realized that", Correct), ("i've realised that", Correct), ("i have to admit", Correct), ("i must admit", Correct), ("i admit", Correct), ("now", Now), ("these days", Now), ("nowadays", Now), ("lately", Now), ("recently", Now),
    ("currently", Now), ("as of late", Now), ("since then", Now), ("as of this year", Now), ("by now", Now), ("since last year", Now), ("since the accident", Now), ("eventually", Now),
    ("to be precise", Narrow), ("to be exact", Narrow), ("to be more precise", Narrow), ("to be more specific", Narrow), ("to be specific", Narrow),
    ("more precisely", Narrow), ("more specifically", Narrow), ("more exactly", Narrow), ("precisely", Narrow), ("specifically", Narrow),
    ("i mean", Narrow), ("i mean to say", Narrow), ("or rather", Narrow), ("rather", Narrow), ("strictly speaking", Narrow), ("well, really", Narrow),
    ("more accurately", Narrow), ("to clarify", Narrow), ("let me clarify", Narrow), ("i should say", Narrow), ("i should clarify", Narrow), ("in particular", Narrow),
    ("well actually", Narrow), ("that is", Narrow), ("by that i mean", Narrow), ("well", Plain), ("so", Plain), ("ok", Plain), ("okay", Plain), ("oh", Plain), ("ugh", Plain), ("hmm", Plain),
    ("yeah", Plain), ("yes", Plain), ("hey", Plain), ("hi", Plain), ("btw", Plain), ("by the way", Plain), ("fyi", Plain), ("just so you know", Plain),
    ("just to let you know", Plain), ("remember", Plain), ("remember that", Plain), ("please remember", Plain), ("please remember that", Plain),
    ("please note", Plain), ("note that", Plain), ("note", Plain), ("keep in mind", Plain), ("keep in mind that", Plain), ("don't forget", Plain),
    ("don't forget that", Plain), ("heads up", Plain), ("as i said", Plain), ("like i said", Plain), ("again", Plain), ("once again", Plain), ("just a reminder", Plain), ("reminder", Plain), ("also", Plain), ("and", Plain),
    ("however", Contrast), ("still", Plain), ("then", Plain), ("anyway", Plain), ("basically", Plain), ("for the record", Plain), ("update", Plain),
    ("but", Contrast), ("though", Contrast), ("although", Contrast), ("just", Plain), ("because", Plain), ("since", Plain), ("plus", Plain), ("for me", Plain),
    ("personally", Plain), ("as for me", Plain), ("you know", Plain), ("i think", Plain), ("i guess", Plain), ("i'd say", Plain), ("i must say", Plain),
    ("i have to say", Plain), ("i used to", Past), ("lol", Plain), ("haha", Plain), ("man", Plain), ("wow", Plain), ("please", Plain), ("first", Plain), ("at the end of the day", Correct), ("when it comes down to it", Correct), ("let's be honest", Correct), ("thing is", Correct), ("the thing is", Correct),
];

/// Words at the end of a clause.
pub const TAILS: &[(&str, Word)] = &[
    ("now", Now), ("these days", Now), ("nowadays", Now), ("lately", Now), ("anymore", Now), ("any more", Now), ("any longer", Now), ("again", Now),
    ("after all", Correct), ("instead", Correct), ("actually", Correct), ("really", Plain), ("though", Plain), ("too", Plain), ("as well", Plain),
    ("tbh", Plain), ("honestly", Plain), ("at all", Plain), ("from now on", Plain), ("from here on", Plain), ("going forward", Plain), ("please", Plain),
    ("so much", Strong), ("a lot", Plain), ("very much", Plain), ("all the time", Habit), ("every day", Habit), ("every morning", Habit),
    ("every evening", Habit), ("every night", Habit), ("every week", Habit), ("every weekend", Habit), ("each morning", Habit), ("daily", Habit),
    ("in the mornings", Habit), ("most days", Habit), ("every single day", Habit), ("twice a week", Habit), ("once a week", Habit), ("three times a week", Habit),
    ("to be honest", Plain), ("if i'm honest", Plain), ("if i'm being honest", Plain), ("to be fair", Plain), ("i suppose", Plain), ("you know", Plain), ("lol", Plain), ("haha", Plain), ("sorry", Plain), ("i think", Plain), ("i guess", Plain), ("of late", Now), ("full stop", All), ("as of late", Now), ("anyway", Plain), ("ever again", Now), ("recently", Now), ("by the way", Plain), ("btw", Plain), ("for sure", Plain), ("by now", Now), ("i must say", Plain), ("more than anything", Strong), ("to death", Strong), ("with a passion", Strong), ("in general", All), ("to bits", Strong),
];

/// Words between the subject and the predicate.
pub const ADVERBS: &[(&str, Word)] = &[
    ("really", Plain), ("do", Habit), ("actually", Correct), ("just", Plain), ("also", Plain), ("still", Plain), ("always", Habit), ("usually", Habit),
    ("often", Habit), ("generally", Habit), ("mostly", Plain), ("normally", Habit), ("typically", Habit), ("truly", Strong), ("absolutely", Strong),
    ("totally", Strong), ("completely", Strong), ("utterly", Strong), ("kind of", Plain), ("kinda", Plain), ("sort of", Plain), ("quite", Plain),
    ("rather", Plain), ("pretty much", Plain), ("only", Only), ("now", Now), ("have", Plain), ("have now", Now), ("have come to", Now), ("come to", Now),
    ("have grown to", Now), ("grew to", Now), ("have learned to", Now), ("learned to", Now), ("have started to", Now), ("started to", Now), ("have begun to", Now), ("began to", Now),
    ("am starting to", Now), ("starting to", Now), ("am", Plain), ("was", Past), ("used to", Past), ("once", Past), ("even", Plain), ("tend to", Habit), ("would", Plain), ("will", Plain),
    ("don't", Not), ("do not", Not), ("didn't", Not), ("dont", Not), ("am not", Not), ("not", Not), ("haven't", Not), ("have not", Not), ("wouldn't", Not),
    ("would not", Not), ("won't", Not), ("never", Never), ("can't", Not), ("cannot", Not), ("no longer", NoMore), ("can no longer", NoMore), ("have never", Not), ("haven't ever", Not), ("rarely", Not), ("hardly ever", Not), ("don't really", Not),
    ("particularly", Plain), ("especially", Strong), ("specially", Strong), ("genuinely", Plain), ("honestly", Correct), ("already", Plain), ("recently", Now), ("suddenly", Now), ("finally", Now), ("currently", Now), ("definitely", Strong), ("deeply", Strong), ("so", Strong), ("very", Strong), ("big", Plain), ("literally", Plain), ("simply", Plain), ("personally", Plain), ("myself", Plain), ("must say i", Plain), ("long", Plain), ("been", Plain), ("exclusively", Only), ("exclusively ever", Only), ("ever", Plain), ("exactly", Plain), ("all that", Plain), ("that", Plain), ("too", Plain), ("both", Plain), ("all", Plain), ("quit being", NoMore), ("a little", Plain), ("stopped being", NoMore),
];

/// Likings and dislikings of the writer, −2 to 2, with "am" and "have" taken away.
pub const PREDICATES: &[(&str, i8)] = &[
    ("like", 1), ("liking", 1), ("love", 2), ("loving", 2), ("enjoy", 1), ("enjoying", 1), ("adore", 2), ("prefer", 1), ("appreciate", 1), ("fancy", 1), ("into", 1), ("really into", 1),
    ("a fan of", 1), ("a big fan of", 2), ("a huge fan of", 2), ("a massive fan of", 2), ("a great fan of", 2), ("fond of", 1), ("keen on", 1), ("crazy about", 2),
    ("mad about", 2), ("nuts about", 2), ("passionate about", 2), ("obsessed with", 2), ("hooked on", 2), ("addicted to", 2), ("back to loving", 2),
    ("back to liking", 1), ("back to enjoying", 1), ("back to", 1), ("back into", 1), ("fell in love with", 2), ("fallen in love with", 2), ("in love with", 2), ("got into", 1), ("gotten into", 1), ("gotten really into", 1), ("got really into", 1),
    ("getting into", 1), ("taken up", 1), ("took up", 1), ("have a soft spot for", 1), ("a soft spot for", 1), ("got a soft spot for", 1), ("can't get enough of", 2),
    ("get enough of", -2), ("can't live without", 2), ("live without", -2), ("care for", 1), ("care about", 1), ("interested in", 1), ("a sucker for", 1), ("live for", 2), ("warmed to", 1),
    ("warmed up to", 1), ("a lover of", 2), ("enjoyed", 1), ("craving", 1), ("crave", 1), ("swear by", 1), ("favour", 1), ("favor", 1), ("partial to", 1), ("drawn to", 1), ("get excited about", 1), ("rediscovered", 1),
    ("hate", -2), ("hating", -2), ("dislike", -1), ("detest", -2), ("loathe", -2), ("despise", -2), ("abhor", -2), ("can't stand", -2), ("can not stand", -2), ("cannot stand", -2),
    ("couldn't stand", -2), ("can't bear", -2), ("cannot bear", -2), ("can't abide", -2), ("can't take", -1), ("can't tolerate", -2), ("can't handle", -1), ("can't deal with", -1), ("can't eat", -1), ("can't drink", -1),
    ("not a fan of", -1), ("not a big fan of", -1), ("not into", -1), ("not fond of", -1), ("not keen on", -1), ("sick of", -2), ("sick and tired of", -2), ("tired of", -1),
    ("fed up with", -2), ("over", -1), ("done with", -1), ("bored of", -1), ("bored with", -1), ("bored by", -1), ("gone off", -1), ("went off", -1), ("had enough of", -2), ("afraid of", -1),
    ("scared of", -1), ("terrified of", -2), ("frightened of", -1), ("avoid", -1), ("avoiding", -1), ("refuse to", -2), ("quit", -1), ("gave up on", -1), ("given up on", -1), ("gave up", -1), ("given up", -1), ("giving up", -1),
    ("swore off", -1), ("sworn off", -1), ("stay away from", -1), ("steer clear of", -1), ("hate on", -1), ("dread", -2), ("resent", -2), ("a hater of", -2), ("disgusted by", -2), ("annoyed by", -1), ("fell out of love with", -1), ("fallen out of love with", -1), ("lost interest in", -1), ("lost my taste for", -1), ("turned off by", -1), ("cut out", -1), ("outgrown", -1), ("grown out of", -1), ("put off by", -1), ("grown tired of", -1), ("grown sick of", -2), ("can't get into", -1), ("get into", 1), ("get the appeal of", 1), ("see the appeal of", 1), ("mind", -1), ("bear", 2), ("stand", 2), ("cannot", -1), ("grown to hate", -2), ("over it with", -1),
];

/// Predicates that mark a change.
pub const TURNS: &[&str] = &[
    "back to", "back into", "fell in", "fallen in", "got into", "gotten into", "gone off", "went off", "quit", "gave up", "given up", "sick of", "tired of",
    "fed up", "had enough", "over", "done with", "lost ", "warmed", "taken up", "took up", "swor", "fallen out", "fell out", "grown", "bored", "rediscovered", "outgrown",
];

/// What may be said of a topic that stands first.
pub const ON_TOPIC: &[(&str, i8)] = &[
    ("interests me", 1), ("interest me", 1), ("excites me", 1), ("excite me", 1), ("makes me sick", -2), ("make me sick", -2), ("makes me ill", -2), ("makes me happy", 2), ("make me happy", 2), ("drives me crazy", -2), ("drive me crazy", -2),
    ("drives me nuts", -2), ("drive me nuts", -2), ("drives me mad", -2), ("drives me up the wall", -2), ("drive me up the wall", -2), ("has grown on me", 1),
    ("have grown on me", 1), ("grew on me", 1), ("is growing on me", 1), ("are growing on me", 1), ("is disgusting", -2), ("are disgusting", -2), ("is gross", -2), ("are gross", -2), ("terrifies me", -2), ("terrify me", -2), ("scares me", -1),
    ("scare me", -1), ("bores me", -1), ("bore me", -1), ("annoys me", -1), ("annoy me", -1), ("irritates me", -1), ("relaxes me", 1), ("relax me", 1),
    ("calms me", 1), ("drains me", -1), ("drain me", -1), ("gives me joy", 2), ("gives me the creeps", -2), ("give me the creeps", -2), ("isn't my thing", -1), ("aren't my thing", -1), ("is not my thing", -1), ("just isn't my thing", -1), ("isn't for me", -1), ("aren't for me", -1), ("is not for me", -1), ("are not for me", -1), ("isn't my cup of tea", -1), ("aren't my cup of tea", -1), ("is my thing", 1), ("are my thing", 1),
    ("is my cup of tea", 1), ("is the best", 2), ("are the best", 2), ("is awful", -2), ("are awful", -2), ("is my jam", 2), ("is my passion", 2), ("is a hard no for me", -2),
    ("are a hard no for me", -2), ("is my weakness", 1), ("turns me off", -1), ("turn me off", -1), ("puts me off", -1), ("put me off", -1), ("does nothing for me", -1), ("do nothing for me", -1), ("tastes like soap to me", -1), ("is a pain", -1), ("is a no from me", -1), ("are a no from me", -1), ("is a no for me", -1), ("are a no for me", -1), ("bothers me", -1), ("bother me", -1), ("stresses me out", -1), ("stress me out", -1), ("cheers me up", 1), ("cheer me up", 1), ("is all i", 2), ("appeals to me", 1), ("is unbearable", -2), ("are unbearable", -2), ("freaks me out", -2), ("freak me out", -2), ("gets on my nerves", -2), ("get on my nerves", -2), ("don't agree with me", -1), ("doesn't agree with me", -1), ("fascinates me", 1), ("fascinate me", 1), ("no longer interests me", -1), ("won me over", 1), ("has won me over", 1),
];

/// Base forms of verbs of habits.
pub const BASES: &[&str] = &[
    "eat", "drink", "watch", "play", "read", "go", "use", "run", "take", "ride", "listen", "smoke", "cook", "swim", "walk", "drive", "wear", "buy", "sleep",
    "wake", "work", "study", "write", "practise", "practice", "meditate", "jog", "cycle", "travel", "fly", "touch", "order", "commute", "hike", "dance", "sing", "bake", "paint", "train", "lift", "stretch", "skip", "nap", "shop", "snack",
];

/// Verbs that tell a habit without another word.
pub const PLAIN: &[&str] = &["eat", "drink", "watch", "play", "smoke", "wear", "cycle", "swim", "jog", "meditate", "commute"];

/// Verbs of knowing and saying, which tell no habit.
pub const NO_HABITS: &[&str] = &[
    "knew", "know", "said", "say", "got", "get", "understood", "understand", "thought", "think", "meant", "mean", "asked", "ask", "heard", "saw",
    "seen", "tried", "mind", "learned", "noticed", "realized", "realised", "expected", "told", "wanted", "want", "need", "needed", "been", "had", "met",
];

/// Words that end a name for someone who loves something: a tea person, a film buff.
pub const LOVERS: &[&str] = &[
    "person", "lover", "fan", "addict", "enthusiast", "drinker", "eater", "nut", "buff", "nerd", "junkie", "fanatic", "geek", "fiend", "aficionado", "devotee",
];

/// Verbs that a clause may begin with when its subject stood in the one before.
pub const BARE: &[&str] = &[
    "became", "become", "moved to", "relocated to", "started", "stopped", "allergic to", "back to", "live in", "work as", "only eat", "only drink", "never",
    "prefer", "avoid",
];

/// Verbs whose object is the topic: what one eats, not the eating.
pub const CARRY: &[&str] = &[
    "eat", "drink", "watch", "read", "use", "take", "listen", "smoke", "wear", "buy", "touch", "eating", "drinking", "watching", "listening", "reading", "using",
    "wearing", "buying", "smoking", "order", "have", "having", "taking", "do", "doing", "go", "going", "skip", "play", "playing",
];

pub const STARTS: &[&str] = &[
    "started", "have started", "began", "have begun", "am back to", "back to", "resumed", "took up", "went back to", "have gone back to", "got back into", "gone back to",
];

pub const STOPS: &[&str] = &["stopped", "have stopped", "quit", "have quit", "gave up", "have given up", "given up", "cut out", "ceased", "stopped to"];

/// First words of subjects that are not the writer.
pub const OTHERS: &[&str] = &[
    "he", "she", "they", "it", "you", "we", "my", "his", "her", "their", "our", "your", "everyone", "everybody", "people", "someone", "somebody", "nobody",
    "john", "mary", "most", "many", "some", "who", "what", "this", "that", "these", "those", "there", "kids", "children", "customers", "users", "one",
    "mom", "dad", "mum", "tom", "anna", "the", "which", "how", "do", "does", "did", "is", "are", "can", "could", "should", "would", "if", "when", "where",
];

/// Objects that stand for what was spoken of before.
pub const PRONOUNS: &[&str] = &["it", "that", "them", "this", "those", "these", "both", "either"];

/// Objects that are people or the talk itself.
pub const PERSONS: &[&str] = &[
    "you", "your", "him", "her", "to know", "to see", "to ask", "to bother", "to say", "if you", "to have", "how", "what you", "that you", "the second", "the first", "this", "to be", "help", "a table", "to interrupt", "to know how", "to bother",
];

/// Words that begin a condition before the subject.
pub const WHEN: &[&str] = &["when", "while", "whenever", "on", "in", "at", "during", "after", "before", "once", "if", "for"];

/// Words that begin a condition after the object.
pub const WHEN_AFTER: &[&str] = &[
    " when i", " when it's", " when we", " when there", " while i", " while work", " while driv", " whenever ", " if i'm", " if it's", " during ", " when the", " when my", " when work", " when travel", " when driv",
    " when study", " when relax", " on weekends", " on weekdays", " on workdays", " on the weekend", " at work", " at home", " at night", " in the morning",
    " in the evening", " in winter", " in summer", " in spring", " in autumn", " on holiday", " on vacation", " on sundays", " on mondays", " on saturdays", " on fridays", " after work", " before bed", " at parties", " with friends", " on planes",
    " after a long", " in the afternoon", " on rainy", " on hot", " on cold", " at the office", " in the car", " on my own", " when commut",
    " when out", " when at", " when alone", " before work", " in meetings", " at the gym", " while at", " while commut", " while cook", " while run", " while eat",
];
