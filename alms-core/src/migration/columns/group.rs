//! Which rows of systems belong to which account: found once, used for every scenario.

mod book;
mod build;
mod key;

pub use key::Key;

use crate::ErrorCode;
use book::{AT_A_TIME, Book};
use build::Builder;
use foldhash::fast::RandomState;
use std::collections::HashSet;
use std::hash::Hash;

/// The account of rows that name none.
pub(super) const MISSING: u32 = u32::MAX - 1;
/// The account of rows whose account is not among the accounts.
pub(super) const UNKNOWN: u32 = u32::MAX;
/// The most accounts, so that every number of one fits into 32 bits beside the two above.
const ACCOUNTS_MAX: usize = 4_294_967_294;

/// Rows of one account that follow each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Run {
    /// The account's row among the accounts, or [`MISSING`], or [`UNKNOWN`].
    pub(super) account: u32,
    /// The row after the last.
    pub(super) end: usize,
}

/// Rows that follow each other with the same key: the key, and how many they are.
struct Heads<K> {
    keys: Vec<Option<K>>,
    rows: Vec<usize>,
    /// Rows are compared with the row before, so that a key is looked up once for all that follow each other; but in rows
    /// of any order none would be the same.
    compared: bool,
}

impl<K: Key> Heads<K> {
    #[inline]
    fn push(&mut self, (key, rows): (Option<K>, usize), book: &mut Book<K>, builder: &mut Builder) {
        self.keys.push(key);
        self.rows.push(rows);
        if self.keys.len() == AT_A_TIME {
            self.enter(book, builder);
        }
    }

    /// Finds the accounts of all keys, and gives them their rows.
    fn enter(&mut self, book: &mut Book<K>, builder: &mut Builder) {
        let found = book.accounts_of(&self.keys);
        let found = found.get(..self.rows.len()).unwrap_or_default();
        builder.push_all(found, &self.rows);
        self.compared = repeats(found, &self.rows).saturating_mul(REPEATS_MIN) >= found.len();
        self.keys.clear();
        self.rows.clear();
    }
}

impl<K> Default for Heads<K> {
    fn default() -> Self {
        Self { keys: Vec::with_capacity(AT_A_TIME), rows: Vec::with_capacity(AT_A_TIME), compared: true }
    }
}

/// Comparing rows pays where one in so many has the account of the row before.
const REPEATS_MIN: usize = 16;

/// How many rows have the account of the row before, of some hundreds.
fn repeats(accounts: &[u32], rows: &[usize]) -> usize {
    // Wrapping, which vector instructions can do: no sum comes near to its end, and it would only choose a slower way.
    let all = rows.iter().fold(0_usize, |sum, rows| sum.wrapping_add(*rows));
    let neighbours = accounts.iter().zip(accounts.iter().skip(1));
    let same = neighbours.fold(0_u32, |sum, (one, next)| sum.wrapping_add(u32::from(one == next)));
    all.saturating_sub(rows.len()).saturating_add(same as usize)
}

/// How the rows lie.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Layout {
    /// Each account's rows follow each other.
    Adjacent {
        runs: Vec<Run>,
        /// The accounts without rows, in their order.
        without_rows: Vec<u32>,
        /// The runs are in the order of the accounts.
        in_order: bool,
    },
    /// They do not: the account of every row.
    Scattered(Vec<u32>),
}

/// What is wrong with an account's key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum KeyFault {
    #[default]
    None,
    Missing,
    Duplicate,
    Invalid,
}

/// More accounts than 32 bits can number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("`{count}` accounts are too many; give at most 4294967294 at once")]
pub struct TooManyAccounts {
    /// How many were given.
    pub count: usize,
}

impl TooManyAccounts {
    /// The stable code: the same that the wire form gives.
    pub const fn code(&self) -> ErrorCode {
        ErrorCode::TooLarge
    }
}

/// Ends of accounts' rows that go back, so that a row would belong to two accounts.
#[non_exhaustive]
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum EndsError {
    /// An end lies before the one before it.
    #[error(
        "the rows of the account at `{index}` end at `{end}`, before they begin; give ends that never go back"
    )]
    GoesBack {
        /// The account's position.
        index: usize,
        /// Where its rows end.
        end: usize,
    },
    /// Too many ends.
    #[error(transparent)]
    TooMany(#[from] TooManyAccounts),
}

impl EndsError {
    /// The stable code: the same that the wire form gives.
    pub const fn code(&self) -> ErrorCode {
        match self {
            Self::GoesBack { .. } => ErrorCode::InvalidInput,
            Self::TooMany(error) => error.code(),
        }
    }
}

