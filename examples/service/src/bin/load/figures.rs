//! What was done, and how fast.

use crate::client::Answer;
use std::time::Duration;

/// A count.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Count(u64);

impl Count {
    pub(crate) const fn add(&mut self, more: u64) {
        self.0 = self.0.saturating_add(more);
    }
}

impl std::fmt::Display for Count {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let digits = self.0.to_string();
        let mut text = String::new();
        for (index, digit) in digits.chars().enumerate() {
            if index > 0 && digits.len().saturating_sub(index).is_multiple_of(3) {
                text.push(',');
            }
            text.push(digit);
        }
        f.pad(&text)
    }
}

/// The figures of a run.
#[derive(Debug, Default)]
pub(crate) struct Figures {
    pub(crate) requests: Count,
    /// Requests that had to be sent again, as the service was away.
    pub(crate) retried: Count,
    pub(crate) booked: Count,
    /// Booked, but the service was killed before it said so: the retry was told.
    pub(crate) booked_unheard: Count,
    pub(crate) refused: Count,
    pub(crate) repeated: Count,
    pub(crate) keys_reused: Count,
    pub(crate) twins: Count,
    pub(crate) plans: Count,
    pub(crate) applied: Count,
    pub(crate) stale: Count,
    pub(crate) reports: Count,
    pub(crate) conflicts: Count,
    pub(crate) answers_5xx: u64,
    pub(crate) surprises: Vec<String>,
    times: Vec<Duration>,
}

impl Figures {
    pub(crate) fn answered(&mut self, answer: &Answer) {
        self.requests.add(1);
        self.retried.add(u64::from(answer.retries > 0));
        self.answers_5xx = self.answers_5xx.saturating_add(u64::from(answer.status >= 500));
        self.times.push(answer.time);
    }

    pub(crate) fn add(&mut self, other: Self) {
        for (sum, more) in [
            (&mut self.requests, other.requests),
            (&mut self.retried, other.retried),
            (&mut self.booked, other.booked),
            (&mut self.booked_unheard, other.booked_unheard),
            (&mut self.refused, other.refused),
            (&mut self.repeated, other.repeated),
            (&mut self.keys_reused, other.keys_reused),
            (&mut self.twins, other.twins),
            (&mut self.plans, other.plans),
            (&mut self.applied, other.applied),
            (&mut self.stale, other.stale),
            (&mut self.reports, other.reports),
            (&mut self.conflicts, other.conflicts),
        ] {
            sum.add(more.0);
        }
        self.answers_5xx = self.answers_5xx.saturating_add(other.answers_5xx);
        self.surprises.extend(other.surprises);
        self.times.extend(other.times);
    }

    pub(crate) fn print(&self, time: Duration) {
        let mut times = self.times.clone();
        times.sort_unstable();
        let part = |percent: usize| {
            let index = times.len().saturating_mul(percent).checked_div(100).unwrap_or_default();
            times.get(index).or(times.last()).copied().unwrap_or_default().as_micros()
        };
        let per_second = u128::from(self.requests.0).saturating_mul(1_000).checked_div(time.as_millis());
        println!(
            "  requests       {} in {} s, {} per second",
            self.requests,
            time.as_secs(),
            per_second.unwrap_or_default()
        );
        println!(
            "  times          half within {} us, 99 of 100 within {} us, {} us at most",
            part(50),
            part(99),
            part(100)
        );
        println!(
            "  booked         {}, and {} of which only the retry heard",
            self.booked, self.booked_unheard
        );
        println!("  refused        {} by a rule, {} for a reused key", self.refused, self.keys_reused);
        println!("  repeated       {} later, {} twice at once", self.repeated, self.twins);
        println!("  retried        {} as the service was away", self.retried);
        println!(
            "  migration      {} plans, {} times answered as applied, {} refused as stale",
            self.plans, self.applied, self.stale
        );
        println!("  systems        {} reports, {} refused for an old version", self.reports, self.conflicts);
        println!("  5xx            {}", self.answers_5xx);
    }
}
