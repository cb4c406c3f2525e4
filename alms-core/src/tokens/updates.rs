use super::ledger::{Content, Ledger, Move, OrderState, Party, Position, Recorded, Side, Version};
use super::{ServicePack, Tokens};
use crate::calendar::{Date, Months};
use crate::money::Discount;
use crate::names::named_enum;
use crate::order::sort_by_key;
use crate::text::{BookingKey, PoNumber, ProductReference, Reason};

named_enum! {
    /// What changed a stock.
    pub enum UpdateKind {
        /// A purchase order for a customer (ORD-1).
        Order = "order",
        /// A purchase order for the partner's own stock (ORD-2).
        Wholesale = "wholesale",
        /// From the partner's stock to a customer (ORD-3).
        Transfer = "transfer",
        /// From partner to customer without a purchase order (ORD-5).
        CreditNote = "credit_note",
        /// From customer to partner without a purchase order (ORD-5).
        DebitNote = "debit_note",
        /// Complimentary tokens from the vendor (ORD-5).
        Grant = "grant",
        /// Tokens that the vendor took back (ORD-5).
        Withdrawal = "withdrawal",
        /// A system's first-year registration (TOK-7).
        Registration = "registration",
        /// A month's use (TOK-2); listed only when it is asked for.
        Consumption = "consumption",
    }
}

/// A line of the list of stock updates: one change of a stock as it stood on the day of the list, with the edits and
/// deletions up to then (ORD-4).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StockUpdate<'a> {
    /// The booking's key.
    pub key: &'a BookingKey,
    /// The order date; for a month's use the month's last day.
    pub on: Date,
    /// What it is.
    pub kind: UpdateKind,
    /// The purchase order, if there is one.
    pub po_number: Option<&'a PoNumber>,
    /// The article, if Service Packs were ordered or claimed.
    pub product: Option<&'a str>,
    /// How many Service Packs, 0 if the order was deleted; `None` where packs have no part in it.
    pub packs: Option<i64>,
    /// The change of the stock.
    pub tokens: Tokens,
    /// Who gave or took the tokens.
    pub counterparty: Party<'a>,
    /// Whether it was edited or deleted by then.
    pub state: OrderState,
    /// What is taken off the list price, if the order says so (ORD-8).
    pub discount: Option<Discount>,
    /// Why the vendor took tokens back.
    pub reason: Option<&'a Reason>,
}

/// Which stock updates are listed (ORD-6); what is `None` does not matter.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct UpdateFilter {
    /// On this day or later; by default later than 12 months before today.
    pub from: Option<Date>,
    /// On this day or earlier; by default today.
    pub until: Option<Date>,
    /// Of this purchase order.
    pub po_number: Option<PoNumber>,
    /// At least so many packs.
    pub packs_min: Option<i64>,
    /// At most so many packs.
    pub packs_max: Option<i64>,
    /// Of this article.
    pub product: Option<String>,
    /// Of these kinds; by default all but consumption.
    pub kinds: Option<Vec<UpdateKind>>,
}

/// The list of stock updates of an account as of `on`, by date (ORD-6).
///
/// Orders and transfers are listed as they stood on that day; one that an edit has given to another account by then is in
/// that account's list (ORD-4).
///
/// A delegated order stands in the partner's list twice, as bought and as sold on (ORD-1).
///
/// ```
/// # use alms_core::account::Kind;
/// use alms_core::tokens::{Booking, Entry, Holder, Ledger, PositiveTokens, Tokens, UpdateFilter, stock_updates};
/// # let holder = Holder { uid: "c1".parse()?, name: "Acme".parse()?, kind: Kind::Customer, administrators: vec![],
/// #     partners: vec![], opening: Tokens::ZERO, status: None };
/// let mut ledger = Ledger::open(vec![holder])?;
/// let entry = Entry::Grant { account: "c1".parse()?, tokens: PositiveTokens::try_new(5)? };
/// ledger.book(Booking { key: "g1".parse()?, on: "2023-05-02".parse()?, entry })?;
/// let account = ledger.account(&"c1".parse()?)?;
/// let updates = stock_updates(&ledger, &account, "2023-05-31".parse()?, &UpdateFilter::default());
/// assert_eq!(updates[0].tokens.get(), 5);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn stock_updates<'l>(
    ledger: &'l Ledger,
    account: &Position<'l>,
    on: Date,
    filter: &UpdateFilter,
) -> Vec<StockUpdate<'l>> {
    let mut updates: Vec<StockUpdate<'l>> = ledger
        .bookings()
        .filter(|booking| filter.takes_day(booking.effective(), on))
        .flat_map(|booking| lines(ledger, account.index, booking, on))
        .filter(|update| filter.takes(update))
        .collect();
    // Stable: bookings of a day stay in their order.
    sort_by_key(&mut updates, |update| update.on);
    updates
}

