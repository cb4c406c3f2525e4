use super::columns::Column;
use super::header::{MODEL_NAMES, OFFER_NAMES, SERIAL_NAMES};
use crate::account::BulkColumn;

impl Column for BulkColumn {
    const ALL: &'static [Self] = &[
        Self::Serial,
        Self::Model,
        Self::Account,
        Self::Offer,
        Self::SkuRegion,
        Self::Billing,
        Self::FirstRegistered,
    ];

    fn required(_: &dyn Fn(Self) -> bool) -> &'static [Self] {
        &[Self::Serial, Self::Model, Self::Account]
    }

    fn title(self) -> &'static str {
        match self {
            Self::Serial => "Serial Number",
            Self::Model => "Model",
            Self::Account => "Account UID",
            Self::Offer => "Offer",
            Self::SkuRegion => "SKU Region",
            Self::Billing => "Billing",
            Self::FirstRegistered => "First Registered",
        }
    }

    /// `SKU` is not among them: it is the number of an article, not a region.
    fn names(self) -> &'static [&'static str] {
        match self {
            Self::Serial => SERIAL_NAMES,
            Self::Model => MODEL_NAMES,
            Self::Account => &[
                "account",
                "accountuid",
                "uid",
                "targetaccount",
                "targetaccountuid",
                "customer",
                "customeruid",
                "customeraccount",
                "customeraccountuid",
                "company",
                "companyuid",
                "targetcompany",
                "targetcompanyuid",
                "konto",
                "kontouid",
                "zielkonto",
                "kunde",
                "kundenkonto",
                "firma",
                "compte",
                "uidducompte",
                "comptecible",
                "client",
                "societe",
                "cuenta",
                "uiddelacuenta",
                "cuentadedestino",
                "cliente",
                "empresa",
            ],
            Self::Offer => OFFER_NAMES,
            Self::SkuRegion => &["skuregion", "region", "routerregion", "deviceregion"],
            Self::Billing => {
                &["billing", "billingmodel", "billingtype", "abrechnung", "facturation", "facturacion"]
            }
            Self::FirstRegistered => &[
                "firstregistered",
                "firstregistration",
                "firstregistrationdate",
                "firstregisteredon",
                "erstregistrierung",
                "premierenregistrement",
                "primerregistro",
            ],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_are_matched_loosely() {
        for (title, column) in [
            ("S/N", BulkColumn::Serial),
            ("serial_number", BulkColumn::Serial),
            ("Device Type", BulkColumn::Model),
            ("Account UID", BulkColumn::Account),
            ("TARGET-ACCOUNT", BulkColumn::Account),
            ("TARGET_COMPANY", BulkColumn::Account),
            ("SERIAL_NUMBER", BulkColumn::Serial),
            ("Zielkonto", BulkColumn::Account),
            ("Compte cible", BulkColumn::Account),
            ("Cuenta de destino", BulkColumn::Account),
            ("Modèle", BulkColumn::Model),
            ("Offer name", BulkColumn::Offer),
            ("SKU Region", BulkColumn::SkuRegion),
            ("Billing Model:", BulkColumn::Billing),
        ] {
            assert_eq!(BulkColumn::of_title(title), Some(column), "{title}");
        }
        for title in ["", "SKU", "Account Name", "Name", "Offers"] {
            assert_eq!(BulkColumn::of_title(title), None, "{title}");
        }
    }

    #[test]
    fn no_name_means_two_things() {
        let mut names: Vec<_> = BulkColumn::ALL.iter().flat_map(|column| column.names()).collect();
        let count = names.len();
        names.sort();
        names.dedup();
        assert_eq!(names.len(), count);
        assert!(BulkColumn::ALL.iter().all(|column| BulkColumn::of_title(column.title()) == Some(*column)));
    }
}
