/// Which rows have a value: one bit a row, the lowest bit of a byte first, as Arrow has it.
#[derive(Debug, Clone, Copy)]
pub struct Validity<'a> {
    bits: &'a [u8],
    offset: usize,
}

impl<'a> Validity<'a> {
    /// The bits, of which the first row's is the one at `offset`.
    pub const fn new(bits: &'a [u8], offset: usize) -> Self {
        Self { bits, offset }
    }

    /// For how many rows there are bits.
    pub(super) const fn len(&self) -> usize {
        self.bits.len().saturating_mul(8).saturating_sub(self.offset)
    }

    pub(super) fn is_valid(&self, row: usize) -> bool {
        self.eight_from(row) & 1 == 1
    }

    /// The bits of `row` and the seven after it.
    #[inline(always)]
    pub(super) fn eight_from(&self, row: usize) -> u32 {
        let bit = self.offset.saturating_add(row);
        let (byte, shift) = (bit / 8, bit % 8);
        let at = |byte: usize| u32::from(self.bits.get(byte).copied().unwrap_or_default());
        (at(byte) | at(byte.saturating_add(1)).wrapping_shl(8)).wrapping_shr(shift as u32)
    }
}
