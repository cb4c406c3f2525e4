use super::account::optional_text;
use super::account_view::{AccountOf, Accounts, OnPage};
use super::directory::each_account_once;
use super::grid::{DayRangeDoc, SortKeyDoc, sort_keys};
use crate::account::SystemState;
use crate::calendar::Date;
use crate::reseller::{
    Customer, CustomerColumn, CustomerError, CustomerFilter, CustomerSystem, CustomersQuery, Range,
    SystemColumn, WINDOWS, Windows, WindowsError,
};
use crate::subscriptions::FleetError;
use crate::wire::error::{Error, Located, each};
use crate::wire::leaf::{Choice, Day, Id, Small, Text};
use crate::wire::object::Object;
use alms_json::Read;
use alms_json::Write;

/// Input of `reseller.customers` and `reseller.customers_to_csv`.
#[derive(Read)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "CustomersRequest"))]
pub(in crate::wire) struct CustomersRequestDoc<'a> {
    /// The reseller's UID; accounts that do not have it as a partner are not shown.
    reseller: Id<'a>,
    /// Today.
    on: Day<'a>,
    /// The accounts, each UID once.
    customers: Accounts<OnPage>,
    /// The last day of each of the three windows, counted from today; `[30, 60, 90]` where absent.
    window_days: Option<[Small<'a>; WINDOWS]>,
    /// Which customers are shown; all where absent.
    filter: Option<Object<CustomerFilterDoc<'a>>>,
    /// By what they are sorted, the most telling column first.
    sort: Option<Vec<Object<SortKeyDoc<'a, CustomerColumn>>>>,
}

/// Input of `reseller.customer_systems`.
#[derive(Read)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "CustomerSystemsRequest"))]
pub(in crate::wire) struct CustomerSystemsRequestDoc<'a> {
    /// The customer.
    customer: AccountOf<'a, OnPage>,
    /// Today.
    pub(in crate::wire) on: Day<'a>,
    /// The number behind which the systems stand.
    pub(in crate::wire) column: Choice<'a, SystemColumn>,
    /// The last day of each of the three windows, counted from today; `[30, 60, 90]` where absent.
    window_days: Option<[Small<'a>; WINDOWS]>,
}

/// A system of a customer.
#[derive(Write)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "CustomerSystem"))]
pub(in crate::wire) struct CustomerSystemDoc<'a> {
    /// The serial number.
    serial: Id<'a>,
    /// The model; any text.
    model: Text<'a>,
    /// The life cycle state.
    state: Choice<'a, SystemState>,
    /// The day on which its service ends; null without one, as in inventory.
    end_date: Option<Day<'a>>,
}

/// Which customers are shown; what is absent does not matter.
#[derive(Read)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "CustomerFilter"))]
struct CustomerFilterDoc<'a> {
    /// The name contains this text, in capitals or not.
    name: Option<Text<'a>>,
    /// The reseller's users have this profile.
    profile: Option<Id<'a>>,
    /// The first renewal.
    initial_renewal: Option<Object<DayRangeDoc<'a>>>,
    /// The last day on which a user signed in.
    last_login: Option<Object<DayRangeDoc<'a>>>,
    /// How many administrators there are: none is a customer whom no notification reaches.
    administrators: Option<Object<SystemRangeDoc<'a>>>,
    /// All systems.
    total_systems: Option<Object<SystemRangeDoc<'a>>>,
    /// The active systems.
    active_systems: Option<Object<SystemRangeDoc<'a>>>,
    /// The systems that are up for the first renewal.
    renewal_systems: Option<Object<SystemRangeDoc<'a>>>,
    /// The systems whose service has ended.
    overdue_systems: Option<Object<SystemRangeDoc<'a>>>,
    /// The systems that end within the first window.
    window_1: Option<Object<SystemRangeDoc<'a>>>,
    /// The systems that end within the second window.
    window_2: Option<Object<SystemRangeDoc<'a>>>,
    /// The systems that end within the third window.
    window_3: Option<Object<SystemRangeDoc<'a>>>,
}

/// From and to, both included: numbers of systems or people.
#[derive(Read)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "SystemRange"))]
struct SystemRangeDoc<'a> {
    /// The least.
    min: Option<Small<'a>>,
    /// The most.
    max: Option<Small<'a>>,
}

