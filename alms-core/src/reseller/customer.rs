use crate::ErrorCode;
use crate::account::{AccountFacts, FactsError, Model, Partnership, SystemState, needed};
use crate::calendar::Date;
use crate::offers::ProductKind;
use crate::subscriptions::{FleetError, LateRenewal, settled_state};
use crate::text::{AccountName, Email, Serial, Uid};
use crate::unique::first_repetition;
use std::collections::HashMap;

/// A system of a customer, as far as the Customers page asks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CustomerSystem {
    /// The serial number.
    pub serial: Serial,
    /// The model of the device.
    pub model: Model,
    /// The life cycle state.
    pub state: SystemState,
    /// The day on which its service ends; `None` without one, as in inventory.
    pub end_date: Option<Date>,
}

/// What a host knows of a customer; [`Customer::try_new`] makes it a customer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CustomerData {
    /// The formal identifier.
    pub uid: Uid,
    /// The company's name.
    pub name: AccountName,
    /// Its partners, and what their users may do (ACC-11).
    pub partnerships: Vec<Partnership>,
    /// The last day on which one of its users signed in, where known.
    pub last_login: Option<Date>,
    /// E-mail addresses of the administrators.
    pub administrators: Vec<Email>,
    /// The systems, in the host's order.
    pub systems: Vec<CustomerSystem>,
}

/// A customer, each of whose systems is there once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Customer(CustomerData);

/// Two systems of a customer with the same serial.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the serial `{serial}` stands in the account twice; remove or correct one of the two systems")]
pub struct DuplicateSystem {
    /// The position of the second system.
    pub index: usize,
    /// The serial.
    pub serial: Serial,
}

impl DuplicateSystem {
    /// The stable code: the same that the wire form gives.
    pub const fn code(&self) -> ErrorCode {
        ErrorCode::DuplicateSerial
    }
}

/// Why an account is not a customer of the page.
#[non_exhaustive]
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CustomerError {
    /// What is known of it is not enough, or contradicts itself.
    #[error(transparent)]
    Facts(#[from] FactsError),
    /// One of its subscriptions has an event that cannot be.
    #[error(transparent)]
    Subscription(#[from] FleetError),
}

impl CustomerError {
    /// The stable code: the same that the wire form gives.
    pub const fn code(&self) -> ErrorCode {
        match self {
            Self::Facts(error) => error.code(),
            Self::Subscription(error) => error.code(),
        }
    }
}

impl Customer {
    /// Checks that every serial is there once: a system that is there twice would count twice.
    ///
    /// # Errors
    /// [`DuplicateSystem`]: the first repetition.
    pub fn try_new(data: CustomerData) -> Result<Self, DuplicateSystem> {
        match first_repetition(data.systems.iter().map(|system| &system.serial)) {
            Some((index, serial)) => Err(DuplicateSystem { index, serial: serial.clone() }),
            None => Ok(Self(data)),
        }
    }

    /// The customer that an account is on the day `on`: the service of a system ends when the system says so, else with
    /// the support subscription that the account holds for it.
    ///
    /// # Errors
    /// [`CustomerError`].
    pub fn of(mut facts: AccountFacts, on: Date) -> Result<Self, CustomerError> {
        facts.check()?;
        let mut ends = HashMap::new();
        for (index, holding) in facts.subscriptions.iter().flatten().enumerate() {
            if holding.origin.data().kind == ProductKind::Support {
                let state = settled_state(index, holding, on, LateRenewal::FromOrder)?;
                ends.insert(holding.origin.serial().clone(), state.end_date);
            }
        }
        let told: HashMap<usize, Date> = facts.service_ends.drain(..).collect();
        let system = |(index, system): (usize, &crate::account::System)| CustomerSystem {
            serial: system.serial.clone(),
            model: system.model.clone(),
            state: system.state,
            end_date: told.get(&index).copied().or_else(|| ends.get(&system.serial).copied().flatten()),
        };
        let data = CustomerData {
            uid: needed(facts.uid.take(), "uid")?,
            name: needed(facts.name.take(), "name")?,
            partnerships: facts.partnerships()?,
            last_login: facts.last_login,
            administrators: facts.administrators(),
            systems: facts.take_systems()?.iter().enumerate().map(system).collect(),
        };
        // The systems of an account are there once.
        Ok(Self(data))
    }

    /// The customer's data.
    pub const fn data(&self) -> &CustomerData {
        &self.0
    }
}
