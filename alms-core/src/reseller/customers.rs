use super::customer::{Customer, CustomerData, CustomerSystem};
use super::grid::{Range, SortKey, sort_rows, takes_name};
use super::renewals::{Horizon, Renewals, SystemColumn};
use super::windows::Windows;
use crate::calendar::Date;
use crate::names::named_enum;
use crate::text::{Profile, Uid};
use std::cmp::Ordering;

/// The Customers page (RES-2).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CustomersPage<'a> {
    /// The customers that pass the filter, sorted.
    pub rows: Vec<CustomerRow<'a>>,
    /// How many customers there are without a filter.
    pub total: usize,
}

/// A customer on the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CustomerRow<'a> {
    /// The customer.
    pub customer: &'a CustomerData,
    /// The profile of the reseller's users in the customer's account.
    pub profile: &'a Profile,
    /// Its numbers.
    pub renewals: Renewals,
}

named_enum! {
    /// A column of the Customers page, to sort by.
    pub enum CustomerColumn {
        /// The name.
        Name = "name",
        /// The UID.
        Uid = "uid",
        /// All systems.
        TotalSystems = "total_systems",
        /// The active systems.
        ActiveSystems = "active_systems",
        /// The first renewal.
        InitialRenewal = "initial_renewal",
        /// The systems that are up for it.
        RenewalSystems = "renewal_systems",
        /// The systems whose service has ended.
        OverdueSystems = "overdue_systems",
        /// The systems that end within the first window.
        Window1 = "window_1",
        /// The systems that end within the second window.
        Window2 = "window_2",
        /// The systems that end within the third window.
        Window3 = "window_3",
        /// The profile of the reseller's users.
        Profile = "profile",
        /// The last day on which a user signed in.
        LastLogin = "last_login",
        /// How many administrators there are.
        Administrators = "administrators",
    }
}

/// Which customers are shown; what is `None` or without ends does not matter.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CustomerFilter {
    /// The name contains this text, in capitals or not.
    pub name: Option<String>,
    /// The reseller's users have this profile.
    pub profile: Option<Profile>,
    /// The first renewal.
    pub initial_renewal: Range<Date>,
    /// The last day on which a user signed in.
    pub last_login: Range<Date>,
    /// How many administrators there are.
    pub administrators: Range<usize>,
    /// Numbers of systems; the same column may be there several times.
    pub systems: Vec<(SystemColumn, Range<u32>)>,
}

/// What the Customers page is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CustomersQuery {
    /// Whose customers: those that have this reseller as a partner.
    pub reseller: Uid,
    /// Today.
    pub on: Date,
    /// The windows.
    pub windows: Windows,
    /// Which customers are shown.
    pub filter: CustomerFilter,
    /// By what they are sorted, the most telling column first; what is equal stays in the given order.
    pub sort: Vec<SortKey<CustomerColumn>>,
}

