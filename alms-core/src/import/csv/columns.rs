//! What columns mean, however their titles are written.

use super::records::Cell;
use crate::import::ends::speaks_of_an_end;
use crate::import::excerpt::excerpt;
use crate::import::{ImportError, ImportFinding, ImportFindingCode};
use csv::ByteRecord;

/// What a column of some kind of file can mean.
pub(super) trait Column: Copy + Eq + 'static {
    /// All meanings.
    const ALL: &'static [Self];

    /// The columns without which no row can be read, if these are there.
    fn required(has: &dyn Fn(Self) -> bool) -> &'static [Self];

    /// The title that messages name.
    fn title(self) -> &'static str;

    /// Every title that means this, as [`folded`] leaves it.
    fn names(self) -> &'static [&'static str];

    /// Whether columns of this meaning may say different things, such as the name of an account and its UID.
    fn may_differ(self) -> bool {
        false
    }

    /// Whether two cells of a row say the same.
    fn agree(self, first: &str, second: &str) -> bool {
        first.eq_ignore_ascii_case(second)
    }

    /// What a title means, if it is one of those that are read.
    fn of_title(title: &str) -> Option<Self> {
        let is_meant = |column: &Self| column.names().iter().any(|name| folded(title).eq(name.chars()));
        Self::ALL.iter().copied().find(is_meant)
    }
}

/// What counts in a title: letters without accents, digits, and the mark of a character that could not be decoded.
pub(in crate::import) fn folded(title: &str) -> impl Iterator<Item = char> {
    let counts =
        |c: &char| c.is_alphanumeric() && !matches!(c, 'º' | 'ª') || *c == char::REPLACEMENT_CHARACTER;
    title
        .chars()
        .filter(counts)
        .flat_map(char::to_lowercase)
        .filter(|c| c.is_alphanumeric() || *c == char::REPLACEMENT_CHARACTER)
        .map(|c| match c {
            'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' => 'a',
            'ç' => 'c',
            'è' | 'é' | 'ê' | 'ë' => 'e',
            'ì' | 'í' | 'î' | 'ï' => 'i',
            'ñ' => 'n',
            'ò' | 'ó' | 'ô' | 'õ' | 'ö' => 'o',
            'ù' | 'ú' | 'û' | 'ü' => 'u',
            c => c,
        })
}

/// What titles mean: those that the caller names first, then those that are known.
#[derive(Debug, Clone)]
pub(super) struct Titles<'a, C>(pub(super) &'a [(C, String)]);

impl<C: Column> Titles<'_, C> {
    /// What a title means.
    pub(super) fn meaning(&self, title: &str) -> Option<C> {
        let named = self.0.iter().find(|(_, wanted)| is_title(title, wanted));
        named.map(|(column, _)| *column).or_else(|| {
            // The caller's column is the only one of its meaning.
            C::of_title(title).filter(|column| self.0.iter().all(|(named, _)| named != column))
        })
    }
}

/// Whether a column has the title that somebody names, give or take case, accents and punctuation.
fn is_title(title: &str, wanted: &str) -> bool {
    title == wanted || (folded(wanted).next().is_some() && folded(title).eq(folded(wanted)))
}

/// The columns of a file: every required one.
#[derive(Debug)]
pub(super) struct Columns<C> {
    /// All titles, in the order of the file.
    titles: Vec<String>,
    /// What each of them means.
    meanings: Vec<Option<C>>,
    /// Columns that mean what an earlier one means: the earlier one and the later one.
    copies: Vec<(usize, usize)>,
}

impl<C: Column> Columns<C> {
    pub(super) fn read(record: &ByteRecord, known: &Titles<'_, C>) -> Result<Self, ImportError> {
        let titles: Vec<String> =
            record.iter().map(|title| bare_title(&String::from_utf8_lossy(title)).to_owned()).collect();
        let meanings: Vec<Option<C>> = titles.iter().map(|title| known.meaning(title)).collect();
        let mut columns = Self { titles, meanings, copies: Vec::new() };
        columns.check_named(known)?;
        let required = C::required(&|column| columns.position(column).is_some());
        let missing = required.iter().filter(|column| columns.position(**column).is_none());
        let missing: Vec<String> = missing.map(|column| column.title().to_owned()).collect();
        if !missing.is_empty() {
            return Err(ImportError::MissingColumn { fields: missing, found: columns.titles });
        }
        columns.copies = copies(&columns.meanings);
        Ok(columns)
    }

    /// Every title that the caller names has to be there, for one meaning.
    fn check_named(&self, known: &Titles<'_, C>) -> Result<(), ImportError> {
        let is_missing =
            |(_, wanted): &&(C, String)| !self.titles.iter().any(|title| is_title(title, wanted));
        let missing: Vec<String> =
            known.0.iter().filter(is_missing).map(|(_, title)| title.clone()).collect();
        if !missing.is_empty() {
            return Err(ImportError::MissingColumn { fields: missing, found: self.titles.clone() });
        }
        for (index, (column, title)) in known.0.iter().enumerate() {
            let other =
                known.0.iter().skip(index.saturating_add(1)).find(|(_, other)| is_title(title, other));
            if let Some((other, _)) = other {
                let fields = [column.title(), other.title()].map(str::to_owned).to_vec();
                return Err(ImportError::SharedColumn { title: title.clone(), fields });
            }
        }
        Ok(())
    }

