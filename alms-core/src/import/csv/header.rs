use super::columns::{Column, Columns};
use crate::import::DateOrder;
use crate::import::date::parse_date;
use crate::import::serial::serial;
use crate::import::state;
use crate::import::value::{DateOf, is_no_date};
use crate::names::named_enum;

/// The grid's title of the column without which every system would be deleted.
pub(in crate::import) const LAST_COMMUNICATION: &str = "Last Communication";

/// Titles of serial numbers, in any kind of file, in English, German, French and Spanish.
pub(super) const SERIAL_NAMES: &[&str] = &[
    "serialnumber",
    "serial",
    "serialno",
    "serialnr",
    "serialnum",
    "sn",
    "gatewayserialnumber",
    "gatewayserial",
    "deviceserialnumber",
    "deviceserial",
    "systemserialnumber",
    "seriennummer",
    "seriennr",
    "gerateseriennummer",
    "numerodeserie",
    "numdeserie",
    "nodeserie",
    "ndeserie",
    "nserie",
    "noserie",
    "numeroserie",
];

/// Titles of models, in any kind of file.
pub(super) const MODEL_NAMES: &[&str] = &[
    "gatewaytype",
    "model",
    "gatewaymodel",
    "devicetype",
    "devicemodel",
    "modelname",
    "gatewaytyp",
    "geratetyp",
    "geratemodell",
    "modell",
    "typedepasserelle",
    "typedegateway",
    "typedappareil",
    "typedequipement",
    "modele",
    "tipodegateway",
    "tipodepasarela",
    "tipodedispositivo",
    "tipodeequipo",
    "modelo",
];

/// Titles of offers, in any kind of file.
pub(super) const OFFER_NAMES: &[&str] = &[
    "offer",
    "offername",
    "airlinkoffer",
    "currentoffer",
    "serviceoffer",
    "angebot",
    "offre",
    "nomdeloffre",
    "oferta",
];

/// Titles of the accounts of systems.
const ACCOUNT_NAMES: &[&str] = &[
    "account",
    "accountuid",
    "accountname",
    "company",
    "companyname",
    "companyuid",
    "customer",
    "customeruid",
    "customername",
    "targetcompany",
    "targetcompanyuid",
    "targetaccount",
    "targetaccountuid",
    "firma",
    "konto",
    "kunde",
    "kundenname",
    "compte",
    "client",
    "cuenta",
    "cliente",
];

named_enum! {
    /// What a column of a file of systems can mean.
    pub enum SystemColumn {
        /// The serial number.
        Serial = "serial",
        /// The model.
        Model = "model",
        /// The life cycle state.
        State = "state",
        /// The last communication.
        LastCommunication = "last_communication",
        /// The last day of support.
        SupportEnd = "support_end",
        /// The last day of the warranty.
        WarrantyEnd = "warranty_end",
        /// The offer of the system's subscription, in an avc account.
        Offer = "offer",
        /// The last day of the system's subscription, in an avc account.
        EndDate = "end_date",
        /// The number of a SIM, which tells a SIM that is a system of its own.
        Sim = "sim",
        /// The account; a file of several is a finding.
        Account = "account",
    }
}

pub(super) use SystemColumn as Field;

impl Field {
    /// The columns that are written, in their order.
    pub(super) const WRITTEN: [Self; 6] = [
        Self::Serial,
        Self::Model,
        Self::State,
        Self::LastCommunication,
        Self::SupportEnd,
        Self::WarrantyEnd,
    ];
}

impl Column for Field {
    const ALL: &'static [Self] = Self::ALL;

