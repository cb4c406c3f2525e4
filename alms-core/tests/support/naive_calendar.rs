//! Civil dates the obvious way: a (year, month, day) triple that walks month by month and day by day.
//!
//! It is slow on purpose. The library uses a date crate and divisions; this module shares neither, so
//! that a mistake in one of the two cannot hide in the other.

/// A day of the Gregorian calendar. The field order makes the derived order the order in time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Day {
    pub year: i64,
    pub month: i64,
    pub day: i64,
}

/// The first day that the wire form takes.
pub const FIRST: Day = Day { year: 1900, month: 1, day: 1 };
/// The last day that the wire form takes.
pub const LAST: Day = Day { year: 9999, month: 12, day: 31 };

/// The length of a month, from the rhyme.
pub fn days_in_month(year: i64, month: i64) -> i64 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if is_leap(year) => 29,
        2 => 28,
        _ => 31,
    }
}

/// Every fourth year, but not the centuries, but every fourth century.
pub fn is_leap(year: i64) -> bool {
    if year % 400 == 0 {
        true
    } else if year % 100 == 0 {
        false
    } else {
        year % 4 == 0
    }
}

impl Day {
    /// Reads `YYYY-MM-DD`.
    pub fn parse(text: &str) -> Day {
        let parts: Vec<i64> = text.split('-').map(|part| part.parse().expect("a number")).collect();
        Day { year: parts[0], month: parts[1], day: parts[2] }
    }

    /// Writes `YYYY-MM-DD`.
    pub fn text(self) -> String {
        format!("{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }

    /// Whether the wire form can carry this day.
    pub fn in_range(self) -> bool {
        FIRST <= self && self <= LAST
    }

    /// The nearest day that the wire form can carry.
    pub fn into_range(self) -> Day {
        self.clamp(FIRST, LAST)
    }

    /// The last day of this day's month.
    pub fn month_end(self) -> Day {
        Day { day: days_in_month(self.year, self.month), ..self }
    }

    /// The day after.
    pub fn next(self) -> Day {
        if self.day < days_in_month(self.year, self.month) {
            Day { day: self.day + 1, ..self }
        } else if self.month < 12 {
            Day { month: self.month + 1, day: 1, ..self }
        } else {
            Day { year: self.year + 1, month: 1, day: 1 }
        }
    }

    /// The day before.
    pub fn previous(self) -> Day {
        if self.day > 1 {
            Day { day: self.day - 1, ..self }
        } else if self.month > 1 {
            Day { month: self.month - 1, ..self }.month_end()
        } else {
            Day { year: self.year - 1, month: 12, day: 31 }
        }
    }

    /// `count` days on, or back when negative.
    pub fn add_days(self, count: i64) -> Day {
        let mut day = self;
        for _ in 0..count.max(0) {
            day = day.next();
        }
        for _ in 0..(-count).max(0) {
            day = day.previous();
        }
        day
    }

    /// This day of the month `count` months on (back when negative), or that month's last day where
    /// it is shorter.
    ///
    /// The walk gives up a good way outside the range of the wire form: where exactly does not
    /// matter, the answer is out of range either way.
    pub fn add_months(self, count: i128) -> Day {
        let (mut year, mut month, mut left) = (self.year, self.month, count);
        while left > 0 && year < 10_010 {
            month += 1;
            if month == 13 {
                (year, month) = (year + 1, 1);
            }
            left -= 1;
        }
        while left < 0 && year > 1_890 {
            month -= 1;
            if month == 0 {
                (year, month) = (year - 1, 12);
            }
            left += 1;
        }
        Day { year, month, day: self.day.min(days_in_month(year, month)) }
    }

    /// How many days later `end` is; `end` is not before this day.
    pub fn days_until(self, end: Day) -> i64 {
        let (mut day, mut count) = (self, 0);
        while day < end {
            day = day.next();
            count += 1;
        }
        count
    }

    /// How many times the month changes on the way to `end`, which is not before this day.
    pub fn month_changes_until(self, end: Day) -> i64 {
        let (mut year, mut month, mut count) = (self.year, self.month, 0);
        while (year, month) < (end.year, end.month) {
            month += 1;
            if month == 13 {
                (year, month) = (year + 1, 1);
            }
            count += 1;
        }
        count
    }
}
