use crate::import::ImportError;
use csv::ByteRecord;

/// The grid's title of the column without which every system would be deleted.
pub(in crate::import) const LAST_COMMUNICATION: &str = "Last Communication";

/// What a column can mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Field {
    Serial,
    Model,
    State,
    LastCommunication,
    SupportEnd,
    WarrantyEnd,
}

impl Field {
    /// All, in the order in which they are written.
    pub(super) const ALL: [Self; 6] = [
        Self::Serial,
        Self::Model,
        Self::State,
        Self::LastCommunication,
        Self::SupportEnd,
        Self::WarrantyEnd,
    ];

    /// The grid's own title.
    pub(super) const fn title(self) -> &'static str {
        match self {
            Self::Serial => "Serial Number",
            Self::Model => "Gateway Type",
            Self::State => "Lifecycle State",
            Self::LastCommunication => LAST_COMMUNICATION,
            Self::SupportEnd => "Support Expiry Date",
            Self::WarrantyEnd => "Warranty Date",
        }
    }

    /// Every title that means this, without what does not count in titles.
    ///
    /// `Type` and `Status` are not among them: the grid can have a `System Type` and a `Comm Status` beside
    /// the columns that are meant.
    const fn names(self) -> &'static [&'static str] {
        match self {
            Self::Serial => &[
                "serialnumber",
                "serial",
                "serialno",
                "sn",
                "gatewayserialnumber",
                "gatewayserial",
                "deviceserialnumber",
                "deviceserial",
                "systemserialnumber",
            ],
            Self::Model => &["gatewaytype", "model", "gatewaymodel", "devicetype", "devicemodel"],
            Self::State => &["lifecyclestate", "state", "lifecycle", "systemstate"],
            Self::LastCommunication => &[
                "lastcommunication",
                "lastcommunicationdate",
                "lastcommunicationtime",
                "lastcommunicationutc",
                "lastcommdate",
                "lastcomm",
                "lastseen",
            ],
            Self::SupportEnd => &[
                "supportexpirydate",
                "supportend",
                "supportdate",
                "supportenddate",
                "supportexpiry",
                "supportexpirationdate",
                "supportexpiration",
            ],
            Self::WarrantyEnd => &[
                "warrantydate",
                "warrantyend",
                "warrantyenddate",
                "warrantyexpirydate",
                "warrantyexpiry",
                "warrantyexpirationdate",
                "warrantyexpiration",
            ],
        }
    }

    /// What a title means, if it is one of those that are read.
    pub(super) fn of_title(title: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|field| field.names().iter().any(|name| letters(title).eq(name.chars())))
    }
}

/// What counts in a title: letters and digits, and the mark of a character that could not be decoded.
fn letters(title: &str) -> impl Iterator<Item = char> {
    let counts = |character: &char| character.is_alphanumeric() || *character == char::REPLACEMENT_CHARACTER;
    title.chars().filter(counts).map(|character| character.to_ascii_lowercase())
}

/// The columns of a file.
#[derive(Debug)]
pub(super) struct Header {
    /// All titles, in the order of the file.
    titles: Vec<String>,
    /// The positions of the columns that are read.
    pub(super) serial: usize,
    pub(super) state: usize,
    pub(super) last_communication: usize,
    pub(super) model: Option<usize>,
    pub(super) support_end: Option<usize>,
    pub(super) warranty_end: Option<usize>,
}