    /// A list of subscriptions says nothing of states and communication.
    fn required(has: &dyn Fn(Self) -> bool) -> &'static [Self] {
        let is_grid = has(Self::State) || has(Self::LastCommunication);
        if !is_grid && has(Self::Offer) && has(Self::EndDate) {
            return &[Self::Serial, Self::Offer, Self::EndDate];
        }
        &[Self::Serial, Self::State, Self::LastCommunication]
    }

    /// The grid's own title.
    fn title(self) -> &'static str {
        match self {
            Self::Serial => "Serial Number",
            Self::Model => "Gateway Type",
            Self::State => "Lifecycle State",
            Self::LastCommunication => LAST_COMMUNICATION,
            Self::SupportEnd => "Support Expiry Date",
            Self::WarrantyEnd => "Warranty Date",
            Self::Offer => "Offer",
            Self::EndDate => "End Date",
            Self::Sim => "ICCID",
            Self::Account => "Account",
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
            Self::State => &[
                "lifecyclestate",
                "state",
                "lifecycle",
                "systemstate",
                "lifecyclestatus",
                "lebenszyklusstatus",
                "lebenszykluszustand",
                "lebenszyklus",
                "zustand",
                "etatducycledevie",
                "cycledevie",
                "etat",
                "estadodelciclodevida",
                "estadodeciclodevida",
                "ciclodevida",
                "estado",
            ],
            Self::LastCommunication => &[
                "lastcommunication",
                "lastcommunicationdate",
                "lastcommunicationtime",
                "lastcommunicationutc",
                "lastcommdate",
                "lastcomm",
                "lastseen",
                "lastcommunicationon",
                "letztekommunikation",
                "letztekommunikationam",
                "letzterkontakt",
                "letzteverbindung",
                "dernierecommunication",
                "datededernierecommunication",
                "datedeladernierecommunication",
                "derniereconnexion",
                "ultimacomunicacion",
                "fechadeultimacomunicacion",
                "fechadelaultimacomunicacion",
                "ultimaconexion",
            ],
            Self::SupportEnd => &[
                "supportexpirydate",
                "supportend",
                "supportdate",
                "supportenddate",
                "supportexpiry",
                "supportexpirationdate",
                "supportexpiration",
                "datasupportexpirydate",
                "datasupportenddate",
                "supportende",
                "supportablaufdatum",
                "supportablauf",
                "supportenddatum",
                "supportbis",
                "endedessupports",
                "findesupport",
                "findusupport",
                "datedefindesupport",
                "datedefindusupport",
                "expirationdusupport",
                "datedexpirationdusupport",
                "findesoporte",
                "findelsoporte",
                "fechadefindesoporte",
                "fechadefindelsoporte",
                "vencimientodelsoporte",
                "fechadevencimientodelsoporte",
            ],
            Self::WarrantyEnd => &[
                "warrantydate",
                "warrantyend",
                "warrantyenddate",
                "warrantyexpirydate",
                "warrantyexpiry",
                "warrantyexpirationdate",
                "warrantyexpiration",
                "datawarrantyexpirydate",
                "datawarrantydate",
                "datawarrantyenddate",
                "garantieende",
                "garantiedatum",
                "garantieablauf",
                "garantieablaufdatum",
                "garantieenddatum",
                "garantiebis",
                "endedergarantie",
                "findegarantie",
                "findelagarantie",
                "datedegarantie",
                "datedefindegarantie",
                "datedefindelagarantie",
                "expirationdelagarantie",
                "datedexpirationdelagarantie",
                "findegarantia",
                "findelagarantia",
                "fechadegarantia",
                "fechadefindegarantia",
                "vencimientodelagarantia",
                "fechadevencimientodelagarantia",
            ],
            Self::Offer => OFFER_NAMES,
            Self::EndDate => &[
                "enddate",
                "offerenddate",
                "offerend",
                "offerexpirydate",
                "offerexpiry",
                "airlinkofferenddate",
                "serviceenddate",
                "serviceend",
                "subscriptionenddate",
                "subscriptionend",
                "renewaldate",
                "enddatum",
                "angebotsende",
                "angebotsenddatum",
                "datedefin",
                "datedefindeloffre",
                "findeloffre",
                "fechadefin",
                "fechadefindelaoferta",
                "findelaoferta",
            ],
            Self::Sim => &[
                "iccid",
                "simiccid",
                "simnumber",
                "simidentifier",
                "subscriptionidentifier",
                "subscriptionsidentifier",
                "subscription0identifier",
                "subscriptions0identifier",
            ],
            Self::Account => ACCOUNT_NAMES,
        }
    }

    fn may_differ(self) -> bool {
        self == Self::Account
    }

    fn agree(self, first: &str, second: &str) -> bool {
        let date = |text: &str| parse_date(text, DateOrder::Iso).ok();
        match self {
            Self::State => match (state::find(first), state::find(second)) {
                (Some(first), Some(second)) => first.state == second.state,
                _ => first.eq_ignore_ascii_case(second),
            },
            Self::LastCommunication | Self::SupportEnd | Self::WarrantyEnd | Self::EndDate => {
                let of =
                    if self == Self::LastCommunication { DateOf::LastCommunication } else { DateOf::End };
                first.eq_ignore_ascii_case(second)
                    || date(first).is_some_and(|day| Some(day) == date(second))
                    || (is_no_date(first, of) && is_no_date(second, of))
            }
            // However a spreadsheet wrapped one of them.
            Self::Serial => match (serial(first), serial(second)) {
                (Ok((first, _)), Ok((second, _))) => first == second,
                _ => first == second,
            },
            _ => first.eq_ignore_ascii_case(second),
        }
    }
}

/// Where the columns are that are read.
#[derive(Debug)]
pub(super) struct Positions {
    pub(super) serial: usize,
    /// Where state and last communication are; `None` in a list of subscriptions.
    pub(super) grid: Option<(usize, usize)>,
    pub(super) model: Option<usize>,
    pub(super) support_end: Option<usize>,
    pub(super) warranty_end: Option<usize>,
    pub(super) sim: Option<usize>,
    /// Every column that names an account, by whatever title.
    pub(super) accounts: Vec<usize>,
    /// Where offer and end date are, in a file that has both.
    pub(super) subscription: Option<(usize, usize)>,
}

