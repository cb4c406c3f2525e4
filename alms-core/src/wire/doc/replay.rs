use super::account_view::{Accounts, Holding};
use super::booking::{BookingDoc, BookingList, ReadBooking};
use crate::account::Kind;
use crate::rule::RuleSet;
use crate::text::{BookingKey, Uid};
use crate::tokens::{
    AccountId, BookingType, Effect, Holder, Ledger, Party, Position, Posting, Receipt, Standing, Status,
};
use crate::wire::error::Error;
use crate::wire::leaf::{Choice, Count, Day, Id, Text};
use crate::wire::object::Object;
use alms_json::Read;
use alms_json::{Json, Write};

/// Accounts and what is booked on them.
#[derive(Read)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "Ledger"))]
pub(in crate::wire) struct LedgerDoc {
    /// The accounts, each UID once.
    pub(in crate::wire) accounts: Accounts<Holding>,
    /// The bookings in their order.
    pub(in crate::wire) bookings: BookingList,
}

/// Output of `tokens.replay`.
#[derive(Write)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "Replayed"))]
pub(in crate::wire) struct ReplayedDoc<'a> {
    /// Every account after the last booking.
    accounts: Vec<LedgerAccountDoc<'a>>,
    /// What became of every booking.
    results: ResultList<'a>,
}

/// What became of bookings of a ledger, each of them written as soon as it is there.
pub(in crate::wire) struct ResultList<'a> {
    ledger: &'a Ledger,
    outcomes: &'a [Outcome],
}

/// How an account stands.
#[derive(Write)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "Balance"))]
pub(in crate::wire) struct BalanceDoc<'a> {
    /// The account.
    uid: Id<'a>,
    /// Its stock.
    balance: Count<'a>,
    /// Whether it has service.
    status: Choice<'a, Status>,
}

/// An account of a ledger after its last booking, as it goes into the next ledger.
#[derive(Write)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "LedgerAccount"))]
pub(in crate::wire) struct LedgerAccountDoc<'a> {
    /// The formal identifier.
    uid: Id<'a>,
    /// Its stock.
    balance: Count<'a>,
    /// Whether it has service.
    status: Choice<'a, Status>,
    /// The company's name.
    name: Id<'a>,
    /// What the account is for.
    kind: Choice<'a, Kind>,
    /// E-mail addresses of the administrators.
    administrators: Vec<Id<'a>>,
    /// UIDs of the accounts that may order for this one.
    partners: Vec<Id<'a>>,
}

impl<'a> LedgerAccountDoc<'a> {
    fn of(account: Position<'a>) -> Self {
        let Holder { uid, name, kind, administrators, partners, .. } = account.holder;
        Self {
            uid: Text::of(uid),
            balance: account.standing.balance.into(),
            status: account.standing.status.into(),
            name: Text::of(name),
            kind: (*kind).into(),
            administrators: administrators.iter().map(Text::of).collect(),
            partners: partners.iter().map(Text::of).collect(),
        }
    }
}

/// What became of a booking.
#[derive(Write)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "BookingResult"))]
pub(in crate::wire) struct ResultDoc<'a> {
    /// The booking's key.
    key: Id<'a>,
    /// Whether it is booked.
    ok: bool,
    /// The accounts that it brought back to service; absent if it was refused.
    #[serde(skip_serializing_if = "Option::is_none")]
    reactivated: Option<Vec<Id<'a>>>,
    /// Why it was refused; absent if it is booked.
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<&'a Error>,
}

/// What became of a booking, as far as it is written for each of a million.
pub(in crate::wire) struct Outcome {
    key: BookingKey,
    /// The accounts that it brought back to service, or why it was refused.
    result: Result<[Option<AccountId>; 2], Box<Error>>,
}

impl Outcome {
    pub(in crate::wire) fn new(key: BookingKey, result: Result<Receipt, Error>) -> Self {
        let reactivated = |receipt: Receipt| {
            let mut accounts = receipt.reactivated();
            [accounts.next(), accounts.next()]
        };
        Self { key, result: result.map(reactivated).map_err(Box::new) }
    }
}

/// Books a booking, or says why not; adds the rules that had a part in it.
pub(in crate::wire) fn outcome(
    read: ReadBooking,
    ledger: &mut Ledger,
    fired: &mut RuleSet,
    place: impl Fn(Error) -> Error,
) -> Outcome {
    let key = read.key.clone();
    let result = read.book(ledger, fired).map_err(|error| refused(error, fired, place));
    Outcome::new(key, result)
}

/// A refusal at its place, its rule among those that fired.
pub(in crate::wire) fn refused(error: Error, fired: &mut RuleSet, place: impl Fn(Error) -> Error) -> Error {
    *fired = error.rule().map_or(*fired, |rule| fired.with(rule));
    place(error)
}

impl<'a> ReplayedDoc<'a> {
    pub(in crate::wire) fn of(ledger: &'a Ledger, outcomes: &'a [Outcome]) -> Self {
        Self {
            accounts: ledger.accounts().map(LedgerAccountDoc::of).collect(),
            results: ResultList::of(ledger, outcomes),
        }
    }
}

impl<'a> ResultList<'a> {
    pub(in crate::wire) const fn of(ledger: &'a Ledger, outcomes: &'a [Outcome]) -> Self {
        Self { ledger, outcomes }
    }
}

impl Write for ResultList<'_> {
    fn write(&self, json: &mut Json<'_>) {
        json.list(self.outcomes.iter().map(|outcome| ResultDoc::of(self.ledger, outcome)));
    }
}

/// The UID of an account of this ledger.
fn uid(ledger: &Ledger, account: AccountId) -> Option<Id<'_>> {
    ledger.holder(account).map(|holder| Text::of(&holder.uid))
}

