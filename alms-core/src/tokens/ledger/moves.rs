//! The movements of tokens behind a booking: the double entry.

use super::receipt::AccountId;

/// One side of a movement; accounts by their position in the ledger.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::tokens) enum Side {
    Vendor,
    Consumption,
    Account(u32),
}

/// Tokens from one side to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::tokens) struct Move {
    pub(in crate::tokens) from: Side,
    pub(in crate::tokens) to: Side,
    pub(in crate::tokens) tokens: i64,
    /// Takes an earlier movement back (ORD-4).
    pub(in crate::tokens) reversal: bool,
}

impl Move {
    /// What it does to an account.
    pub(in crate::tokens) fn change_of(self, account: u32) -> i64 {
        let side = Side::Account(account);
        let given = if self.from == side { self.tokens } else { 0 };
        let taken = if self.to == side { self.tokens } else { 0 };
        taken.saturating_sub(given)
    }
}

/// The net change of an account's stock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Change {
    pub(super) account: AccountId,
    pub(super) tokens: i64,
}

impl Change {
    const fn some(account: u32, tokens: i64) -> Option<Self> {
        Some(Self { account: AccountId(account), tokens })
    }
}

/// Which way the tokens of a booking go, and through whose hands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Route {
    /// Nowhere: use of an account that is recorded only (TOK-3).
    Recorded(u32),
    /// From an account into use (TOK-2).
    Used(u32),
    /// From the vendor to an account (ORD-5, TOK-7).
    Given(u32),
    /// From an account back to the vendor (ORD-5).
    Returned(u32),
    /// From the vendor to a partner's own stock (ORD-2).
    Wholesale(u32),
    /// From the vendor to the partner and on to the customer (ORD-1).
    Mirrored { partner: u32, customer: u32 },
    /// From the partner to the customer (ORD-3, ORD-5).
    ToCustomer { partner: u32, customer: u32 },
    /// From the customer to the partner (ORD-5).
    ToPartner { partner: u32, customer: u32 },
}

impl Route {
    /// The account that gets or uses the tokens; the partner itself where it has no customer in it.
    pub(super) const fn customer(self) -> u32 {
        match self {
            Route::Recorded(account)
            | Route::Used(account)
            | Route::Given(account)
            | Route::Returned(account)
            | Route::Wholesale(account) => account,
            Route::Mirrored { customer, .. }
            | Route::ToCustomer { customer, .. }
            | Route::ToPartner { customer, .. } => customer,
        }
    }

    /// The partner whose stock has a part in it; the account itself where it has no partner in it.
    pub(super) const fn partner(self) -> u32 {
        match self {
            Route::Mirrored { partner, .. }
            | Route::ToCustomer { partner, .. }
            | Route::ToPartner { partner, .. } => partner,
            _ => self.customer(),
        }
    }

    /// Whose own stock gives or takes the tokens: the partner's, unless they only pass through its hands (ORD-1).
    const fn stock(self) -> Option<u32> {
        match self {
            Route::Wholesale(partner)
            | Route::ToCustomer { partner, .. }
            | Route::ToPartner { partner, .. } => Some(partner),
            Route::Recorded(_)
            | Route::Used(_)
            | Route::Given(_)
            | Route::Returned(_)
            | Route::Mirrored { .. } => None,
        }
    }

    /// What `tokens` that go this way do to the account that gets or uses them, and to the partner.
    const fn changes(self, tokens: i64) -> [Option<Change>; 2] {
        let (more, less) = (tokens, tokens.saturating_neg());
        match self {
            Route::Recorded(account) => [Change::some(account, 0), None],
            Route::Used(account) | Route::Returned(account) => [Change::some(account, less), None],
            Route::Given(account) => [Change::some(account, more), None],
            Route::Wholesale(partner) => [None, Change::some(partner, more)],
            // A partner that orders for itself is one account.
            Route::Mirrored { partner, customer } if partner == customer => {
                [Change::some(customer, more), None]
            }
            Route::ToCustomer { partner, customer } | Route::ToPartner { partner, customer }
                if partner == customer =>
            {
                [Change::some(customer, 0), None]
            }
            Route::Mirrored { partner, customer } => [Change::some(customer, more), Change::some(partner, 0)],
            Route::ToCustomer { partner, customer } => {
                [Change::some(customer, more), Change::some(partner, less)]
            }
            Route::ToPartner { partner, customer } => {
                [Change::some(customer, less), Change::some(partner, more)]
            }
        }
    }

    /// Its legs, in the order in which the tokens go.
    fn legs(self) -> impl DoubleEndedIterator<Item = (Side, Side)> {
        use Side::Account;
        let (first, second) = match self {
            Route::Recorded(_) => (None, None),
            Route::Used(account) => (Some((Account(account), Side::Consumption)), None),
            Route::Returned(account) => (Some((Account(account), Side::Vendor)), None),
            Route::Given(account) | Route::Wholesale(account) => {
                (Some((Side::Vendor, Account(account))), None)
            }
            Route::Mirrored { partner, customer } => {
                (Some((Side::Vendor, Account(partner))), Some((Account(partner), Account(customer))))
            }
            Route::ToCustomer { partner, customer } => (Some((Account(partner), Account(customer))), None),
            Route::ToPartner { partner, customer } => (Some((Account(customer), Account(partner))), None),
        };
        first.into_iter().chain(second)
    }
}