impl Positions {
    /// An end date without an offer is not a subscription's, and not read.
    pub(super) fn of(columns: &mut Columns<Field>) -> Self {
        let pair = |first, second| columns.position(first).zip(columns.position(second));
        let subscription = pair(Field::Offer, Field::EndDate);
        let positions = Self {
            serial: columns.position(Field::Serial).unwrap_or_default(),
            grid: pair(Field::State, Field::LastCommunication),
            model: columns.position(Field::Model),
            support_end: columns.position(Field::SupportEnd),
            warranty_end: columns.position(Field::WarrantyEnd),
            sim: columns.position(Field::Sim),
            accounts: columns.positions(Field::Account),
            subscription,
        };
        if subscription.is_none() {
            columns.forget(&[Field::Offer, Field::EndDate]);
        }
        positions
    }

    /// The columns of dates.
    pub(super) fn dates(&self) -> impl Iterator<Item = usize> {
        let last = self.grid.map(|(_, last)| last);
        let end = self.subscription.map(|(_, end)| end);
        [last, self.support_end, self.warranty_end, end].into_iter().flatten()
    }
}

#[cfg(test)]
mod tests {
    use super::super::columns::Titles;
    use super::*;
    use crate::import::ImportError;

    fn header(titles: &[&str]) -> Result<Columns<Field>, ImportError> {
        Columns::read(&titles.iter().map(|title| title.as_bytes()).collect(), &Titles(&[]))
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
            ("Seriennummer", Field::Serial),
            ("Serien-Nr.", Field::Serial),
            ("N° de série", Field::Serial),
            ("NÚMERO DE SERIE", Field::Serial),
            ("Gateway-Typ", Field::Model),
            ("Modèle", Field::Model),
            ("État du cycle de vie", Field::State),
            ("Letzte Kommunikation", Field::LastCommunication),
            ("Dernière communication", Field::LastCommunication),
            ("Última comunicación", Field::LastCommunication),
            ("Date de fin de support", Field::SupportEnd),
            ("Garantieende", Field::WarrantyEnd),
            ("Fin de garantía", Field::WarrantyEnd),
            ("gateway.serialNumber", Field::Serial),
            ("data.supportExpiryDate", Field::SupportEnd),
            ("Offer End Date", Field::EndDate),
        ] {
            assert_eq!(Field::of_title(title), Some(field), "{title}");
        }
        for title in
            ["", "Name", "Type", "Comm Status", "Serial Numbers", "Seri\u{fffd}al", "Gateway End Date"]
        {
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
             would count as never communicated and be deleted); add what is missing to the export, or name your titles \
             in `columns`; the columns found are `Name`, `Serial`"
        );
        let error = header(&["Last Communication", "State"]).unwrap_err();
        assert_eq!(
            error.to_string(),
            "the header lacks `Serial Number`; add what is missing to the export, or name your titles in `columns`; the \
             columns found are `Last Communication`, `State`"
        );
    }

    #[test]
    fn the_callers_titles_come_first() {
        let named = [(Field::Serial, "Kennung".to_owned()), (Field::SupportEnd, "Vertrag bis".to_owned())];
        let read = |titles: &[&str]| {
            Columns::read(&titles.iter().map(|title| title.as_bytes()).collect(), &Titles(&named))
        };
        let columns = read(&["Serial", "KENNUNG", "State", "Last Communication", "Vertrag bis"]).unwrap();
        assert_eq!(
            (columns.position(Field::Serial), columns.position(Field::SupportEnd)),
            (Some(1), Some(4))
        );
        assert_eq!(columns.ignored(), ["Serial"]);
        let error = read(&["Serial", "State", "Last Communication", "Vertrag bis"]).unwrap_err();
        assert!(error.to_string().starts_with("the header lacks `Kennung`;"), "{error}");
        let shared = [(Field::Serial, "Name".to_owned()), (Field::Model, "name".to_owned())];
        let error = Columns::read(&["Name"].iter().map(|title| title.as_bytes()).collect(), &Titles(&shared));
        assert_eq!(error.unwrap_err().code().as_str(), "ambiguous_column");
    }

    #[test]
    fn all_other_columns_are_listed() {
        let mut header =
            header(&["Name", "Serial", "", "State", "Last Communication", "Labels", "S/N", "End Date"])
                .unwrap();
        let found = Positions::of(&mut header);
        assert_eq!((found.serial, found.grid, found.model), (1, Some((3, 4)), None));
        assert_eq!(
            header.ignored(),
            ["Name", "Labels", "End Date"],
            "an end date without an offer is not read"
        );
        assert_eq!(header.copies(), [(1, 6)]);
    }

    #[test]
    fn a_list_of_subscriptions_needs_no_state() {
        let mut header =
            header(&["Serial Number", "Model", "Offer", "End Date", "Days Left", "Warranty End"]).unwrap();
        let found = Positions::of(&mut header);
        assert_eq!((found.grid, found.subscription, found.warranty_end), (None, Some((2, 3)), Some(5)));
        assert_eq!(header.ignored(), ["Days Left"]);
    }
}
