//! Views: one shape of a thing, of which every operation needs other fields.

use super::object::Object;
use alms_json::{Json, ReadFields, Reader, Stop, Write};
use std::marker::PhantomData;
use std::ops::{Deref, DerefMut};

/// What an operation needs of a thing.
pub(super) trait View {
    /// What it is called in the schemas.
    #[cfg_attr(not(feature = "schema"), expect(dead_code, reason = "read by the schemas only"))]
    const NAME: &'static str;
    /// The fields that have to be there.
    const NEEDED: &'static [&'static str];
}

/// The one shape of a thing, with the fields that `V` needs.
#[derive(Debug, Clone)]
pub(super) struct Needing<T, V>(pub(super) T, PhantomData<V>);

/// A document inside of another one, with the fields that `V` needs.
pub(super) type Viewed<T, V> = Object<Needing<T, V>>;

impl<T, V> From<T> for Needing<T, V> {
    fn from(thing: T) -> Self {
        Self(thing, PhantomData)
    }
}

impl<T, V> Deref for Needing<T, V> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

impl<T, V> DerefMut for Needing<T, V> {
    fn deref_mut(&mut self) -> &mut T {
        &mut self.0
    }
}

impl<'a, T: ReadFields<'a>, V: View> ReadFields<'a> for Needing<T, V> {
    fn empty() -> Self {
        Self(T::empty(), PhantomData)
    }

    fn needed(&self) -> Option<&'static [&'static str]> {
        Some(V::NEEDED)
    }

    fn read_fields(&mut self, read: Reader<'_, 'a>) -> Result<(), Stop> {
        self.0.read_fields(read)
    }
}

impl<T: Write, V> Write for Needing<T, V> {
    fn write(&self, json: &mut Json<'_>) {
        self.0.write(json);
    }
}

/// Declares views by the fields that they need.
macro_rules! views {
    ($($(#[$doc:meta])* $name:ident $title:literal: [$($field:literal),* $(,)?];)+) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone)]
        pub(in crate::wire) struct $name;

        impl crate::wire::view::View for $name {
            const NAME: &'static str = $title;
            const NEEDED: &'static [&'static str] = &[$($field),*];
        }
    )+};
}

pub(super) use views;
