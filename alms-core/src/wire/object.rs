//! Documents inside of documents.

use alms_json::{Fill, Json, Read, ReadFields, Shape, Source, Stop, Write};
use std::ops::{Deref, DerefMut};

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

impl<T> DerefMut for Object<T> {
    fn deref_mut(&mut self) -> &mut T {
        &mut self.0
    }
}

impl<'a, T: ReadFields<'a>> Fill<'a> for Object<T> {
    fn fill(&mut self, source: &mut dyn Source<'a>) -> Result<(), Stop> {
        let needed = self.0.needed();
        self.0.read_fields(&mut |names, places| {
            let object = Some((names, places));
            source.value(Shape { expected: "an object", object, needed, ..Shape::default() })
        })
    }
}

impl<'a, T: ReadFields<'a>> Read<'a> for Object<T> {
    fn empty() -> Self {
        Self(T::empty())
    }
}
