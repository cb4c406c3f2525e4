//! Exit codes: the same for every program here, and for `python -m alms`.

use std::io;

/// The input is refused.
pub(crate) const REFUSED: u8 = 1;
/// Reading or writing failed; 2 is that the command line is wrong, as clap says it.
pub(crate) const FAILED: u8 = 3;

/// The code for what the operating system says, or a reader in its form.
pub(crate) fn of_io(error: &io::Error) -> u8 {
    match error.kind() {
        // The reader has seen enough, as `head` has.
        io::ErrorKind::BrokenPipe => 0,
        // It was read, and is not the text that it should be.
        io::ErrorKind::InvalidData => REFUSED,
        _ => FAILED,
    }
}
