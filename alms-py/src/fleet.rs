//! Plans for the accounts of a whole fleet: rows in, rows out, over the typed values of the core.

use alms_core::account::{Account, AccountData, Format, Instance, Kind, Model, System, SystemState, Systems};
use alms_core::calendar::Date;
use alms_core::migration::{self, Outcome, Plan, Policy};
use alms_core::rule::RuleId;
use alms_core::text::{AccountName, Serial, Uid};
use alms_core::tokens::Tokens;
use alms_core::wire;
use std::collections::HashMap;

/// A row of systems as a table has it.
pub(crate) struct SystemRow<'a> {
    /// The account's key.
    pub(crate) account: Option<&'a str>,
    /// The state's name.
    pub(crate) state: Option<&'a str>,
    /// Days since 1970-01-01.
    pub(crate) last_communication: Option<i32>,
    /// Days since 1970-01-01.
    pub(crate) support_end: Option<i32>,
    /// The model, where the table has one; XR Series routers cannot be in a legacy account.
    pub(crate) model: Option<&'a str>,
}

/// A row of accounts as a table has it.
pub(crate) struct AccountRow<'a> {
    /// The account's key.
    pub(crate) account: Option<&'a str>,
    /// The stock.
    pub(crate) tokens: Option<i64>,
    /// Days since 1970-01-01, where the table says the migration date of each account.
    pub(crate) on: Option<i32>,
}

/// What becomes of a row of systems.
#[derive(Clone, Copy, Default)]
pub(crate) struct SystemResult {
    /// The outcome, unless there is an error.
    pub(crate) outcome: Option<Outcome>,
    /// The end date.
    pub(crate) end_date: Option<Date>,
    /// The tokens it takes.
    pub(crate) tokens: Option<i64>,
    /// The deciding rule.
    pub(crate) rule: Option<RuleId>,
    /// Why there is no outcome.
    pub(crate) error: Option<&'static str>,
}

/// What becomes of a row of accounts.
pub(crate) struct AccountResult {
    /// The plan without its rows.
    pub(crate) plan: Option<Plan<()>>,
    /// Why there is none.
    pub(crate) error: Option<&'static str>,
}

/// 1970-01-01 is so many days after the first date of the library.
const EPOCH_DAYS: i64 = 25_567;

/// The code of the rows and accounts that are right, and not planned because of another row.
const NOT_PLANNED: &str = "account_not_planned";

/// The date of a number of days since 1970-01-01.
pub(crate) fn date(days: i32) -> Option<Date> {
    let days = u32::try_from(i64::from(days).checked_add(EPOCH_DAYS)?).ok()?;
    Date::MIN.add_days(days).ok()
}

/// The days from 1970-01-01 to a date.
pub(crate) fn days(date: Date) -> Option<i32> {
    i32::try_from(Date::MIN.days_until(date).checked_sub(EPOCH_DAYS)?).ok()
}

/// An account with its rows.
struct Group<'a> {
    /// Its row among the accounts.
    row: &'a AccountRow<'a>,
    /// The positions of its systems' rows.
    positions: Vec<usize>,
    systems: Vec<System>,
    bad: bool,
}

