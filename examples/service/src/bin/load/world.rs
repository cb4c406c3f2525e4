//! The accounts that the clients work with.

use crate::client::Client;
use crate::service::Service;
use anyhow::{Result, ensure};
use serde_json::{Value, json};

const PARTNERS: u64 = 4;
const CUSTOMERS: u64 = 120;

/// A partner's or a customer's account.
#[derive(Debug)]
pub(crate) struct Party {
    pub(crate) uid: String,
    pub(crate) name: String,
    pub(crate) admin: String,
    pub(crate) kind: &'static str,
    pub(crate) partners: Vec<String>,
    pub(crate) opening: i64,
}

/// All accounts.
#[derive(Debug)]
pub(crate) struct World {
    pub(crate) partners: Vec<Party>,
    pub(crate) customers: Vec<Party>,
}

impl World {
    pub(crate) fn new() -> Self {
        let partner = |number: u64| Party {
            uid: format!("p{number}"),
            name: format!("Partner {number}"),
            admin: format!("ann@p{number}.example"),
            kind: "reseller",
            partners: vec![],
            opening: 120,
        };
        let customer = |number: u64| {
            let (first, second) = (number.wrapping_rem(PARTNERS), number.wrapping_rem(3));
            let mut partners = vec![format!("p{first}"), format!("p{second}")];
            partners.dedup();
            Party {
                uid: format!("c{number}"),
                name: format!("Customer {number}"),
                admin: format!("bob@c{number}.example"),
                // They record their use and consume nothing.
                kind: if number.wrapping_rem(10) == 9 { "free_tier" } else { "customer" },
                partners,
                opening: 50_i64.saturating_sub(i64::try_from(number).unwrap_or_default()),
            }
        };
        Self {
            partners: (0..PARTNERS).map(partner).collect(),
            customers: (0..CUSTOMERS).map(customer).collect(),
        }
    }

    /// Creates the accounts in the service, which has to be empty.
    pub(crate) fn create(&self, service: &Service) -> Result<()> {
        let client = Client::new(&service.address());
        let health = client.get("/health")?;
        ensure!(
            health.body == r#"{"accounts":0,"bookings":0}"#,
            "the database is not empty: {}",
            health.body
        );
        for party in self.all() {
            let answer = client.post("/accounts", &party.document().to_string())?;
            ensure!(answer.status == 201, "{} was not created: {}", party.uid, answer.body);
        }
        Ok(())
    }

    pub(crate) fn all(&self) -> impl Iterator<Item = &Party> {
        self.partners.iter().chain(&self.customers)
    }
}

impl Party {
    fn document(&self) -> Value {
        let Self { uid, name, admin, kind, partners, opening } = self;
        json!({"uid": uid, "name": name, "instance": "na", "format": "legacy", "kind": kind, "tokens": opening,
            "administrators": [admin], "partners": partners, "systems": self.systems(0)})
    }

    /// Some systems; how far they have come tells one report from the next.
    pub(crate) fn systems(&self, report: u64) -> Vec<Value> {
        let system = |number: u64| {
            let (serial, day) = (format!("{}-{number}", self.uid), report.wrapping_rem(28).saturating_add(1));
            json!({"serial": serial, "model": "RV55", "state": "active", "last_communication": format!("2023-05-{day:02}")})
        };
        (0..3).map(system).collect()
    }
}
