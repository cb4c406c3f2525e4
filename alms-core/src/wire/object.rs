//! Documents inside of documents.

use super::write::{Json, Write};
use std::ops::Deref;

/// A `T` that is written as a JSON object.
#[derive(Debug, Clone)]
pub(super) struct Object<T>(pub(super) T);

impl<T: Write> Write for Object<T> {
    fn write(&self, json: &mut Json<'_>) {
        self.0.write(json);
    }
}

impl<T> Deref for Object<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}
