//! The plan of a migration: `alms.PlannedSystem`, the view of a plan's systems, and what the rest is read from.

use crate::account::Account;
use crate::convert::{
    Refusal, optional, read_count, read_date, read_json, read_name, read_number, read_text, read_texts,
    write_date,
};
use crate::error::raise;
use crate::names::Name as _;
use crate::rows::{Rows, sequence};
use crate::{json, protocol};
use alms_core::migration::{self, Draft, Fingerprint, Plan, PlanError};
use alms_core::rule::{Grounds, RuleId};
use alms_core::tokens::Tokens;
use alms_core::wire;
use pyo3::prelude::*;
use pyo3::types::{PyDate, PyDict, PyTuple};
use std::sync::{Arc, OnceLock};

const OP: &str = "migration.plan";

/// The draft of a plan, with the account that it was made of for as long as nobody has asked for its fingerprint.
struct Planned {
    draft: Draft,
    account: Option<Arc<alms_core::account::Account>>,
    fingerprint: OnceLock<Fingerprint>,
}

impl Planned {
    fn fingerprint(&self) -> Option<Fingerprint> {
        match self.fingerprint.get() {
            Some(fingerprint) => Some(*fingerprint),
            None => self.account.as_ref().map(|account| {
                *self.fingerprint.get_or_init(|| Fingerprint::of(account, self.draft.on, &self.draft.policy))
            }),
        }
    }

    /// The draft with these systems, its own or none.
    fn with_systems(&self, systems: Vec<migration::PlannedSystem>) -> Draft {
        let Draft { rulebook, account, on, policy, tokens, basic, summary, warnings, balance, .. } =
            &self.draft;
        Draft {
            rulebook: rulebook.clone(),
            account: account.clone(),
            on: *on,
            policy: *policy,
            systems,
            tokens: *tokens,
            basic: *basic,
            summary: *summary,
            warnings: warnings.clone(),
            balance: balance.clone(),
        }
    }
}

/// A plan in Rust, of which `alms.Plan` shows what it is asked for.
#[pyclass(frozen, module = "alms._alms", name = "PlanHandle")]
#[derive(Clone)]
pub(crate) struct PlanHandle(Arc<Planned>);

#[pymethods]
impl PlanHandle {
    /// Plans the migration of an account whose stock is known.
    #[staticmethod]
    fn of(
        py: Python<'_>,
        account: &Bound<'_, Account>,
        on: &Bound<'_, PyAny>,
        policy: &Bound<'_, PyAny>,
    ) -> PyResult<Option<Self>> {
        let Some(account) = account.get().stocked() else { return Ok(None) };
        let read = || -> Result<_, Refusal> { Ok((read_date(on, "on")?, read_policy(policy)?)) };
        let (on, policy) = match read() {
            Ok(read) => read,
            // Refused by the operation on documents, with the context of its error.
            Err(Refusal::Value { .. }) => return Ok(None),
            Err(Refusal::Python(error)) => return Err(error),
        };
        let draft = py
            .detach(|| {
                let draft = migration::draft(account, on, &policy)?;
                Ok(match wire::built_in_assortment(on) {
                    Some(assortment) => draft.check_offers(account, assortment),
                    None => draft,
                })
            })
            .map_err(|error: PlanError| raise(py, OP, &error.into()))?;
        let account = Some(Arc::clone(account));
        Ok(Some(Self(Arc::new(Planned { draft, account, fingerprint: OnceLock::new() }))))
    }

    /// The plan that a JSON document describes.
    #[staticmethod]
    fn from_json(text: &Bound<'_, PyAny>) -> PyResult<Self> {
        let py = text.py();
        let text = &*read_json(text, "MigrationError")?;
        let read = py.detach(|| wire::plan_from_json(text)).map_err(|error| raise(py, OP, &error))?;
        let Plan { draft, fingerprint } = read;
        Ok(Self(Arc::new(Planned { draft, account: None, fingerprint: OnceLock::from(fingerprint) })))
    }

    /// The whole plan as JSON.
    fn to_json(&self, py: Python<'_>) -> String {
        py.detach(|| self.json(self.0.draft.systems.clone(), self.0.fingerprint()))
    }

