//! Random calls: inputs of the conformance vectors, changed here and there.

use alms_core::wire;
use arbitrary::{Result, Unstructured};
use serde::Serialize;

use crate::{answer, mutation, seldom, vectors};

/// A call with its answer: a line for the other runtimes to repeat.
#[derive(Debug, Serialize)]
pub struct Call {
    /// The operation.
    pub op: String,
    /// The input document.
    pub input: String,
    /// The output document, or the error's.
    pub output: String,
}

/// Makes a call of any bytes, and checks its answer.
pub fn check(bytes: &[u8]) {
    if let Ok((op, input)) = call(&mut Unstructured::new(bytes)) {
        answer::check(&op, &input);
    }
}

/// `count` calls with their answers, the same for the same `seed`.
pub fn random(count: u64, seed: u64) -> impl Iterator<Item = Call> {
    let mut state = seed;
    (0..count).filter_map(move |_| {
        let bytes: Vec<u8> = (0..32).flat_map(|_| split_mix(&mut state).to_le_bytes()).collect();
        let (op, input) = call(&mut Unstructured::new(&bytes)).ok()?;
        let output = answer::check(&op, &input);
        Some(Call { op, input, output })
    })
}

/// An operation and an input of it: a vector's, changed in up to four places.
fn call(choices: &mut Unstructured<'_>) -> Result<(String, String)> {
    let vectors = vectors::all();
    let (op, inputs) = choices.choose(&vectors.calls)?;
    let (mut op, mut input) = (op.as_str(), choices.choose(inputs)?.clone());
    for _ in 0..choices.int_in_range(0..=4)? {
        mutation::apply(&mut input, vectors, choices)?;
    }
    if seldom(choices, 50)? {
        op = choices.choose(wire::operations())?.name;
    }
    Ok((op.to_owned(), input.to_string()))
}

/// SplitMix64: numbers that look like chance, from a count.
fn split_mix(state: &mut u64) -> u64 {
    *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let mixed = (*state ^ (*state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ (mixed >> 31)
}

#[cfg(test)]
mod tests {
    use super::random;
    use alms_core::wire;
    use std::collections::BTreeSet;

    #[test]
    fn every_operation_is_answered_and_refused() {
        let (mut answered, mut refused) = (BTreeSet::new(), BTreeSet::new());
        for call in random(20_000, 1) {
            let known = wire::operations().iter().find(|known| known.name == call.op);
            let Some(known) = known else { continue };
            if call.output.starts_with(r#"{"code":"#) { &mut refused } else { &mut answered }
                .insert(known.name);
        }
        for operation in wire::operations() {
            assert!(answered.contains(operation.name), "never answered: {}", operation.name);
            assert!(refused.contains(operation.name), "never refused: {}", operation.name);
        }
    }
}
