//! The movements of tokens behind a booking: the double entry.

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
    /// The account that gets or uses the tokens, and the partner whose wholesale stock has a part in it.
    pub(super) const fn accounts(self) -> [Option<u32>; 2] {
        match self {
            Route::Recorded(account) | Route::Used(account) | Route::Given(account) => [Some(account), None],
            Route::Wholesale(partner) => [None, Some(partner)],
            Route::Mirrored { partner, customer }
            | Route::ToCustomer { partner, customer }
            | Route::ToPartner { partner, customer } => {
                // A partner that orders for itself is one account.
                [Some(customer), if partner == customer { None } else { Some(partner) }]
            }
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

    /// The net change of an account's stock.
    pub(super) fn change_of(self, account: u32) -> i64 {
        // Both amounts are at most 10^15.
        let net = self.anew.saturating_sub(self.back);
        let one =
            |(from, to): (Side, Side)| Move { from, to, tokens: net, reversal: false }.change_of(account);
        self.route.legs().map(one).fold(0, i64::saturating_add)
    }
}
