//! Facts about the user: where, what, how old, what called, what kept at home.

use super::super::super::lists::list;
use super::super::super::{Cue, Kind, Slot, Statement, topic};
use super::super::{Clause, Open, back, fact, front};
use super::mood::{Mood, adverbs};
use super::object;
use std::sync::LazyLock;

/// 叫我老李, 我叫小王, 以后你就叫小智.
pub fn name(clause: &Clause, text: &str, open: &mut Open) -> bool {
    const MINE: &str = "叫我|称呼我为|称呼我|喊我|改叫我|我叫|我的名字是|我的名字叫|我名字叫|我姓";
    let found = MINE
        .split('|')
        .filter_map(|lead| Some((text.find(lead)?, lead)));
    let (slot, rest) = if let Some((at, lead)) =
        found.min_by_key(|(at, lead)| (*at, std::cmp::Reverse(lead.len())))
    {
        let before = &text[..at];
        let asked = "别|不要|他|她|妈|爸|们|人"
            .split('|')
            .any(|word| before.ends_with(word));
        if asked {
            return false;
        }
        (Slot::Name, &text[at + lead.len()..])
    } else if let Some((_, rest)) = text
        .split_once("你就叫")
        .or_else(|| text.split_once("你叫"))
    {
        (Slot::Assistant, rest)
    } else {
        return false;
    };
    let name = back(
        rest,
        &[
            "就行了",
            "就行",
            "就好了",
            "就好",
            "就可以了",
            "就可以",
            "吧",
            "了",
            "好了",
        ],
    )
    .unwrap_or(rest);
    let name = name.trim().trim_start_matches(['做', '为']);
    if name.is_empty() || name.chars().count() > 10 || name.contains(['什', '谁', '起', '去', '来'])
    {
        return false;
    }
    let mut statement = fact(clause.typed(name), Some(slot));
    statement.strength = Some(1);
    open.add(statement);
    true
}

/// Other facts. `before` and `rest` stand before and after 我.
pub fn read(clause: &Clause, before: &str, rest: &str, mood: &Mood, open: &mut Open) -> bool {
    if mood.past {
        return false;
    }
    let whole = front(rest, &["现在", "目前", "如今", "已经"]).unwrap_or(rest);
    let mine = clause.low.contains('我') || whole.len() < rest.len() || mood.turned;
    let mut mood = Mood::default();
    let rest = adverbs(rest, &mut mood);
    let denied = mood.negations % 2 == 1;
    let found = residence(rest)
        .map(|topic| (topic, Some(Slot::Residence)))
        .or_else(|| age(rest).map(|topic| (topic, Some(Slot::Age))))
        .or_else(|| diet(rest).map(|topic| (topic, Some(Slot::Style("#diet".to_owned())))))
        .or_else(|| favourite_of(clause, before, whole, open))
        .or_else(|| {
            job(whole)
                .or_else(|| job(rest))
                .filter(|_| mine)
                .map(|topic| (topic, Some(Slot::Job)))
        })
        .or_else(|| kept(rest).map(|topic| (topic, None)))
        .or_else(|| being(whole).filter(|_| mine).map(|topic| (topic, None)));
    let Some((topic, slot)) = found else {
        return false;
    };
    if topic.is_empty() {
        // Said by another rule already.
        return true;
    }
    let mut statement = fact(clause.typed(topic), slot);
    if denied {
        statement.cue = Cue::Retract;
        statement.slot = None;
    }
    if let Some(loved) = fan(topic).filter(|_| statement.slot.is_none() && !denied) {
        statement.kind = Kind::Taste;
        statement.strength = Some(2);
        clause.typed(loved).clone_into(&mut statement.topic);
    }
    open.add(statement);
    true
}

/// The slot of what is liked most, where its category is known: 绿色 is a colour.
pub fn favourite(part: &str) -> Option<Slot> {
    let category = topic::above(&topic::key(part)).into_iter().next()?;
    Some(Slot::Favourite(category))
}

/// 我最喜欢的颜色是蓝色, 蓝色是我最喜欢的颜色.
fn favourite_of<'t>(
    clause: &Clause,
    before: &'t str,
    rest: &'t str,
    open: &mut Open,
) -> Option<(&'t str, Option<Slot>)> {
    let lead = [
        "最喜欢的",
        "最爱的",
        "最爱吃的",
        "最喜欢吃的",
        "最喜欢看的",
        "最喜欢听的",
        "最喜欢喝的",
        "最中意的",
        "最欣赏的",
    ];
    let rest = front(
        rest.trim_start_matches("现在").trim_start_matches("目前"),
        &lead,
    )?;
    let is = "变成了|变成|换成了|换成|成了|是"
        .split('|')
        .find_map(|is| rest.split_once(is));
    let (category, value) = match (is, before.strip_suffix('是')) {
        (Some((category, value)), _) => (category, value),
        (None, Some(value)) => (rest, value),
        _ => return None,
    };
    let mut mood = Mood::default();
    let category = topic::key(object::clean(category, &mut mood));
    let value = object::clean(value, &mut mood);
    if value.is_empty() || value.contains("什么") {
        return None;
    }
    open.add(Statement {
        strength: Some(2),
        topic: clause.typed(value).to_owned(),
        slot: Some(Slot::Favourite(category)),
        cue: Cue::Correct,
        certainty: 90,
        ..Statement::default()
    });
    Some(("", None))
}

