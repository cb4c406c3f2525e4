use crate::names::named_enum;
use std::num::NonZeroU16;

named_enum! {
    /// What becomes of a part of a month (MIG-10).
    pub enum MonthRounding {
        /// Whole months only; what is left over is reported. Never grants what was not paid for.
        Down = "down",
        /// To the nearest month, halves up.
        Nearest = "nearest",
        /// To the next month.
        Up = "up",
        /// Whole months, then the remaining fraction of the days to the next monthly date.
        ProRataDays = "pro_rata_days",
    }
}

named_enum! {
    /// Whether clean-up may delete a system with valid support (MIG-12).
    pub enum Cleanup {
        /// Valid support first: nothing that is paid for is deleted.
        ProtectPaid = "protect_paid",
        /// Clean-up first.
        Strict = "strict",
    }
}

/// The end date of a system that migrates to AirLink Complete (MIG-11).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum CompleteRenewal {
    /// The support end date: "the dates will remain".
    #[default]
    SupportDate,
    /// So many years after the support end date.
    SupportDatePlusYears(NonZeroU16),
}

impl CompleteRenewal {
    /// So many years after the support end date; 0 years are the support end date itself.
    pub const fn plus_years(years: u16) -> Self {
        match NonZeroU16::new(years) {
            None => CompleteRenewal::SupportDate,
            Some(years) => CompleteRenewal::SupportDatePlusYears(years),
        }
    }

    /// The years added to the support end date.
    pub const fn years(self) -> u16 {
        match self {
            CompleteRenewal::SupportDate => 0,
            CompleteRenewal::SupportDatePlusYears(years) => years.get(),
        }
    }
}

/// Every setting of a migration where the sources leave a choice; the default is the rulebook's.
///
/// A plan repeats the policy it was made under, so that a replay years later gives the same dates.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Policy {
    /// What becomes of a part of a month (MIG-10).
    pub month_rounding: MonthRounding,
    /// The end date of AirLink Complete (MIG-11).
    pub complete_renewal: CompleteRenewal,
    /// Valid support or clean-up first (MIG-12).
    pub cleanup: Cleanup,
    /// Months without communication after which a system is deleted (MIG-8); exactly so many stays.
    pub inactive_months: u32,
}

impl Default for Policy {
    fn default() -> Self {
        Self {
            month_rounding: MonthRounding::Down,
            complete_renewal: CompleteRenewal::SupportDate,
            cleanup: Cleanup::ProtectPaid,
            inactive_months: 12,
        }
    }
}
