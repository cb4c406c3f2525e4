//! JSON texts that are nearly right: each is read, or refused in the words, as serde_json has it.
#![expect(clippy::unwrap_used, reason = "a test fails loudly")]

use std::fs;
use std::path::Path;

/// What JSON is made of, and what it is not.
const BYTES: &[u8] = b"{}[]\",:\\/ \n\tabtrufn01239.-+eEuDdC8\x00\x1f\x7f\xc3\xa9";

/// The next of a row of numbers that looks random and is the same each time.
fn next(state: &mut u64) -> usize {
    *state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
    usize::try_from(*state >> 33).unwrap()
}

#[test]
fn nearly_right_texts_are_judged_as_serde_json_judges_them() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../fuzz/corpus/json");
    let seeds: Vec<Vec<u8>> =
        fs::read_dir(folder).unwrap().map(|entry| fs::read(entry.unwrap().path()).unwrap()).collect();
    let mut state = 7;
    for _ in 0..100_000 {
        let mut text = seeds[next(&mut state) % seeds.len()].clone();
        for _ in 0..=next(&mut state) % 3 {
            let (at, byte) = (next(&mut state) % text.len(), BYTES[next(&mut state) % BYTES.len()]);
            match next(&mut state) % 3 {
                0 => text[at] = byte,
                1 => text.insert(at, byte),
                _ if text.len() > 1 => drop(text.remove(at)),
                _ => {}
            }
        }
        alms_checks::json::check(&text);
    }
}