fn residence(rest: &str) -> Option<&str> {
    const LEADS: &str = "住在|住到|定居在|定居到|定居|搬到|搬去|搬来|搬回|搬家到|搬家去|移居到|移居|现居|\
        家住|家在|人在|住进|搬进";
    let bare = rest.strip_prefix('住').filter(|place| {
        place.chars().count() <= 5
            && !place.starts_with(['得', '的', '不', '过', '院', '校', '酒', '民', '宿'])
    });
    let found = LEADS
        .split('|')
        .filter_map(|lead| Some((rest.find(lead)?, lead.len())))
        .min();
    let at = found.or(bare.map(|_| (0, '住'.len_utf8())))?;
    // 上个月搬到上海了: a time may stand before.
    if rest[..at.0].chars().count() > 6 {
        return None;
    }
    let place =
        back(&rest[at.0 + at.1..], &["生活", "居住", "工作", "住"]).unwrap_or(&rest[at.0 + at.1..]);
    let place = back(
        place,
        &["去了", "来了", "了", "住了", "啦", "这边", "那边", "生活了"],
    )
    .unwrap_or(place);
    (!place.is_empty() && place.chars().count() <= 10 && !place.contains("以后")).then_some(place)
}

fn age(rest: &str) -> Option<&str> {
    let at = rest.find('岁')?;
    let digits = |c: char| c.is_ascii_digit() || "一二三四五六七八九十百".contains(c);
    let from = rest[..at]
        .char_indices()
        .rev()
        .take_while(|(_, c)| digits(*c))
        .last()?
        .0;
    let tail = &rest[at + '岁'.len_utf8()..];
    (rest[..from].chars().count() <= 4 && object::ends_bare(tail))
        .then(|| &rest[from..at + '岁'.len_utf8()])
}

fn diet(rest: &str) -> Option<&str> {
    "素食主义者|素食者|纯素食者|纯素|吃素|吃全素|素食|生酮"
        .split('|')
        .find_map(|word| rest.find(word).map(|at| &rest[at..at + word.len()]))
        .filter(|_| !rest.contains("餐厅") && !rest.contains("喜欢"))
}

fn job(rest: &str) -> Option<&str> {
    const TURNED: &str =
        "转行做|转行当|转行去做|改行做|改行当|转做|从事|改行|转行|现在当|当上了|当了|做了";
    const BEING: &str = "是一名|是一个|是个|是做|是|在当|当|做";
    let after = |leads: &str| {
        let rests = leads.split('|').filter_map(|lead| rest.strip_prefix(lead));
        rests.min_by_key(|rest| rest.len())
    };
    let turned = after(TURNED);
    let found = turned.or_else(|| after(BEING))?;
    let work = back(found, &["了", "的", "工作", "的工作"]).unwrap_or(found);
    let works = WORKS.iter().any(|end| work.ends_with(end)) || turned.is_some();
    let other = NOT_WORK.iter().any(|end| work.ends_with(end));
    (works && !other && (2..=12).contains(&work.chars().count())).then_some(work)
}

static WORKS: LazyLock<Vec<&str>> = LazyLock::new(|| {
    list(
        "师|员|生|者|医|手|经理|家|工|老板|警察|律师|护士|教授|开发|设计|运营|编辑|司机|销售|会计|公务员|\
         主播|翻译|助理|店长|产品|前端|后端|测试",
    )
});

static NOT_WORK: LazyLock<Vec<&str>> = LazyLock::new(|| {
    list("人家|大家|自己家|女生|男生|陌生|医生说|爱好者|素食者|初学者|国家|独生|新手|左撇子")
});

/// 养了两只仓鼠, 有个两岁的女儿.
fn kept(rest: &str) -> Option<&str> {
    let rest = front(rest, &["家里", "家"]).unwrap_or(rest);
    if let Some(pet) = front(
        rest,
        &["养了", "养着", "养过", "领养了", "收养了", "养的是"],
    ) {
        return Some(back(pet, &["了", "啊", "呢"]).unwrap_or(pet))
            .filter(|pet| !pet.is_empty() && !pet.ends_with('花'));
    }
    let thing = front(rest, &["有一", "有两", "有三", "有个", "有"])?;
    let kin = [
        "女儿",
        "儿子",
        "孩子",
        "猫",
        "狗",
        "病",
        "血压",
        "血糖",
        "糖尿",
        "哮喘",
        "宝宝",
        "娃",
        "花粉症",
        "鼻炎",
    ];
    let own = kin.iter().any(|word| thing.ends_with(word)) && thing.chars().count() <= 10;
    own.then(|| front(rest, &["有"]).unwrap_or(rest))
}

/// 我是左撇子, 我是铁杆狗派: what the user is.
fn being(rest: &str) -> Option<&str> {
    let what = front(rest, &["是个", "是一个", "是一名", "是位", "属于", "是"])?;
    let what = front(
        what,
        &[
            "铁杆",
            "资深",
            "忠实",
            "骨灰级",
            "超级",
            "纯",
            "典型的",
            "标准的",
            "不折不扣的",
            "彻头彻尾的",
        ],
    )
    .unwrap_or(what);
    let what = back(what, &["了", "啊", "呢", "哦", "来的"]).unwrap_or(what);
    let length = what.chars().count();
    let clause = [
        "说", "想", "觉", "不", "真", "在", "从", "要", "怕", "问", "因", "为", "的", "喜欢", "用",
        "最",
    ];
    let said = clause.iter().any(|start| what.starts_with(start));
    ((2..=8).contains(&length) && !said).then_some(what)
}

/// What a 咖啡控 loves. Words of two letters, such as 影迷 and 猫奴, are topics of their own.
fn fan(what: &str) -> Option<&str> {
    let ends = [
        "爱好者",
        "发烧友",
        "狂热者",
        "脑残粉",
        "粉丝",
        "死忠",
        "迷",
        "派",
        "控",
        "党",
        "粉",
        "奴",
        "狂",
    ];
    let loved = ends.iter().find_map(|end| what.strip_suffix(end))?;
    Some(if loved.chars().count() > 1 {
        loved
    } else {
        what
    })
}
