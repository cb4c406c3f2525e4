//! `alms.Account` and the view of its systems.

use crate::convert::{
    Refusal, optional, read_count, read_date, read_json, read_name, read_text, read_texts, write_date,
};
use crate::error::raise;
use crate::names::Name as _;
use crate::rows::{Rows, sequence};
use crate::system::System;
use crate::{json, protocol};
use alms_core::account::{AccountData, AccountDetails, AccountError, Partnership, Systems as CoreSystems};
use alms_core::tokens::Tokens;
use alms_core::wire;
use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::{PyDate, PyDict, PyList, PyMapping, PyTuple};
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::sync::Arc;

/// An account with its systems.
#[pyclass(frozen, eq, module = "alms", name = "Account")]
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Account {
    core: Arc<alms_core::account::Account>,
    /// Whether the stock was given; a ledger may say it instead.
    stock_known: bool,
}

impl Account {
    /// The account of the core, if its stock is known.
    pub(crate) fn stocked(&self) -> Option<&Arc<alms_core::account::Account>> {
        self.stock_known.then_some(&self.core)
    }

    fn data(&self) -> &AccountData {
        self.core.data()
    }

    fn read(fields: &Fields<'_, '_>) -> Result<Self, Refusal> {
        let tokens = optional(fields.tokens, "tokens", read_count)?;
        let out_of_range = |error| Refusal::value("out_of_range", "tokens", format!("{error}"));
        let stock = tokens.map_or(Ok(Tokens::ZERO), Tokens::try_new).map_err(out_of_range)?;
        let data = AccountData {
            uid: read_text(fields.uid, "uid")?,
            name: read_text(fields.name, "name")?,
            instance: read_name(fields.instance, "instance")?,
            format: read_name(fields.format, "format")?,
            kind: read_name(fields.kind, "kind")?,
            created: optional(fields.created, "created", read_date)?,
            tokens: stock,
            administrators: read_texts(fields.administrators, "administrators")?,
            users: read_texts(fields.users, "users")?,
            partnerships: read_texts(fields.partners, "partners")?
                .into_iter()
                .map(Partnership::new)
                .collect(),
            offer_class: optional(fields.offer_class, "offer_class", read_text)?,
            branding: optional(fields.branding, "branding", read_text)?,
            configuration: optional(fields.configuration, "configuration", read_text)?,
            systems: read_systems(fields.systems)?,
            details: AccountDetails::default(),
        };
        let account = alms_core::account::Account::try_new(data).map_err(|error: AccountError| {
            let error = wire::Error::from(error);
            Refusal::value(error.code(), error.path(), error.message().to_owned())
                .by_rule(error.rule().map(alms_core::rule::RuleId::as_str))
        })?;
        Ok(Self { core: Arc::new(account), stock_known: tokens.is_some() })
    }
}

impl Account {
    /// The account with changes; what the constructor does not take stays.
    fn replaced<'py>(
        slf: &Bound<'py, Self>,
        changes: Option<&Bound<'py, PyDict>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let replaced = protocol::replace(slf.as_any(), changes)?;
        let Ok(account) = replaced.cast::<Self>().map(Bound::get) else { return Ok(replaced) };
        let mut data = account.data().clone();
        data.details = slf.get().data().details.clone();
        if !changes.is_some_and(|changes| changes.contains("partners").unwrap_or(true)) {
            data.partnerships = slf.get().data().partnerships.clone();
        }
        // What ACC-2 asks about has been checked.
        let core =
            alms_core::account::Account::try_new(data).map_or_else(|_| Arc::clone(&account.core), Arc::new);
        Ok(Bound::new(slf.py(), Self { core, stock_known: account.stock_known })?.into_any())
    }
}

/// The arguments of the constructor.
struct Fields<'a, 'py> {
    uid: &'a Bound<'py, PyAny>,
    name: &'a Bound<'py, PyAny>,
    instance: &'a Bound<'py, PyAny>,
    format: &'a Bound<'py, PyAny>,
    kind: &'a Bound<'py, PyAny>,
    systems: Option<&'a Bound<'py, PyAny>>,
    tokens: Option<&'a Bound<'py, PyAny>>,
    created: Option<&'a Bound<'py, PyAny>>,
    administrators: Option<&'a Bound<'py, PyAny>>,
    users: Option<&'a Bound<'py, PyAny>>,
    partners: Option<&'a Bound<'py, PyAny>>,
    offer_class: Option<&'a Bound<'py, PyAny>>,
    branding: Option<&'a Bound<'py, PyAny>>,
    configuration: Option<&'a Bound<'py, PyAny>>,
}