/// How many accounts a booking touches at most: the customers and partners of an order before and after an edit.
pub(super) const TOUCHED_MAX: usize = 4;

/// The movements of a booking: an earlier amount taken back, the last leg first, and then the amount itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Moves {
    route: Route,
    anew: i64,
    /// What is taken back, and which way it went (ORD-4).
    back: Option<(Route, i64)>,
}

impl Moves {
    pub(super) const fn new(route: Route, tokens: i64) -> Self {
        Self { route, anew: tokens, back: None }
    }

    /// An order that was `back`, as one of `tokens` that go by `route` (ORD-4).
    pub(super) const fn amended(back: (Route, i64), route: Route, tokens: i64) -> Self {
        Self { route, anew: tokens, back: Some(back) }
    }

    pub(super) const fn route(self) -> Route {
        self.route
    }

    /// The amount that is taken back, and which way it went.
    pub(super) const fn back(self) -> Option<(Route, i64)> {
        self.back
    }

    /// The amount itself.
    pub(super) const fn anew(self) -> i64 {
        self.anew
    }

    pub(super) fn iter(self) -> impl Iterator<Item = Move> {
        let back = self.back.into_iter().flat_map(|(route, tokens)| {
            route.legs().rev().map(move |(from, to)| Move { from: to, to: from, tokens, reversal: true })
        });
        let anew =
            self.route.legs().map(move |(from, to)| Move { from, to, tokens: self.anew, reversal: false });
        back.chain(anew).filter(|one| one.tokens > 0)
    }

    /// The net changes of the stocks that have a part in it: first that of the account that gets or uses the tokens,
    /// then that of the partner whose wholesale stock has one, then those that had a part in what is taken back.
    ///
    /// They are the sums of the legs, written out: every booking asks for them.
    #[inline]
    pub(super) fn changes(self) -> [Option<Change>; TOUCHED_MAX] {
        // Both amounts are at most 10^15.
        match self.back {
            None => with_none(self.route.changes(self.anew)),
            Some((route, back)) if route == self.route => {
                with_none(route.changes(self.anew.saturating_sub(back)))
            }
            Some((route, back)) => {
                merged(self.route.changes(self.anew), route.changes(back.saturating_neg()))
            }
        }
    }

    /// Whether the tokens of an account are a wholesale stock here, which never falls below zero by a booking (ORD-3).
    pub(super) fn is_stock(self, account: u32) -> bool {
        self.route.stock() == Some(account)
            || self.back.is_some_and(|(route, _)| route.stock() == Some(account))
    }
}

const fn with_none([first, second]: [Option<Change>; 2]) -> [Option<Change>; TOUCHED_MAX] {
    [first, second, None, None]
}

/// Both pairs of changes, each account once.
fn merged(anew: [Option<Change>; 2], back: [Option<Change>; 2]) -> [Option<Change>; TOUCHED_MAX] {
    let [first, second] = anew;
    let mut all = [first, second, None, None];
    for change in back.into_iter().flatten() {
        let is_same =
            |place: &&mut Option<Change>| place.is_some_and(|other| other.account == change.account);
        if let Some(Some(same)) = all.iter_mut().find(is_same) {
            same.tokens = same.tokens.saturating_add(change.tokens);
        } else if let Some(free) = all.iter_mut().find(|place| place.is_none()) {
            // Four changes at most have a place each.
            *free = Some(change);
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    fn routes(partner: u32, customer: u32) -> [Route; 8] {
        [
            Route::Recorded(customer),
            Route::Used(customer),
            Route::Given(customer),
            Route::Returned(customer),
            Route::Wholesale(partner),
            Route::Mirrored { partner, customer },
            Route::ToCustomer { partner, customer },
            Route::ToPartner { partner, customer },
        ]
    }

    fn changes_are_sums(moves: Moves) {
        let sum = |account| moves.iter().map(|one| one.change_of(account)).sum::<i64>();
        let changes: Vec<Change> = moves.changes().into_iter().flatten().collect();
        for change in &changes {
            assert_eq!(change.tokens, sum(change.account.0), "{moves:?}");
        }
        for account in 1..=4 {
            let touched = changes.iter().filter(|change| change.account.0 == account).count();
            assert!(touched <= 1, "{moves:?}");
            assert!(touched == 1 || sum(account) == 0, "{moves:?}");
        }
    }

    #[test]
    fn the_changes_are_the_sums_of_the_movements() {
        for (partner, customer) in [(1, 2), (1, 1)] {
            for route in routes(partner, customer) {
                changes_are_sums(Moves::new(route, 36));
                changes_are_sums(Moves::amended((route, 12), route, 36));
                for (other_partner, other_customer) in [(3, 4), (1, 4), (3, 2), (2, 1), (2, 2)] {
                    for other in routes(other_partner, other_customer) {
                        changes_are_sums(Moves::amended((other, 12), route, 36));
                    }
                }
            }
        }
    }
}
