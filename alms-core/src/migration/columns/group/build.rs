//! Rows one after the other become runs, until an account comes back.

use super::{Layout, Run};

/// The layout of the rows so far.
pub(super) struct Builder {
    runs: Vec<Run>,
    /// The account of every row, once an account came back.
    codes: Option<Vec<u32>>,
    /// The accounts that had rows.
    seen: Vec<bool>,
    rows: usize,
    /// How many rows there will be, at least.
    rows_min: usize,
    in_order: bool,
    /// The last account that had rows, and is one.
    last: Option<u32>,
}

impl Builder {
    /// For so many accounts; there will be at least `rows_min` rows.
    pub(super) fn new(accounts: usize, rows_min: usize) -> Self {
        Self {
            runs: Vec::new(),
            codes: None,
            seen: vec![false; accounts],
            rows: 0,
            rows_min,
            in_order: true,
            last: None,
        }
    }

    pub(super) const fn accounts(&self) -> usize {
        self.seen.len()
    }

    pub(super) const fn rows(&self) -> usize {
        self.rows
    }

    /// The next `rows` rows are of this account.
    #[inline]
    pub(super) fn push(&mut self, account: u32, rows: usize) {
        if rows == 0 {
            return;
        }
        self.rows = self.rows.saturating_add(rows);
        match &mut self.codes {
            Some(codes) if rows == 1 => codes.push(account),
            Some(codes) => codes.extend(std::iter::repeat_n(account, rows)),
            None => self.push_run(account, rows),
        }
    }

    /// The next rows are of these accounts, so many of each.
    pub(super) fn push_all(&mut self, accounts: &[u32], rows: &[usize]) {
        match &mut self.codes {
            Some(codes) if rows.iter().all(|rows| *rows == 1) => {
                codes.extend_from_slice(accounts);
                self.rows = self.rows.saturating_add(accounts.len());
            }
            _ => accounts.iter().zip(rows).for_each(|(account, rows)| self.push(*account, *rows)),
        }
    }

    fn push_run(&mut self, account: u32, rows: usize) {
        if let Some(run) = self.runs.last_mut().filter(|run| run.account == account) {
            run.end = self.rows;
            return;
        }
        match self.seen.get_mut(account as usize) {
            Some(true) => return self.scatter(account, rows),
            Some(seen) => {
                *seen = true;
                self.in_order &= self.last.is_none_or(|last| last < account);
                self.last = Some(account);
            }
            // Rows of no account.
            None => {}
        }
        self.runs.push(Run { account, end: self.rows });
    }

    /// The account came back: from here on it is every row that says its account.
    #[cold]
    fn scatter(&mut self, account: u32, rows: usize) {
        let mut codes = Vec::with_capacity(self.rows_min.max(self.rows));
        for Run { account, end } in std::mem::take(&mut self.runs) {
            codes.resize(end, account);
        }
        codes.extend(std::iter::repeat_n(account, rows));
        self.codes = Some(codes);
    }

    pub(super) fn layout(self) -> Layout {
        match self.codes {
            Some(codes) => Layout::Scattered(codes),
            None => {
                let without = (0..).zip(&self.seen).filter(|(_, seen)| !**seen).map(|(account, _)| account);
                Layout::Adjacent { runs: self.runs, without_rows: without.collect(), in_order: self.in_order }
            }
        }
    }
}
