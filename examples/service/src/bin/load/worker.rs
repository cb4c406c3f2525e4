//! A client: books, repeats, migrates, and remembers what it was told.

use crate::client::{Answer, Client};
use crate::deeds;
use crate::figures::Figures;
use crate::random::Random;
use crate::world::World;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::thread;
use std::time::{Duration, Instant};

/// What all clients were told.
#[derive(Debug, Default)]
pub(crate) struct Shared {
    /// Bookings that were acknowledged, by key: what was sent, and the first result.
    pub(crate) acknowledged: Mutex<BTreeMap<String, (Value, String)>>,
    /// How many answers said that a booking is booked.
    heard: AtomicU64,
    /// The keys of bookings that were refused.
    pub(crate) refused: Mutex<BTreeSet<String>>,
    /// The fingerprints of plans that were acknowledged as applied, with the result.
    pub(crate) applied: Mutex<BTreeMap<String, String>>,
}

impl Shared {
    /// Waits until somebody hears that a booking is booked, for some time at most.
    pub(crate) fn wait_for_acknowledgement(&self, at_most: Duration) {
        let (start, before) = (Instant::now(), self.heard.load(Ordering::Relaxed));
        while self.heard.load(Ordering::Relaxed) == before && start.elapsed() < at_most {
            thread::sleep(Duration::from_micros(50));
        }
    }
}

/// A client at work.
#[derive(Debug)]
pub(crate) struct Worker<'a> {
    number: u64,
    client: Client,
    /// The other half of a twin.
    second: Client,
    world: &'a World,
    shared: &'a Shared,
    random: Random,
    orders: Vec<String>,
    /// Keys of this client, to be sent again.
    keys: Vec<String>,
    count: u64,
    figures: Figures,
}

impl<'a> Worker<'a> {
    pub(crate) fn new(
        number: u64,
        address: &str,
        world: &'a World,
        shared: &'a Shared,
        random: Random,
    ) -> Self {
        let (client, second) = (Client::new(address), Client::new(address));
        let (orders, keys, figures) = (Vec::new(), Vec::new(), Figures::default());
        Self { number, client, second, world, shared, random, orders, keys, count: 0, figures }
    }

    /// Works until `stop`; every request is answered in the end.
    pub(crate) fn work(mut self, stop: &AtomicBool) -> Figures {
        while !stop.load(Ordering::Relaxed) {
            let done = match self.random.below(100) {
                0..78 => self.book(),
                78..86 => self.repeat(),
                86..89 => self.reuse_key(),
                89..94 => self.book_twice_at_once(),
                94..98 => self.migrate(),
                _ => self.report_systems(),
            };
            if let Err(error) = done {
                self.figures.surprises.push(format!("{error:#}"));
                break;
            }
        }
        self.figures
    }

    fn new_booking(&mut self) -> Option<(String, Value)> {
        self.count = self.count.saturating_add(1);
        let key = format!("client {} / {}", self.number, self.count);
        let booking = deeds::booking(&key, self.world, &self.orders, &mut self.random)?;
        Some((key, booking))
    }

    fn book(&mut self) -> anyhow::Result<()> {
        let Some((key, booking)) = self.new_booking() else { return Ok(()) };
        let answer = self.client.post("/bookings", &booking.to_string())?;
        self.take(&key, booking, &answer);
        Ok(())
    }

    /// Remembers what a first request for a booking was answered with.
    fn take(&mut self, key: &str, booking: Value, answer: &Answer) {
        if answer.status == 201 {
            self.shared.heard.fetch_add(1, Ordering::Relaxed);
        }
        self.figures.answered(answer);
        match answer.status {
            // After a retry the first attempt may have been the one that was booked.
            201 => self.figures.booked.add(1),
            200 if answer.retries > 0 => self.figures.booked_unheard.add(1),
            422 => {
                self.figures.refused.add(1);
                locked(&self.shared.refused).insert(key.to_owned());
                return;
            }
            _ => return self.surprise("a booking", answer),
        }
        if booking.get("type").is_some_and(|kind| kind == "order" || kind == "transfer") {
            self.orders.push(key.to_owned());
        }
        self.keys.push(key.to_owned());
        locked(&self.shared.acknowledged).insert(key.to_owned(), (booking, answer.body.clone()));
    }

    /// An acknowledged booking again: the first result.
    fn repeat(&mut self) -> anyhow::Result<()> {
        let Some((booking, first)) = self.earlier() else { return Ok(()) };
        let answer = self.client.post("/bookings", &booking.to_string())?;
        self.figures.answered(&answer);
        self.figures.repeated.add(1);
        if answer.status != 200 || answer.body != first {
            self.surprise("a repetition", &answer);
        }
        Ok(())
    }

    /// The key of an acknowledged booking for another one: refused.
    fn reuse_key(&mut self) -> anyhow::Result<()> {
        let Some((mut booking, _)) = self.earlier() else { return Ok(()) };
        if let Value::Object(fields) = &mut booking {
            fields.insert("on".to_owned(), "2023-05-17".into());
        }
        let answer = self.client.post("/bookings", &booking.to_string())?;
        self.figures.answered(&answer);
        self.figures.keys_reused.add(1);
        if answer.status != 409 || answer.code() != "key_reused" {
            self.surprise("a reused key", &answer);
        }
        Ok(())
    }

