use super::Status;
use super::flows::{Flows, Period, flow_lines};
use super::ledger::{Holder, Ledger, Position};
use super::statement::MonthFlows;
use crate::account::Kind;
use crate::calendar::Month;

/// The report of a month: the account's own figures and, for a reseller, those of its customers (TOK-9).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report<'a> {
    /// The month.
    pub month: Month,
    /// The account's own.
    pub account: AccountReport<'a>,
    /// Its customers', in the order of the ledger; none for another kind of account.
    pub customers: Vec<AccountReport<'a>>,
    /// The customers' figures added up.
    pub total: Flows,
}

/// A month's figures of an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccountReport<'a> {
    /// The account.
    pub holder: &'a Holder,
    /// Whether it was suspended at the month's end.
    pub status: Status,
    /// What went in and out, and the booked peak.
    pub figures: MonthFlows,
}

/// The monthly report of an account, as it is sent to its administrators (TOK-9).
///
/// ```
/// # use alms_core::account::Kind;
/// use alms_core::tokens::{Holder, Ledger, Tokens, report};
/// # let holder = |uid: &str, kind, partners| -> Result<Holder, Box<dyn std::error::Error>> {
/// #     Ok(Holder { uid: uid.parse()?, name: uid.parse()?, kind, administrators: vec![], partners, opening: Tokens::try_new(5)?, status: None }) };
/// # let partner = holder("p1", Kind::Reseller, vec![])?;
/// # let customer = holder("c1", Kind::Customer, vec!["p1".parse()?])?;
/// let ledger = Ledger::open(vec![partner, customer])?;
/// let report = report(&ledger, &ledger.account(&"p1".parse()?)?, "2023-05".parse()?);
/// assert_eq!(report.customers[0].holder.uid.as_str(), "c1");
/// assert_eq!(report.total.closing.get(), 5);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn report<'l>(ledger: &'l Ledger, account: &Position<'l>, month: Month) -> Report<'l> {
    let mut periods: Vec<Period> =
        ledger.accounts().map(|account| Period::of_month(account.holder.opening, month)).collect();
    for line in flow_lines(ledger) {
        if let Some(period) = periods.get_mut(line.account as usize) {
            period.add(&line);
        }
    }
    let standings = ledger.standings_as_of(month.last_day());
    let of = |account: Position<'l>| AccountReport {
        holder: account.holder,
        status: standings
            .get(account.index as usize)
            .map_or(account.standing.status, |standing| standing.status),
        figures: MonthFlows {
            month,
            flows: periods.get(account.index as usize).map(Period::flows).unwrap_or_default(),
            peak: ledger.peak(&account, month),
        },
    };
    let customers: Vec<AccountReport<'l>> = match account.holder.kind {
        Kind::Reseller => ledger.customers_of(&account.holder.uid).map(of).collect(),
        Kind::Customer | Kind::FreeTier | Kind::Transition => Vec::new(),
    };
    let total =
        customers.iter().fold(Flows::default(), |total, customer| total.plus(&customer.figures.flows));
    Report { month, account: of(*account), customers, total }
}
