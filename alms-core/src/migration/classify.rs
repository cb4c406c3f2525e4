//! What a single system is, seen from the migration date: the one place that decides.

use super::{Cleanup, Outcome, Policy};
use crate::account::{System, SystemState};
use crate::calendar::{Date, Months};
use crate::rule::RuleId;

/// What the whole account is measured against; the days are dates, or numbers in columns.
#[derive(Debug, Clone, Copy)]
pub(super) struct Yardstick<D = Date> {
    /// The migration date.
    pub(super) on: D,
    /// The first day of communication that still counts as recent (MIG-8).
    pub(super) cutoff: D,
    /// How many months before the migration date that is.
    pub(super) inactive_months: u32,
    pub(super) cleanup: Cleanup,
}

impl Yardstick {
    pub(super) fn new(on: Date, policy: &Policy) -> Self {
        let back = Months::from(policy.inactive_months).negated();
        // Before the first date there is no communication, so a cutoff there excludes nothing.
        let cutoff = on.add_months(back).unwrap_or(Date::MIN);
        Self { on, cutoff, inactive_months: policy.inactive_months, cleanup: policy.cleanup }
    }

    /// The same with its days in another form.
    pub(super) fn map<D>(self, day: impl Fn(Date) -> D) -> Yardstick<D> {
        Yardstick {
            on: day(self.on),
            cutoff: day(self.cutoff),
            inactive_months: self.inactive_months,
            cleanup: self.cleanup,
        }
    }
}

/// The facts about one system that the rules ask for, each independent of the others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Facts {
    /// In maintenance mode (MIG-3).
    pub(super) maintenance: bool,
    /// In inventory (MIG-13).
    pub(super) inventory: bool,
    /// Support ends on or after the migration date (MIG-4).
    pub(super) supported: bool,
    /// Support ended before the migration date (MIG-6).
    pub(super) support_expired: bool,
    /// Never communicated (MIG-7).
    pub(super) silent: bool,
    /// Last communicated before the cutoff (MIG-8), or never.
    pub(super) stale: bool,
}

/// What decides about a system; each class is one rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub(super) enum Class {
    Maintenance,
    Supported,
    Silent,
    Stale,
    Inventory,
    Remaining,
}

impl Facts {
    pub(super) fn of(system: &System, yardstick: &Yardstick) -> Self {
        let days = [system.last_communication, system.support_end];
        Self::new(system.state as u8, days, None, &yardstick.map(Some))
    }

    /// The facts from the values themselves: a state is its position in [`SystemState::ALL`]; the days are those of
    /// the last communication and of the support's end; `null` is no day, and lies before every other.
    // Runs for every row of a column: inlined, so that it becomes part of the vector code. That `null` lies before the
    // others spares a question for each comparison.
    #[inline(always)]
    pub(super) fn new<D: Copy + Ord>(
        state: u8,
        [last_communication, support_end]: [D; 2],
        null: D,
        yardstick: &Yardstick<D>,
    ) -> Self {
        Self {
            maintenance: state == SystemState::Maintenance as u8,
            inventory: state == SystemState::Inventory as u8,
            supported: support_end >= yardstick.on,
            support_expired: (support_end != null) & (support_end < yardstick.on),
            silent: last_communication == null,
            stale: last_communication < yardstick.cutoff,
        }
    }

    /// Clean-up applies (MIG-7, MIG-8), unless a rule before it decides.
    #[inline(always)]
    pub(super) const fn cleaned_up(self) -> bool {
        self.stale
    }

    /// Valid support and clean-up contend: the policy `cleanup` decides (MIG-12).
    pub(super) const fn contended(self) -> bool {
        self.supported && self.cleaned_up() && !self.maintenance
    }

    /// The support end date was asked for, had passed, and so counted as none (MIG-6).
    pub(super) const fn expiry_counted(self, cleanup: Cleanup) -> bool {
        let asked = match cleanup {
            Cleanup::ProtectPaid => !self.maintenance,
            Cleanup::Strict => !self.maintenance && !self.cleaned_up(),
        };
        self.support_expired && asked
    }

    /// The deciding class.
    pub(super) const fn class(self, cleanup: Cleanup) -> Class {
        self.choose(cleanup, Class::ALL)
    }

    /// What stands for the deciding class in the order of [`Class::ALL`]: maintenance always first, then valid support
    /// and clean-up in the order of the policy.
    #[inline(always)]
    pub(super) const fn choose<T: Copy>(self, cleanup: Cleanup, of: [T; 6]) -> T {
        let [maintenance, supported, silent, stale, inventory, remaining] = of;
        let paid_first = matches!(cleanup, Cleanup::ProtectPaid);
        // `&` and `|` leave no branch: for a whole column of systems this is several times as fast.
        let kept = self.supported & (paid_first | !self.cleaned_up());
        if self.maintenance {
            maintenance
        } else if kept {
            supported
        } else if self.silent {
            silent
        } else if self.stale {
            stale
        } else if self.inventory {
            inventory
        } else {
            remaining
        }
    }
}

impl Class {
    /// Every class, each at its own number.
    pub(super) const ALL: [Class; 6] = [
        Class::Maintenance,
        Class::Supported,
        Class::Silent,
        Class::Stale,
        Class::Inventory,
        Class::Remaining,
    ];

    /// What becomes of the system.
    // Comparisons and no table: of these the compiler makes vector code, for columns.
    #[inline(always)]
    pub(super) const fn outcome(self) -> Outcome {
        if matches!(self, Class::Supported) {
            Outcome::AirlinkComplete
        } else if matches!(self, Class::Remaining) {
            Outcome::AirlinkBasic
        } else if matches!(self, Class::Silent | Class::Stale) {
            Outcome::Deleted
        } else {
            Outcome::Inventory
        }
    }

    /// The rule that decides.
    pub(super) const fn rule(self) -> RuleId {
        match self {
            Class::Maintenance => RuleId::Mig3,
            Class::Supported => RuleId::Mig4,
            Class::Silent => RuleId::Mig7,
            Class::Stale => RuleId::Mig8,
            Class::Inventory => RuleId::Mig13,
            Class::Remaining => RuleId::Mig9,
        }
    }
}
