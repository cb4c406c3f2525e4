//! Numbers and lengths: a leaf reads what its schema allows. What patterns say, `limits.test.mjs` of the npm package asks
//! of a validator, for every field of every operation.

use super::*;
use crate::text::{Text as FreeText, Uid};
use crate::wire::leaf::{Id, Natural, PackCount, Small, SystemCount};
use alms_json::Read as _;

/// A limit that the schema of a leaf states.
fn limit<T: JsonSchema>(keyword: &str) -> Option<i64> {
    T::json_schema(&mut SchemaGenerator::default()).get(keyword)?.as_i64()
}

fn is_number_read<const MIN: i64, const MAX: i64>(number: i64) -> bool {
    let written = number.to_string();
    let mut count = Count::<'_, MIN, MAX>::empty();
    alms_json::read(&written, &mut count).unwrap();
    count.read().is_ok()
}

fn check_number<const MIN: i64, const MAX: i64>(_: fn(Count<'static, MIN, MAX>)) {
    let [min, max] =
        ["minimum", "maximum"].map(|keyword| limit::<Count<'static, MIN, MAX>>(keyword).unwrap());
    for (number, is_read) in
        [(min.wrapping_sub(1), false), (min, true), (max, true), (max.wrapping_add(1), false)]
    {
        assert_eq!(is_number_read::<MIN, MAX>(number), is_read, "{number} within {min} and {max}");
    }
}

#[test]
fn a_number_is_read_up_to_the_limits_of_its_schema() {
    check_number(|_: Count<'_>| ());
    check_number(|_: Natural<'_>| ());
    check_number(|_: Small<'_>| ());
    check_number(|_: SystemCount<'_>| ());
    check_number(|_: PackCount<'_>| ());
    check_number(|_: Count<'_, 1, 1200>| ());
}

#[test]
fn characters_are_counted_as_schemas_count_them() {
    let (min, max) = (limit::<Id<'_>>("minLength").unwrap(), limit::<Id<'_>>("maxLength").unwrap());
    assert_eq!((limit::<Text<'_>>("minLength"), limit::<Text<'_>>("maxLength")), (None, Some(max)));
    for length in [0, min - 1, min, max, max + 1] {
        // Two units of UTF-16, four bytes, one code point.
        let text = "𝔸".repeat(usize::try_from(length).unwrap());
        let id: Result<Uid, Error> = Text::<'_, 1>(text.as_str().into()).read();
        let free: Result<FreeText, Error> = Text::<'_, 0>(text.as_str().into()).read();
        assert_eq!(id.is_ok(), (min..=max).contains(&length), "{length}");
        assert_eq!(free.is_ok(), length <= max, "{length}");
    }
}