/// The lines of a booking in an account's list as of a day.
fn lines<'l>(ledger: &'l Ledger, account: u32, booking: Recorded<'l>, on: Date) -> Vec<StockUpdate<'l>> {
    let version = booking.version(on);
    let Some(line) = described(&booking, &version) else { return Vec::new() };
    // A month's use is a line even where the consumption is suspended and nothing moved (TOK-3).
    if line.kind == UpdateKind::Consumption {
        let own = booking.effects().filter(|effect| effect.account.position() == account as usize);
        return own.map(|effect| StockUpdate { tokens: effect.change, ..line.clone() }).collect();
    }
    let side = Side::Account(account);
    let view = |one: Move| {
        let current = if version.state == OrderState::Deleted { Move { tokens: 0, ..one } } else { one };
        let (mine, other) = if one.to == side { (one.to, one.from) } else { (one.from, one.to) };
        (mine == side && other != side).then(|| StockUpdate {
            tokens: Tokens::clamped(current.change_of(account)),
            counterparty: ledger.party(other),
            ..line.clone()
        })
    };
    version.moves().filter_map(view).collect()
}

/// What a booking is, before anybody's view of it; `None` for a correction, which shows in what it corrects.
fn described<'l>(booking: &Recorded<'l>, version: &Version<'l>) -> Option<StockUpdate<'l>> {
    let line = |kind| StockUpdate {
        key: booking.key,
        on: booking.effective(),
        kind,
        po_number: None,
        product: None,
        packs: None,
        tokens: Tokens::ZERO,
        counterparty: Party::Consumption,
        state: version.state,
        discount: None,
        reason: None,
    };
    let packs = Some(version.packs);
    Some(match version.content {
        Content::Order(order) => StockUpdate {
            po_number: Some(&order.po_number),
            product: Some(order.product.as_ref().map_or(ServicePack::SKU, ProductReference::as_str)),
            packs,
            discount: order.discount,
            ..line(if order.customer.is_some() { UpdateKind::Order } else { UpdateKind::Wholesale })
        },
        Content::Transfer(po_number) => StockUpdate {
            po_number: Some(po_number),
            product: Some(ServicePack::SKU),
            packs,
            ..line(UpdateKind::Transfer)
        },
        Content::Registration(_) => {
            StockUpdate { product: Some(ServicePack::SKU), packs, ..line(UpdateKind::Registration) }
        }
        Content::Withdrawal(reason) => StockUpdate { reason: Some(reason), ..line(UpdateKind::Withdrawal) },
        Content::CreditNote => line(UpdateKind::CreditNote),
        Content::DebitNote => line(UpdateKind::DebitNote),
        Content::Grant => line(UpdateKind::Grant),
        Content::Consumption(_) => line(UpdateKind::Consumption),
        Content::Edit(_) | Content::Delete(_) => return None,
    })
}

impl UpdateFilter {
    /// Whether the list as of `on` holds lines of the day `of`.
    fn takes_day(&self, of: Date, on: Date) -> bool {
        let from = match self.from {
            Some(from) => of >= from,
            // Before the first year of the calendar there is nothing to leave out.
            None => on.add_months(Months::YEAR.negated()).map_or(true, |year_ago| of > year_ago),
        };
        from && of <= self.until.unwrap_or(on)
    }

    /// Whether the list holds this line, as to all but its day.
    fn takes(&self, update: &StockUpdate<'_>) -> bool {
        let kind = match &self.kinds {
            Some(kinds) => kinds.contains(&update.kind),
            None => update.kind != UpdateKind::Consumption,
        };
        kind && self.po_number.as_ref().is_none_or(|number| update.po_number == Some(number))
            && self.packs_min.is_none_or(|min| update.packs.is_some_and(|packs| packs >= min))
            && self.packs_max.is_none_or(|max| update.packs.is_some_and(|packs| packs <= max))
            && self.product.as_deref().is_none_or(|product| update.product == Some(product))
    }
}