/// Which rows belong to which account.
///
/// Rows of an account need not follow each other. Where they do, which is found out on the way, grouping takes a
/// comparison a row, and planning is at its fastest.
///
/// ```
/// use alms_core::migration::columns::Grouping;
/// // Five systems of the accounts 7 and 8; the account of the last is not among them.
/// let rows = [8, 7, 8, 7, 9];
/// let groups = Grouping::by_keys(rows.map(Some), [7, 8].map(Some))?;
/// assert_eq!((groups.rows(), groups.accounts()), (5, 2));
/// assert!(!groups.is_adjacent());
/// assert_eq!(groups, Grouping::by_keys(["b", "a", "b", "a", "c"].map(Some), ["a", "b"].map(Some))?);
/// # Ok::<(), alms_core::migration::columns::TooManyAccounts>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grouping {
    pub(super) layout: Layout,
    /// One for each account, or none at all if no key has a fault.
    faults: Vec<KeyFault>,
    accounts: usize,
    rows: usize,
}

impl Grouping {
    /// Groups rows by the key of their account: an integer or a text, `None` for null.
    ///
    /// # Errors
    /// [`TooManyAccounts`].
    pub fn by_keys<K: Key>(
        rows: impl IntoIterator<Item = Option<K>>,
        accounts: impl IntoIterator<Item = Option<K>>,
    ) -> Result<Self, TooManyAccounts> {
        let mut book = Book::of(accounts.into_iter().collect())?;
        let mut rows = rows.into_iter();
        let mut builder = Builder::new(book.len(), rows.size_hint().0);
        let mut heads = Heads::default();
        if let Some(mut key) = rows.next() {
            let mut count = 1_usize;
            for next in rows {
                if heads.compared && key::is_same(next, key) {
                    count = count.saturating_add(1);
                } else {
                    heads.push((key, count), &mut book, &mut builder);
                    (key, count) = (next, 1);
                }
            }
            heads.push((key, count), &mut book, &mut builder);
        }
        heads.enter(&mut book, &mut builder);
        Ok(Self::new(builder, book.faults()))
    }

    /// Groups rows whose account's position is known; `None` for null. A position past the last account is that of no
    /// account.
    ///
    /// # Errors
    /// [`TooManyAccounts`].
    pub fn by_positions(
        rows: impl IntoIterator<Item = Option<u32>>,
        accounts: usize,
    ) -> Result<Self, TooManyAccounts> {
        let rows = rows.into_iter();
        let mut builder = Builder::new(checked(accounts)?, rows.size_hint().0);
        for position in rows {
            let account = match position {
                None => MISSING,
                Some(position) if (position as usize) < accounts => position,
                Some(_) => UNKNOWN,
            };
            builder.push(account, 1);
        }
        Ok(Self::new(builder, Vec::new()))
    }

    /// Rows that are grouped already: those of the first account go up to `ends[0]`, those of the second from there up
    /// to `ends[1]`, and so on.
    ///
    /// # Errors
    /// [`EndsError`]: an end before the one before it.
    ///
    /// ```
    /// use alms_core::migration::columns::Grouping;
    /// let groups = Grouping::adjacent(&[2, 2, 5])?;
    /// assert_eq!((groups.rows(), groups.accounts(), groups.is_adjacent()), (5, 3, true));
    /// assert!(Grouping::adjacent(&[2, 1]).is_err());
    /// # Ok::<(), alms_core::migration::columns::EndsError>(())
    /// ```
    pub fn adjacent(ends: &[usize]) -> Result<Self, EndsError> {
        let mut builder = Builder::new(checked(ends.len())?, 0);
        let mut start = 0;
        for (index, (account, end)) in (0..).zip(ends).enumerate() {
            let rows = end.checked_sub(start).ok_or(EndsError::GoesBack { index, end: *end })?;
            builder.push(account, rows);
            start = *end;
        }
        Ok(Self::new(builder, Vec::new()))
    }

    fn new(builder: Builder, faults: Vec<KeyFault>) -> Self {
        let (accounts, rows) = (builder.accounts(), builder.rows());
        Self { layout: builder.layout(), faults, accounts, rows }
    }

    /// How many rows of systems there are.
    pub const fn rows(&self) -> usize {
        self.rows
    }

    /// How many accounts there are.
    pub const fn accounts(&self) -> usize {
        self.accounts
    }

