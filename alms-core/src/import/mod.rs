//! Systems from files.
