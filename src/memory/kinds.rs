//! The closed lists that describe a preference, each with stable names for storage.

use crate::id::ChatId;

/// What a preference is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// Something liked or disliked.
    #[default]
    Taste,
    /// Something done or never done.
    Habit,
    /// A fact about the user.
    Fact,
    /// How answers should be.
    Style,
    /// What must be kept away from: allergies, phobias, subjects not to be touched.
    Boundary,
}

impl Kind {
    /// All of them.
    pub const ALL: [Kind; 5] = [
        Kind::Taste,
        Kind::Habit,
        Kind::Fact,
        Kind::Style,
        Kind::Boundary,
    ];

    /// The stable name.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Taste => "taste",
            Kind::Habit => "habit",
            Kind::Fact => "fact",
            Kind::Style => "style",
            Kind::Boundary => "boundary",
        }
    }

    /// The kind of a name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// Whether two kinds can speak against each other: a taste and a habit can, a fact and a taste cannot.
    pub fn meets(self, other: Kind) -> bool {
        let side = |kind| match kind {
            Kind::Taste | Kind::Habit => Kind::Taste,
            kind => kind,
        };
        side(self) == side(other)
    }
}

/// The side of a strength.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Polarity {
    /// Liked, done, wanted.
    For,
    /// Disliked, avoided, unwanted.
    Against,
    /// Neither: a plain fact.
    Neutral,
}

impl Polarity {
    /// The side of a strength.
    pub fn of(strength: i8) -> Self {
        match strength {
            1.. => Polarity::For,
            0 => Polarity::Neutral,
            _ => Polarity::Against,
        }
    }

    /// `+`, `-` or `0`.
    pub fn sign(self) -> &'static str {
        match self {
            Polarity::For => "+",
            Polarity::Against => "-",
            Polarity::Neutral => "0",
        }
    }
}

/// How a preference stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Status {
    /// It holds.
    #[default]
    Active,
    /// Another took its place.
    Superseded,
    /// The user took it back.
    Retracted,
    /// Its time is over.
    Expired,
    /// It waits for the user's click.
    Proposed,
}

impl Status {
    /// All of them.
    pub const ALL: [Status; 5] = [
        Status::Active,
        Status::Superseded,
        Status::Retracted,
        Status::Expired,
        Status::Proposed,
    ];

    /// The stable name.
    pub fn name(self) -> &'static str {
        match self {
            Status::Active => "active",
            Status::Superseded => "superseded",
            Status::Retracted => "retracted",
            Status::Expired => "expired",
            Status::Proposed => "proposed",
        }
    }

    /// The status of a name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.name() == name)
    }
}

/// Where a preference holds.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub enum Scope {
    /// In every conversation.
    #[default]
    Everywhere,
    /// With one persona, by its id.
    Persona(String),
    /// In one conversation.
    Chat(ChatId),
}

/// Who wrote the words that a preference comes from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Origin {
    /// The user, by hand, in the composer.
    #[default]
    Typed,
    /// The user, on the board.
    Board,
    /// A model's reply or a tool call.
    Model,
    /// An imported file.
    Import,
    /// Text that the user pasted or quoted.
    Pasted,
}

impl Origin {
    /// All of them.
    pub const ALL: [Origin; 5] = [
        Origin::Typed,
        Origin::Board,
        Origin::Model,
        Origin::Import,
        Origin::Pasted,
    ];

    /// The stable name.
    pub fn name(self) -> &'static str {
        match self {
            Origin::Typed => "typed",
            Origin::Board => "board",
            Origin::Model => "model",
            Origin::Import => "import",
            Origin::Pasted => "pasted",
        }
    }

    /// The origin of a name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|origin| origin.name() == name)
    }

    /// Whether these are the user's own words, which alone may become active without a click.
    pub fn is_users(self) -> bool {
        matches!(self, Origin::Typed | Origin::Board)
    }
}
