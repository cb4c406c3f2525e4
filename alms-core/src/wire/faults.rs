//! Reading that goes on after an error, where everything that is wrong is to be reported.

use super::error::{Error, Located};

/// What was wrong so far.
#[derive(Debug, Default)]
pub(super) struct Faults(pub(super) Vec<Error>);

impl Faults {
    /// The value, or nothing and one fault more.
    pub(super) fn take<T>(&mut self, result: Result<T, Error>) -> Option<T> {
        result.map_err(|error| self.0.push(error)).ok()
    }

    /// The values of the list `field`, or nothing and a fault for each that is none.
    pub(super) fn take_list<T>(
        &mut self,
        field: &str,
        results: impl Iterator<Item = Result<T, Error>>,
    ) -> Option<Vec<T>> {
        let before = self.0.len();
        let taken = results
            .enumerate()
            .filter_map(|(index, result)| self.take(result.at_index(index).at(field)))
            .collect();
        (self.0.len() == before).then_some(taken)
    }
}
