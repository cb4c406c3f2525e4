use crate::names::named_enum;

named_enum! {
    /// The stable code of an [`Error`](super::Error).
    pub enum ErrorCode {
        /// The account is avc already; only legacy accounts are migrated (MIG-2).
        AlreadyMigrated = "already_migrated",
        /// The consent names another plan than the one to be applied (MIG-1).
        ConsentMismatch = "consent_mismatch",
        /// A plan is applied only with the customer's consent (MIG-1).
        ConsentRequired = "consent_required",
        /// A computed date lies outside 1900-01-01 to 9999-12-31.
        DateOutOfRange = "date_out_of_range",
        /// Two systems of an account have the same serial.
        DuplicateSerial = "duplicate_serial",
        /// A legacy account cannot have been created since 2022-01-01 (ACC-2).
        FormatNotAvailable = "format_not_available",
        /// A file as a whole cannot be read as systems; `context.reason` says why.
        InvalidFile = "invalid_file",
        /// The input is not JSON, or not the document that the operation reads.
        InvalidInput = "invalid_input",
        /// Only free tier accounts are converted to customer accounts (ACC-10).
        NotFreeTier = "not_free_tier",
        /// A number, date or text is outside the limits of the wire form.
        OutOfRange = "out_of_range",
        /// A reseller account migrates by rules of its own (MIG-18).
        ResellerAccount = "reseller_account",
        /// The plan was made from other data than the account has now, or was altered (MIG-19).
        StalePlan = "stale_plan",
        /// A comparison needs at least two scenarios.
        TooFewScenarios = "too_few_scenarios",
        /// There is no operation of this name.
        UnknownOperation = "unknown_operation",
        /// No system of the account has this serial.
        UnknownSerial = "unknown_serial",
        /// An XR Series router cannot be in a legacy account (MIG-17).
        XrInLegacyAccount = "xr_in_legacy_account",
    }
}
