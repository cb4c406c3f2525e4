//! The cheapest units that cover a need: what a buyer of one-, three- and five-year terms works out.

use crate::money::Decimal;
use std::cmp::Reverse;
use std::collections::BinaryHeap;

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

/// The longest need, and the most steps, for which every partial cover is looked at one by one.
const DIRECT_MAX: (u64, u64) = (120_000, 8_000_000);

/// How many of each unit cover a need at the least cost; of equal costs the least surplus, then the fewest units.
///
/// All but a few of the units are of the one with the best value. What the others add up to only matters by its remainder
/// modulo the length of that one: of two choices with the same remainder the cheaper one is better for every need that is
/// not shorter than it. So the work is that of a shortest path over the remainders, whatever the need.
pub(super) struct Cover {
    units: Vec<Unit>,
    costs: Vec<i128>,
    best: usize,
    /// For every remainder the best choice of other units, and the unit that was added last.
    remainders: Vec<Option<(Excess, usize)>>,
    /// The best way to be at exactly each length, as far as a short need has asked for it.
    partials: Vec<Option<Partial>>,
}

/// What a choice of other units has beyond the best one, times the best one's length: cost, number of units; and how much it
/// covers. None is negative, and they are compared in this order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Excess {
    cost: i128,
    count: i64,
    covered: u64,
}

/// What is compared of two covers, with the cost and number of units times the best one's length.
type Merit = (i128, u64, i128, u64);

impl Cover {
    /// `None` if there is no unit, one that is too long, or a sum that cannot be calculated.
    pub(super) fn new(units: &[Unit]) -> Option<Self> {
        let costs = costs(units)?;
        let best = best_value(units, &costs)?;
        let longest = units.iter().map(|unit| unit.length).max()?;
        if longest > LENGTH_MAX {
            return None;
        }
        let remainders = remainders(units, &costs, best)?;
        let partials = vec![Some(Partial { cost: 0, count: 0, last: 0 })];
        Some(Self { units: units.to_vec(), costs, best, remainders, partials })
    }

    /// How many of each unit cover `need`; none of them could be left out. `None` if that cannot be calculated, or would take
    /// too long.
    pub(super) fn cheapest(&mut self, need: u64) -> Option<Vec<u64>> {
        let (length, cost) = (u64::from(self.units.get(self.best)?.length), *self.costs.get(self.best)?);
        let mut chosen: Option<(Merit, u64)> = None;
        let mut beyond: Option<Merit> = None;
        for (remainder, excess) in
            self.remainders.iter().zip(0_u64..).filter_map(|(found, at)| Some((at, found.as_ref()?.0)))
        {
            let total = least_total(need, remainder, length)?;
            let merit = (
                excess.cost.checked_add(cost.checked_mul(i128::from(total))?)?,
                total,
                i128::from(excess.count).checked_add(i128::from(total))?,
                excess.covered,
            );
            if excess.covered > total {
                // This choice covers more than is needed; another one with this remainder is at best as good.
                beyond = Some(beyond.map_or(merit, |other| other.min(merit)));
            } else if chosen.is_none_or(|(other, _)| merit < other) {
                chosen = Some((merit, remainder));
            }
        }
        let (merit, remainder) = chosen?;
        if beyond.is_some_and(|beyond| beyond < merit) {
            return self.one_by_one(need);
        }
        let mut counts = self.others(remainder)?;
        let (_, total, _, covered) = merit;
        *counts.get_mut(self.best)? = total.checked_sub(covered)?.checked_div(length)?;
        Some(counts)
    }

    /// How many of the other units lead to a remainder.
    fn others(&self, remainder: u64) -> Option<Vec<u64>> {
        let length = u64::from(self.units.get(self.best)?.length);
        let mut counts = vec![0_u64; self.units.len()];
        let mut at = remainder;
        while at > 0 {
            let (_, last) = (*self.remainders.get(usize::try_from(at).ok()?)?)?;
            let count = counts.get_mut(last)?;
            *count = count.checked_add(1)?;
            let step = u64::from(self.units.get(last)?.length).checked_rem(length)?;
            at = at.checked_add(length)?.checked_sub(step)?.checked_rem(length)?;
        }
        Some(counts)
    }