/// Plans every account; the results are in the order of the rows.
pub(crate) fn plan(
    systems: &[SystemRow<'_>],
    accounts: &[AccountRow<'_>],
    on: Option<Date>,
    policy: &Policy,
) -> (Vec<SystemResult>, Vec<AccountResult>) {
    let mut results = vec![SystemResult::default(); systems.len()];
    let (mut groups, by_key) = grouped(accounts);
    for (position, (row, result)) in systems.iter().zip(&mut results).enumerate() {
        let group = row.account.and_then(|key| by_key.get(key)).and_then(|index| groups.get_mut(*index));
        let Some(group) = group else {
            result.error = Some(if row.account.is_none() { "missing_account" } else { "unknown_account" });
            continue;
        };
        match system(row, position) {
            Ok(system) => {
                group.positions.push(position);
                group.systems.push(system);
            }
            Err(code) => {
                group.bad = true;
                result.error = Some(code);
            }
        }
    }
    let mut fail = |positions: &[usize], code| {
        for position in positions {
            if let Some(result) = results.get_mut(*position) {
                result.error = Some(code);
            }
        }
    };
    let mut planned = Vec::with_capacity(groups.len());
    let mut outcomes = Vec::new();
    for (index, group) in groups.into_iter().enumerate() {
        // The key stands in an earlier row as well: which of the two is meant, nobody knows.
        let twice = group.row.account.is_some_and(|key| by_key.get(key) != Some(&index));
        let (positions, result) = if twice {
            (group.positions, Err("duplicate_account"))
        } else {
            planned_group(group, on, policy)
        };
        match result {
            Ok(mut plan) => {
                outcomes.extend(positions.into_iter().zip(std::mem::take(&mut plan.systems)));
                planned.push(AccountResult { plan: Some(plan), error: None });
            }
            Err(code) => {
                fail(&positions, NOT_PLANNED);
                planned.push(AccountResult { plan: None, error: Some(code) });
            }
        }
    }
    for (position, system) in outcomes {
        if let Some(result) = results.get_mut(position) {
            *result = SystemResult {
                outcome: Some(system.outcome),
                end_date: system.end_date,
                tokens: Some(system.tokens.get()),
                rule: Some(system.grounds.deciding()),
                error: None,
            };
        }
    }
    (results, planned)
}

/// A group per row of accounts, and where the first of each key is.
fn grouped<'a>(accounts: &'a [AccountRow<'a>]) -> (Vec<Group<'a>>, HashMap<&'a str, usize>) {
    let mut by_key = HashMap::with_capacity(accounts.len());
    for (index, row) in accounts.iter().enumerate() {
        if let Some(key) = row.account {
            by_key.entry(key).or_insert(index);
        }
    }
    let group = |row| Group { row, positions: Vec::new(), systems: Vec::new(), bad: false };
    (accounts.iter().map(group).collect(), by_key)
}

/// The system of a row, under its position as a serial; or the code of what is wrong with it.
fn system(row: &SystemRow<'_>, position: usize) -> Result<System, &'static str> {
    let day = |days: Option<i32>| days.map(|days| date(days).ok_or("out_of_range")).transpose();
    let state: SystemState = row.state.ok_or("missing_state")?.parse().map_err(|_| "unknown_state")?;
    let serial: Serial = position.to_string().parse().map_err(|_| "invalid_input")?;
    Ok(System {
        serial,
        model: Model::try_new(row.model.unwrap_or_default()).map_err(|_| "out_of_range")?,
        state,
        last_communication: day(row.last_communication)?,
        support_end: day(row.support_end)?,
        warranty_end: None,
    })
}

/// The plan of one account, with the positions of its rows.
fn planned_group(
    group: Group<'_>,
    on: Option<Date>,
    policy: &Policy,
) -> (Vec<usize>, Result<Plan<()>, &'static str>) {
    let Group { row, positions, systems, bad } = group;
    let result = if bad { Err("bad_rows") } else { planned(row, systems, on, policy) };
    (positions, result)
}

fn planned(
    row: &AccountRow<'_>,
    systems: Vec<System>,
    on: Option<Date>,
    policy: &Policy,
) -> Result<Plan<()>, &'static str> {
    let key = row.account.ok_or("missing_account")?;
    let tokens = Tokens::try_new(row.tokens.ok_or("missing_tokens")?).map_err(|_| "out_of_range")?;
    let on = match row.on {
        Some(days) => date(days).ok_or("out_of_range")?,
        None => on.ok_or("missing_on")?,
    };
    let uid: Uid = key.parse().map_err(|_| "invalid_account")?;
    let name: AccountName = key.parse().map_err(|_| "invalid_account")?;
    let data = AccountData {
        uid,
        name,
        instance: Instance::Na,
        format: Format::Legacy,
        kind: Kind::Customer,
        created: None,
        tokens,
        administrators: Vec::new(),
        users: Vec::new(),
        partners: Vec::new(),
        offer_class: None,
        branding: None,
        configuration: None,
        systems: Systems::try_new(systems).map_err(|error| wire::Error::from(error).code())?,
    };
    let account = Account::try_new(data).map_err(|error| wire::Error::from(error).code())?;
    migration::draft(&account, on, policy).map_err(|error| wire::Error::from(error).code())
}
