/// A column of a list of systems that are to be registered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum BulkColumn {
    /// The serial number.
    Serial,
    /// The model.
    Model,
    /// The UID of the account.
    Account,
    /// The offer.
    Offer,
    /// The region of the SKU.
    SkuRegion,
    /// The billing model.
    Billing,
    /// The day of the first registration in any account (SER-1).
    FirstRegistered,
}
