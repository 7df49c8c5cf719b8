//! The eight kinds of request that the analyser knows, with their slots.

macro_rules! kinds {
    ($($(#[$doc:meta])* $kind:ident $id:literal [$($slot:literal)+])+) => {
        /// A kind of request. Chit-chat, follow-ups and plain statements are of no kind.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Kind { $($(#[$doc])* $kind,)+ }

        impl Kind {
            /// Every kind.
            pub const ALL: &'static [Kind] = &[$(Kind::$kind,)+];

            /// The stable name, which is also the id of the built-in frame.
            pub fn id(self) -> &'static str {
                match self { $(Kind::$kind => $id,)+ }
            }

            /// The ids of its slots, in the order in which they are shown.
            pub fn slots(self) -> &'static [&'static str] {
                match self { $(Kind::$kind => &[$($slot,)+],)+ }
            }
        }
    };
}

kinds! {
    /// Information, an explanation, advice, a recommendation.
    Ask "ask" ["goal" "background" "limits" "form"]
    /// Prose or copy to be made, rewritten or answered.
    Write "write" ["goal" "audience" "material" "tone" "form" "length"]
    /// Code, commands, queries, formulas, errors.
    Code "code" ["goal" "code" "environment" "behaviour"]
    /// From one human language to another.
    Translate "translate" ["text" "target" "tone"]
    /// A given text made shorter.
    Summarise "summarise" ["text" "goal" "form" "length"]
    /// An arrangement over time.
    Plan "plan" ["goal" "time" "resources" "limits" "form"]
    /// A choice.
    Decide "decide" ["options" "criteria" "background"]
    /// Comfort, company, role play.
    Companion "companion" ["mood" "scene" "role"]
}

impl Kind {
    /// The kind with this id.
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.id() == id)
    }

    /// The place of a slot among the kind's own.
    pub fn slot(self, id: &str) -> Option<usize> {
        self.slots().iter().position(|slot| *slot == id)
    }

    /// The place of its first slot among those of all kinds.
    pub(super) fn first_slot(self) -> usize {
        Self::ALL[..self as usize]
            .iter()
            .map(|kind| kind.slots().len())
            .sum()
    }
}

/// How many slots all kinds have together.
pub(super) const SLOTS: usize = 32;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_have_names_and_places() {
        let mut first = 0;
        for kind in Kind::ALL {
            assert_eq!(Kind::from_id(kind.id()), Some(*kind));
            assert_eq!(kind.first_slot(), first);
            first += kind.slots().len();
        }
        assert_eq!(first, SLOTS);
        assert_eq!(Kind::from_id("none"), None);
    }
}