    fn earlier(&mut self) -> Option<(Value, String)> {
        let key = self.random.one_of(&self.keys)?;
        locked(&self.shared.acknowledged).get(key).cloned()
    }

    /// The same booking over two connections at once: booked once, both get the same.
    fn book_twice_at_once(&mut self) -> anyhow::Result<()> {
        let Some((key, booking)) = self.new_booking() else { return Ok(()) };
        let text = booking.to_string();
        let (one, other) = thread::scope(|scope| {
            let other = scope.spawn(|| self.second.post("/bookings", &text));
            (self.client.post("/bookings", &text), other.join())
        });
        let (one, other) = (one?, other.map_err(|_| anyhow::anyhow!("a client panicked"))??);
        self.figures.twins.add(1);
        let retried = one.retries > 0 || other.retries > 0;
        let as_expected = match (one.status.min(other.status), one.status.max(other.status)) {
            (200, 201) => one.body == other.body,
            (200, 200) => retried && one.body == other.body,
            // In between somebody else may have used up, or brought, the tokens.
            (422, 422) | (201, 422) => true,
            _ => false,
        };
        if !as_expected {
            self.surprise("one of two at once", &one);
            self.surprise("the other of two at once", &other);
        }
        // The one that was booked counts as the answer.
        let (first, second) = if other.status == 201 { (&other, &one) } else { (&one, &other) };
        let heard = if first.status == 200 && retried {
            Answer { retries: 1, ..first.clone() }
        } else {
            first.clone()
        };
        self.figures.answered(second);
        self.take(&key, booking, &heard);
        Ok(())
    }

    /// Plan, consent, apply. Others book in between, so that some plans are stale.
    fn migrate(&mut self) -> anyhow::Result<()> {
        // Half of the customers stay as they are, so that there is always something to book.
        let Some(customer) = self.random.one_of(&self.world.customers) else { return Ok(()) };
        if customer.uid.ends_with(['0', '2', '4', '6', '8']) {
            return Ok(());
        }
        let path = format!("/accounts/{}/plans", customer.uid);
        let plan = self.client.post(&path, r#"{"on": "2023-06-01"}"#)?;
        self.figures.answered(&plan);
        self.figures.plans.add(1);
        let Some(fingerprint) = plan.json().get("fingerprint").and_then(Value::as_str).map(str::to_owned)
        else {
            if plan.code() != "already_migrated" {
                self.surprise("a plan", &plan);
            }
            return Ok(());
        };
        let consent = json!({"by": customer.admin, "on": "2023-05-20"}).to_string();
        for step in ["a consent", "an application"] {
            // People take their time; bookings do not wait for them.
            thread::sleep(Duration::from_millis(self.random.below(200)));
            let answer = match step {
                "a consent" => self.client.put(&format!("/plans/{fingerprint}/consent"), &consent)?,
                _ => self.client.post(&format!("/plans/{fingerprint}/apply"), "")?,
            };
            self.figures.answered(&answer);
            match (answer.status, answer.code().as_str()) {
                (200, _) if step == "a consent" => {}
                (200 | 201, _) => {
                    self.figures.applied.add(u64::from(answer.status == 201 || answer.retries > 0));
                    locked(&self.shared.applied).insert(fingerprint.clone(), answer.body.clone());
                }
                (409, "stale_plan") => self.figures.stale.add(1),
                // Another client was faster, or the consent was to a stale plan.
                (409, "already_migrated") | (422, "consent_required") => {}
                _ => self.surprise(step, &answer),
            }
        }
        Ok(())
    }

    /// The systems as they are now: a plan made before is stale.
    fn report_systems(&mut self) -> anyhow::Result<()> {
        let Some(customer) = self.random.one_of(&self.world.customers) else { return Ok(()) };
        let path = format!("/accounts/{}", customer.uid);
        let state = self.client.get(&path)?;
        self.figures.answered(&state);
        let version = state.json().get("version").cloned().unwrap_or_default();
        let change = json!({"version": version, "systems": customer.systems(self.random.next())});
        let answer = self.client.put(&format!("{path}/systems"), &change.to_string())?;
        self.figures.answered(&answer);
        match (answer.status, answer.code().as_str()) {
            (200, _) => self.figures.reports.add(1),
            (409, "version_conflict" | "already_migrated") => self.figures.conflicts.add(1),
            _ => self.surprise("a report of systems", &answer),
        }
        Ok(())
    }

    fn surprise(&mut self, what: &str, answer: &Answer) {
        let Answer { status, body, retries, .. } = answer;
        self.figures
            .surprises
            .push(format!("{what} was answered with {status} after {retries} retries: {body}"));
    }
}

/// What a client that panicked left is as good as before.
pub(crate) fn locked<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
}