    /// The plan as JSON, without systems and with a placeholder for the fingerprint, which is asked for by itself.
    fn head_json(&self) -> String {
        self.json(Vec::new(), None)
    }

    #[getter]
    fn fingerprint(&self, py: Python<'_>) -> Option<String> {
        py.detach(|| self.0.fingerprint()).map(|fingerprint| fingerprint.to_string())
    }

    #[getter]
    fn systems(&self) -> PlannedSystems {
        PlannedSystems(Arc::clone(&self.0))
    }

    /// Whether two plans say the same.
    fn same(&self, py: Python<'_>, other: &Bound<'_, Self>) -> bool {
        let other = other.get();
        py.detach(|| self.0.draft == other.0.draft && self.0.fingerprint() == other.0.fingerprint())
    }
}

impl PlanHandle {
    fn json(&self, systems: Vec<migration::PlannedSystem>, fingerprint: Option<Fingerprint>) -> String {
        const PLACEHOLDER: &str = "sha256:0000000000000000000000000000000000000000000000000000000000000000";
        match fingerprint.map_or_else(|| PLACEHOLDER.parse(), Ok) {
            Ok(fingerprint) => wire::plan_to_json(&Plan { draft: self.0.with_systems(systems), fingerprint }),
            Err(_) => String::new(),
        }
    }
}

/// Rounding, years added to support dates, clean-up, months without communication.
type PlainPolicy<'py> = (Given<'py>, Given<'py>, Given<'py>, Given<'py>);

type Given<'py> = Option<Bound<'py, PyAny>>;

/// The policy of four plain values.
pub(crate) fn read_policy(policy: &Bound<'_, PyAny>) -> Result<migration::Policy, Refusal> {
    let default = migration::Policy::default();
    if policy.is_none() {
        return Ok(default);
    }
    let (rounding, years, cleanup, months): PlainPolicy<'_> = policy.extract()?;
    let years = match years {
        None => default.complete_renewal.years(),
        Some(years) => read_number(&years, "policy.complete_renewal.support_date_plus_years", u16::MAX)?,
    };
    let inactive_months = match months {
        None => default.inactive_months,
        Some(months) => read_number(&months, "policy.inactive_months", u32::MAX)?,
    };
    Ok(migration::Policy {
        month_rounding: optional(rounding.as_ref(), "month_rounding", read_name)?
            .unwrap_or(default.month_rounding),
        complete_renewal: migration::CompleteRenewal::plus_years(years),
        cleanup: optional(cleanup.as_ref(), "cleanup", read_name)?.unwrap_or(default.cleanup),
        inactive_months,
    })
}

/// The systems of a plan, in the account's order.
#[pyclass(frozen, sequence, module = "alms", name = "PlannedSystems")]
#[derive(Clone)]
pub(crate) struct PlannedSystems(Arc<Planned>);

impl Rows for PlannedSystems {
    fn len(&self) -> usize {
        self.0.draft.systems.len()
    }

    fn row(&self, py: Python<'_>, position: usize) -> PyResult<Py<PyAny>> {
        match self.0.draft.systems.get(position) {
            Some(planned) => Ok(Py::new(py, PlannedSystem(planned.clone()))?.into_any()),
            None => Ok(py.None()),
        }
    }
}

sequence!(PlannedSystems, "PlannedSystems", {
    fn __eq__(&self, other: &Self) -> bool {
        self.0.draft.systems == other.0.draft.systems
    }

    fn __hash__(&self) -> usize {
        self.0.draft.systems.len()
    }
});

/// What becomes of one system.
#[pyclass(frozen, eq, hash, module = "alms", name = "PlannedSystem")]
#[derive(Clone, PartialEq, Eq, Hash)]
pub(crate) struct PlannedSystem(migration::PlannedSystem);

