//! What is wrong when the database refuses.

/// What an error of the database means to those who wait for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Trouble {
    /// Somebody else holds what is needed, or nobody answers: it passes.
    Busy,
    /// The disk is full or fails, or there is no memory: it passes once there is room.
    NoRoom,
    /// Something that should not be.
    Fault,
}

impl Trouble {
    pub(crate) fn of(error: &sqlx::Error) -> Self {
        match error {
            sqlx::Error::Io(_)
            | sqlx::Error::PoolTimedOut
            | sqlx::Error::PoolClosed
            | sqlx::Error::WorkerCrashed => Self::Busy,
            sqlx::Error::Database(error) => {
                error.code().map_or(Self::Fault, |code| Self::of_code(code.as_ref()))
            }
            _ => Self::Fault,
        }
    }

    fn of_code(code: &str) -> Self {
        // PostgreSQL: five characters, of which the first two are a class; SQLite: a number.
        if let (5, Some((class, _))) = (code.len(), code.split_at_checked(2)) {
            return match class {
                // Connections, deadlocks, locks, shutdown.
                "08" | "40" | "55" | "57" => Self::Busy,
                // Disk full, memory, too many connections; failures of files.
                "53" | "58" => Self::NoRoom,
                _ => Self::Fault,
            };
        }
        // The low byte is the kind, what is above it the reason.
        match code.parse::<u32>().map(|code| code & 0xFF) {
            // Busy, locked, no file to open, somebody else's lock.
            Ok(5 | 6 | 14 | 15) => Self::Busy,
            // No memory, not to be written, input or output, full.
            Ok(7 | 8 | 10 | 13) => Self::NoRoom,
            _ => Self::Fault,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Trouble::{self, Busy, Fault, NoRoom};

    #[test]
    fn full_failing_and_short_of_memory_pass() {
        for (code, trouble) in [
            ("5", Busy),
            ("261", Busy),
            ("517", Busy),
            ("6", Busy),
            ("14", Busy),
            ("13", NoRoom),
            ("10", NoRoom),
            ("778", NoRoom),
            ("3850", NoRoom),
            ("7", NoRoom),
            ("8", NoRoom),
            ("1", Fault),
            ("2067", Fault),
            ("11", Fault),
            ("53100", NoRoom),
            ("53300", NoRoom),
            ("58030", NoRoom),
            ("55P03", Busy),
            ("57014", Busy),
            ("40P01", Busy),
            ("23505", Fault),
            ("42P01", Fault),
            ("\u{e9}\u{e9}1", Fault),
            ("", Fault),
        ] {
            assert_eq!(Trouble::of_code(code), trouble, "{code}");
        }
    }
}