impl Header {
    pub(super) fn read(record: &ByteRecord) -> Result<Self, ImportError> {
        let titles: Vec<String> =
            record.iter().map(|title| String::from_utf8_lossy(title).trim().to_owned()).collect();
        let fields: Vec<Option<Field>> = titles.iter().map(|title| Field::of_title(title)).collect();
        let at = |field| fields.iter().position(|found| *found == Some(field));
        let (Some(serial), Some(state), Some(last_communication)) =
            (at(Field::Serial), at(Field::State), at(Field::LastCommunication))
        else {
            let required = [Field::Serial, Field::State, Field::LastCommunication];
            let missing =
                required.into_iter().filter(|field| at(*field).is_none()).map(Field::title).collect();
            return Err(ImportError::MissingColumn { fields: missing, found: titles });
        };
        for field in Field::ALL {
            let same = titles.iter().zip(&fields).filter(|(_, found)| **found == Some(field));
            let same: Vec<String> = same.map(|(title, _)| title.clone()).collect();
            if same.len() > 1 {
                return Err(ImportError::AmbiguousColumn { field: field.title(), titles: same });
            }
        }
        Ok(Self {
            serial,
            state,
            last_communication,
            model: at(Field::Model),
            support_end: at(Field::SupportEnd),
            warranty_end: at(Field::WarrantyEnd),
            titles,
        })
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
        let ignored = |title: &&String| !title.is_empty() && Field::of_title(title).is_none();
        self.titles.iter().filter(ignored).cloned().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn header(titles: &[&str]) -> Result<Header, ImportError> {
        Header::read(&titles.iter().map(|title| title.as_bytes()).collect())
    }

    #[test]
    fn titles_are_matched_loosely() {
        for (title, field) in [
            ("Serial Number", Field::Serial),
            ("SERIAL_NUMBER", Field::Serial),
            ("  serial-number: ", Field::Serial),
            ("Serial No.", Field::Serial),
            ("S/N", Field::Serial),
            ("Serial\u{a0}Number", Field::Serial),
            ("serial", Field::Serial),
            ("model", Field::Model),
            ("Gateway type", Field::Model),
            ("state", Field::State),
            ("Life-Cycle State", Field::State),
            ("lifeCycleState", Field::State),
            ("last_communication", Field::LastCommunication),
            ("Last Communication (UTC)", Field::LastCommunication),
            ("lastCommDate", Field::LastCommunication),
            ("support_end", Field::SupportEnd),
            ("Support Date", Field::SupportEnd),
            ("warranty_end", Field::WarrantyEnd),
            ("Warranty Date", Field::WarrantyEnd),
        ] {
            assert_eq!(Field::of_title(title), Some(field), "{title}");
        }
        for title in [
            "",
            "Name",
            "Type",
            "Comm Status",
            "Serial Numbers",
            "Sérial",
            "Seri\u{fffd}al",
            "Gateway End Date",
        ] {
            assert_eq!(Field::of_title(title), None, "{title}");
        }
        for field in Field::ALL {
            assert_eq!(Field::of_title(field.title()), Some(field));
        }
    }

    #[test]
    fn no_name_means_two_things() {
        let mut names: Vec<_> = Field::ALL.iter().flat_map(|field| field.names()).collect();
        let count = names.len();
        names.sort();
        names.dedup();
        assert_eq!(names.len(), count);
    }

    #[test]
    fn what_is_missing_is_named_all_at_once() {
        let error = header(&["Name", "Serial"]).unwrap_err();
        assert_eq!(
            error.to_string(),
            "the header lacks `Lifecycle State`, `Last Communication` (without the last communication every system \
             would count as never communicated and be deleted); add to the export what is missing, the columns \
             found are `Name`, `Serial`"
        );
        let error = header(&["Last Communication", "State"]).unwrap_err();
        assert_eq!(
            error.to_string(),
            "the header lacks `Serial Number`; add to the export what is missing, the columns found are \
             `Last Communication`, `State`"
        );
    }

    #[test]
    fn two_columns_with_one_meaning_are_refused() {
        let error = header(&["Serial", "State", "Last Communication", "S/N"]).unwrap_err();
        assert_eq!(error.code().as_str(), "ambiguous_column");
        assert_eq!(
            error.to_string(),
            "the columns `Serial`, `S/N` all mean `Serial Number`; remove all but one of them"
        );
    }

    #[test]
    fn all_other_columns_are_listed() {
        let header = header(&["Name", "Serial", "", "State", "Last Communication", "Labels"]).unwrap();
        assert_eq!(header.ignored(), ["Name", "Labels"]);
        assert_eq!((header.serial, header.state, header.last_communication, header.model), (1, 3, 4, None));
    }
}
