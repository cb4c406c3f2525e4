use super::fields::Wanted;
use super::locator::Locator;
use super::pages::{Page, Pages};
use crate::import::{ImportError, signature};
use serde::de::IgnoredAny;
use serde_json::value::RawValue;
use std::fmt;

const UTF8_MARK: &[u8] = b"\xef\xbb\xbf";

const PAGE: Wanted<4> = Wanted { prefix: "", names: ["items", "count", "size", "offset"] };

/// A JSON document that may be a list of systems.
#[derive(Debug)]
pub(super) struct Document<'a>(&'a str);

/// The path of a system in the document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ItemPath {
    /// In an array of systems.
    Bare(usize),
    /// In the only page.
    Item(usize),
    /// In one of several pages.
    PageItem(usize, usize),
}

impl fmt::Display for ItemPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Bare(index) => write!(f, "[{index}]"),
            Self::Item(index) => write!(f, "items[{index}]"),
            Self::PageItem(page, index) => write!(f, "[{page}].items[{index}]"),
        }
    }
}

impl<'a> Document<'a> {
    /// Checks the encoding.
    pub(super) fn parse(bytes: &'a [u8]) -> Result<Self, ImportError> {
        // JSON begins with two ASCII characters, so that a zero byte shows UTF-16 without its mark.
        if let Some((kind, advice)) = signature::of(bytes) {
            return Err(ImportError::UnsupportedFormat { kind, advice });
        }
        if bytes.iter().take(2).any(|byte| *byte == 0) {
            return Err(ImportError::UnsupportedEncoding);
        }
        let text = std::str::from_utf8(bytes)
            .map_err(|error| ImportError::InvalidUtf8 { offset: error.valid_up_to() })?;
        let text =
            bytes.starts_with(UTF8_MARK).then(|| text.get(UTF8_MARK.len()..)).flatten().unwrap_or(text);
        if text.trim().is_empty() { Err(ImportError::EmptyInput) } else { Ok(Self(text)) }
    }

    pub(super) const fn text(&self) -> &'a str {
        self.0
    }

    /// Calls `read` with each system of the list, in the order of the document; gives what its pages say of themselves.
    pub(super) fn each_item(&self, mut read: impl FnMut(&'a str, ItemPath)) -> Result<Pages, ImportError> {
        let mut pages = Pages::default();
        match self.0.trim_start().as_bytes().first() {
            Some(b'{') => {
                let (items, page) = self.items_of_page(self.0, String::new)?;
                pages.push(page);
                for (index, item) in items.into_iter().enumerate() {
                    read(item.get(), ItemPath::Item(index));
                }
            }
            Some(b'[') => {
                let elements: Vec<&'a RawValue> =
                    serde_json::from_str(self.0).map_err(|error| self.invalid(&error))?;
                elements
                    .into_iter()
                    .enumerate()
                    .try_for_each(|(index, element)| self.element(element, index, &mut read, &mut pages))?;
            }
            _ => {
                serde_json::from_str::<IgnoredAny>(self.0).map_err(|error| self.invalid(&error))?;
                return Err(ImportError::NoItems { path: ".".to_owned() });
            }
        }
        Ok(pages)
    }

    /// An element of an array: a page if it has `items`, else a system.
    fn element(
        &self,
        element: &'a RawValue,
        index: usize,
        read: &mut impl FnMut(&'a str, ItemPath),
        pages: &mut Pages,
    ) -> Result<(), ImportError> {
        if !is_page(element.get()) {
            read(element.get(), ItemPath::Bare(index));
            return Ok(());
        }
        let (items, page) = self.items_of_page(element.get(), || format!("[{index}]."))?;
        pages.push(page);
        for (position, item) in items.into_iter().enumerate() {
            read(item.get(), ItemPath::PageItem(index, position));
        }
        Ok(())
    }

    /// The items of an object that has them; `prefix` is what stands before `items` in the path.
    fn items_of_page(
        &self,
        page: &'a str,
        prefix: impl Fn() -> String,
    ) -> Result<(Vec<&'a RawValue>, Page), ImportError> {
        let fields = PAGE.read(page).map_err(|error| self.invalid(&error))?;
        if let Some(repeated) = fields.repeated.first() {
            return Err(ImportError::RepeatedField { path: format!("{}{}", prefix(), repeated.name) });
        }
        let [items, count, size, offset] = fields.values;
        match items {
            Some(items) if items.raw.starts_with('[') => {
                let items: Vec<&'a RawValue> =
                    serde_json::from_str(items.raw).map_err(|error| self.invalid(&error))?;
                let page = Page::of(items.len(), [count, size, offset], prefix());
                Ok((items, page))
            }
            Some(_) => Err(ImportError::NoItems { path: format!("{}items", prefix()) }),
            None => Err(ImportError::NoItems { path: ".".to_owned() }),
        }
    }

    /// What the parser says about the document, in the library's manner.
    fn invalid(&self, error: &serde_json::Error) -> ImportError {
        let line_start = match error.line().checked_sub(2) {
            Some(skipped) => {
                self.0.match_indices('\n').nth(skipped).map_or(0, |(at, _)| at.saturating_add(1))
            }
            None => 0,
        };
        // The parser counts bytes, and the last one that it read.
        let offset = line_start.saturating_add(error.column().saturating_sub(1));
        let (line, column) = Locator::new(self.0).locate(offset);
        let place = format!(" at line {} column {}", error.line(), error.column());
        let message = error.to_string();
        ImportError::InvalidJson {
            line,
            column,
            message: message.strip_suffix(&place).unwrap_or(&message).to_owned(),
        }
    }
}

/// Whether an element of an array is a page. Looking for the name first saves reading every system twice.
fn is_page(element: &str) -> bool {
    element.contains("\"items\"")
        && PAGE.read(element).is_ok_and(|fields| matches!(fields.values, [Some(_), ..]))
}
