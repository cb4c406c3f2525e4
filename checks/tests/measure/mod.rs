//! What an input costs: bytes in, bytes out, bytes allocated, the most that were held at once.

use alms_core::wire;

/// What one call came to.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Cost {
    /// The input's bytes.
    pub(crate) input: usize,
    /// The answer's bytes, or the error's.
    pub(crate) written: usize,
    /// All bytes that were allocated.
    pub(crate) allocated: u64,
    /// The most bytes that were allocated at one time.
    #[cfg_attr(test, expect(dead_code, reason = "the tests do not print it"))]
    pub(crate) held: u64,
}

/// How many times as much an input of eight times the size may allocate and write.
pub(crate) const TIMES_MAX: u64 = 9;

/// What is read once a program, and constants: too small to say how anything grows.
const NEGLIGIBLE: u64 = 4_096;

impl Cost {
    /// Of one call, without what it reads once for all calls.
    pub(crate) fn of(op: &str, input: &str) -> Self {
        let mut written = 0;
        let counted = allocation_counter::measure(|| {
            written = wire::call(op, input).unwrap_or_else(|error| error.to_json()).len();
        });
        Self { input: input.len(), written, allocated: counted.bytes_total, held: counted.bytes_max }
    }

    /// What grows too fast from `self` to an input of eight times the size; nothing if all is well.
    pub(crate) fn complaint(&self, larger: &Cost) -> Option<String> {
        let written = |cost: &Cost| u64::try_from(cost.written).unwrap_or(u64::MAX);
        let kinds =
            [("allocated", self.allocated, larger.allocated), ("written", written(self), written(larger))];
        let (kind, before, after) = kinds.into_iter().find(|(_, before, after)| {
            *after > before.saturating_mul(TIMES_MAX).saturating_add(NEGLIGIBLE)
        })?;
        let (smaller, larger) = (self.input, larger.input);
        Some(format!(
            "{before} bytes {kind} of {smaller}, {after} of {larger}: more than {TIMES_MAX} times as many"
        ))
    }
}
