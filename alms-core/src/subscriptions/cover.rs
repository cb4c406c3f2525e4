//! The cheapest units that cover a need: what a buyer of one-, three- and five-year terms works out.

use crate::money::Decimal;

/// A unit that can be bought.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Unit {
    /// How much of the need it covers, at least 1.
    pub(super) length: u32,
    /// What it costs, not negative.
    pub(super) price: Decimal,
}

/// The longest unit that is looked at: beyond, the table of partial covers would be large.
pub(super) const LENGTH_MAX: u32 = 1830;

/// The best way to be at exactly one length with all units but the best value.
#[derive(Debug, Clone, Copy)]
struct Partial {
    cost: i128,
    count: u32,
    /// The unit that was added last, by its position.
    last: usize,
}

/// How many of each unit cover `need` at the least cost; of equal costs the least surplus, then the fewest units.
///
/// None of them could be left out. `None` if there is no unit, one that is too long, or a sum that cannot be
/// calculated.
///
/// All but a few of the units are of the one with the best value: among as many other units as the length of that
/// one, some add up to a multiple of its length, and could be replaced by it at no higher cost. So the others
/// together are shorter than (its length) × (the longest), and a table up to there holds every choice.
pub(super) fn cheapest(need: u64, units: &[Unit]) -> Option<Vec<u64>> {
    let costs = costs(units)?;
    let best = best_value(units, &costs)?;
    let length = u64::from(units.get(best)?.length);
    let longest = u64::from(units.iter().map(|unit| unit.length).max()?);
    if longest > u64::from(LENGTH_MAX) {
        return None;
    }
    let reach = length.saturating_sub(1).checked_mul(longest)?.min(need.saturating_add(longest));
    let partials = partials(usize::try_from(reach).ok()?, units, &costs, best)?;
    let value = |(covered, partial): (usize, &Option<Partial>)| {
        let partial = (*partial)?;
        let left = need.saturating_sub(covered as u64);
        let rest = left.checked_next_multiple_of(length)?.checked_div(length)?;
        let cost = i128::from(rest).checked_mul(*costs.get(best)?)?.checked_add(partial.cost)?;
        let total = rest.checked_mul(length)?.checked_add(covered as u64)?;
        let count = rest.checked_add(u64::from(partial.count))?;
        Some((cost, total, count, covered, rest))
    };
    let chosen =
        partials.iter().enumerate().filter_map(value).filter(|(_, total, ..)| *total >= need).min()?;
    let (_, _, _, covered, rest) = chosen;
    let mut counts = counted(&partials, covered, units)?;
    let count = counts.get_mut(best)?;
    *count = count.checked_add(rest)?;
    Some(counts)
}

/// The prices as whole numbers of one size.
fn costs(units: &[Unit]) -> Option<Vec<i128>> {
    let decimals = units.iter().map(|unit| unit.price.decimals()).max()?;
    units.iter().map(|unit| unit.price.in_units(decimals)).collect()
}

/// The unit with the lowest price for its length; of equal ones the longest.
fn best_value(units: &[Unit], costs: &[i128]) -> Option<usize> {
    let mut best: Option<(usize, i128, u32)> = None;
    for (index, (unit, cost)) in units.iter().zip(costs).enumerate() {
        let better = match best {
            None => true,
            Some((_, best_cost, best_length)) => {
                let (this, other) =
                    (cost.checked_mul(best_length.into())?, best_cost.checked_mul(unit.length.into())?);
                this < other || (this == other && unit.length > best_length)
            }
        };
        if better {
            best = Some((index, *cost, unit.length));
        }
    }
    best.map(|(index, ..)| index)
}

/// For every length up to `reach` the best way to be there with all units but `best`.
fn partials(reach: usize, units: &[Unit], costs: &[i128], best: usize) -> Option<Vec<Option<Partial>>> {
    let mut table: Vec<Option<Partial>> = vec![None; reach.checked_add(1)?];
    *table.first_mut()? = Some(Partial { cost: 0, count: 0, last: best });
    for covered in 1..table.len() {
        let mut choice: Option<Partial> = None;
        for (last, (unit, cost)) in units.iter().zip(costs).enumerate().filter(|(last, _)| *last != best) {
            let before = covered.checked_sub(unit.length as usize).and_then(|before| *table.get(before)?);
            let Some(before) = before else { continue };
            let (cost, count) = (before.cost.checked_add(*cost)?, before.count.checked_add(1)?);
            if choice.is_none_or(|choice| (cost, count) < (choice.cost, choice.count)) {
                choice = Some(Partial { cost, count, last });
            }
        }
        *table.get_mut(covered)? = choice;
    }
    Some(table)
}