/// The systems of a list, each serial once.
fn read_systems(systems: Option<&Bound<'_, PyAny>>) -> Result<CoreSystems, Refusal> {
    let Some(systems) = systems else { return Ok(CoreSystems::default()) };
    if let Ok(view) = systems.cast::<Systems>() {
        return Ok(view.get().0.data().systems.clone());
    }
    let mut list = Vec::with_capacity(systems.len().unwrap_or_default());
    if let Ok(systems) = systems.cast_exact::<PyList>() {
        for system in systems.iter() {
            list.push(read_system(&system, list.len())?);
        }
    } else {
        if systems.is_instance_of::<PyMapping>() {
            return Err(PyTypeError::new_err("systems must be a list of alms.System, not a mapping").into());
        }
        for system in systems.try_iter()? {
            list.push(read_system(&system?, list.len())?);
        }
    }
    CoreSystems::try_new(list).map_err(|error| {
        let error = wire::Error::from(error);
        Refusal::value(error.code(), &format!("systems{}", error.path()), error.message().to_owned())
    })
}

#[inline]
fn read_system(system: &Bound<'_, PyAny>, index: usize) -> Result<alms_core::account::System, Refusal> {
    if let Ok(system) = system.cast_exact::<System>() {
        return Ok(system.get().0.clone());
    }
    other_system(system, index)
}

#[cold]
fn other_system(system: &Bound<'_, PyAny>, index: usize) -> Result<alms_core::account::System, Refusal> {
    if !system.is_instance_of::<PyMapping>() {
        let kind = system.get_type().fully_qualified_name()?;
        let message = format!("systems[{index}] must be an alms.System, not {kind}");
        return Err(PyTypeError::new_err(message).into());
    }
    let text = json::dumps(system)?;
    wire::system_from_json(&read_json(&text, "AccountError")?).map_err(|error| {
        Refusal::value(error.code(), error.path(), error.message().to_owned())
            .inside(&format!("systems[{index}]"))
    })
}

