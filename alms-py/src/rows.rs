//! Sequences that are views into a value of the core: a row is made when it is asked for.

use pyo3::exceptions::PyIndexError;
use pyo3::prelude::*;
use pyo3::types::{PySlice, PyTuple};
use std::sync::atomic::{AtomicUsize, Ordering};

/// What holds rows.
pub(crate) trait Rows: Send + Sync + 'static {
    /// How many.
    fn len(&self) -> usize;
    /// One of them, as the object that Python sees.
    fn row(&self, py: Python<'_>, position: usize) -> PyResult<Py<PyAny>>;
}

/// `rows[index]`: a row, or for a slice a tuple of rows.
pub(crate) fn item<'py>(rows: &impl Rows, index: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
    let py = index.py();
    let length = isize::try_from(rows.len())?;
    if let Ok(slice) = index.cast::<PySlice>() {
        let indices = slice.indices(length)?;
        let mut position = indices.start;
        let mut picked = Vec::with_capacity(indices.slicelength);
        for _ in 0..indices.slicelength {
            picked.push(rows.row(py, usize::try_from(position)?)?);
            position = position.saturating_add(indices.step);
        }
        return Ok(PyTuple::new(py, picked)?.into_any());
    }
    let position: isize = index.extract()?;
    let position = if position < 0 { position.saturating_add(length) } else { position };
    match usize::try_from(position) {
        Ok(position) if position < rows.len() => Ok(rows.row(py, position)?.into_bound(py)),
        _ => Err(PyIndexError::new_err("there are fewer rows")),
    }
}

/// All rows.
pub(crate) fn tuple<'py>(py: Python<'py>, rows: &impl Rows) -> PyResult<Bound<'py, PyTuple>> {
    let all = (0..rows.len()).map(|position| rows.row(py, position)).collect::<PyResult<Vec<_>>>()?;
    PyTuple::new(py, all)
}

/// Goes over the rows, in either direction.
#[pyclass(frozen, module = "alms._alms", name = "RowIterator")]
pub(crate) struct RowIterator {
    rows: Box<dyn Rows>,
    next: AtomicUsize,
    backwards: bool,
}

impl RowIterator {
    /// From the first row, or from the last.
    pub(crate) fn new(rows: impl Rows, backwards: bool) -> Self {
        Self { rows: Box::new(rows), next: AtomicUsize::new(0), backwards }
    }
}

#[pymethods]
impl RowIterator {
    const fn __iter__(slf: PyRef<'_, Self>) -> PyRef<'_, Self> {
        slf
    }

    fn __next__(&self, py: Python<'_>) -> PyResult<Option<Py<PyAny>>> {
        let length = self.rows.len();
        let next = self.next.fetch_add(1, Ordering::Relaxed);
        let Some(left) = length.checked_sub(next).filter(|left| *left > 0) else {
            self.next.store(length, Ordering::Relaxed);
            return Ok(None);
        };
        let position = if self.backwards { left.saturating_sub(1) } else { next };
        self.rows.row(py, position).map(Some)
    }

    fn __length_hint__(&self) -> usize {
        self.rows.len().saturating_sub(self.next.load(Ordering::Relaxed))
    }
}

/// The methods of `collections.abc.Sequence` for a class that is [`Rows`] and cheap to clone.
macro_rules! sequence {
    ($class:ident, $name:literal, { $($methods:tt)* }) => {
        #[pyo3::pymethods]
        impl $class {
            fn __len__(&self) -> usize {
                crate::rows::Rows::len(self)
            }

            fn __getitem__<'py>(&self, index: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
                crate::rows::item(self, index)
            }

            fn __iter__(&self) -> crate::rows::RowIterator {
                crate::rows::RowIterator::new(self.clone(), false)
            }

            fn __reversed__(&self) -> crate::rows::RowIterator {
                crate::rows::RowIterator::new(self.clone(), true)
            }

            fn __contains__(&self, value: &Bound<'_, PyAny>) -> PyResult<bool> {
                crate::rows::tuple(value.py(), self)?.as_any().contains(value)
            }

            #[pyo3(signature = (value, *range))]
            fn index<'py>(
                &self,
                value: &Bound<'py, PyAny>,
                range: &Bound<'py, pyo3::types::PyTuple>,
            ) -> PyResult<Bound<'py, PyAny>> {
                let py = value.py();
                let arguments: Vec<_> = std::iter::once(value.clone()).chain(range.iter()).collect();
                let arguments = pyo3::types::PyTuple::new(py, arguments)?;
                crate::rows::tuple(py, self)?.as_any().call_method1("index", arguments)
            }

            fn count<'py>(&self, value: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
                crate::rows::tuple(value.py(), self)?.as_any().call_method1("count", (value,))
            }

            fn __repr__(&self) -> String {
                format!(concat!("<", $name, ": {}>"), crate::rows::Rows::len(self))
            }

            $($methods)*
        }
    };
}

pub(crate) use sequence;
