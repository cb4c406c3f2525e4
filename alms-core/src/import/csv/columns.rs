//! What columns mean, however their titles are written.

use crate::import::ImportError;
use csv::ByteRecord;

/// What a column of some kind of file can mean.
pub(super) trait Column: Copy + Eq + 'static {
    /// All meanings.
    const ALL: &'static [Self];
    /// Those without which no row can be read.
    const REQUIRED: &'static [Self];

    /// The title that messages name.
    fn title(self) -> &'static str;

    /// Every title that means this, without what does not count in titles.
    fn names(self) -> &'static [&'static str];

    /// What a title means, if it is one of those that are read.
    fn of_title(title: &str) -> Option<Self> {
        let is_meant = |column: &Self| column.names().iter().any(|name| letters(title).eq(name.chars()));
        Self::ALL.iter().copied().find(is_meant)
    }
}

/// What counts in a title: letters and digits, and the mark of a character that could not be decoded.
pub(super) fn letters(title: &str) -> impl Iterator<Item = char> {
    let counts = |character: &char| character.is_alphanumeric() || *character == char::REPLACEMENT_CHARACTER;
    title.chars().filter(counts).map(|character| character.to_ascii_lowercase())
}

/// The columns of a file: every required one, and none of a meaning twice.
#[derive(Debug)]
pub(super) struct Columns<C> {
    /// All titles, in the order of the file.
    titles: Vec<String>,
    /// What each of them means.
    meanings: Vec<Option<C>>,
}

impl<C: Column> Columns<C> {
    pub(super) fn read(record: &ByteRecord) -> Result<Self, ImportError> {
        let titles: Vec<String> =
            record.iter().map(|title| String::from_utf8_lossy(title).trim().to_owned()).collect();
        let meanings = titles.iter().map(|title| C::of_title(title)).collect();
        let columns = Self { titles, meanings };
        let missing = C::REQUIRED.iter().filter(|column| columns.position(**column).is_none());
        let missing: Vec<&'static str> = missing.map(|column| column.title()).collect();
        if !missing.is_empty() {
            return Err(ImportError::MissingColumn { fields: missing, found: columns.titles });
        }
        for column in C::ALL {
            let same = columns.titles.iter().zip(&columns.meanings);
            let same = same.filter(|(_, meaning)| **meaning == Some(*column));
            let same: Vec<String> = same.map(|(title, _)| title.clone()).collect();
            if same.len() > 1 {
                return Err(ImportError::AmbiguousColumn { field: column.title(), titles: same });
            }
        }
        Ok(columns)
    }

    /// Where the column stands.
    pub(super) fn position(&self, column: C) -> Option<usize> {
        self.meanings.iter().position(|meaning| *meaning == Some(column))
    }

    /// Where a required column stands, which [`Columns::read`] has seen.
    pub(super) fn required(&self, column: C) -> usize {
        self.position(column).unwrap_or_default()
    }

    /// How many cells a row must have.
    pub(super) const fn len(&self) -> usize {
        self.titles.len()
    }

    /// The title at a position.
    pub(super) fn title(&self, position: usize) -> &str {
        self.titles.get(position).map_or("", String::as_str)
    }

    /// The titles of the columns that are not read; a column without a title has none to name.
    pub(super) fn ignored(&self) -> Vec<String> {
        let unread = self.titles.iter().zip(&self.meanings).filter(|(_, meaning)| meaning.is_none());
        unread.map(|(title, _)| title).filter(|title| !title.is_empty()).cloned().collect()
    }
}