impl CustomersRequestDoc<'_> {
    pub(in crate::wire) fn query(&self) -> Result<CustomersQuery, Error> {
        let filter = self.filter.as_ref().map_or(Ok(CustomerFilter::default()), |filter| filter.read());
        Ok(CustomersQuery {
            reseller: self.reseller.read().at("reseller")?,
            on: self.on.read().at("on")?,
            windows: windows(self.window_days.as_ref())?,
            filter: filter.at("filter")?,
            sort: sort_keys(self.sort.as_deref())?,
        })
    }

    pub(in crate::wire) fn customers(self, on: Date) -> Result<Vec<Customer>, Error> {
        let accounts = self.customers.read().at("customers")?;
        let customers = each(accounts, |facts| Ok(Customer::of(facts, on)?));
        customers.and_then(|list| each_account_once(list, |customer| &customer.data().uid)).at("customers")
    }
}

impl CustomerSystemsRequestDoc<'_> {
    pub(in crate::wire) fn customer(&self, on: Date) -> Result<Customer, Error> {
        let facts = self.customer.facts().at("customer")?;
        Customer::of(facts, on).at("customer")
    }

    pub(in crate::wire) fn windows(&self) -> Result<Windows, Error> {
        windows(self.window_days.as_ref())
    }
}

/// The windows that a request gives, or those of the rulebook.
fn windows(days: Option<&[Small<'_>; WINDOWS]>) -> Result<Windows, Error> {
    let Some([first, second, third]) = days else { return Ok(Windows::default()) };
    let read = |days: &Small<'_>, index| days.small::<u32>().at_index(index).at("window_days");
    let last_days = [read(first, 0)?, read(second, 1)?, read(third, 2)?];
    Windows::try_new(last_days).at("window_days")
}

impl<'a> CustomerSystemDoc<'a> {
    pub(in crate::wire) fn of(system: &'a CustomerSystem) -> Self {
        Self {
            serial: Text::of(&system.serial),
            model: Text::of(system.model.as_str()),
            state: system.state.into(),
            end_date: system.end_date.map(Day::from),
        }
    }
}

impl CustomerFilterDoc<'_> {
    fn read(&self) -> Result<CustomerFilter, Error> {
        Ok(CustomerFilter {
            name: self.name.as_ref().map(Text::limited).transpose().at("name")?,
            profile: optional_text(self.profile.as_ref(), "profile")?,
            initial_renewal: DayRangeDoc::read(self.initial_renewal.as_ref()).at("initial_renewal")?,
            last_login: DayRangeDoc::read(self.last_login.as_ref()).at("last_login")?,
            administrators: self.administrators()?,
            systems: self.systems()?,
        })
    }

    fn administrators(&self) -> Result<Range<usize>, Error> {
        let Some(range) = &self.administrators else { return Ok(Range::default()) };
        let Range { min, max } = range.counts().at("administrators")?;
        Ok(Range { min: min.map(|min| min as usize), max: max.map(|max| max as usize) })
    }

    fn systems(&self) -> Result<Vec<(SystemColumn, Range<u32>)>, Error> {
        let ranges = [
            (SystemColumn::TotalSystems, &self.total_systems),
            (SystemColumn::ActiveSystems, &self.active_systems),
            (SystemColumn::RenewalSystems, &self.renewal_systems),
            (SystemColumn::OverdueSystems, &self.overdue_systems),
            (SystemColumn::Window1, &self.window_1),
            (SystemColumn::Window2, &self.window_2),
            (SystemColumn::Window3, &self.window_3),
        ];
        let given = ranges.into_iter().filter_map(|(column, range)| Some((column, range.as_ref()?)));
        given.map(|(column, range)| Ok((column, range.counts().at(column.as_str())?))).collect()
    }
}

impl SystemRangeDoc<'_> {
    fn counts(&self) -> Result<Range<u32>, Error> {
        Ok(Range {
            min: self.min.as_ref().map(Small::small).transpose().at("min")?,
            max: self.max.as_ref().map(Small::small).transpose().at("max")?,
        })
    }
}

impl From<CustomerError> for Error {
    fn from(error: CustomerError) -> Self {
        match error {
            CustomerError::Facts(error) => error.into(),
            CustomerError::Subscription(FleetError { index, cause }) => {
                Error::from(cause).at_index(index).at("subscriptions")
            }
        }
    }
}

impl From<WindowsError> for Error {
    fn from(error: WindowsError) -> Self {
        Error::new(error.code(), error).at_index(error.index)
    }
}
