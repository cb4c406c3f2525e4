//! Whatever an input says, what it allocates and writes grows with its bytes. The large sizes are measured, with their times,
//! by `cargo xtask bench bounded`.
#![expect(clippy::arithmetic_side_effects, reason = "tests may overflow, and then fail")]

mod measure;

use alms_checks::worst::{self, Worst};
use alms_core::wire;
use measure::Cost;

/// So many times smaller than the largest size are the larger inputs here, which leaves a test of a second or two.
const SMALLER: usize = 10;

fn complaint(op: &str, about: &str, input: impl Fn(usize) -> String, largest: usize) -> Option<String> {
    let size = (largest / 8).max(1);
    let complaint = Cost::of(op, &input(size)).complaint(&Cost::of(op, &input(size * 8)));
    complaint.map(|complaint| format!("{op}, {about}: {complaint}"))
}

#[test]
fn every_operation_has_a_worst_input() {
    for operation in wire::operations() {
        assert!(!worst::of(operation.name).is_empty(), "{}: add its worst inputs to `worst`", operation.name);
    }
}

#[test]
fn every_worst_input_is_of_an_operation() {
    for Worst { op, .. } in worst::all() {
        assert!(wire::operations().iter().any(|operation| operation.name == op), "{op} is not an operation");
    }
}

#[test]
fn eight_times_the_input_costs_nine_times_as_much_at_most() {
    let of_input = |worst: Worst| complaint(worst.op, worst.about, worst.input, worst.largest / SMALLER);
    let complaints: Vec<String> = worst::all().filter_map(of_input).collect();
    assert!(complaints.is_empty(), "{complaints:#?}");
}

#[test]
fn what_is_no_request_costs_no_more() {
    let complaints: Vec<String> = wire::operations()
        .iter()
        .flat_map(|operation| {
            worst::MALFORMED
                .iter()
                .filter_map(|(about, input)| complaint(operation.name, about, input, 4_000))
        })
        .collect();
    assert!(complaints.is_empty(), "{complaints:#?}");
}
