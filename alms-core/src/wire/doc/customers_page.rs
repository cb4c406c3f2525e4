use super::customers::CustomerSystemDoc;
use crate::calendar::Date;
use crate::reseller::{
    Customer, CustomerRow, CustomerSystem, CustomersPage, CustomersQuery, SystemColumn, WINDOWS, Windows,
};
use crate::wire::leaf::{Choice, Count, Day, Id, Text};
use alms_json::Write;

/// Output of `reseller.customers`.
#[derive(Write)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "CustomersPage"))]
pub(in crate::wire) struct CustomersDoc<'a> {
    /// The reseller's UID.
    reseller: Id<'a>,
    /// The day of the page.
    on: Day<'a>,
    /// The windows, counted from that day.
    windows: [WindowDoc<'a>; WINDOWS],
    /// How many customers there are without a filter.
    total: Count<'a>,
    /// The customers that pass the filter, sorted.
    rows: Vec<CustomerRowDoc<'a>>,
}

/// A window: first and last day, counted from today.
#[derive(Write)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "Window"))]
struct WindowDoc<'a> {
    /// The first day.
    from: Count<'a>,
    /// The last day.
    until: Count<'a>,
}

/// A customer on the page.
#[derive(Write)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "CustomerRow"))]
struct CustomerRowDoc<'a> {
    /// Its name.
    name: Id<'a>,
    /// The account.
    uid: Id<'a>,
    /// All systems.
    total_systems: Count<'a>,
    /// The active ones.
    active_systems: Count<'a>,
    /// The first day after today on which the service of a system ends; null if there is none.
    initial_renewal: Option<Day<'a>>,
    /// How many systems end on it.
    renewal_systems: Count<'a>,
    /// How many have ended, today included.
    overdue_systems: Count<'a>,
    /// How many end within the first window.
    window_1: Count<'a>,
    /// How many end within the second window.
    window_2: Count<'a>,
    /// How many end within the third window.
    window_3: Count<'a>,
    /// The profile of the reseller's users in the customer's account.
    profile: Id<'a>,
    /// The last day on which a user signed in, where known.
    last_login: Option<Day<'a>>,
    /// E-mail addresses of the administrators.
    administrators: Vec<Id<'a>>,
}

impl<'a> CustomersDoc<'a> {
    pub(in crate::wire) fn of(query: &'a CustomersQuery, page: &CustomersPage<'a>) -> Self {
        Self {
            reseller: Text::of(&query.reseller),
            on: query.on.into(),
            windows: window_docs(query.windows),
            total: i64::try_from(page.total).unwrap_or(crate::bounds::COUNT_MAX).into(),
            rows: page.rows.iter().map(CustomerRowDoc::of).collect(),
        }
    }
}

fn window_docs<'a>(windows: Windows) -> [WindowDoc<'a>; WINDOWS] {
    windows.days().map(|(from, until)| WindowDoc { from: from.into(), until: until.into() })
}

impl<'a> CustomerRowDoc<'a> {
    fn of(row: &CustomerRow<'a>) -> Self {
        let (customer, renewals) = (row.customer, &row.renewals);
        let [window_1, window_2, window_3] = renewals.windows.map(Count::from);
        Self {
            name: Text::of(&customer.name),
            uid: Text::of(&customer.uid),
            total_systems: renewals.total_systems.into(),
            active_systems: renewals.active_systems.into(),
            initial_renewal: renewals.initial_renewal.map(Day::from),
            renewal_systems: renewals.renewal_systems.into(),
            overdue_systems: renewals.overdue_systems.into(),
            window_1,
            window_2,
            window_3,
            profile: Text::of(row.profile),
            last_login: customer.last_login.map(Day::from),
            administrators: customer.administrators.iter().map(Text::of).collect(),
        }
    }
}

/// Output of `reseller.customer_systems`.
#[derive(Write)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "CustomerSystems"))]
pub(in crate::wire) struct CustomerSystemsDoc<'a> {
    /// The customer's UID.
    customer: Id<'a>,
    /// The day of the page.
    on: Day<'a>,
    /// The number.
    column: Choice<'a, SystemColumn>,
    /// The windows, counted from that day.
    windows: [WindowDoc<'a>; WINDOWS],
    /// The systems behind it, in the given order.
    systems: Vec<CustomerSystemDoc<'a>>,
}

impl<'a> CustomerSystemsDoc<'a> {
    pub(in crate::wire) fn of(
        customer: &'a Customer,
        on: Date,
        (windows, column): (Windows, SystemColumn),
        systems: &[&'a CustomerSystem],
    ) -> Self {
        Self {
            customer: Text::of(&customer.data().uid),
            on: on.into(),
            column: column.into(),
            windows: window_docs(windows),
            systems: systems.iter().map(|system| CustomerSystemDoc::of(system)).collect(),
        }
    }
}
