//! Lists in which nothing may be there twice.

use foldhash::fast::RandomState;
use std::collections::HashSet;
use std::hash::Hash;

/// The first item that equals an earlier one, and its position.
pub(crate) fn first_repetition<T: Copy + Eq + Hash>(
    items: impl IntoIterator<Item = T>,
) -> Option<(usize, T)> {
    let items = items.into_iter();
    let mut seen = HashSet::with_capacity_and_hasher(items.size_hint().0, RandomState::default());
    items.enumerate().find(|(_, item)| !seen.insert(*item))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_repetition_in_the_order_of_the_list() {
        assert_eq!(first_repetition(["b", "a", "c", "a", "b"]), Some((3, "a")));
        assert_eq!(first_repetition(["b", "a"]), None);
    }
}
