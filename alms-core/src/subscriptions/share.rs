//! A discount on a whole order, shared by its lines so that they still add up to the cent.

use crate::money::{Decimal, Discount, Money, MoneyError, Price, PriceError};
use crate::order::sort_by_key;

/// The lines less their shares of `amount`, in proportion to their list prices.
///
/// Every share is rounded down to the minor unit; the units that are left go to the lines that lost most by it,
/// of equal ones to the first. `nothing` is no money, in the currency of the lines.
pub(super) fn shared(amount: Decimal, lines: &[Price], nothing: Money) -> Result<Vec<Price>, PriceError> {
    let currency = nothing.currency();
    let list = lines.iter().try_fold(nothing, |sum, line| sum.plus(line.list))?;
    // Checks the amount, and rounds it once.
    let discount = Price::new(1, list, Some(Discount::Amount(amount)))?.discount;
    let decimals = u32::from(currency.decimals());
    let units = |money: Money| money.amount().in_units(decimals).ok_or(MoneyError::Digits);
    let (total, off) = (units(list)?, units(discount)?);
    let mut shares = Vec::with_capacity(lines.len());
    for (index, line) in lines.iter().enumerate() {
        let exact = units(line.list)?.checked_mul(off).ok_or(MoneyError::Digits)?;
        let share = exact.checked_div(total).unwrap_or(0);
        shares.push((index, share, exact.checked_rem(total).unwrap_or(0)));
    }
    let given: i128 =
        shares.iter().map(|(_, share, _)| share).fold(0, |sum, share| sum.saturating_add(*share));
    let left = usize::try_from(off.saturating_sub(given)).unwrap_or(0);
    sort_by_key(&mut shares, |(_, _, remainder)| std::cmp::Reverse(*remainder));
    for (_, share, _) in shares.iter_mut().take(left) {
        *share = share.saturating_add(1);
    }
    sort_by_key(&mut shares, |(index, ..)| *index);
    let less = |(line, (_, share, _)): (&Price, &(usize, i128, i128))| {
        let discount = Money::new(Decimal::from_units(*share, decimals)?, currency);
        Ok(Price { list: line.list, discount, total: line.list.minus(discount)? })
    };
    lines.iter().zip(&shares).map(less).collect()
}

#[cfg(test)]
#[expect(clippy::arithmetic_side_effects, reason = "tests may overflow, and then fail")]
mod tests {
    use super::*;
    use crate::money::Currency;
    use proptest::prelude::*;

    fn price(cents: i64) -> Price {
        Price::new(1, Money::new(Decimal::new(cents, 2), Currency::USD), None).unwrap()
    }

    #[test]
    fn the_units_left_go_to_those_that_lost_most() {
        let lines = [price(100), price(100), price(100)];
        let nothing = price(0).list;
        let shares = shared("1.00".parse().unwrap(), &lines, nothing).unwrap();
        let totals: Vec<String> = shares.iter().map(|line| line.total.amount().to_string()).collect();
        assert_eq!(totals, ["0.66", "0.67", "0.67"]);
        assert!(shared("3.01".parse().unwrap(), &lines, nothing).is_err());
        let amount = "0.01".parse().unwrap();
        assert_eq!(shared(amount, &[], nothing), Err(PriceError::Amount { amount, list: nothing }));
        assert_eq!(shared(Decimal::ZERO, &[], nothing), Ok(vec![]));
    }

    proptest! {
        #[test]
        fn shares_add_up_and_none_exceeds_its_line(
            cents in prop::collection::vec(0_i64..10_000, 1..8), part in 0_i64..=1000,
        ) {
            let lines: Vec<Price> = cents.iter().map(|cents| price(*cents)).collect();
            let off = cents.iter().sum::<i64>() * part / 1000;
            let shares = shared(Decimal::new(off, 2), &lines, price(0).list).unwrap();
            let sum = shares.iter().fold(Decimal::new(0, 2), |sum, line| sum.plus(line.discount.amount()).unwrap());
            prop_assert_eq!(sum, Decimal::new(off, 2));
            for line in shares {
                prop_assert!(line.total.amount() >= Decimal::ZERO && line.discount.amount() >= Decimal::ZERO);
                prop_assert_eq!(line.total.plus(line.discount), Ok(line.list));
            }
        }
    }
}