#[pymethods]
impl Account {
    #[new]
    #[pyo3(signature = (
        uid, name, *, instance, format, kind, systems=None, tokens=None, created=None, administrators=None,
        users=None, partners=None, offer_class=None, branding=None, configuration=None
    ))]
    #[expect(clippy::too_many_arguments, reason = "an account has so many fields, and Python names them")]
    fn new(
        py: Python<'_>,
        uid: &Bound<'_, PyAny>,
        name: &Bound<'_, PyAny>,
        instance: &Bound<'_, PyAny>,
        format: &Bound<'_, PyAny>,
        kind: &Bound<'_, PyAny>,
        systems: Option<&Bound<'_, PyAny>>,
        tokens: Option<&Bound<'_, PyAny>>,
        created: Option<&Bound<'_, PyAny>>,
        administrators: Option<&Bound<'_, PyAny>>,
        users: Option<&Bound<'_, PyAny>>,
        partners: Option<&Bound<'_, PyAny>>,
        offer_class: Option<&Bound<'_, PyAny>>,
        branding: Option<&Bound<'_, PyAny>>,
        configuration: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<Self> {
        let fields = Fields {
            uid,
            name,
            instance,
            format,
            kind,
            systems,
            tokens,
            created,
            administrators,
            users,
            partners,
            offer_class,
            branding,
            configuration,
        };
        Self::read(&fields).map_err(|refusal| refusal.raise(py, "AccountError"))
    }

    #[classattr]
    fn __match_args__(py: Python<'_>) -> PyResult<Bound<'_, PyTuple>> {
        PyTuple::new(py, FIELDS)
    }

    #[getter]
    fn uid(&self) -> &str {
        self.data().uid.as_str()
    }

    #[getter]
    fn name(&self) -> &str {
        self.data().name.as_str()
    }

    #[getter]
    fn instance(&self, py: Python<'_>) -> PyResult<Py<PyAny>> {
        self.data().instance.member(py)
    }

    #[getter]
    fn format(&self, py: Python<'_>) -> PyResult<Py<PyAny>> {
        self.data().format.member(py)
    }

    #[getter]
    fn kind(&self, py: Python<'_>) -> PyResult<Py<PyAny>> {
        self.data().kind.member(py)
    }

    #[getter]
    fn systems(&self) -> Systems {
        Systems(Arc::clone(&self.core))
    }

    #[getter]
    fn tokens(&self) -> Option<i64> {
        self.stock_known.then(|| self.data().tokens.get())
    }

    #[getter]
    fn created<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyDate>>> {
        self.data().created.map(|date| write_date(py, date)).transpose()
    }

    #[getter]
    fn administrators<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        PyTuple::new(py, self.data().administrators.iter().map(AsRef::as_ref).collect::<Vec<&str>>())
    }

    #[getter]
    fn users<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        PyTuple::new(py, self.data().users.iter().map(AsRef::as_ref).collect::<Vec<&str>>())
    }

    #[getter]
    fn partners<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        PyTuple::new(py, self.core.partners().map(AsRef::as_ref).collect::<Vec<&str>>())
    }

    #[getter]
    fn offer_class(&self) -> Option<&str> {
        self.data().offer_class.as_ref().map(AsRef::as_ref)
    }

    #[getter]
    fn branding(&self) -> Option<&str> {
        self.data().branding.as_ref().map(AsRef::as_ref)
    }

    #[getter]
    fn configuration(&self) -> Option<&str> {
        self.data().configuration.as_ref().map(AsRef::as_ref)
    }

    #[staticmethod]
    fn from_dict(document: &Bound<'_, PyAny>) -> PyResult<Self> {
        Self::from_json(&json::dumps(document)?)
    }

    #[staticmethod]
    fn from_json(text: &Bound<'_, PyAny>) -> PyResult<Self> {
        let py = text.py();
        let text = &*read_json(text, "AccountError")?;
        let (account, stock_known) =
            wire::account_with_stock_from_json(text).map_err(|error| raise(py, "accounts", &error))?;
        Ok(Self { core: Arc::new(account), stock_known })
    }

    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        let document = json::loads(py, &wire::account_to_json(&self.core))?;
        if !self.stock_known {
            document.set_item("tokens", py.None())?;
        }
        Ok(document)
    }

    fn to_json(&self, py: Python<'_>) -> PyResult<String> {
        if self.stock_known {
            return Ok(wire::account_to_json(&self.core));
        }
        json::dumps(&self.to_dict(py)?)?.extract()
    }

    #[pyo3(signature = (**changes))]
    fn replace<'py>(
        slf: &Bound<'py, Self>,
        changes: Option<&Bound<'py, PyDict>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        Self::replaced(slf, changes)
    }

    #[pyo3(signature = (**changes))]
    fn __replace__<'py>(
        slf: &Bound<'py, Self>,
        changes: Option<&Bound<'py, PyDict>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        Self::replaced(slf, changes)
    }

    fn __hash__(&self) -> u64 {
        // Of equal accounts these are equal; a hash over a million systems would serve nobody.
        let mut hasher = DefaultHasher::new();
        (self.data().uid.as_str(), self.data().tokens, self.data().systems.len()).hash(&mut hasher);
        hasher.finish()
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

    fn __reduce__<'py>(slf: &Bound<'py, Self>) -> PyResult<(Bound<'py, PyAny>, (String,))> {
        let make = slf.get_type().getattr("from_json")?;
        Ok((make, (slf.get().to_json(slf.py())?,)))
    }
}

const FIELDS: [&str; 14] = [
    "uid",
    "name",
    "instance",
    "format",
    "kind",
    "systems",
    "tokens",
    "created",
    "administrators",
    "users",
    "partners",
    "offer_class",
    "branding",
    "configuration",
];

/// The systems of an account, in its order.
#[pyclass(frozen, sequence, module = "alms", name = "Systems")]
#[derive(Clone)]
pub(crate) struct Systems(Arc<alms_core::account::Account>);

impl Rows for Systems {
    fn len(&self) -> usize {
        self.0.data().systems.len()
    }

    fn row(&self, py: Python<'_>, position: usize) -> PyResult<Py<PyAny>> {
        match self.0.data().systems.as_slice().get(position) {
            Some(system) => Ok(Py::new(py, System(system.clone()))?.into_any()),
            None => Ok(py.None()),
        }
    }
}

sequence!(Systems, "Systems", {
    /// The system with this serial.
    fn find(&self, serial: &str) -> Option<System> {
        let systems = &self.0.data().systems;
        let position = systems.position(serial)?;
        systems.as_slice().get(position).cloned().map(System)
    }

    fn __eq__(&self, other: &Self) -> bool {
        self.0.data().systems == other.0.data().systems
    }

    fn __hash__(&self) -> usize {
        self.0.data().systems.len()
    }
});
