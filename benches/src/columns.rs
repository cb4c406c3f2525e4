//! A fleet in columns, and the floor under planning it: reading the inputs and writing the outputs.

use alms_core::migration::columns::{AccountSlices, Accounts, Days, Integers, NO_DAY, SystemSlices, Systems};

/// A fleet in accounts of 1 to 500 systems, each account's rows following each other.
pub struct ColumnFleet {
    states: Vec<u8>,
    last_communication: Vec<i32>,
    support_end: Vec<i32>,
    tokens: Vec<i64>,
    /// Where the rows of each account end.
    pub ends: Vec<usize>,
    /// The key of each row's account.
    pub keys: Vec<i64>,
}

/// 2023-03-25, the migration date.
pub const MIGRATION_DAY: i32 = 19_441;

impl ColumnFleet {
    /// So many systems.
    pub fn new(rows: usize) -> Self {
        let mut random = Random(0x9e37_79b9_7f4a_7c15);
        let mut fleet = Self {
            states: Vec::with_capacity(rows),
            last_communication: Vec::with_capacity(rows),
            support_end: Vec::with_capacity(rows),
            tokens: Vec::new(),
            ends: Vec::new(),
            keys: Vec::with_capacity(rows),
        };
        while fleet.states.len() < rows {
            let left = rows.saturating_sub(fleet.states.len());
            let systems = (random.below(500) as usize).saturating_add(1).min(left);
            let key = fleet.tokens.len() as i64;
            for _ in 0..systems {
                fleet.push(key, &mut random);
            }
            fleet.tokens.push(i64::from(random.below(20)).saturating_mul(systems as i64));
            fleet.ends.push(fleet.states.len());
        }
        fleet
    }

    fn push(&mut self, key: i64, random: &mut Random) {
        // Mostly active and without support; every other fate now and then, in no order.
        let state = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 2, 2, 3];
        let state = state.get(random.below(20) as usize).copied().unwrap_or_default();
        let day = |before: u32, span: u32, random: &mut Random| {
            MIGRATION_DAY
                .saturating_sub(before.cast_signed())
                .saturating_add(random.below(span).cast_signed())
        };
        let last = if random.below(20) == 0 { NO_DAY } else { day(500, 500, random) };
        let support = if random.below(10) < 7 { NO_DAY } else { day(300, 1_500, random) };
        self.states.push(state);
        self.last_communication.push(last);
        self.support_end.push(support);
        self.keys.push(key);
    }

    /// The same systems in another order: no two neighbours are of one account, but by chance.
    pub fn shuffle(&mut self) {
        let mut random = Random(0x0bad_5eed);
        for row in (1..self.states.len()).rev() {
            let other = random.below((row as u32).saturating_add(1)) as usize;
            self.states.swap(row, other);
            self.last_communication.swap(row, other);
            self.support_end.swap(row, other);
            self.keys.swap(row, other);
        }
    }

    /// The columns of the systems.
    pub fn systems(&self) -> Systems<'_> {
        Systems {
            states: &self.states,
            last_communication: Days::new(&self.last_communication),
            support_end: Days::new(&self.support_end),
            models: None,
            repeats: None,
        }
    }

    /// The columns of the accounts.
    pub fn accounts(&self) -> Accounts<'_> {
        Accounts { tokens: Integers::new(&self.tokens), on: None }
    }

    /// How many systems there are.
    pub fn rows(&self) -> usize {
        self.states.len()
    }

    /// How many accounts there are.
    pub fn accounts_len(&self) -> usize {
        self.tokens.len()
    }

    /// The floor: reads every input and writes every output, block by block, and decides nothing.
    pub fn floor(&self, mut systems: SystemSlices<'_>, accounts: AccountSlices<'_>) {
        const BLOCK: usize = 1024;
        let (mut from, mut all) = (0, 0);
        while from < self.states.len() {
            let to = self.states.len().min(from.saturating_add(BLOCK));
            let read = sum_bytes(self.states.get(from..to).unwrap_or_default())
                ^ sum(self.last_communication.get(from..to).unwrap_or_default())
                ^ sum(self.support_end.get(from..to).unwrap_or_default());
            let out = systems.rows(from, to);
            out.outcome.fill(read as u8);
            out.reason.fill((read >> 8) as u8);
            out.end_date.fill(read);
            out.tokens.fill(!read);
            (from, all) = (to, all ^ read);
        }
        accounts.opening.copy_from_slice(&self.tokens);
        fill_others(accounts, all);
    }
}

/// Writes every column of the accounts but the opening stock.
fn fill_others(accounts: AccountSlices<'_>, value: i32) {
    // All by name: a column that is new cannot be forgotten.
    let AccountSlices {
        error,
        on,
        opening: _,
        written_off,
        complete,
        basic,
        pro_rata,
        unallocated,
        overgranted,
        shortfall,
        months_numerator,
        granted_months,
        granted_days,
        basic_end_date,
        deleted,
        inventory,
        airlink_complete,
        airlink_basic,
    } = accounts;
    error.fill(value as u8);
    for column in [on, granted_months, granted_days, basic_end_date] {
        column.fill(value);
    }
    for column in
        [written_off, complete, basic, pro_rata, unallocated, overgranted, shortfall, months_numerator]
    {
        column.fill(value.into());
    }
    for column in [deleted, inventory, airlink_complete, airlink_basic] {
        column.fill(value.cast_unsigned());
    }
}

fn sum(values: &[i32]) -> i32 {
    values.iter().copied().fold(0, i32::wrapping_add)
}

fn sum_bytes(values: &[u8]) -> i32 {
    i32::from(values.iter().copied().fold(0, u8::wrapping_add))
}

/// Numbers in no order, the same in every run.
struct Random(u64);

impl Random {
    const fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    /// 0 to `end` − 1.
    const fn below(&mut self, end: u32) -> u32 {
        (((self.next() >> 32).wrapping_mul(end as u64)) >> 32) as u32
    }
}