impl<'a> BalanceDoc<'a> {
    /// An account that stands like this.
    pub(in crate::wire) fn new(uid: &'a Uid, standing: Standing) -> Self {
        Self { uid: Text::of(uid), balance: standing.balance.into(), status: standing.status.into() }
    }
}

impl<'a> ResultDoc<'a> {
    fn of(ledger: &'a Ledger, Outcome { key, result }: &'a Outcome) -> Self {
        let reactivated = |accounts: &[Option<AccountId>; 2]| {
            accounts.iter().flatten().filter_map(|account| uid(ledger, *account)).collect()
        };
        Self {
            key: Text::of(key),
            ok: result.is_ok(),
            reactivated: result.as_ref().ok().map(reactivated),
            error: result.as_ref().err().map(Box::as_ref),
        }
    }
}

/// Input of `tokens.preview`.
#[derive(Read)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "PreviewRequest"))]
pub(in crate::wire) struct PreviewRequestDoc<'a> {
    /// The accounts, each UID once.
    pub(in crate::wire) accounts: Accounts<Holding>,
    /// What is booked already.
    pub(in crate::wire) bookings: BookingList,
    /// What would be booked.
    pub(in crate::wire) booking: Object<BookingDoc<'a>>,
}

/// Output of `tokens.preview`.
#[derive(Write)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "Preview"))]
pub(in crate::wire) struct PreviewDoc<'a> {
    /// The result that booking it would give.
    result: ResultDoc<'a>,
    /// What it does to each account, the customer before the partner, and those that an edit takes it from last; empty if it
    /// is refused.
    effects: Vec<EffectDoc<'a>>,
    /// The double entry behind it; empty if it is refused.
    postings: Vec<PostingDoc<'a>>,
}

/// What a booking does to an account.
#[derive(Write)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "Effect"))]
struct EffectDoc<'a> {
    /// The account.
    account: Id<'a>,
    /// The net change of its stock.
    change: Count<'a>,
    /// The stock before.
    balance_before: Count<'a>,
    /// The stock after.
    balance_after: Count<'a>,
    /// Whether it had service before.
    status_before: Choice<'a, Status>,
    /// Whether it has service after.
    status_after: Choice<'a, Status>,
}

/// Tokens from one party to another.
#[derive(Write)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "Posting"))]
struct PostingDoc<'a> {
    /// Who gives.
    from: PartyDoc<'a>,
    /// Who takes.
    to: PartyDoc<'a>,
    /// How many.
    tokens: Count<'a>,
}

/// A side of a posting.
#[derive(Write)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "Party"))]
pub(in crate::wire) struct PartyDoc<'a> {
    /// `vendor`, `consumption` or `account`.
    party: Text<'a>,
    /// The account's UID, if it is one.
    account: Option<Id<'a>>,
}

impl<'a> PartyDoc<'a> {
    pub(in crate::wire) fn of(party: Party<'a>) -> Self {
        let account = match party {
            Party::Account(uid) => Some(Text::of(uid)),
            Party::Vendor | Party::Consumption => None,
        };
        Self { party: Text::of(party.name()), account }
    }
}

impl<'a> PostingDoc<'a> {
    fn of(posting: Posting<'a>) -> Self {
        Self { from: PartyDoc::of(posting.from), to: PartyDoc::of(posting.to), tokens: posting.tokens.into() }
    }
}

impl<'a> EffectDoc<'a> {
    fn of(ledger: &'a Ledger, effect: &Effect) -> Option<Self> {
        Some(Self {
            account: uid(ledger, effect.account)?,
            change: effect.change.into(),
            balance_before: effect.before().balance.into(),
            balance_after: effect.after().balance.into(),
            status_before: effect.before().status.into(),
            status_after: effect.after().status.into(),
        })
    }
}

impl<'a> PreviewDoc<'a> {
    pub(in crate::wire) fn of(ledger: &'a Ledger, outcome: &'a Outcome, receipt: Option<&Receipt>) -> Self {
        let effects = receipt.into_iter().flat_map(Receipt::effects);
        let postings = receipt.into_iter().flat_map(|receipt| ledger.postings(receipt));
        Self {
            result: ResultDoc::of(ledger, outcome),
            effects: effects.filter_map(|effect| EffectDoc::of(ledger, effect)).collect(),
            postings: postings.map(PostingDoc::of).collect(),
        }
    }
}

/// Output of `tokens.journal`.
#[derive(Write)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "Journal"))]
pub(in crate::wire) struct JournalDoc<'a> {
    /// Every movement of tokens, in the order of the bookings.
    entries: Vec<JournalLineDoc<'a>>,
}

/// A movement of tokens.
#[derive(Write)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "JournalLine"))]
struct JournalLineDoc<'a> {
    /// The booking.
    key: Id<'a>,
    /// The day it was entered.
    on: Day<'a>,
    /// The day from which it counts.
    effective: Day<'a>,
    /// What it is.
    #[serde(rename = "type")]
    booking_type: Choice<'a, BookingType>,
    /// Who gives.
    from: PartyDoc<'a>,
    /// Who takes.
    to: PartyDoc<'a>,
    /// How many.
    tokens: Count<'a>,
}

impl<'a> JournalDoc<'a> {
    pub(in crate::wire) fn of(ledger: &'a Ledger) -> Self {
        let entries = ledger.journal().map(|line| {
            let PostingDoc { from, to, tokens } = PostingDoc::of(line.posting);
            JournalLineDoc {
                key: Text::of(line.key),
                on: line.on.into(),
                effective: line.effective.into(),
                booking_type: line.booking_type.into(),
                from,
                to,
                tokens,
            }
        });
        Self { entries: entries.collect() }
    }
}
