//! Budgets: how much may be spent in a day and in a month, in each currency.

use super::{Currency, Money};

/// What may be spent in one currency. Limits are in millionths of a unit; `None` for no limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Budget {
    /// The currency.
    pub currency: Currency,
    /// The most of a day.
    pub day: Option<u64>,
    /// The most of a month.
    pub month: Option<u64>,
    /// Of a limit, in percent: from there on it is said that it is near.
    pub warn: u8,
}

impl Budget {
    /// Where the warning begins, unless another share is chosen.
    pub const WARN: u8 = 80;

    /// No limit.
    pub fn none(currency: Currency) -> Self {
        Self {
            currency,
            day: None,
            month: None,
            warn: Self::WARN,
        }
    }

    /// The limit of a span.
    pub fn limit(self, span: Span) -> Option<u64> {
        match span {
            Span::Day => self.day,
            Span::Month => self.month,
        }
    }

    /// As it is with another limit for a span.
    pub fn with(self, span: Span, limit: Option<u64>) -> Self {
        match span {
            Span::Day => Self { day: limit, ..self },
            Span::Month => Self {
                month: limit,
                ..self
            },
        }
    }
}

/// What a limit is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Span {
    /// A day.
    Day,
    /// A month.
    Month,
}

/// How what was spent stands to a budget.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// There is none, or enough of it is left.
    Well,
    /// It will soon be used up.
    Near(Against),
    /// It is used up: nothing that costs money in this currency is sent.
    Reached(Against),
}

/// The limit that is meant, and what of it is spent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Against {
    /// What the limit is for.
    pub span: Span,
    /// What was spent in it.
    pub spent: Money,
    /// The limit.
    pub limit: Money,
}

/// How what was spent today and this month stands to `budget`. The worse of the two; the day where both are
/// equally bad, since it is over sooner.
pub fn standing(budget: Budget, today: Money, month: Money) -> Standing {
    let look = |span: Span, spent: Money| {
        let Some(limit) = budget.limit(span) else {
            return Standing::Well;
        };
        let limit = Money::micro(budget.currency, limit);
        let against = Against { span, spent, limit };
        let near = limit.nano / 100 * u64::from(budget.warn.min(100));
        match spent.nano {
            spent if spent >= limit.nano => Standing::Reached(against),
            spent if spent >= near => Standing::Near(against),
            _ => Standing::Well,
        }
    };
    let (day, month) = (look(Span::Day, today), look(Span::Month, month));
    match (day, month) {
        (Standing::Reached(_), _) => day,
        (_, Standing::Reached(_)) => month,
        (Standing::Near(_), _) => day,
        _ => month,
    }
}

/// The limit that one click raises a reached one to: half as much again, and in any case more than is spent;
/// in round figures.
pub fn raised(against: Against) -> u64 {
    let (limit, spent) = (against.limit.nano / 1000, against.spent.nano / 1000);
    let wanted = (limit + limit / 2).max(spent + spent / 5).max(10_000);
    let mut step = 1_000;
    while wanted / step >= 100 {
        step *= 10;
    }
    wanted.div_ceil(step) * step
}
