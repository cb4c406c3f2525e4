//! The ledger: append-only, double entry, one computation for preview and booking.

mod amendment;
mod booking;
mod books;
mod error;
mod holder;
mod identify;
mod journal;
mod keys;
#[expect(clippy::module_inception, reason = "the ledger itself among its parts")]
mod ledger;
mod moves;
mod receipt;
mod record;
mod records;
mod settle;
mod view;

pub use amendment::{Amendment, OptionalField};
pub use booking::{Booking, BookingType, Entry, Identification, IncompleteIdentification};
pub use error::{LedgerError, Refusal};
pub use holder::Holder;
pub use journal::JournalLine;
pub use ledger::Ledger;
pub(super) use moves::{Move, Side};
pub use receipt::{AccountId, Effect, Party, Posting, Receipt};
pub(super) use record::Content;
pub(super) use view::Version;
pub use view::{OrderState, Position, Recorded};