    /// A short need by a table of every partial cover up to it.
    fn one_by_one(&mut self, need: u64) -> Option<Vec<u64>> {
        let longest = u64::from(self.units.iter().map(|unit| unit.length).max()?);
        let reach = need.checked_add(longest)?;
        let steps = reach.checked_mul(self.units.len() as u64)?;
        if reach > DIRECT_MAX.0 || steps > DIRECT_MAX.1 {
            return None;
        }
        let reach = usize::try_from(reach).ok()?;
        self.reach(reach)?;
        // What a longer need asked for before lies beyond; nothing there is better.
        let reached =
            self.partials.iter().enumerate().take(reach.checked_add(1)?).skip(usize::try_from(need).ok()?);
        let (covered, _) = reached
            .filter_map(|(covered, partial)| Some((covered, (*partial)?)))
            .min_by_key(|(covered, partial)| (partial.cost, *covered, partial.count))?;
        counted(&self.partials, covered, &self.units)
    }

    /// Extends the table of partial covers up to this length.
    fn reach(&mut self, reach: usize) -> Option<()> {
        for covered in self.partials.len()..=reach {
            let mut choice: Option<Partial> = None;
            for (last, (unit, cost)) in self.units.iter().zip(&self.costs).enumerate() {
                let before = covered.checked_sub(unit.length as usize);
                let before = before.and_then(|before| *self.partials.get(before)?);
                let Some(before) = before else { continue };
                let (cost, count) = (before.cost.checked_add(*cost)?, before.count.checked_add(1)?);
                if choice.is_none_or(|choice| (cost, count) < (choice.cost, choice.count)) {
                    choice = Some(Partial { cost, count, last });
                }
            }
            self.partials.push(choice);
        }
        Some(())
    }
}

/// The least total of a remainder that is not below the need.
fn least_total(need: u64, remainder: u64, length: u64) -> Option<u64> {
    let above = need.saturating_sub(remainder).checked_next_multiple_of(length)?;
    above.checked_add(remainder)
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

/// The shortest paths from nothing to every remainder modulo the best unit's length, by the others.
fn remainders(units: &[Unit], costs: &[i128], best: usize) -> Option<Vec<Option<(Excess, usize)>>> {
    let (length, cost) = (units.get(best)?.length, *costs.get(best)?);
    let size = usize::try_from(length).ok()?;
    let step = |(index, (unit, own)): (usize, (&Unit, &i128))| {
        let excess = own.checked_mul(length.into())?.checked_sub(cost.checked_mul(unit.length.into())?)?;
        let count = i64::from(length).checked_sub(i64::from(unit.length))?;
        let excess = Excess { cost: excess, count, covered: u64::from(unit.length) };
        Some((usize::try_from(unit.length).ok()?.checked_rem(size)?, excess, index))
    };
    let others = units.iter().zip(costs).enumerate().filter(|(index, _)| *index != best);
    let steps: Vec<(usize, Excess, usize)> = others.map(step).collect::<Option<_>>()?;
    let mut found: Vec<Option<(Excess, usize)>> = vec![None; size];
    *found.first_mut()? = Some((Excess { cost: 0, count: 0, covered: 0 }, best));
    let mut open = BinaryHeap::from([Reverse((Excess { cost: 0, count: 0, covered: 0 }, 0_usize))]);
    while let Some(Reverse((excess, at))) = open.pop() {
        // A better way there was found since.
        if found.get(at)?.is_none_or(|(best, _)| best != excess) {
            continue;
        }
        for (step, added, index) in &steps {
            let to = at.checked_add(*step)?.checked_rem(size)?;
            let sum = Excess {
                cost: excess.cost.checked_add(added.cost)?,
                count: excess.count.checked_add(added.count)?,
                covered: excess.covered.checked_add(added.covered)?,
            };
            let there = found.get_mut(to)?;
            if there.is_none_or(|(other, _)| sum < other) {
                *there = Some((sum, *index));
                open.push(Reverse((sum, to)));
            }
        }
    }
    Some(found)
}

/// The best way to be at exactly one length.
#[derive(Debug, Clone, Copy)]
struct Partial {
    cost: i128,
    count: u32,
    /// The unit that was added last, by its position.
    last: usize,
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

    fn cheapest(need: u64, units: &[Unit]) -> Option<Vec<u64>> {
        Cover::new(units)?.cheapest(need)
    }

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
    fn a_large_need_of_long_units_takes_no_longer() {
        let units = units(&[(1829, 100), (1830, 101)]);
        // 2,909,745 = 1590 x 1829 + 1635: 1591 units of 100 leave 194 days over; none of 101 is cheaper.
        assert_eq!(cheapest(2_909_745, &units), Some(vec![1591, 0]));
    }

    #[test]
    fn what_would_take_too_long_is_no_cover() {
        // A day is free of excess only by 1829 units of 1830, which is more than is needed.
        let units = units(&[(1829, 1829), (1830, 1830)]);
        assert_eq!(cheapest(1_000_001, &units), None);
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