    /// Whether the rows of each account follow each other.
    pub const fn is_adjacent(&self) -> bool {
        matches!(self.layout, Layout::Adjacent { .. })
    }

    /// Which rows repeat the serial of an earlier row of their account; a serial that is null repeats none.
    ///
    /// ```
    /// use alms_core::migration::columns::Grouping;
    /// let groups = Grouping::by_keys(["a", "b", "a", "a"].map(Some), ["a", "b"].map(Some))?;
    /// let serials = [Some("LA1"), Some("LA1"), Some("LA1"), None];
    /// assert_eq!(groups.repeats(serials), [false, false, true, false]);
    /// # Ok::<(), alms_core::migration::columns::TooManyAccounts>(())
    /// ```
    pub fn repeats<S: Copy + Eq + Hash>(&self, serials: impl IntoIterator<Item = Option<S>>) -> Vec<bool> {
        match &self.layout {
            Layout::Adjacent { runs, .. } => repeats_in_runs(runs, serials.into_iter(), self.rows),
            Layout::Scattered(codes) => {
                let mut seen = HashSet::with_hasher(RandomState::default());
                let rows = codes.iter().zip(serials);
                rows.map(|(account, serial)| {
                    serial.is_some_and(|serial| is_account(*account) && !seen.insert((*account, serial)))
                })
                .collect()
            }
        }
    }

    /// What is wrong with the key of an account.
    pub(super) fn fault(&self, account: usize) -> KeyFault {
        self.faults.get(account).copied().unwrap_or_default()
    }
}

/// Whether rows are of one of the accounts.
const fn is_account(account: u32) -> bool {
    account < MISSING
}

/// As [`Grouping::repeats`], of rows that lie in runs: what is known of an account is forgotten with its last row.
fn repeats_in_runs<S: Copy + Eq + Hash>(
    runs: &[Run],
    mut serials: impl Iterator<Item = Option<S>>,
    rows: usize,
) -> Vec<bool> {
    let mut repeats = Vec::with_capacity(rows);
    let mut start = 0;
    for run in runs {
        let count = run.end.saturating_sub(start);
        let searched = count > 1 && is_account(run.account);
        let mut seen =
            HashSet::with_capacity_and_hasher(if searched { count } else { 0 }, RandomState::default());
        let of_run = serials.by_ref().take(count);
        repeats.extend(of_run.map(|serial| serial.is_some_and(|serial| searched && !seen.insert(serial))));
        start = run.end;
    }
    repeats
}

