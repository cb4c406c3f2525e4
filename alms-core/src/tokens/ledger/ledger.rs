use super::booking::{Booking, Entry};
use super::books::{Books, account_index};
use super::error::{LedgerError, Refusal};
use super::holder::Holder;
use super::keys::KeyHash;
use super::receipt::{AccountId, Effect, Receipt};
use super::record::Record;
use super::settle::{Mark, Settlement};
use super::view::{OrderState, Position, Recorded};
use crate::account::UnknownAccount;
use crate::calendar::{Date, Month};
use crate::text::{BookingKey, Uid};
use crate::tokens::Peak;
use crate::tokens::Standing;

/// The token stocks of accounts and every booking that made them what they are.
///
/// Append-only and double entry: each booking moves tokens between vendor, partner, customer and consumption,
/// and an account's balance is its opening and the sum of these movements, at every moment (ORD-7). An edit is
/// a reversal and a new movement. [`preview`](Ledger::preview) and [`book`](Ledger::book) are one computation.
///
/// # Keeping a ledger in a database
///
/// The library neither stores nor locks. A host stores [bookings](Booking) as they are accepted and gives them
/// back in their order; [`tokens.replay`](crate::wire::call) and [`Ledger::book`] then come to the same
/// balances. To do so safely:
///
/// * **The whole ledger.** A booking is decided over all accounts and all bookings: whether a serial was registered before,
///   wherever; whether a name means one customer or two; whether a key is taken. A ledger of some accounts decides
///   otherwise, and what it accepts does not replay. Hold the ledger in memory, or load all of it.
/// * **One booking after the other.** Keep one row, the head, that says how many accounts and bookings there are. Begin, lock
///   the head, take in what others have stored since, `book` into a copy or [`preview`](Ledger::preview), insert the
///   booking, move the head on, commit. Two hosts never decide over the same head.
/// * **The key is unique.** A unique index over the key makes a retry whose first attempt was committed
///   meet its own row; answer it with the first result, which `book` gives for a key that it knows.
/// * **Nothing is updated.** Corrections are bookings. Whoever needs a balance at hand stores it in the same
///   transaction, and compares it with the replayed one from time to time.
///
/// Accounts can be [admitted](Ledger::admit) later; what the rules ask about one (its kind, name, administrators, partners,
/// opening stock) does not change behind the bookings.
///
/// ```
/// use alms_core::account::Kind;
/// use alms_core::tokens::{Booking, Entry, Holder, Ledger, Packs, Peak, Status, Tokens};
/// # use std::error::Error;
/// # fn holder(uid: &str, kind: Kind, partners: &[&str]) -> Result<Holder, Box<dyn Error>> {
/// #     let partners = partners.iter().map(|uid| uid.parse()).collect::<Result<_, _>>()?;
/// #     Ok(Holder { uid: uid.parse()?, name: uid.parse()?, kind, administrators: vec![], partners,
/// #         opening: Tokens::ZERO, status: None })
/// # }
///
/// let mut ledger = Ledger::open(vec![
///     holder("p1", Kind::Reseller, &[])?,
///     holder("c1", Kind::Customer, &["p1"])?,
/// ])?;
/// // Ten packs for the partner's own stock, two of them on to the customer.
/// ledger.book(Booking {
///     key: "order-1".parse()?,
///     on: "2023-05-02".parse()?,
///     entry: Entry::Order {
///         po_number: "PO 17".parse()?,
///         partner: "p1".parse()?,
///         packs: Packs::try_new(10)?,
///         customer: None,
///         product: None,
///         discount: None,
///     },
/// })?;
/// let transfer = Booking {
///     key: "transfer-1".parse()?,
///     on: "2023-05-03".parse()?,
///     entry: Entry::Transfer {
///         po_number: "C 4".parse()?,
///         partner: "p1".parse()?,
///         customer: "c1".parse()?,
///         packs: Packs::try_new(2)?,
///     },
/// };
/// let preview = ledger.preview(&transfer)?;
/// assert_eq!(ledger.book(transfer.clone())?, preview);
/// // A retry books nothing and gives the first result.
/// assert_eq!(ledger.book(transfer)?, preview);
/// assert_eq!(ledger.account(&"p1".parse()?)?.standing.balance.get(), 96);
/// // 25 systems in May: below zero, suspended.
/// ledger.book(Booking {
///     key: "may-c1".parse()?,
///     on: "2023-05-31".parse()?,
///     entry: Entry::Consumption {
///         account: "c1".parse()?,
///         month: "2023-05".parse()?,
///         peak: Peak::try_new(25)?,
///     },
/// })?;
/// let customer = ledger.account(&"c1".parse()?)?.standing;
/// assert_eq!((customer.balance.get(), customer.status), (-1, Status::Suspended));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Default)]
pub struct Ledger(Books);