#[pymethods]
impl PlannedSystem {
    #[new]
    #[pyo3(signature = (serial, outcome, end_date=None, tokens=None, rules=None))]
    fn new(
        py: Python<'_>,
        serial: &Bound<'_, PyAny>,
        outcome: &Bound<'_, PyAny>,
        end_date: Option<&Bound<'_, PyAny>>,
        tokens: Option<&Bound<'_, PyAny>>,
        rules: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<Self> {
        let read = || -> Result<migration::PlannedSystem, Refusal> {
            let tokens = optional(tokens, "tokens", read_count)?.unwrap_or_default();
            let out_of_range = |error| Refusal::value("out_of_range", "tokens", format!("{error}"));
            Ok(migration::PlannedSystem {
                serial: read_text(serial, "serial")?,
                outcome: read_name(outcome, "outcome")?,
                end_date: optional(end_date, "end_date", read_date)?,
                tokens: Tokens::try_new(tokens).map_err(out_of_range)?,
                grounds: read_grounds(rules)?,
            })
        };
        read().map(Self).map_err(|refusal| refusal.raise(py, "MigrationError"))
    }

    #[classattr]
    fn __match_args__() -> (&'static str, &'static str, &'static str, &'static str, &'static str) {
        ("serial", "outcome", "end_date", "tokens", "rules")
    }

    #[getter]
    fn serial(&self) -> &str {
        self.0.serial.as_str()
    }

    #[getter]
    fn outcome(&self, py: Python<'_>) -> PyResult<Py<PyAny>> {
        self.0.outcome.member(py)
    }

    #[getter]
    fn offer(&self, py: Python<'_>) -> PyResult<Option<Py<PyAny>>> {
        self.0.outcome.offer().map(|offer| offer.member(py)).transpose()
    }

    #[getter]
    fn state(&self, py: Python<'_>) -> PyResult<Option<Py<PyAny>>> {
        self.0.outcome.state().map(|state| state.member(py)).transpose()
    }

    #[getter]
    fn end_date<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyDate>>> {
        self.0.end_date.map(|date| write_date(py, date)).transpose()
    }

    #[getter]
    fn tokens(&self) -> i64 {
        self.0.tokens.get()
    }

    #[getter]
    fn rules<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        PyTuple::new(py, self.0.grounds.iter().map(RuleId::as_str).collect::<Vec<_>>())
    }

    #[staticmethod]
    fn from_dict(document: &Bound<'_, PyAny>) -> PyResult<Self> {
        Self::from_json(&json::dumps(document)?)
    }

    #[staticmethod]
    fn from_json(text: &Bound<'_, PyAny>) -> PyResult<Self> {
        let py = text.py();
        let text = &*read_json(text, "MigrationError")?;
        wire::planned_system_from_json(text).map(Self).map_err(|error| raise(py, OP, &error))
    }

    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        json::loads(py, &self.to_json())
    }

    fn to_json(&self) -> String {
        wire::planned_system_to_json(&self.0)
    }

    #[pyo3(signature = (**changes))]
    fn replace<'py>(
        slf: &Bound<'py, Self>,
        changes: Option<&Bound<'py, PyDict>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        protocol::replace(slf.as_any(), changes)
    }

    #[pyo3(signature = (**changes))]
    fn __replace__<'py>(
        slf: &Bound<'py, Self>,
        changes: Option<&Bound<'py, PyDict>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        protocol::replace(slf.as_any(), changes)
    }

    fn __repr__(slf: &Bound<'_, Self>) -> PyResult<String> {
        protocol::repr(slf.as_any())
    }

    fn __copy__(slf: Py<Self>) -> Py<Self> {
        slf
    }

    fn __deepcopy__(slf: Py<Self>, _memo: &Bound<'_, PyAny>) -> Py<Self> {
        slf
    }

    fn __reduce__<'py>(slf: &Bound<'py, Self>) -> PyResult<(Bound<'py, PyAny>, Bound<'py, PyTuple>)> {
        protocol::reduce(slf.as_any())
    }
}

/// The rules behind an outcome: the deciding one first.
fn read_grounds(rules: Option<&Bound<'_, PyAny>>) -> Result<Grounds, Refusal> {
    let named: Vec<alms_core::text::Text> = read_texts(rules, "rules")?;
    let mut ids = named.iter().enumerate().map(|(index, rule)| {
        rule.as_str()
            .parse::<RuleId>()
            .map_err(|error| Refusal::value("invalid_input", &format!("rules[{index}]"), error.to_string()))
    });
    let first = ids.next().unwrap_or_else(|| {
        Err(Refusal::value("invalid_input", "rules", "no rule is given; give the deciding one".to_owned()))
    })?;
    ids.try_fold(Grounds::new(first), |grounds, rule| Ok(grounds.with(rule?)))
}
