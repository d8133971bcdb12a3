//! Sorting by one routine for all types.
//!
//! The standard library's sorts are compiled anew for every type and order, some 4 kB each in the browser's module. The
//! few lists that are sorted there hold hits and characters, not texts: one merge sort over indices serves them all.

/// The numbers `0..len` in the order of `less`, which says whether the item of the first number comes before that of the
/// second. Stable: of two items that neither comes before the other, the one with the smaller number is first.
pub fn sorted(len: usize, less: &dyn Fn(usize, usize) -> bool) -> Vec<u32> {
    let mut from: Vec<u32> = Vec::with_capacity(len);
    for at in 0..len as u32 {
        from.push(at);
    }
    let mut to = from.clone();
    let mut width = 1;
    while width < len {
        for start in (0..len).step_by(2 * width) {
            let (middle, end) = ((start + width).min(len), (start + 2 * width).min(len));
            let (mut left, mut right) = (start, middle);
            for slot in &mut to[start..end] {
                let take_right = left == middle || right < end && less(from[right] as usize, from[left] as usize);
                let side = if take_right { &mut right } else { &mut left };
                *slot = from[*side];
                *side += 1;
            }
        }
        core::mem::swap(&mut from, &mut to);
        width *= 2;
    }
    from
}

/// The items in the order of `less`.
pub fn in_order<T: Clone>(items: &[T], less: &dyn Fn(&T, &T) -> bool) -> Vec<T> {
    let mut out = Vec::with_capacity(items.len());
    for at in sorted(items.len(), &|a, b| less(&items[a], &items[b])) {
        out.push(items[at as usize].clone());
    }
    out
}

/// How many of an ascending list are below `limit`.
pub fn below(list: &[u32], limit: u32) -> usize {
    list.partition_point(|&item| item < limit)
}

/// The best of what is offered, by the smallest keys; of equal keys, what was offered first.
#[derive(Debug, Default)]
pub struct Best {
    keys: Vec<u64>,
    /// What was kept, best first.
    pub items: Vec<u32>,
}

impl Best {
    /// Keeps an item if it is among the best `most`.
    pub fn offer(&mut self, key: u64, item: u32, most: usize) {
        let place = self.keys.partition_point(|&other| other <= key);
        if place < most {
            self.keys.insert(place, key);
            self.items.insert(place, item);
            self.keys.truncate(most);
            self.items.truncate(most);
        }
    }
}

/// Merges ascending lists; what stands in several is kept once.
pub fn all_merged(mut lists: Vec<Vec<u32>>) -> Vec<u32> {
    lists.retain(|list| !list.is_empty());
    // Pairs, then pairs of these: each item is copied as often as the number of lists can be halved.
    while lists.len() > 1 {
        let mut pairs = Vec::with_capacity(lists.len().div_ceil(2));
        for pair in lists.chunks(2) {
            pairs.push(merged(&pair[0], pair.get(1).map_or(&[], |list| list)));
        }
        lists = pairs;
    }
    lists.pop().unwrap_or_default()
}

/// Merges two ascending lists; what stands in both is kept once.
fn merged(a: &[u32], b: &[u32]) -> Vec<u32> {
    let mut out = Vec::with_capacity(a.len() + b.len());
    let mut rest = b;
    for &item in a {
        while let [first, more @ ..] = rest
            && *first <= item
        {
            if *first < item {
                out.push(*first);
            }
            rest = more;
        }
        out.push(item);
    }
    out.extend_from_slice(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn agrees_with_the_standard_library(items in proptest::collection::vec(0u8..9, 0..70)) {
            let mut expected: Vec<u32> = (0..items.len() as u32).collect();
            expected.sort_by_key(|&n| items[n as usize]);
            prop_assert_eq!(sorted(items.len(), &|a, b| items[a] < items[b]), expected);
        }

        #[test]
        fn below_counts(mut list in proptest::collection::vec(0u32..20, 0..20), limit in 0u32..22) {
            list.sort_unstable();
            prop_assert_eq!(below(&list, limit), list.iter().filter(|&&item| item < limit).count());
        }

        #[test]
        fn the_best_are_the_first_when_sorted(keys in proptest::collection::vec(0u64..9, 0..30), most in 0usize..8) {
            let mut best = Best::default();
            for (item, &key) in keys.iter().enumerate() {
                best.offer(key, item as u32, most);
            }
            let mut expected: Vec<u32> = (0..keys.len() as u32).collect();
            expected.sort_by_key(|&item| keys[item as usize]);
            expected.truncate(most);
            prop_assert_eq!(best.items, expected);
        }

        #[test]
        fn merging_is_sorting(sets in proptest::collection::vec(proptest::collection::btree_set(0u32..99, 0..20), 0..9)) {
            let expected: std::collections::BTreeSet<u32> = sets.iter().flatten().copied().collect();
            let lists = sets.into_iter().map(|set| set.into_iter().collect()).collect();
            prop_assert_eq!(all_merged(lists), expected.into_iter().collect::<Vec<_>>());
        }
    }
}
