use super::columns::{Column, Columns};

/// The grid's title of the column without which every system would be deleted.
pub(in crate::import) const LAST_COMMUNICATION: &str = "Last Communication";

/// Titles of serial numbers, in any kind of file.
pub(super) const SERIAL_NAMES: &[&str] = &[
    "serialnumber",
    "serial",
    "serialno",
    "sn",
    "gatewayserialnumber",
    "gatewayserial",
    "deviceserialnumber",
    "deviceserial",
    "systemserialnumber",
];

/// Titles of models, in any kind of file.
pub(super) const MODEL_NAMES: &[&str] =
    &["gatewaytype", "model", "gatewaymodel", "devicetype", "devicemodel"];

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

impl Column for Field {
    /// In the order in which they are written.
    const ALL: &'static [Self] = &[
        Self::Serial,
        Self::Model,
        Self::State,
        Self::LastCommunication,
        Self::SupportEnd,
        Self::WarrantyEnd,
    ];

    const REQUIRED: &'static [Self] = &[Self::Serial, Self::State, Self::LastCommunication];

    /// The grid's own title.
    fn title(self) -> &'static str {
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
    fn names(self) -> &'static [&'static str] {
        match self {
            Self::Serial => SERIAL_NAMES,
            Self::Model => MODEL_NAMES,
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
}

/// Where the columns stand that are read.
#[derive(Debug)]
pub(super) struct Positions {
    pub(super) serial: usize,
    pub(super) state: usize,
    pub(super) last_communication: usize,
    pub(super) model: Option<usize>,
    pub(super) support_end: Option<usize>,
    pub(super) warranty_end: Option<usize>,
}

impl Positions {
    pub(super) fn of(columns: &Columns<Field>) -> Self {
        Self {
            serial: columns.required(Field::Serial),
            state: columns.required(Field::State),
            last_communication: columns.required(Field::LastCommunication),
            model: columns.position(Field::Model),
            support_end: columns.position(Field::SupportEnd),
            warranty_end: columns.position(Field::WarrantyEnd),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::ImportError;

    fn header(titles: &[&str]) -> Result<Columns<Field>, ImportError> {
        Columns::read(&titles.iter().map(|title| title.as_bytes()).collect())
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
            assert_eq!(Field::of_title(field.title()), Some(*field));
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
        let found = Positions::of(&header);
        assert_eq!((found.serial, found.state, found.last_communication, found.model), (1, 3, 4, None));
    }
}