/// How many of each unit lead to a length of the table.
fn counted(table: &[Option<Partial>], covered: usize, units: &[Unit]) -> Option<Vec<u64>> {
    let mut counts = vec![0_u64; units.len()];
    let mut rest = covered;
    while rest > 0 {
        let last = (*table.get(rest)?)?.last;
        let count = counts.get_mut(last)?;
        *count = count.checked_add(1)?;
        rest = rest.checked_sub(units.get(last)?.length as usize)?;
    }
    Some(counts)
}

#[cfg(test)]
#[expect(clippy::arithmetic_side_effects, reason = "tests may overflow, and then fail")]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn units(list: &[(u32, i64)]) -> Vec<Unit> {
        list.iter().map(|(length, cents)| Unit { length: *length, price: Decimal::new(*cents, 2) }).collect()
    }

    #[test]
    fn years_are_bought_where_they_are_cheapest() {
        let terms = units(&[(1, 10_000), (3, 27_000), (5, 40_000)]);
        // 4 years: 3 + 1 is 370, 5 is 400, 4 x 1 is 400.
        assert_eq!(cheapest(4, &terms), Some(vec![1, 1, 0]));
        assert_eq!(cheapest(5, &terms), Some(vec![0, 0, 1]));
        // 9 years: 5 + 3 + 1 is 770, 5 + 5 is 800.
        assert_eq!(cheapest(9, &terms), Some(vec![1, 1, 1]));
        assert_eq!(cheapest(0, &terms), Some(vec![0, 0, 0]));
        assert_eq!(cheapest(1_000_000_000_000, &terms), Some(vec![0, 0, 200_000_000_000]));
    }

    #[test]
    fn of_equal_costs_the_least_surplus_and_then_the_fewest_units_are_taken() {
        assert_eq!(cheapest(4, &units(&[(5, 400), (2, 200)])), Some(vec![0, 2]));
        assert_eq!(cheapest(6, &units(&[(1, 100), (3, 300), (2, 200)])), Some(vec![0, 2, 0]));
        assert_eq!(cheapest(7, &units(&[(12, 0), (7, 0)])), Some(vec![0, 1]));
    }

    #[test]
    fn of_units_that_are_alike_the_first_is_bought() {
        assert_eq!(cheapest(3, &units(&[(2, 200), (2, 200)])), Some(vec![2, 0]));
        // The best value is the other one, which is too long.
        assert_eq!(cheapest(1, &units(&[(5, 300), (1, 100), (1, 100)])), Some(vec![0, 1, 0]));
    }

    #[test]
    fn nothing_to_buy_is_no_cover() {
        assert_eq!(cheapest(1, &[]), None);
        assert_eq!(cheapest(1, &units(&[(LENGTH_MAX + 1, 1)])), None);
    }

    /// Every count up to the need, tried out.
    fn tried_out(need: u64, units: &[Unit]) -> (i128, u64, u64) {
        let costs = costs(units).unwrap();
        let mut best = None;
        let mut counts = vec![0_u64; units.len()];
        loop {
            let total: u64 = counts.iter().zip(units).map(|(n, unit)| n * u64::from(unit.length)).sum();
            if total >= need {
                let cost = counts.iter().zip(&costs).map(|(n, cost)| i128::from(*n) * cost).sum();
                let value = (cost, total, counts.iter().sum());
                best = Some(best.map_or(value, |best: (i128, u64, u64)| best.min(value)));
            }
            let Some(next) = counts.iter().position(|count| *count < need) else { return best.unwrap() };
            counts[..next].fill(0);
            counts[next] += 1;
        }
    }

    proptest! {
        #[test]
        fn the_cover_is_the_best_there_is(need in 0_u64..14, list in prop::collection::vec((1_u32..7, 0_i64..40), 1..4)) {
            let units = units(&list);
            let counts = cheapest(need, &units).unwrap();
            let costs = costs(&units).unwrap();
            let total: u64 = counts.iter().zip(&units).map(|(n, unit)| n * u64::from(unit.length)).sum();
            let cost: i128 = counts.iter().zip(&costs).map(|(n, cost)| i128::from(*n) * cost).sum();
            prop_assert_eq!((cost, total, counts.iter().sum()), tried_out(need, &units));
            for (count, unit) in counts.iter().zip(&units) {
                prop_assert!(*count == 0 || total - u64::from(unit.length) < need, "a unit too many");
            }
        }
    }
}
