//! How the services of an avc account can be paid, and which of them are sold in a country.

mod country;
#[cfg(feature = "subscriptions")]
mod options;
#[cfg(feature = "subscriptions")]
mod payment;

pub use country::{Country, CountryError};
#[cfg(feature = "subscriptions")]
pub use options::{BillingOptions, Service, options};
#[cfg(feature = "subscriptions")]
pub use payment::{Obstacle, Payment, PaymentChannel, PaymentMethod, payments};
