//! What the requests for grids have in common: ranges to filter by, columns to sort by.

use crate::calendar::Date;
use crate::names::UnknownName;
use crate::reseller::{Range, SortKey};
use crate::wire::error::{Error, Located};
use crate::wire::leaf::{Choice, Day, Named};
use crate::wire::object::Object;
use alms_json::Read;
use std::str::FromStr;

/// From and until, both included.
#[derive(Read)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "DayRange"))]
pub(in crate::wire) struct DayRangeDoc<'a> {
    /// The first day.
    from: Option<Day<'a>>,
    /// The last day.
    until: Option<Day<'a>>,
}

/// A column to sort by.
#[derive(Read)]
#[serde(deny_unknown_fields)]
#[cfg_attr(
    feature = "schema",
    derive(schemars::JsonSchema),
    schemars(rename = "SortKey", bound = "Column: Named + 'static")
)]
pub(in crate::wire) struct SortKeyDoc<'a, Column> {
    /// The column.
    by: Choice<'a, Column>,
    /// The greatest first; what is not known comes last either way.
    descending: Option<bool>,
}

impl DayRangeDoc<'_> {
    /// Both ends of a range that may be absent.
    pub(in crate::wire) fn read(doc: Option<&Object<DayRangeDoc<'_>>>) -> Result<Range<Date>, Error> {
        let Some(doc) = doc else { return Ok(Range::default()) };
        Ok(Range {
            min: doc.from.as_ref().map(Day::read).transpose().at("from")?,
            max: doc.until.as_ref().map(Day::read).transpose().at("until")?,
        })
    }
}

/// The columns to sort by.
pub(in crate::wire) fn sort_keys<Column>(
    docs: Option<&[Object<SortKeyDoc<'_, Column>>]>,
) -> Result<Vec<SortKey<Column>>, Error>
where
    Column: Named + FromStr<Err = UnknownName>,
{
    let read = |(index, doc): (usize, &Object<SortKeyDoc<'_, Column>>)| -> Result<SortKey<Column>, Error> {
        let by = doc.by.read().at("by").at_index(index)?;
        Ok(SortKey { by, descending: doc.descending.unwrap_or(false) })
    };
    docs.unwrap_or_default().iter().enumerate().map(read).collect::<Result<_, _>>().at("sort")
}
