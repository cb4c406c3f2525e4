//! The columns that come out: fresh ones, or slices of the host's own memory.

/// Declares columns of one length: owned, as slices to write to, and one row of them.
macro_rules! columns {
    (
        $(#[$columns_doc:meta])* $columns:ident, $(#[$slices_doc:meta])* $slices:ident,
        $(#[$row_doc:meta])* $row:ident { $($(#[$doc:meta])+ $name:ident: $type:ty,)+ }
    ) => {
        $(#[$columns_doc])*
        #[derive(Debug, Clone, PartialEq, Eq, Default)]
        pub struct $columns { $($(#[$doc])+ pub $name: Vec<$type>,)+ }

        $(#[$slices_doc])*
        #[derive(Debug, Default)]
        pub struct $slices<'a> { $($(#[$doc])+ pub $name: &'a mut [$type],)+ }

        $(#[$row_doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub struct $row { $($(#[$doc])+ pub $name: $type,)+ }

        impl $columns {
            /// Columns of so many rows, to be written to.
            pub fn with_rows(rows: usize) -> Self {
                Self { $($name: vec![0; rows],)+ }
            }

            /// The same columns as slices.
            pub fn as_slices(&mut self) -> $slices<'_> {
                $slices { $($name: &mut self.$name,)+ }
            }

            /// One row; `None` past the last.
            pub fn row(&self, row: usize) -> Option<$row> {
                Some($row { $($name: *self.$name.get(row)?,)+ })
            }
        }

        impl $slices<'_> {
            /// The name and the length of every column.
            pub(super) fn lengths(&self) -> impl Iterator<Item = (&'static str, usize)> {
                [$((stringify!($name), self.$name.len()),)+].into_iter()
            }

            /// Rows `start` to `end`; none if there are not so many.
            #[inline(always)]
            pub fn rows(&mut self, start: usize, end: usize) -> $slices<'_> {
                $slices { $($name: self.$name.get_mut(start..end).unwrap_or_default(),)+ }
            }

            /// Writes one row, if there is one at `index`.
            #[inline(always)]
            pub fn set(&mut self, index: usize, row: &$row) {
                $(if let Some(place) = self.$name.get_mut(index) { *place = row.$name; })+
            }
        }

        #[cfg(feature = "rayon")]
        impl<'a> $slices<'a> {
            /// The first `rows` rows, and the others.
            pub(super) fn split_at(self, rows: usize) -> (Self, Self) {
                $(let $name = self.$name.split_at_mut_checked(rows).unwrap_or_default();)+
                ($slices { $($name: $name.0,)+ }, $slices { $($name: $name.1,)+ })
            }
        }
    };
}

columns! {
    /// What becomes of every system, in the order of the input.
    SystemColumns,
    /// [`SystemColumns`] in the host's own memory.
    SystemSlices,
    /// What becomes of one system.
    SystemRow {
        /// The outcome by its position in [`Outcome::ALL`](crate::migration::Outcome::ALL), or
        /// [`NO_OUTCOME`](super::NO_OUTCOME).
        outcome: u8,
        /// The deciding rule, or the error: see [`Reason`](super::Reason).
        reason: u8,
        /// The day its service ends; [`NO_DAY`](super::NO_DAY) when deleted, in inventory, or not planned.
        end_date: i32,
        /// The months it takes from the pool, 0 when deleted, in inventory, or not planned.
        tokens: i32,
    }
}

columns! {
    /// What becomes of every account, in the order of the input: the figures of its plan.
    ///
    /// Those of an account with an error are 0, its dates [`NO_DAY`](super::NO_DAY). The exact quotient of MIG-9 is
    /// `months_numerator` ÷ `airlink_basic`; where `airlink_basic` is 0, nothing was granted.
    AccountColumns,
    /// [`AccountColumns`] in the host's own memory.
    AccountSlices,
    /// What becomes of one account.
    AccountRow {
        /// 0 where the account is planned, else the code of an [`AccountError`](super::AccountError).
        error: u8,
        /// The migration date.
        on: i32,
        /// The stock before the migration.
        opening: i64,
        /// What a negative opening was written off by (MIG-15).
        written_off: i64,
        /// Tokens taken by AirLink Complete systems (MIG-5).
        complete: i64,
        /// Tokens for whole months of AirLink Basic systems (MIG-9).
        basic: i64,
        /// Tokens for the part below a whole month (MIG-10).
        pro_rata: i64,
        /// Tokens left over.
        unallocated: i64,
        /// Tokens granted beyond what there was (MIG-10).
        overgranted: i64,
        /// Tokens that AirLink Complete systems would have taken beyond the pool (MIG-15).
        shortfall: i64,
        /// The tokens that AirLink Basic systems share: the numerator of the exact quotient; 0 without such systems.
        months_numerator: i64,
        /// Whole months granted to each of them.
        granted_months: i32,
        /// Days granted beyond them.
        granted_days: i32,
        /// Their common end date.
        basic_end_date: i32,
        /// Systems removed.
        deleted: u32,
        /// Systems in inventory.
        inventory: u32,
        /// Systems on AirLink Complete.
        airlink_complete: u32,
        /// Systems on AirLink Basic.
        airlink_basic: u32,
    }
}
