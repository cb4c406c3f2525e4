//! What the pages of an answer say of themselves: how many systems there are, and which of them a page has.

use super::fields::Value;
use super::scalar::shown;
use crate::import::{ImportError, ImportFinding, ImportFindingCode};

/// What one page says.
#[derive(Debug)]
pub(super) struct Page {
    /// How many systems it has.
    items: u64,
    /// How many systems there are.
    count: Option<u64>,
    /// How many systems a page has at most.
    size: Option<u64>,
    /// How many systems come on the pages before.
    offset: Option<u64>,
    /// The path of its items.
    path: String,
}

/// The pages of a document, in its order.
#[derive(Debug, Default)]
pub(super) struct Pages(Vec<Page>);

impl Page {
    /// `fields`: count, size and offset; one that is not a whole number says nothing.
    pub(super) fn of(items: usize, fields: [Option<Value<'_>>; 3], prefix: String) -> Self {
        let [count, size, offset] = fields.map(|field| field.and_then(|value| shown(value.raw).parse().ok()));
        let items = u64::try_from(items).unwrap_or(u64::MAX);
        Self { items, count, size, offset, path: format!("{prefix}items") }
    }

    /// The systems up to the end of the page.
    fn end(&self) -> u64 {
        self.offset.unwrap_or_default().saturating_add(self.items)
    }
}

impl Pages {
    pub(super) fn push(&mut self, page: Page) {
        self.0.push(page);
    }

    /// Refuses an answer that says itself that it is not all.
    pub(super) fn check(&self) -> Result<(), ImportError> {
        let found = self.found();
        let stated = self.0.iter().filter_map(|page| page.count).max();
        let reached = self.0.iter().filter(|page| page.items > 0).map(Page::end).max();
        // A page that begins behind others says how many there are at least.
        let count = stated.max(reached.filter(|_| self.have_offsets())).unwrap_or_default();
        let is_whole = if self.have_offsets() { self.without_gap() >= count } else { found >= count };
        if is_whole { Ok(()) } else { Err(ImportError::MissingPages { found, count }) }
    }

    /// A last page that is full, of an answer that does not say how many systems there are.
    pub(super) fn findings(&self) -> Option<ImportFinding> {
        let page = self.0.last()?;
        let is_open = page.count.is_none() && page.items > 0 && page.size == Some(page.items);
        is_open.then(|| ImportFinding {
            code: ImportFindingCode::PageFull,
            column: None,
            field: page.path.clone(),
            message: format!(
                "the page `{}` is full, and the answer does not say how many systems there are; check that no page is \
                 missing",
                page.path
            ),
        })
    }

    fn found(&self) -> u64 {
        self.0.iter().fold(0, |sum: u64, page| sum.saturating_add(page.items))
    }

    fn have_offsets(&self) -> bool {
        self.0.iter().all(|page| page.offset.is_some())
    }

    /// How many systems follow each other from the first on.
    fn without_gap(&self) -> u64 {
        let mut pages: Vec<&Page> = self.0.iter().collect();
        crate::order::sort_by_key(&mut pages, |page| page.offset);
        let begun = |reached: &u64, page: &&Page| page.offset.unwrap_or_default() <= *reached;
        pages
            .iter()
            .fold(0, |reached, page| if begun(&reached, page) { reached.max(page.end()) } else { reached })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Pages as (items, count, offset).
    fn pages(pages: &[(u64, Option<u64>, Option<u64>)]) -> Pages {
        let page = |(items, count, offset): &(u64, Option<u64>, Option<u64>)| Page {
            items: *items,
            count: *count,
            size: Some(100),
            offset: *offset,
            path: "items".to_owned(),
        };
        Pages(pages.iter().map(page).collect())
    }

    #[test]
    fn answers_that_say_that_they_are_not_all_are_refused() {
        for whole in [
            &[][..],
            &[(2, None, None)],
            &[(2, Some(2), Some(0))],
            &[(0, Some(0), Some(0))],
            &[(100, Some(150), Some(0)), (50, Some(150), Some(100))],
            &[(50, Some(150), Some(100)), (100, Some(150), Some(0))],
            &[(100, Some(150), None), (50, Some(150), None)],
            &[(3, Some(2), Some(0))],
        ] {
            assert_eq!(pages(whole).check(), Ok(()), "{whole:?}");
        }
        for (part, found, count) in [
            (&[(2, Some(250), Some(0))][..], 2, 250),
            (&[(2, Some(250), None)], 2, 250),
            (&[(50, Some(150), Some(100))], 50, 150),
            (&[(50, None, Some(100))], 50, 150),
            (&[(100, Some(250), Some(0)), (50, Some(250), Some(200))], 150, 250),
            (&[(100, None, Some(0)), (50, None, Some(200))], 150, 250),
        ] {
            assert_eq!(pages(part).check(), Err(ImportError::MissingPages { found, count }), "{part:?}");
        }
    }

    #[test]
    fn a_full_last_page_is_a_finding() {
        assert_eq!(pages(&[(100, None, None)]).findings().unwrap().code, ImportFindingCode::PageFull);
        assert_eq!(pages(&[(99, None, None)]).findings(), None);
        assert_eq!(pages(&[(100, Some(100), None)]).findings(), None);
    }
}
