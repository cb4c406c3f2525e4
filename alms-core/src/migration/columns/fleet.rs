//! A fleet: columns that belong together.

use super::engine::Engine;
use super::group::Grouping;
use super::input::{Accounts, Systems};
use crate::ErrorCode;

/// A column that has another number of rows than the ones it belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the column `{column}` has `{given}` rows, and `{wanted}` are wanted; give columns of one length")]
pub struct ColumnLength {
    /// Which one.
    pub column: &'static str,
    /// How many rows it has.
    pub given: usize,
    /// How many it should have.
    pub wanted: usize,
}

impl ColumnLength {
    /// The stable code: the same that the wire form gives.
    pub const fn code(&self) -> ErrorCode {
        ErrorCode::InvalidInput
    }
}

/// Systems, the accounts that they belong to, and which belongs to which: columns of the right lengths.
///
/// See the [module](super) for an example.
#[derive(Debug, Clone, Copy)]
pub struct Fleet<'a> {
    pub(super) grouping: &'a Grouping,
    pub(super) systems: Systems<'a>,
    pub(super) accounts: Accounts<'a>,
    pub(super) engine: Engine,
}

impl<'a> Fleet<'a> {
    /// A fleet of these columns.
    ///
    /// # Errors
    /// [`ColumnLength`]: a column has not as many rows as the grouping.
    pub fn try_new(
        grouping: &'a Grouping,
        systems: Systems<'a>,
        accounts: Accounts<'a>,
    ) -> Result<Self, ColumnLength> {
        let rows = grouping.rows();
        let of_systems = [
            ("state", systems.states.len()),
            ("last_communication", systems.last_communication.len()),
            ("support_end", systems.support_end.len()),
            ("model", systems.models.map_or(rows, <[u8]>::len)),
            ("serial", systems.repeats.map_or(rows, <[bool]>::len)),
        ];
        let wanted = grouping.accounts();
        let of_accounts =
            [("tokens", accounts.tokens.len()), ("on", accounts.on.map_or(wanted, |on| on.len()))];
        check(of_systems, rows)?;
        check(of_accounts, wanted)?;
        Ok(Self { grouping, systems, accounts, engine: Engine::default() })
    }

    /// The same fleet, planned by another engine.
    #[must_use]
    pub const fn with_engine(self, engine: Engine) -> Self {
        Self { engine, ..self }
    }
}

/// Every column has so many rows.
pub(super) fn check(
    columns: impl IntoIterator<Item = (&'static str, usize)>,
    wanted: usize,
) -> Result<(), ColumnLength> {
    let mut wrong = columns.into_iter().filter(|(_, given)| *given != wanted);
    wrong.next().map_or(Ok(()), |(column, given)| Err(ColumnLength { column, given, wanted }))
}

#[cfg(test)]
mod tests {
    use super::super::{Days, Integers};
    use super::*;

    #[test]
    fn a_fleet_is_planned_by_the_engine_that_was_chosen() {
        let groups = Grouping::adjacent(&[]).unwrap();
        let none = Days::new(&[]);
        let systems =
            Systems { states: &[], last_communication: none, support_end: none, models: None, repeats: None };
        let accounts = Accounts { tokens: Integers::new(&[]), on: None };
        let fleet = Fleet::try_new(&groups, systems, accounts).unwrap();
        assert_eq!(fleet.engine, Engine::Best);
        assert_eq!(fleet.with_engine(Engine::Portable).engine, Engine::Portable);
    }
}
