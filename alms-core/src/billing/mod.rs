//! How the services of an avc account can be paid, and which of them are sold in a country.

mod country;
mod options;
mod payment;

pub use country::{Country, CountryError};
pub use options::{BillingOptions, Service, options};
pub use payment::{Obstacle, Payment, PaymentChannel, PaymentMethod, payments};
