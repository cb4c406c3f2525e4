//! The native module `alms._alms` under the Python package `alms`.
//!
//! It moves values between Python and [`alms_core`] and nothing else: what a person sees, the error classes
//! included, is written in Python (`python/alms/`). Native are the values of which there are millions: systems,
//! and what a plan says about each of them.
#![forbid(unsafe_code)]

mod account;
mod convert;
mod error;
mod fleet;
mod json;
mod names;
mod plan;
mod protocol;
mod rows;
mod system;
mod tables;

/// Large results take fresh memory from the system each time otherwise, and its pages cost more than what is computed.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// The native half of the Python package `alms`.
#[pyo3::pymodule(gil_used = false)]
mod _alms {
    use alms_core::wire;
    use pyo3::prelude::*;

    #[pymodule_export]
    use crate::account::{Account, Systems};
    #[pymodule_export]
    use crate::fleet::FleetCsv;
    #[pymodule_export]
    use crate::plan::{PlanHandle, PlannedSystem, PlannedSystems};
    #[pymodule_export]
    use crate::system::System;
    #[pymodule_export]
    use crate::tables::{Table, plan_fleet};

    /// Runs the operation `op` on the JSON document `input`; raises `alms.AlmsError`.
    ///
    /// The interpreter lock is free while the rules are computed, so threads run side by side.
    #[pyfunction]
    fn call_json(py: Python<'_>, op: &str, input: &str) -> PyResult<String> {
        py.detach(|| wire::call(op, input)).map_err(|error| crate::error::raise(py, op, &error))
    }

    /// Every operation as name, summary, input schema and output schema (the schemas as JSON texts).
    #[pyfunction]
    fn operations() -> Vec<(&'static str, &'static str, &'static str, &'static str)> {
        wire::operations()
            .iter()
            .map(|operation| {
                (operation.name, operation.summary, operation.input_schema, operation.output_schema)
            })
            .collect()
    }

    #[pymodule_export]
    #[expect(non_upper_case_globals, reason = "the name that Python knows")]
    const __version__: &str = env!("CARGO_PKG_VERSION");
}
