//! What bookings add up to, by sums that know nothing of the library.

use crate::world::World;
use serde_json::Value;
use std::collections::BTreeMap;

const PACK: i64 = 12;

/// Balances, by a booking after the other.
#[derive(Debug, Default)]
pub(crate) struct Books {
    pub(crate) balances: BTreeMap<String, i64>,
    /// How many bookings moved the stock of an account.
    pub(crate) moved: BTreeMap<String, u64>,
    /// Whether an account's use is taken from its stock.
    consumes: BTreeMap<String, bool>,
    by_name: BTreeMap<String, String>,
    /// Orders and transfers: who gains, who loses, how many packs they have now.
    orders: BTreeMap<String, (String, Option<String>, i64)>,
}

impl Books {
    pub(crate) fn open(world: &World) -> Self {
        let mut books = Self::default();
        for party in world.all() {
            books.balances.insert(party.uid.clone(), party.opening);
            books.consumes.insert(party.uid.clone(), party.kind == "customer");
            books.by_name.insert(party.name.clone(), party.uid.clone());
        }
        books
    }

    /// Adds a stored booking; `None` for one that should not be there.
    pub(crate) fn add(&mut self, booking: &Value) -> Option<()> {
        let text = |field: &str| booking.get(field).and_then(Value::as_str).map(str::to_owned);
        let number = |field: &str| booking.get(field).and_then(Value::as_i64);
        let key = text("key")?;
        let before = self.balances.clone();
        match text("type")?.as_str() {
            "order" => {
                let by_name = text("customer_name").and_then(|name| self.by_name.get(&name).cloned());
                let buyer = text("customer_uid").or(by_name).or_else(|| text("partner"))?;
                self.enter(key, buyer, None, number("packs")?)?;
            }
            "transfer" => self.enter(key, text("customer")?, Some(text("partner")?), number("packs")?)?,
            "edit" => self.amend(&text("target")?, number("packs")?)?,
            "delete" => self.amend(&text("target")?, 0)?,
            "credit_note" => {
                self.gain(&text("customer")?, number("tokens")?)?;
                self.gain(&text("partner")?, number("tokens")?.checked_neg()?)?;
            }
            "debit_note" => {
                self.gain(&text("partner")?, number("tokens")?)?;
                self.gain(&text("customer")?, number("tokens")?.checked_neg()?)?;
            }
            "grant" => self.gain(&text("account")?, number("tokens")?)?,
            "registration" => self.gain(&text("account")?, PACK)?,
            "consumption" => {
                let account = text("account")?;
                if *self.consumes.get(&account)? {
                    self.gain(&account, number("peak")?.checked_neg()?)?;
                }
            }
            _ => return None,
        }
        for (uid, balance) in &self.balances {
            if before.get(uid) != Some(balance) {
                let moved = self.moved.entry(uid.clone()).or_default();
                *moved = moved.saturating_add(1);
            }
        }
        Some(())
    }

    fn enter(&mut self, key: String, gains: String, loses: Option<String>, packs: i64) -> Option<()> {
        self.orders.insert(key.clone(), (gains, loses, 0));
        self.amend(&key, packs)
    }

    fn amend(&mut self, key: &str, packs: i64) -> Option<()> {
        let (gains, loses, old) = self.orders.get_mut(key)?;
        let more = packs.checked_sub(*old)?.checked_mul(PACK)?;
        *old = packs;
        let (gains, loses) = (gains.clone(), loses.clone());
        self.gain(&gains, more)?;
        match loses {
            Some(loses) => self.gain(&loses, more.checked_neg()?),
            None => Some(()),
        }
    }

    fn gain(&mut self, uid: &str, tokens: i64) -> Option<()> {
        let balance = self.balances.get_mut(uid)?;
        *balance = balance.checked_add(tokens)?;
        Some(())
    }
}