    /// What each column means, where it is the first of its meaning.
    pub(super) fn first_meanings(&self) -> impl Iterator<Item = Option<C>> {
        let is_copy = |at: usize| self.copies.binary_search_by_key(&at, |(_, later)| *later).is_ok();
        self.meanings.iter().enumerate().map(move |(at, meaning)| meaning.filter(|_| !is_copy(at)))
    }

    /// Where the column is, the first of its meaning.
    pub(super) fn position(&self, column: C) -> Option<usize> {
        self.meanings.iter().position(|meaning| *meaning == Some(column))
    }

    /// Where all columns of a meaning are.
    pub(super) fn positions(&self, column: C) -> Vec<usize> {
        let meanings = self.meanings.iter().enumerate();
        meanings.filter(|(_, meaning)| **meaning == Some(column)).map(|(at, _)| at).collect()
    }

    /// The columns that mean the same: for each meaning the first one and another.
    pub(super) fn copies(&self) -> &[(usize, usize)] {
        &self.copies
    }

    /// Two columns of one meaning whose values in a row differ.
    pub(super) fn conflict<'r>(&self, cell: &dyn Fn(usize) -> Cell<'r>) -> Option<(usize, usize)> {
        self.copies.iter().copied().find(|(first, later)| {
            let meaning = self.meanings.get(*first).copied().flatten();
            match (cell(*first), cell(*later)) {
                (Ok(first), Ok(later)) => !meaning.is_none_or(|meaning| meaning.agree(first, later)),
                // What cannot be read is an error of its own.
                (Err(_), _) => false,
                (Ok(_), Err(_)) => true,
            }
        })
    }

    /// Why two columns of one meaning cannot both be read, with the row that shows it.
    pub(super) fn ambiguous(&self, first: usize, later: usize, line: u64) -> ImportError {
        let field = self.meanings.get(first).copied().flatten().map_or("", C::title);
        let titles = [first, later].map(|at| self.title(at).to_owned()).to_vec();
        ImportError::AmbiguousColumn { field, titles, line }
    }

    /// How many cells a row must have.
    pub(super) const fn len(&self) -> usize {
        self.titles.len()
    }

    /// The title at a position.
    pub(super) fn title(&self, position: usize) -> &str {
        self.titles.get(position).map_or("", String::as_str)
    }

    /// Columns of these meanings are not read after all.
    pub(super) fn forget(&mut self, columns: &[C]) {
        for meaning in &mut self.meanings {
            if meaning.is_some_and(|column| columns.contains(&column)) {
                *meaning = None;
            }
        }
    }

    /// The titles of the columns that are not read, shortened; a column without a title has none to name.
    pub(super) fn ignored(&self) -> Vec<String> {
        self.unread().map(|(_, title)| excerpt(title.as_bytes())).collect()
    }

    /// The columns that are not read though their titles speak of the end of a support, service or warranty.
    pub(super) fn findings(&self) -> Vec<ImportFinding> {
        let suspicious = self.unread().filter(|(_, title)| speaks_of_an_end(title));
        let finding = |(position, title): (usize, &String)| {
            let field = excerpt(title.as_bytes());
            ImportFinding {
                code: ImportFindingCode::UnreadEndDate,
                column: Some(number_of(position)),
                message: format!(
                    "the column `{field}` is not read, though it seems to hold the end of a support, service or \
                     warranty; name it in `columns`, or remove it"
                ),
                field,
            }
        };
        suspicious.map(finding).take(crate::import::LISTED_MAX).collect()
    }

    fn unread(&self) -> impl Iterator<Item = (usize, &String)> {
        let unread = self.titles.iter().zip(&self.meanings).enumerate();
        unread
            .filter(|(_, (title, meaning))| meaning.is_none() && !title.is_empty())
            .map(|(at, (title, _))| (at, title))
    }
}

/// The columns that mean what an earlier one means, which is the first of its meaning; in one pass, as a header may have
/// any number of columns.
fn copies<C: Column>(meanings: &[Option<C>]) -> Vec<(usize, usize)> {
    let mut firsts: Vec<(C, usize)> = Vec::new();
    let mut copies = Vec::new();
    for (at, meaning) in meanings.iter().enumerate() {
        let Some(column) = meaning.filter(|column| !column.may_differ()) else { continue };
        match firsts.iter().find(|(first, _)| *first == column) {
            Some((_, first)) => copies.push((*first, at)),
            None => firsts.push((column, at)),
        }
    }
    copies
}

/// The number of a column, from 1.
pub(super) fn number_of(position: usize) -> u64 {
    u64::try_from(position).unwrap_or(u64::MAX).saturating_add(1)
}

/// A title without blanks and characters that nobody sees at its ends.
fn bare_title(title: &str) -> &str {
    crate::import::serial::bare(title)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accents_and_punctuation_do_not_count() {
        for (title, letters) in [
            ("Numéro de série", "numerodeserie"),
            ("N.º DE SERIE", "ndeserie"),
            ("Nume\u{301}ro", "numero"),
            ("Gewährleistung", "gewahrleistung"),
            ("Últ. comunicación", "ultcomunicacion"),
            ("S/N (IMEI)", "snimei"),
        ] {
            assert_eq!(folded(title).collect::<String>(), letters);
        }
    }
}
