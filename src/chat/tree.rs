//! The tree of a conversation: giving out places, branching, switching, deleting.
//!
//! All of it is arithmetic on the conversation's own row. Only places with more than one
//! continuation are kept there ([`Fork`]), so the row stays small in a long conversation.

use super::{Branch, Conversation, Fork, Message, Seq};
use std::collections::{BTreeMap, BTreeSet};

impl Conversation {
    /// Gives out the next place at the end of the shown branch. Returns it with its parent.
    pub fn append(&mut self) -> (Seq, Seq) {
        let parent = self.leaf;
        (self.take_place(), parent)
    }

    /// Gives out a place beside `head`, a message of the shown branch whose parent is `parent`.
    /// The new place is shown; what was shown is kept as a branch.
    pub fn branch(&mut self, head: Seq, parent: Seq) -> Seq {
        let left = Branch {
            head,
            leaf: self.leaf,
        };
        let place = self.take_place();
        let shown = Branch {
            head: place,
            leaf: place,
        };
        match self.forks.iter_mut().find(|fork| fork.parent == parent) {
            Some(fork) => {
                match fork.branches.iter_mut().find(|branch| branch.head == head) {
                    Some(branch) => branch.leaf = left.leaf,
                    None => fork.branches.push(left),
                }
                fork.branches.push(shown);
            }
            None => self.forks.push(Fork {
                parent,
                branches: vec![left, shown],
            }),
        }
        place
    }

    /// Shows the branch that begins with `to` instead of the one that begins with `from`.
    /// Says whether there was such a branch.
    pub fn switch(&mut self, from: Seq, to: Seq) -> bool {
        let shown = self.leaf;
        let Some(fork) = self.forks.iter_mut().find(|fork| {
            [from, to]
                .iter()
                .all(|head| fork.branches.iter().any(|branch| branch.head == *head))
        }) else {
            return false;
        };
        for branch in &mut fork.branches {
            if branch.head == from {
                branch.leaf = shown;
            }
        }
        let target = fork.branches.iter().find(|branch| branch.head == to);
        self.leaf = target.map_or(shown, |branch| branch.leaf);
        true
    }

    /// The heads of the branches that stand where `seq` stands, oldest first; empty where it stands alone.
    pub fn siblings(&self, seq: Seq) -> Vec<Seq> {
        let here = |fork: &&Fork| fork.branches.iter().any(|branch| branch.head == seq);
        self.forks
            .iter()
            .find(here)
            .map(|fork| fork.branches.iter().map(|branch| branch.head).collect())
            .unwrap_or_default()
    }

    /// Takes the shown branch that begins with `head` out of its fork and shows the one before it,
    /// or the one after. Says whether `head` began a branch; if not, nothing changes.
    pub fn drop_branch(&mut self, head: Seq) -> bool {
        let Some(at) = self
            .forks
            .iter()
            .position(|fork| fork.branches.iter().any(|branch| branch.head == head))
        else {
            return false;
        };
        let fork = &mut self.forks[at];
        let index = fork.branches.iter().position(|b| b.head == head);
        let index = index.unwrap_or(0);
        fork.branches.remove(index);
        let next = fork.branches[index.saturating_sub(1)];
        self.leaf = next.leaf;
        if fork.branches.len() < 2 {
            self.forks.remove(at);
        }
        true
    }

    fn take_place(&mut self) -> Seq {
        let place = self.next.max(1);
        self.next = place + 1;
        self.leaf = place;
        place
    }
}

/// The shown branch among `rows`, oldest first, read backwards from `leaf`.
///
/// `rows` are a page of messages in ascending order. Returns the messages on the branch (deleted ones
/// too: they keep their place) and the place where the next earlier page must go on; 0 at the beginning.
pub fn path(rows: &[Message], leaf: Seq) -> (Vec<Message>, Seq) {
    let mut found = Vec::new();
    let mut wanted = leaf;
    for row in rows.iter().rev() {
        if row.seq == wanted {
            wanted = row.parent;
            found.push(row.clone());
        }
        if wanted == 0 {
            break;
        }
    }
    found.reverse();
    (found, wanted)
}

