use super::ledger::{Content, Ledger, Move, OrderState, Party, Position, Recorded, Side};
use super::{Packs, ServicePack, Tokens};
use crate::calendar::{Date, Months};
use crate::names::named_enum;
use crate::order::sort_by_key;
use crate::text::{BookingKey, PoNumber};

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
        /// A system's first-year registration (TOK-7).
        Registration = "registration",
        /// A month's use (TOK-2); listed only when it is asked for.
        Consumption = "consumption",
    }
}

/// A line of the list of stock updates: one change of a stock as it stands now, edits and deletions included.
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
    pub product: Option<&'static str>,
    /// How many Service Packs, 0 if the order was deleted; `None` where packs have no part in it.
    pub packs: Option<i64>,
    /// The change of the stock.
    pub tokens: Tokens,
    /// Who gave or took the tokens.
    pub counterparty: Party<'a>,
    /// Whether it was edited or deleted.
    pub state: OrderState,
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
/// A delegated order stands in the partner's list twice, as bought and as sold on (ORD-1).
///
/// ```
/// # use alms_core::account::Kind;
/// use alms_core::tokens::{Booking, Entry, Holder, Ledger, PositiveTokens, Tokens, UpdateFilter, stock_updates};
/// # let holder = Holder { uid: "c1".parse()?, name: "Acme".parse()?, kind: Kind::Customer, administrators: vec![],
/// #     partners: vec![], opening: Tokens::ZERO };
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
        .flat_map(|booking| lines(ledger, account.index, booking))
        .filter(|update| filter.takes(update, on))
        .collect();
    // Stable: bookings of a day stay in their order.
    sort_by_key(&mut updates, |update| update.on);
    updates
}

/// The lines of a booking in an account's list.
fn lines<'l>(ledger: &'l Ledger, account: u32, booking: Recorded<'l>) -> Vec<StockUpdate<'l>> {
    let Some(line) = described(&booking) else { return Vec::new() };
    // A month's use is a line even where the consumption is suspended and nothing moved (TOK-3).
    if line.kind == UpdateKind::Consumption {
        let own = booking.effects().filter(|effect| effect.account.position() == account as usize);
        return own.map(|effect| StockUpdate { tokens: effect.change, ..line.clone() }).collect();
    }
    let side = Side::Account(account);
    let view = |one: Move| {
        let current = Move { tokens: line.packs.map_or(one.tokens, tokens_in), ..one };
        let (mine, other) = if one.to == side { (one.to, one.from) } else { (one.from, one.to) };
        (mine == side && other != side).then(|| StockUpdate {
            tokens: Tokens::clamped(current.change_of(account)),
            counterparty: ledger.party(other),
            ..line.clone()
        })
    };
    booking.moves().filter_map(view).collect()
}

const fn tokens_in(packs: i64) -> i64 {
    packs.saturating_mul(ServicePack::TOKENS)
}

/// What a booking is, before anybody's view of it; `None` for a correction, which shows in what it corrects.
fn described<'l>(booking: &Recorded<'l>) -> Option<StockUpdate<'l>> {
    let ordered = || Some(booking.packs());
    let (kind, po_number, packs) = match booking.content() {
        Content::Delegation(order) => (UpdateKind::Order, Some(&order.po_number), ordered()),
        Content::Wholesale(po_number) => (UpdateKind::Wholesale, Some(po_number), ordered()),
        Content::Transfer(po_number) => (UpdateKind::Transfer, Some(po_number), ordered()),
        Content::CreditNote => (UpdateKind::CreditNote, None, None),
        Content::DebitNote => (UpdateKind::DebitNote, None, None),
        Content::Grant => (UpdateKind::Grant, None, None),
        Content::Registration(_) => (UpdateKind::Registration, None, ordered()),
        Content::Consumption(_) => (UpdateKind::Consumption, None, None),
        Content::Edit(_) | Content::Delete(_) => return None,
    };
    let packs = match booking.state {
        OrderState::Booked => packs.map(Packs::get),
        OrderState::Edited(packs) => Some(packs.get()),
        OrderState::Deleted => Some(0),
    };
    Some(StockUpdate {
        key: booking.key,
        on: booking.effective(),
        kind,
        po_number,
        product: packs.map(|_| ServicePack::SKU),
        packs,
        tokens: Tokens::ZERO,
        counterparty: Party::Consumption,
        state: booking.state,
    })
}

impl UpdateFilter {
    /// Whether the list as of `on` holds this line.
    fn takes(&self, update: &StockUpdate<'_>, on: Date) -> bool {
        let year_ago = on.add_months(Months::YEAR.negated());
        let from = match self.from {
            Some(from) => update.on >= from,
            // Before the first year of the calendar there is nothing to leave out.
            None => year_ago.is_ok_and(|year_ago| update.on > year_ago) || year_ago.is_err(),
        };
        let kind = match &self.kinds {
            Some(kinds) => kinds.contains(&update.kind),
            None => update.kind != UpdateKind::Consumption,
        };
        from && update.on <= self.until.unwrap_or(on)
            && kind
            && self.po_number.as_ref().is_none_or(|number| update.po_number == Some(number))
            && self.packs_min.is_none_or(|min| update.packs.is_some_and(|packs| packs >= min))
            && self.packs_max.is_none_or(|max| update.packs.is_some_and(|packs| packs <= max))
            && self.product.as_deref().is_none_or(|product| update.product == Some(product))
    }
}
