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

    /// Its legs, in the order in which the tokens go.
    fn legs(self) -> impl DoubleEndedIterator<Item = (Side, Side)> {
        use Side::Account;
        let (first, second) = match self {
            Route::Recorded(_) => (None, None),
            Route::Used(account) => (Some((Account(account), Side::Consumption)), None),
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

/// The movements of a booking: an earlier amount taken back, the last leg first, and then the amount itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Moves {
    route: Route,
    back: i64,
    anew: i64,
}

impl Moves {
    pub(super) const fn new(route: Route, tokens: i64) -> Self {
        Self { route, back: 0, anew: tokens }
    }

    /// An order of `back` tokens as one of `anew` (ORD-4).
    pub(super) const fn amended(route: Route, back: i64, anew: i64) -> Self {
        Self { route, back, anew }
    }

    pub(super) const fn route(self) -> Route {
        self.route
    }

    /// The amount that is taken back.
    pub(super) const fn back(self) -> i64 {
        self.back
    }

    /// The amount itself.
    pub(super) const fn anew(self) -> i64 {
        self.anew
    }

    pub(super) fn iter(self) -> impl Iterator<Item = Move> {
        let back = self.route.legs().rev().map(move |(from, to)| Move {
            from: to,
            to: from,
            tokens: self.back,
            reversal: true,
        });
        let anew =
            self.route.legs().map(move |(from, to)| Move { from, to, tokens: self.anew, reversal: false });
        back.chain(anew).filter(|one| one.tokens > 0)
    }

    /// The net changes of the stocks that have a part in it: first that of the account that gets or uses the tokens,
    /// then that of the partner whose wholesale stock has one.
    ///
    /// They are the sums of the legs, written out: every booking asks for them.
    pub(super) const fn changes(self) -> [Option<Change>; 2] {
        // Both amounts are at most 10^15.
        let net = self.anew.saturating_sub(self.back);
        let (more, less) = (net, net.saturating_neg());
        match self.route {
            Route::Recorded(account) => [Change::some(account, 0), None],
            Route::Used(account) => [Change::some(account, less), None],
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
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_changes_are_the_sums_of_the_movements() {
        let (partner, customer) = (7, 9);
        let routes = |partner| {
            [
                Route::Recorded(customer),
                Route::Used(customer),
                Route::Given(customer),
                Route::Wholesale(partner),
                Route::Mirrored { partner, customer },
                Route::ToCustomer { partner, customer },
                Route::ToPartner { partner, customer },
            ]
        };
        for route in routes(partner).into_iter().chain(routes(customer)) {
            let moves = Moves::amended(route, 12, 36);
            let sum = |account| moves.iter().map(|one| one.change_of(account)).sum::<i64>();
            let changes: Vec<Change> = moves.changes().into_iter().flatten().collect();
            for change in &changes {
                assert_eq!(change.tokens, sum(change.account.0), "{route:?}");
            }
            let touched = |account| changes.iter().filter(|change| change.account.0 == account).count();
            for account in [partner, customer] {
                assert!(touched(account) <= 1, "{route:?}");
                assert!(touched(account) == 1 || sum(account) == 0, "{route:?}");
            }
        }
    }
}