impl Ledger {
    /// A ledger without bookings.
    ///
    /// # Errors
    /// [`LedgerError`]: two accounts have the same UID.
    pub fn open(holders: Vec<Holder>) -> Result<Self, LedgerError> {
        let mut ledger = Self::default();
        holders.into_iter().try_for_each(|holder| ledger.admit(holder))?;
        Ok(ledger)
    }

    /// Adds an account, after those that are there.
    ///
    /// What is booked stays as it is. Where names are unique (ACC-3), a ledger that was opened with all accounts
    /// comes to the same: a booking that was accepted without the account is accepted with it.
    ///
    /// ```
    /// use alms_core::account::Kind;
    /// use alms_core::tokens::{Holder, Ledger, Tokens};
    ///
    /// let mut ledger = Ledger::default();
    /// let holder = Holder {
    ///     uid: "c1".parse()?,
    ///     name: "Acme Buses".parse()?,
    ///     kind: Kind::Customer,
    ///     administrators: vec![],
    ///     partners: vec!["p1".parse()?],
    ///     opening: Tokens::try_new(12)?,
    ///     status: None,
    /// };
    /// ledger.admit(holder.clone())?;
    /// assert_eq!(ledger.account(&"c1".parse()?)?.standing.balance.get(), 12);
    /// assert!(ledger.admit(holder).is_err());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// [`LedgerError`]: the UID is that of another account. Nothing has changed then.
    pub fn admit(&mut self, holder: Holder) -> Result<(), LedgerError> {
        let books = &mut self.0;
        if books.by_uid.contains_key(&holder.uid) {
            return Err(LedgerError::DuplicateAccount { index: books.holders.len(), uid: holder.uid });
        }
        books.add(holder);
        Ok(())
    }

    /// Makes room for so many more bookings at once, where their number is known.
    pub fn reserve(&mut self, additional: usize) {
        self.0.records.reserve(additional);
    }

