//! Words of both languages that tell how long something holds.

use super::super::Duration;
use super::super::lists::table;
use std::sync::LazyLock;

/// Words for a limited time, the longest first where one begins another.
pub static TIMES: LazyLock<Vec<(&str, Duration)>> = LazyLock::new(|| {
    table(&[
        (
            Duration::Today,
            "今天先|今天|今晚|今早|今日|just for today|for today|only today|just today|today|tonight|\
             this evening|this morning|this afternoon|for the rest of the day",
        ),
        (Duration::Days(1), "明天|tomorrow|until tomorrow"),
        (
            Duration::Week,
            "这周末|这周先|这周|本周|这一周|这星期|这个星期|这礼拜|这个礼拜|这个周末|周五之前|周末之前|\
             for the rest of the week|just this week|for this week|this week|all week|this weekend|\
             until friday|until saturday|until sunday|until the weekend|till friday",
        ),
        (
            Duration::Month,
            "这个月|这月|本月|月底之前|月底前|for the rest of the month|until the end of the month|\
             this month|until next month",
        ),
        (
            Duration::Days(4),
            "这几天|最近几天|接下来几天|未来几天|for the next few days|for a few days|these few days",
        ),
        (
            Duration::Days(2),
            "这两天|最近两天|for the next couple of days|for the next two days|for a couple of days",
        ),
        (
            Duration::Days(3),
            "这三天|接下来三天|未来三天|for the next three days",
        ),
        (
            Duration::Days(14),
            "这阵子|这段时间|这段日子|最近两周|这两周|这两个星期|接下来两周|未来两周|考试期间|假期里|\
             for the next two weeks|for the next couple of weeks|for two weeks",
        ),
        (
            Duration::Days(7),
            "最近一周|接下来一周|未来一周|暂时先|暂时|暂且|目前先|until monday|until tuesday|until wednesday|\
             until thursday|for the next week|for a week|for the time being|for the moment|at the moment|\
             for now|temporarily",
        ),
        (
            Duration::Days(21),
            "这几周|接下来几周|for the next few weeks|for a few weeks",
        ),
        (
            Duration::Days(30),
            "接下来一个月|未来一个月|备考期间|for the next month|for a month",
        ),
        (Duration::Days(10), "下周|until next week|next week"),
        (
            Duration::Days(60),
            "until easter|until christmas|until new year",
        ),
        (Duration::Days(40), "during lent|for lent"),
    ])
});
