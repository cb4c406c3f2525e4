//! Which of a customer's systems stand behind which number.

use super::customer::CustomerSystem;
use super::windows::{WINDOWS, Windows};
use crate::account::SystemState;
use crate::calendar::Date;
use crate::names::named_enum;

named_enum! {
    /// A number of the Customers page that counts systems (RES-2).
    pub enum SystemColumn {
        /// All systems.
        TotalSystems = "total_systems",
        /// The active ones.
        ActiveSystems = "active_systems",
        /// Those whose service ends on the day of the first renewal.
        RenewalSystems = "renewal_systems",
        /// Those whose service has ended, today included: no renewal is to come, one was missed.
        OverdueSystems = "overdue_systems",
        /// Those whose service ends within the first window, 1 to 30 days from today unless a policy says otherwise.
        Window1 = "window_1",
        /// Those whose service ends within the second window, 31 to 60 days from today.
        Window2 = "window_2",
        /// Those whose service ends within the third window, 61 to 90 days from today.
        Window3 = "window_3",
    }
}

/// The numbers of one customer (RES-2).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Renewals {
    /// All systems.
    pub total_systems: u32,
    /// The active ones.
    pub active_systems: u32,
    /// The first day after today on which the service of a system ends; `None` if there is none.
    pub initial_renewal: Option<Date>,
    /// How many systems end on it.
    pub renewal_systems: u32,
    /// How many have ended, today included.
    pub overdue_systems: u32,
    /// How many end within each window.
    pub windows: [u32; WINDOWS],
}

/// What end dates are measured against.
#[derive(Debug, Clone, Copy)]
pub(super) struct Horizon {
    on: Date,
    last_dates: [Date; WINDOWS],
}

impl Horizon {
    pub(super) fn new(on: Date, windows: Windows) -> Self {
        Self { on, last_dates: windows.last_dates(on) }
    }

    /// The window in which a service ends; `None` if it ends today, before it, or after all of them.
    fn window(&self, end: Date) -> Option<usize> {
        if end <= self.on { None } else { self.last_dates.iter().position(|last| end <= *last) }
    }

    /// All numbers in one pass.
    pub(super) fn renewals(&self, systems: &[CustomerSystem]) -> Renewals {
        let mut renewals = Renewals::default();
        for system in systems {
            renewals.total_systems = renewals.total_systems.saturating_add(1);
            let active = u32::from(system.state == SystemState::Active);
            renewals.active_systems = renewals.active_systems.saturating_add(active);
            if let Some(end) = system.end_date {
                self.count(end, &mut renewals);
            }
        }
        renewals
    }

    fn count(&self, end: Date, renewals: &mut Renewals) {
        if end <= self.on {
            renewals.overdue_systems = renewals.overdue_systems.saturating_add(1);
            return;
        }
        match renewals.initial_renewal {
            Some(first) if first < end => {}
            Some(first) if first == end => {
                renewals.renewal_systems = renewals.renewal_systems.saturating_add(1);
            }
            _ => (renewals.initial_renewal, renewals.renewal_systems) = (Some(end), 1),
        }
        if let Some(count) = self.window(end).and_then(|window| renewals.windows.get_mut(window)) {
            *count = count.saturating_add(1);
        }
    }

    /// The systems behind one number, in the host's order.
    pub(super) fn behind<'a>(
        &self,
        systems: &'a [CustomerSystem],
        column: SystemColumn,
    ) -> Vec<&'a CustomerSystem> {
        let first = self.renewals(systems).initial_renewal;
        let counts = |system: &CustomerSystem| match column {
            SystemColumn::TotalSystems => true,
            SystemColumn::ActiveSystems => system.state == SystemState::Active,
            SystemColumn::RenewalSystems => first.is_some() && system.end_date == first,
            SystemColumn::OverdueSystems => system.end_date.is_some_and(|end| end <= self.on),
            SystemColumn::Window1 => self.ends_within(system, 0),
            SystemColumn::Window2 => self.ends_within(system, 1),
            SystemColumn::Window3 => self.ends_within(system, 2),
        };
        systems.iter().filter(|system| counts(system)).collect()
    }

    fn ends_within(&self, system: &CustomerSystem, window: usize) -> bool {
        system.end_date.and_then(|end| self.window(end)) == Some(window)
    }
}

impl Renewals {
    /// One of the numbers.
    pub const fn count(&self, column: SystemColumn) -> u32 {
        let [first, second, third] = self.windows;
        match column {
            SystemColumn::TotalSystems => self.total_systems,
            SystemColumn::ActiveSystems => self.active_systems,
            SystemColumn::RenewalSystems => self.renewal_systems,
            SystemColumn::OverdueSystems => self.overdue_systems,
            SystemColumn::Window1 => first,
            SystemColumn::Window2 => second,
            SystemColumn::Window3 => third,
        }
    }
}