    /// Makes room for the bookings with these keys that are not there yet, and looks at where they will be.
    ///
    /// It changes nothing that can be asked for. A host that books a long list calls it for some dozens at a time: the
    /// lookups wait for memory side by side, and those of the bookings that follow do not wait again.
    ///
    /// ```
    /// # use alms_core::tokens::Ledger;
    /// # fn book(ledger: &mut Ledger, list: Vec<alms_core::tokens::Booking>) {
    /// for some in list.chunks(64) {
    ///     ledger.reserve_for(some.iter().map(|booking| &booking.key));
    ///     for booking in some {
    ///         let _result = ledger.book(booking.clone());
    ///     }
    /// }
    /// # }
    /// # book(&mut Ledger::default(), vec![]);
    /// ```
    pub fn reserve_for<'k>(&mut self, keys: impl Iterator<Item = &'k BookingKey>) {
        let missing = keys.filter(|key| !self.contains(key)).count();
        self.reserve(missing);
    }

    /// What [`book`](Ledger::book) would give, without booking it.
    ///
    /// # Errors
    /// [`Refusal`], with the rule behind it.
    pub fn preview(&self, booking: &Booking) -> Result<Receipt, Refusal> {
        match self.0.records.find(&booking.key) {
            Some(position) => self.retried(position, booking),
            None => Ok(self.0.settle(booking.on, &booking.entry)?.receipt(&booking.entry)),
        }
    }

    /// Books, at once and as a whole; a retry of a booking books nothing and gives the first result (ORD-7).
    ///
    /// # Errors
    /// [`Refusal`], with the rule behind it. Nothing has changed then, and the key stays free.
    pub fn book(&mut self, booking: Booking) -> Result<Receipt, Refusal> {
        let hash = self.0.records.hash(&booking.key);
        if let Some(position) = self.0.records.find_hashed(hash, &booking.key) {
            return self.retried(position, &booking);
        }
        let settlement = self.0.settle(booking.on, &booking.entry)?;
        let receipt = settlement.receipt(&booking.entry);
        self.record(hash, booking, settlement);
        Ok(receipt)
    }

    /// The accounts, in the order in which they were given.
    pub fn accounts(&self) -> impl ExactSizeIterator<Item = Position<'_>> {
        self.0.holders.iter().zip(&self.0.standings).enumerate().map(|(index, (holder, standing))| Position {
            index: account_index(index),
            holder,
            standing: *standing,
        })
    }

    /// The account with this UID.
    ///
    /// # Errors
    /// [`UnknownAccount`].
    pub fn account(&self, uid: &Uid) -> Result<Position<'_>, UnknownAccount> {
        self.0.account(uid)
    }

    /// Who has this place in the ledger, as [effects](Effect) name it.
    pub fn holder(&self, account: AccountId) -> Option<&Holder> {
        self.0.holder(account)
    }

    /// The accounts whose partner this one is (ORD-9), in the order in which they were given.
    pub fn customers_of(&self, partner: &Uid) -> impl Iterator<Item = Position<'_>> {
        self.accounts().filter(move |account| account.holder.partners.contains(partner))
    }

    /// Every booking, in the order in which they were booked.
    pub fn bookings(&self) -> impl ExactSizeIterator<Item = Recorded<'_>> {
        self.0.records.iter().map(|(position, record)| self.recorded(position, record))
    }

    fn recorded<'l>(&'l self, position: usize, record: &'l Record) -> Recorded<'l> {
        Recorded {
            key: &record.key,
            on: record.on,
            state: self.0.last_correction(position, None).map_or(OrderState::Booked, Record::state),
            position,
            record,
            books: &self.0,
        }
    }

    /// What the booking with this key does.
    pub fn entry(&self, key: &BookingKey) -> Option<Entry> {
        self.0.find(key).map(|(_, record)| record.entry(&self.0))
    }

    /// What the order or transfer with this key says now, after its edits; `None` if it was deleted, or is not there.
    ///
    /// ```
    /// # use alms_core::account::Kind;
    /// # use alms_core::tokens::{Holder, Tokens};
    /// use alms_core::tokens::{Amendment, Booking, Entry, Ledger, Packs};
    /// # let holder = Holder { uid: "p1".parse()?, name: "Partner".parse()?, kind: Kind::Reseller, administrators: vec![],
    /// #     partners: vec![], opening: Tokens::ZERO, status: None };
    /// # let mut ledger = Ledger::open(vec![holder])?;
    /// let order = |packs| -> Result<Entry, Box<dyn std::error::Error>> {
    ///     Ok(Entry::Order {
    ///         po_number: "PO 17".parse()?, partner: "p1".parse()?, packs: Packs::try_new(packs)?,
    ///         customer: None, product: None, discount: None,
    ///     })
    /// };
    /// ledger.book(Booking { key: "o1".parse()?, on: "2023-05-02".parse()?, entry: order(2)? })?;
    /// let amendment = Box::new(Amendment::packs(Packs::try_new(5)?));
    /// let edit = Entry::Edit { target: "o1".parse()?, amendment };
    /// ledger.book(Booking { key: "e1".parse()?, on: "2023-05-20".parse()?, entry: edit })?;
    /// assert_eq!(ledger.amended(&"o1".parse()?), Some(order(5)?));
    /// // On the tenth it was still what had been entered.
    /// let booked = ledger.bookings().next().unwrap();
    /// assert_eq!(booked.entry_as_of("2023-05-10".parse()?), Some(order(2)?));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn amended(&self, key: &BookingKey) -> Option<Entry> {
        let (position, record) = self.0.find(key)?;
        self.recorded(position, record).entry_as_of(Date::MAX)
    }

    /// Whether a booking has this key.
    pub fn contains(&self, key: &BookingKey) -> bool {
        self.0.records.find(key).is_some()
    }

    /// The peak that is booked for an account and month (TOK-2).
    pub fn peak(&self, account: &Position<'_>, month: Month) -> Option<Peak> {
        self.0.peak_at(account.index, month)
    }

    /// How an account stood at the end of the day `on`: its opening and all bookings that
    /// [count](Recorded::effective) from then or before.
    pub fn standing_as_of(&self, account: &Position<'_>, on: Date) -> Standing {
        let opening = account.holder.standing();
        self.effects_until(on)
            .filter(|effect| effect.account == account.id())
            .fold(opening, |standing, effect| standing.after_part(effect.change.get()))
    }

    /// The same for every account, in the order of [`accounts`](Ledger::accounts), in one pass.
    pub fn standings_as_of(&self, on: Date) -> Vec<Standing> {
        let mut standings: Vec<Standing> = self.0.holders.iter().map(Holder::standing).collect();
        for effect in self.effects_until(on) {
            if let Some(standing) = standings.get_mut(effect.account.position()) {
                *standing = standing.after_part(effect.change.get());
            }
        }
        standings
    }

    fn effects_until(&self, on: Date) -> impl Iterator<Item = Effect> {
        self.bookings().filter(move |booking| booking.effective() <= on).flat_map(|booking| booking.effects())
    }

    /// The first result of a booking whose key is known; an error if it is another booking's (ORD-7).
    fn retried(&self, position: usize, booking: &Booking) -> Result<Receipt, Refusal> {
        let same = |first: &&Record| first.on == booking.on && first.entry(&self.0) == booking.entry;
        let Some(first) = self.0.records.get(position).filter(same) else {
            return Err(Refusal::KeyReused { key: booking.key.clone() });
        };
        let settlement = Settlement { moves: first.moves(), effects: first.effects(), mark: Mark::Nothing };
        Ok(settlement.receipt(&booking.entry))
    }

    fn record(&mut self, hash: KeyHash, booking: Booking, settlement: Settlement) {
        for effect in settlement.effects.iter().flatten() {
            if let Some(standing) = self.0.standings.get_mut(effect.account.position()) {
                *standing = effect.after();
            }
        }
        match &settlement.mark {
            Mark::Nothing => {}
            Mark::Month(account, month, peak) => {
                self.0.peaks.insert((*account, *month), *peak);
            }
            Mark::Serial => {
                if let Entry::Registration { serial, .. } = &booking.entry {
                    self.0.serials.insert(serial.clone());
                }
            }
            Mark::Order { position, .. } => {
                let own = self.0.records.iter().len();
                self.0.corrections.entry(*position).or_default().push(own);
            }
        }
        self.0.records.push(hash, Record::new(booking, settlement));
    }

    /// The months of which the use is booked, after `month`: account, month, peak (TOK-2).
    pub(in crate::tokens) fn peaks_after(
        &self,
        month: Month,
    ) -> impl Iterator<Item = (AccountId, Month, Peak)> {
        let later = self.0.peaks.iter().filter(move |((_, of), _)| *of > month);
        later.map(|((account, of), peak)| (AccountId(*account), *of, *peak))
    }

    /// The account at this position.
    pub(in crate::tokens) fn at(&self, account: AccountId) -> Option<Position<'_>> {
        self.0.at(account.0)
    }
}