/// `count` accounts, if they can be numbered.
const fn checked(count: usize) -> Result<usize, TooManyAccounts> {
    if count > ACCOUNTS_MAX { Err(TooManyAccounts { count }) } else { Ok(count) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn runs(groups: &Grouping) -> Vec<(u32, usize)> {
        match &groups.layout {
            Layout::Adjacent { runs, .. } => runs.iter().map(|run| (run.account, run.end)).collect(),
            Layout::Scattered(_) => panic!("{groups:?}"),
        }
    }

    fn codes(groups: &Grouping) -> &[u32] {
        match &groups.layout {
            Layout::Adjacent { .. } => panic!("{groups:?}"),
            Layout::Scattered(codes) => codes,
        }
    }

    #[test]
    fn sorted_rows_are_runs_whatever_the_order_of_the_accounts() {
        for accounts in [[1, 2, 3], [3, 1, 2]] {
            let at = |key: i64| accounts.iter().position(|account| *account == key).unwrap() as u32;
            let groups = Grouping::by_keys([1_i64, 1, 2, 3, 3].map(Some), accounts.map(Some)).unwrap();
            assert_eq!(runs(&groups), [(at(1), 2), (at(2), 3), (at(3), 5)]);
        }
    }

    #[test]
    fn a_key_that_comes_back_scatters_the_rows() {
        let groups = Grouping::by_keys([5_i64, 5, 6, 5, 7].map(Some), [6, 5].map(Some)).unwrap();
        assert_eq!(codes(&groups), [1, 1, 0, 1, UNKNOWN]);
    }

    #[test]
    fn rows_are_compared_where_it_pays_and_grouped_alike_where_not() {
        // Accounts one after the other, then in turns, then one after the other again: blocks of both kinds.
        let in_turns = (0..2_000_u32).map(|row| row * 7 % 50);
        let rows: Vec<u32> =
            (0..600).map(|row| row / 100).chain(in_turns).chain((0..900).map(|row| row / 30)).collect();
        let groups = Grouping::by_keys(rows.iter().copied().map(Some), (0..50).map(Some)).unwrap();
        assert_eq!(codes(&groups), rows);
        // Each account once: nothing to compare, and still a run for each.
        let groups = Grouping::by_keys((0..1_000_u32).map(Some), (0..1_000).map(Some)).unwrap();
        assert_eq!(runs(&groups), (0..1_000).map(|row| (row, row as usize + 1)).collect::<Vec<_>>());
    }

    #[test]
    fn a_row_repeats_the_row_before_if_it_was_compared_or_not() {
        assert_eq!(repeats(&[], &[]), 0);
        assert_eq!(repeats(&[4, 5, 4], &[1, 1, 1]), 0);
        assert_eq!(repeats(&[4, 5], &[3, 1]), 2);
        assert_eq!(repeats(&[4, 4, 5, 5], &[1, 1, 1, 2]), 3);
    }

    #[test]
    fn rows_of_no_account_scatter_nothing() {
        let rows = [None, Some("x"), Some("a"), None, Some("b"), Some("x"), Some("y")];
        let groups = Grouping::by_keys(rows, ["a", "b"].map(Some)).unwrap();
        let wanted = [(MISSING, 1), (UNKNOWN, 2), (0, 3), (MISSING, 4), (1, 5), (UNKNOWN, 7)];
        assert_eq!(runs(&groups), wanted);
    }

    #[test]
    fn accounts_without_rows_are_listed() {
        let groups = Grouping::by_keys([2_u32, 2].map(Some), [1, 2, 3].map(Some)).unwrap();
        let Layout::Adjacent { without_rows, in_order, .. } = groups.layout else { panic!() };
        assert_eq!((without_rows, in_order), (vec![0, 2], true));
    }

    #[test]
    fn every_fault_of_a_key_is_known() {
        let long = "x".repeat(257);
        let accounts = [Some("a"), None, Some("a"), Some(""), Some(&long), None, Some("b")];
        let groups = Grouping::by_keys([Some("a"), Some("b"), Some("a")], accounts).unwrap();
        assert_eq!(codes(&groups), [0, 6, 0], "the first of two accounts has the rows");
        let faults: Vec<_> = (0..7).map(|account| groups.fault(account)).collect();
        use KeyFault::{Duplicate, Invalid, Missing, None as Fine};
        assert_eq!(faults, [Fine, Missing, Duplicate, Invalid, Invalid, Missing, Fine]);
    }

    #[test]
    fn nothing_is_grouped_into_nothing() {
        let groups = Grouping::by_keys::<i64>([], []).unwrap();
        assert_eq!((groups.rows(), groups.accounts(), groups.is_adjacent()), (0, 0, true));
        assert_eq!(Grouping::adjacent(&[]).unwrap(), groups);
    }

    #[test]
    fn positions_are_keys_that_need_no_looking_up() {
        let rows = [Some(1), Some(0), None, Some(1), Some(2)];
        let groups = Grouping::by_positions(rows, 2).unwrap();
        assert_eq!(codes(&groups), [1, 0, MISSING, 1, UNKNOWN]);
    }

    #[test]
    fn a_serial_repeats_within_its_account_alone() {
        let serials = [7, 7, 8, 7, 7, 7, 8].map(Some);
        for accounts in [[1, 1, 1, 2, 3, 3, 3], [1, 2, 1, 1, 2, 1, 3]] {
            // There are fewer than four accounts.
            let groups = Grouping::by_keys(accounts.map(Some), [1, 2].map(Some)).unwrap();
            let repeats = (0..7).map(|row| {
                let same = |earlier: &usize| {
                    (accounts[*earlier], serials[*earlier]) == (accounts[row], serials[row])
                };
                accounts[row] != 3 && (0..row).any(|earlier| same(&earlier))
            });
            assert_eq!(groups.repeats(serials), repeats.collect::<Vec<_>>(), "{accounts:?}");
            assert_eq!(groups.repeats([None::<u8>; 7]), [false; 7]);
        }
        assert_eq!(
            Grouping::adjacent(&[2, 4]).unwrap().repeats(["a", "a", "b"].map(Some)),
            [false, true, false]
        );
    }

    #[test]
    fn more_accounts_than_numbers_are_refused() {
        assert_eq!(checked(ACCOUNTS_MAX), Ok(ACCOUNTS_MAX));
        let count = ACCOUNTS_MAX + 1;
        assert_eq!(Grouping::by_positions([], count), Err(TooManyAccounts { count }));
    }
}