/// The places that a person can come to: those on the shown branch, and on every branch that can be switched to from
/// there. What was only on a branch that is deleted is none of them. `rows` are all messages of the conversation.
pub fn within_reach(conversation: &Conversation, rows: &[Message]) -> BTreeSet<Seq> {
    let parents: BTreeMap<Seq, Seq> = rows.iter().map(|row| (row.seq, row.parent)).collect();
    let mut reach = BTreeSet::new();
    let mut leaves = vec![conversation.leaf];
    let mut forks: Vec<&Fork> = conversation.forks.iter().collect();
    while !leaves.is_empty() {
        for mut place in leaves.drain(..) {
            while place != 0 && reach.insert(place) {
                place = parents.get(&place).copied().unwrap_or_default();
            }
        }
        forks.retain(|fork| {
            let known = fork.parent == 0 || reach.contains(&fork.parent);
            if known {
                leaves.extend(fork.branches.iter().map(|branch| branch.leaf));
            }
            !known
        });
    }
    reach
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chat::Role;
    use proptest::prelude::*;

    /// A model of the same thing that keeps every message: the tests' second opinion.
    #[derive(Default)]
    struct Plain {
        conversation: Conversation,
        rows: Vec<Message>,
    }

    impl Plain {
        fn shown(&self) -> Vec<Seq> {
            let (path, rest) = path(&self.rows, self.conversation.leaf);
            assert_eq!(rest, 0, "a path leads to the beginning");
            path.iter().map(|message| message.seq).collect()
        }

        fn append(&mut self) {
            let (seq, parent) = self.conversation.append();
            self.rows.push(Message::new(Role::User, seq, parent));
        }

        fn branch(&mut self, index: usize) {
            let shown = self.shown();
            let Some(head) = shown.get(index % shown.len().max(1)).copied() else {
                return;
            };
            let parent = self.parent(head);
            let seq = self.conversation.branch(head, parent);
            self.rows.push(Message::new(Role::User, seq, parent));
        }

        fn parent(&self, seq: Seq) -> Seq {
            let row = self.rows.iter().find(|row| row.seq == seq);
            row.map_or(0, |row| row.parent)
        }

        /// Switches at some fork on the shown branch; returns the branch's head.
        fn switch(&mut self, index: usize, to: usize) -> Option<Seq> {
            let forks: Vec<Seq> = self
                .shown()
                .into_iter()
                .filter(|seq| !self.conversation.siblings(*seq).is_empty())
                .collect();
            let from = *forks.get(index % forks.len().max(1))?;
            let siblings = self.conversation.siblings(from);
            let head = siblings[to % siblings.len()];
            assert!(self.conversation.switch(from, head));
            Some(head)
        }
    }

    #[test]
    fn a_branch_keeps_what_was_shown() {
        let mut plain = Plain::default();
        (0..4).for_each(|_| plain.append());
        plain.branch(1);
        assert_eq!(plain.shown(), [1, 5]);
        assert_eq!(plain.conversation.siblings(5), [2, 5]);
        assert!(plain.conversation.switch(5, 2));
        assert_eq!(plain.shown(), [1, 2, 3, 4]);
    }

    #[test]
    fn dropping_a_branch_shows_its_neighbour() {
        let mut plain = Plain::default();
        (0..3).for_each(|_| plain.append());
        plain.branch(2);
        plain.branch(2);
        assert_eq!(plain.conversation.siblings(5), [3, 4, 5]);
        assert!(plain.conversation.drop_branch(5));
        assert_eq!(plain.shown(), [1, 2, 4]);
        assert!(plain.conversation.drop_branch(4));
        assert_eq!(plain.shown(), [1, 2, 3]);
        assert!(plain.conversation.forks.is_empty());
        assert!(!plain.conversation.drop_branch(3));
    }

    #[test]
    fn a_dropped_branch_is_out_of_reach_with_the_branches_in_it() {
        let mut plain = Plain::default();
        (0..4).for_each(|_| plain.append());
        plain.branch(1); // 5, beside 2
        plain.append(); // 6
        plain.branch(2); // 7, beside 6
        assert_eq!(plain.shown(), [1, 5, 7]);
        let reach = |plain: &Plain| Vec::from_iter(within_reach(&plain.conversation, &plain.rows));
        assert_eq!(reach(&plain), [1, 2, 3, 4, 5, 6, 7]);
        assert!(plain.conversation.drop_branch(5));
        assert_eq!(plain.shown(), [1, 2, 3, 4]);
        assert_eq!(reach(&plain), [1, 2, 3, 4]);
        assert_eq!(within_reach(&Conversation::default(), &[]).len(), 0);
    }

    proptest! {
        #[test]
        fn every_branch_can_be_reached_again(steps in prop::collection::vec((0u8..3, 0usize..20, 0usize..5), 1..60)) {
            let mut plain = Plain::default();
            for (kind, a, b) in steps {
                match kind {
                    0 => plain.append(),
                    1 => plain.branch(a),
                    _ => {
                        if let Some(head) = plain.switch(a, b) {
                            prop_assert!(plain.shown().contains(&head), "the branch asked for is shown");
                        }
                    }
                }
                let shown = plain.shown();
                prop_assert!(shown.windows(2).all(|pair| pair[0] < pair[1]));
                prop_assert_eq!(shown.last().copied().unwrap_or(0), plain.conversation.leaf);
            }
            // From any state, every message is shown after switching at the forks above it.
            let all: Vec<Seq> = plain.rows.iter().map(|row| row.seq).collect();
            prop_assert!(within_reach(&plain.conversation, &plain.rows).into_iter().eq(all.iter().copied()));
            for seq in all {
                let mut above = vec![seq];
                while let Some(&last) = above.last() {
                    let parent = plain.parent(last);
                    if parent == 0 { break }
                    above.push(parent);
                }
                for head in above.into_iter().rev() {
                    let siblings = plain.conversation.siblings(head);
                    let shown = plain.shown();
                    if let Some(from) = siblings.iter().find(|sibling| shown.contains(sibling)) {
                        plain.conversation.switch(*from, head);
                    }
                }
                prop_assert!(plain.shown().contains(&seq), "{} is shown", seq);
            }
        }

        #[test]
        fn pages_give_the_same_path_as_the_whole(cuts in 1usize..9, branches in prop::collection::vec(0usize..30, 0..12)) {
            let mut plain = Plain::default();
            for index in branches {
                plain.append();
                plain.append();
                plain.branch(index);
            }
            let mut paged = Vec::new();
            let mut wanted = plain.conversation.leaf;
            while wanted > 0 {
                let from = wanted.saturating_sub(cuts as u32);
                let page: Vec<Message> = plain.rows.iter().filter(|row| row.seq > from && row.seq <= wanted).cloned().collect();
                let (mut part, next) = path(&page, wanted);
                prop_assert!(next < wanted);
                part.append(&mut paged);
                paged = part;
                wanted = next;
            }
            prop_assert_eq!(paged.iter().map(|message| message.seq).collect::<Vec<_>>(), plain.shown());
        }
    }
}
