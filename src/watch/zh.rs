//! Chinese words that the judge looks for.

/// How firmly a word at the end asks for more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pull {
    /// No sentence ends with it.
    Hard,
    /// A sentence may end with it and seldom does.
    Soft,
}

/// No sentence ends with these.
const HARD: &str = "\
    来说 也就是说 换句话说 的是 和 与 及 或 并 且 但 因 若 虽 即使 由于 为了 通过 根据 关于 对于 比如 例如 \
    譬如 包括 诸如 把 被 让 使 使得 将 从 向 由 以 以及 因此 所以 因为 如果 虽然 尽管 然而 不过 或者 而且 \
    并且 但是 可是 也 很 非常 更 更加 最 太 十分 极其 相当 第 其 之 其中 然后 接着 首先 其次 再次 此外 另外 \
    尤其 尤其是 特别是 甚至 甚至连 至少 大约 约 而 却 处处 仍然 仍 正在 帮你 为你 给您 为您 帮您 让人 使人 \
    令人 能够 应当 往往 常常 逐渐 逐步 进一步 不仅 不但 不只 除了 随着 按照 作为 成为 变成 属于 位于 来自 \
    关乎 涉及 指的是 意味着 觉得 认为 以为 显得 变得 懂得 得 具有 充满 对 每 各 某 该 各种 许多 很多 一个 \
    一种 一些 这种 那种 这个 那个 靠 还得 每个 几乎 并不是 而是 直到 于是 宛如 仿佛 好像 似乎 如同 等于 \
    大于 小于 只要 只有 无论 不管 既 既是 愈 越 多么 有多 得更 尊敬的 亲爱的 所提供之";

/// A sentence may end with these and seldom does.
const SOFT: &str = "\
    申请 建议 需要 可能 使用 提供 保持 必须 应该 不是 就是 利用 采用 拥有 得到 防止 避免 通常 经常 偶尔 的 \
    地 是 在 有 会 能 可以 要 想 不 没有 都 就 还 还会 又 再 才 给 用 跟 同 于 为 去 叫 看到 发现 所有 那 \
    这 这些 那些 已经 一直 同时 最后 不能 不会 当 时 请 着";

/// Words that end with one of the above and end a sentence all the same.
const WHOLE: &str = "\
    好的 是的 会的 真的 对的 行的 有的 别的 似的 可以的 行为 人为 值得 获得 舍得 记得 不得 不对 也对 面对 \
    绝对 原因 基因 当地 土地 各地 本地 目的地 外地 草地 基地 场地 工地 及时 当时 小时 平时 准时 按时 随时 \
    机会 社会 大会 学会 晚会 聚会 约会 功能 智能 性能 只能 技能 重要 主要 不要 摘要 必要 现在 存在 实在 \
    内在 自在 还在 所在 潜在 共同 不同 相同 合同 认同 应用 作用 费用 信用 通用 专用 有用 没用 不用 试用 \
    常用 过去 上去 下去 出去 回去 失去 小说 传说 据说 听说 理想 思想 梦想 感想 联想 设想 看着 等着 活着 \
    邀请 可靠 依靠 牢靠 参与 给与 普及 难以 自由 理由 方向 倾向 一向 内向 外向 导向 双向 大使 天使 行使 \
    假使 麻将 即将 必将 转让 忍让 一并 吞并 尚且 暂且 反而 忘却 冷却 退却 本该 活该 合约 节约 预约 条约 \
    相约 赴约 守约 违约 制约 优越 超越 卓越 跨越 穿越 吴越 都有 合并";

/// Words and particles with which a casual sentence ends without a mark.
const PARTICLES: &[char] = &[
    '吧', '呢', '吗', '啊', '呀', '啦', '哦', '喔', '哟', '嘛', '哈', '嘿', '哇', '咯', '喵', '呗',
    '了', '噢', '耶', '嗯',
];

/// What a text asks for when it stops after `text`; where the word begins.
pub fn pull(text: &str) -> Option<(Pull, usize)> {
    let longest = |list: &str| {
        list.split(' ')
            .filter(|word| text.ends_with(word))
            .map(str::len)
            .max()
    };
    let (hard, soft) = (longest(HARD), longest(SOFT));
    let length = hard.max(soft)?;
    if longest(WHOLE).is_some_and(|whole| whole > length) {
        return None;
    }
    let pull = if hard == Some(length) {
        Pull::Hard
    } else {
        Pull::Soft
    };
    Some((pull, text.len() - length))
}

/// Whether a casual sentence may end here.
pub fn is_particle(c: char) -> bool {
    PARTICLES.contains(&c)
}

/// The number that a character stands for: 二 to 十, and 两.
pub fn number(c: char) -> Option<u32> {
    Some(match c {
        '一' => 1,
        '二' | '两' => 2,
        '三' => 3,
        '四' => 4,
        '五' => 5,
        '六' => 6,
        '七' => 7,
        '八' => 8,
        '九' => 9,
        '十' => 10,
        _ => return None,
    })
}

/// What follows the number of things that a text announces.
pub const COUNTED: &[&str] = &[
    "个", "点", "种", "条", "项", "步", "类", "方面", "大", "周", "部分", "阶段", "层", "句", "件",
    "本", "首", "款", "道", "处", "招", "则", "位", "部", "天", "组",
];