/// The Customers page of a reseller (RES-2): one pass over all customers and their systems.
///
/// The first renewal is the first end date after today. What ended today or before is overdue: the end date is the first
/// day without service (SUB-5). All states count: a suspended system with an end date to come ends then.
///
/// ```
/// # use alms_core::account::{Partnership, SystemState};
/// # use alms_core::reseller::{Customer, CustomerData, CustomerFilter, CustomerSystem, Windows};
/// use alms_core::reseller::{CustomersQuery, customers};
/// # let system = |serial: &str, end: &str| -> Result<CustomerSystem, Box<dyn std::error::Error>> { Ok(CustomerSystem {
/// #     serial: serial.parse()?, model: "RV55".parse()?, state: SystemState::Active, end_date: Some(end.parse()?) }) };
/// let acme = Customer::try_new(CustomerData {
///     uid: "c1".parse()?,
///     name: "Acme Buses".parse()?,
///     partnerships: vec![Partnership::new("p1".parse()?)],
///     last_login: None,
///     administrators: vec![],
///     systems: vec![system("LA1", "2024-05-31")?, system("LA2", "2024-05-31")?, system("LA3", "2024-06-01")?],
/// })?;
/// let query = CustomersQuery {
///     reseller: "p1".parse()?,
///     on: "2024-05-01".parse()?,
///     windows: Windows::default(),
///     filter: CustomerFilter::default(),
///     sort: vec![],
/// };
/// let customers_of_p1 = [acme];
/// let page = customers(&customers_of_p1, &query);
/// let numbers = page.rows[0].renewals;
/// assert_eq!((numbers.initial_renewal, numbers.renewal_systems), (Some("2024-05-31".parse()?), 2));
/// assert_eq!(numbers.windows, [2, 1, 0]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn customers<'a>(customers: &'a [Customer], query: &CustomersQuery) -> CustomersPage<'a> {
    let horizon = Horizon::new(query.on, query.windows);
    let row = |customer: &'a Customer| {
        let customer = customer.data();
        let partnership = customer.partnerships.iter().find(|one| one.partner == query.reseller)?;
        Some(CustomerRow {
            customer,
            profile: &partnership.profile,
            renewals: horizon.renewals(&customer.systems),
        })
    };
    let mut rows: Vec<CustomerRow<'a>> = customers.iter().filter_map(row).collect();
    let total = rows.len();
    rows.retain(|row| query.filter.takes(row));
    sort_rows(&mut rows, &query.sort, order);
    CustomersPage { rows, total }
}

/// The systems behind one number of a customer, in the host's order (RES-2).
///
/// There are as many as the page says, on the same day and under the same windows.
pub fn customer_systems(
    customer: &Customer,
    on: Date,
    windows: Windows,
    column: SystemColumn,
) -> Vec<&CustomerSystem> {
    Horizon::new(on, windows).behind(&customer.data().systems, column)
}

impl CustomerFilter {
    fn takes(&self, row: &CustomerRow<'_>) -> bool {
        takes_name(self.name.as_deref(), row.customer.name.as_str())
            && self.profile.as_ref().is_none_or(|profile| profile == row.profile)
            && self.initial_renewal.takes(row.renewals.initial_renewal)
            && self.last_login.takes(row.customer.last_login)
            && self.administrators.takes(Some(row.customer.administrators.len()))
            && self.systems.iter().all(|(column, range)| range.takes(Some(row.renewals.count(*column))))
    }
}

/// The order of two customers by one column.
fn order(key: SortKey<CustomerColumn>, a: &CustomerRow<'_>, b: &CustomerRow<'_>) -> Ordering {
    let count =
        |column: SystemColumn| key.known(Some(a.renewals.count(column)), Some(b.renewals.count(column)));
    match key.by {
        CustomerColumn::Name => key.known(Some(&a.customer.name), Some(&b.customer.name)),
        CustomerColumn::Uid => key.known(Some(&a.customer.uid), Some(&b.customer.uid)),
        CustomerColumn::TotalSystems => count(SystemColumn::TotalSystems),
        CustomerColumn::ActiveSystems => count(SystemColumn::ActiveSystems),
        CustomerColumn::InitialRenewal => key.known(a.renewals.initial_renewal, b.renewals.initial_renewal),
        CustomerColumn::RenewalSystems => count(SystemColumn::RenewalSystems),
        CustomerColumn::OverdueSystems => count(SystemColumn::OverdueSystems),
        CustomerColumn::Window1 => count(SystemColumn::Window1),
        CustomerColumn::Window2 => count(SystemColumn::Window2),
        CustomerColumn::Window3 => count(SystemColumn::Window3),
        CustomerColumn::Profile => key.known(Some(a.profile), Some(b.profile)),
        CustomerColumn::LastLogin => key.known(a.customer.last_login, b.customer.last_login),
        CustomerColumn::Administrators => {
            key.known(Some(a.customer.administrators.len()), Some(b.customer.administrators.len()))
        }
    }
}
