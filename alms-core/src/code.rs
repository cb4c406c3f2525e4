//! The codes of all errors, in one place: each error says its own.

use crate::names::named_enum;
use crate::rule::RuleId;
use std::borrow::Cow;

named_enum! {
    /// The stable code of an error, typed or of the [wire form](crate::wire::Error); there may be more of them tomorrow.
    #[non_exhaustive]
    pub enum ErrorCode {
        /// There is no account yet in which the XR Series router could register (XRS-1).
        AccountRequired = "account_required",
        /// The account is activated already (ACC-4).
        AlreadyActivated = "already_activated",
        /// The partner's request is answered already (ACC-11).
        AlreadyAnswered = "already_answered",
        /// The order or transfer was deleted already (ORD-4).
        AlreadyDeleted = "already_deleted",
        /// The account is avc already; only legacy accounts are migrated (MIG-2).
        AlreadyMigrated = "already_migrated",
        /// The partner is one already (ACC-11).
        AlreadyPartner = "already_partner",
        /// The system is registered already; it brings one Service Pack once (TOK-7), and a list registers it once (RES-4).
        AlreadyRegistered = "already_registered",
        /// The partner's request waits for an answer already (ACC-11).
        AlreadyRequested = "already_requested",
        /// The order's identification of the customer matches several accounts (ORD-1).
        AmbiguousCustomer = "ambiguous_customer",
        /// The account's tokens are not its balance in the ledger that is given with it (ORD-7).
        BalanceMismatch = "balance_mismatch",
        /// The day lies before the one as of which the subscription is known.
        BeforeAsOf = "before_as_of",
        /// The day lies before the account's creation (ACC-4).
        BeforeCreation = "before_creation",
        /// An edit or deletion is dated before its order, or before the order's last edit (ORD-4).
        BeforeOrder = "before_order",
        /// The event or change comes before the subscription's first day (SUB-1).
        BeforeStart = "before_start",
        /// A card needs a billing address in the United States (PAY-2).
        BillingAddressOutsideUs = "billing_address_outside_us",
        /// The kind of billing is not that of the account, subscription or offer (SUB-8, PAY-4, OFF-4).
        BillingMismatch = "billing_mismatch",
        /// Cards are for residents of the United States (PAY-2).
        CardOutsideUs = "card_outside_us",
        /// The consent is dated after the migration date (MIG-1).
        ConsentAfterMigration = "consent_after_migration",
        /// The consent names another plan than the one to be applied (MIG-1).
        ConsentMismatch = "consent_mismatch",
        /// The consent is not given by an administrator of the account (MIG-1).
        ConsentNotByAdministrator = "consent_not_by_administrator",
        /// A plan is applied only with the customer's consent (MIG-1).
        ConsentRequired = "consent_required",
        /// Accounts of this kind are not converted to the other (ACC-10).
        ConversionNotAvailable = "conversion_not_available",
        /// An account that a reseller created is activated within seven days (ACC-4).
        CreationExpired = "creation_expired",
        /// A computed date lies outside 1900-01-01 to 9999-12-31.
        DateOutOfRange = "date_out_of_range",
        /// An offer of a catalogue is the default for devices that it does not fit (OFF-3).
        DefaultOutsideFit = "default_outside_fit",
        /// Two accounts of a ledger have the same UID (ACC-1).
        DuplicateAccount = "duplicate_account",
        /// Two catalogues have the same version or the same first day (OFF-5).
        DuplicateCatalogue = "duplicate_catalogue",
        /// Two offers of a catalogue are the default for one device (OFF-3).
        DuplicateDefault = "duplicate_default",
        /// Two offers have the same name, and none says that it replaces the other (OFF-5).
        DuplicateOffer = "duplicate_offer",
        /// Two systems of an account have the same serial.
        DuplicateSerial = "duplicate_serial",
        /// The first term ends before the service begins (SUB-1).
        EndBeforeStart = "end_before_start",
        /// Somebody signs in to another account with the e-mail address (ACC-3).
        EmailTaken = "email_taken",
        /// The event took effect by the day as of which the subscription is known.
        EventAlreadyCounted = "event_already_counted",
        /// The serial was first registered after its registration in this account (SER-1).
        FirstRegisteredAfterRegistration = "first_registered_after_registration",
        /// A legacy account cannot have been created since 2022-01-01 (ACC-2).
        FormatNotAvailable = "format_not_available",
        /// A support contact needs at least two of name, phone and e-mail (ACC-9).
        IncompleteContact = "incomplete_contact",
        /// The order names the customer by half: name or UID, and an administrator, belong together (ORD-1).
        IncompleteIdentification = "incomplete_identification",
        /// A support ticket names the accounts that are to be linked or converted (ACC-5, ACC-7, ACC-10).
        IncompleteTicket = "incomplete_ticket",
        /// The account's instance is not the partner's, whose link was used, or not that of the router's region (ACC-5, XRS-2).
        InstanceMismatch = "instance_mismatch",
        /// A sign-up without a partner, or the vendor, has to choose an instance (ACC-1).
        InstanceRequired = "instance_required",
        /// It is not known which XR Series routers the account's instance takes (XRS-2).
        InstanceUnverified = "instance_unverified",
        /// The partner's stock would fall below zero (ORD-3).
        InsufficientTokens = "insufficient_tokens",
        /// A discount outside 0 to 100 percent, or above the list price (ORD-8).
        InvalidDiscount = "invalid_discount",
        /// A file as a whole cannot be read as systems; `context.reason` says why.
        InvalidFile = "invalid_file",
        /// The input is not JSON, or not the document that the operation reads.
        InvalidInput = "invalid_input",
        /// An offer of a catalogue contradicts its kind, or names no device or instance (OFF-1).
        InvalidOffer = "invalid_offer",
        /// A term that the billing model or the kind of offer does not have, or none at all (OFF-1).
        InvalidTerm = "invalid_term",
        /// The idempotency key is that of another booking (ORD-7).
        KeyReused = "key_reused",
        /// Accounts of this kind do not come into being in this way (ACC-8, ACC-10).
        KindNotAvailable = "kind_not_available",
        /// A legacy account is licensed by tokens, not by subscriptions (ACC-1, TOK-7).
        LegacyAccount = "legacy_account",
        /// Service Packs are tokens for legacy accounts (TOK-1).
        LegacyOnly = "legacy_only",
        /// The price list has no price of an offer and term that is bought or invoiced (SUB-10, SUB-7).
        MissingPrice = "missing_price",
        /// The offer is for other devices (OFF-2).
        ModelMismatch = "model_mismatch",
        /// The month's use is booked already for this account (TOK-2).
        MonthAlreadyBooked = "month_already_booked",
        /// The order was entered in another calendar month; a credit or debit note corrects it (ORD-4, ORD-5).
        MonthClosed = "month_closed",
        /// A month's use is booked on or after its last day (TOK-2).
        MonthNotOver = "month_not_over",
        /// Another account has the name (ACC-3).
        NameTaken = "name_taken",
        /// Without the removed e-mail address nobody would administer the account (ACC-9).
        NoAdministrator = "no_administrator",
        /// No catalogue of offers is in effect on this day (OFF-5).
        NoCatalogue = "no_catalogue",
        /// The catalogue has no default offer for the model in this account (OFF-3).
        NoDefaultOffer = "no_default_offer",
        /// A subscription without an end date, such as that of a system in inventory, cannot be renewed (SUB-2).
        NoEndDate = "no_end_date",
        /// There is no request to grant or refuse (ACC-11).
        NoRequest = "no_request",
        /// A partner has a connectivity sign-up link only under the IOT Solution Sales Agreement (ACC-6).
        NoSignupLink = "no_signup_link",
        /// Only a partner of the customer orders, transfers or adjusts for it, and has a profile (ORD-9, ACC-11, RES-5).
        NotAPartner = "not_a_partner",
        /// Only the account of a reseller can be a partner's, or have systems transferred with customers (ACC-4, ACC-5, ACC-11, RES-5).
        NotAReseller = "not_a_reseller",
        /// A system is registered under device management, not under connectivity or articles (SUB-1).
        NotAService = "not_a_service",
        /// Only administrators reach account management (ACC-9).
        NotAnAdministrator = "not_an_administrator",
        /// Only an authorized partner has a reseller account (ACC-10).
        NotAuthorized = "not_authorized",
        /// Only orders and transfers are edited or deleted (ORD-4).
        NotEditable = "not_editable",
        /// Only free tier accounts are converted to customer accounts (ACC-10).
        NotFreeTier = "not_free_tier",
        /// Only a system in inventory is activated (MIG-3).
        NotInInventory = "not_in_inventory",
        /// The step is dated before the one that it follows (ACC-11).
        NotInOrder = "not_in_order",
        /// There is no termination that could be taken back (SUB-7).
        NothingToWithdraw = "nothing_to_withdraw",
        /// Packs and tokens of a booking are at least 1.
        NotPositive = "not_positive",
        /// The offer is not sold on the account's instance (OFF-1, OFF-4).
        NotSoldHere = "not_sold_here",
        /// A system is transferred under an offer of the same type only (RES-5).
        OfferTypeMismatch = "offer_type_mismatch",
        /// A number, date or text is outside the limits of the wire form.
        OutOfRange = "out_of_range",
        /// A pre-paid term runs to its end with its offer; a renewal may name another (SUB-2).
        PrePaidTerm = "pre_paid_term",
        /// A free tier account has no systems from before its conversion (ACC-8, ACC-10).
        RegisteredBeforeConversion = "registered_before_conversion",
        /// A reseller account migrates by rules of its own (MIG-18).
        ResellerAccount = "reseller_account",
        /// Reseller accounts get no connectivity and no SIM cards (OFF-4).
        ResellerConnectivity = "reseller_connectivity",
        /// An account cannot be linked with itself, nor transfer systems to itself (ACC-7, RES-5).
        SameAccount = "same_account",
        /// SEPA is for residents of the European Union (PAY-2).
        SepaOutsideEu = "sepa_outside_eu",
        /// Only systems of the LX, ES, GX, RV and MP series bring a Service Pack (TOK-7).
        SeriesNotEligible = "series_not_eligible",
        /// The included year is used up, and no service was bought for the system in the account (RES-6).
        ServiceAllocationMissing = "service_allocation_missing",
        /// The service would begin before the system was registered (SUB-1).
        StartBeforeRegistration = "start_before_registration",
        /// The plan was made from other data than the account has now, or was altered (MIG-19).
        StalePlan = "stale_plan",
        /// The term is over on the day of its order, and is not sold (SUB-4).
        TermOverBeforeOrder = "term_over_before_order",
        /// The service is terminated; nothing changes it any more (SUB-7).
        Terminated = "terminated",
        /// Linking takes a support ticket, unless a partner's link was used (ACC-7), and so does a conversion (ACC-10).
        TicketRequired = "ticket_required",
        /// A comparison needs at least two scenarios.
        TooFewScenarios = "too_few_scenarios",
        /// What is asked for multiplies beyond a limit: accounts × months of a simulation, scenarios × systems of a comparison,
        /// units of an alignment; `context.count` and `context.limit` say how many there are and may be.
        TooLarge = "too_large",
        /// The account has more systems than its kind may have (ACC-8).
        TooManySystems = "too_many_systems",
        /// Another account has the UID (ACC-3).
        UidTaken = "uid_taken",
        /// No account has this UID (ACC-1).
        UnknownAccount = "unknown_account",
        /// No booking has this key (ORD-4).
        UnknownBooking = "unknown_booking",
        /// The order's identification of the customer matches no account (ORD-1).
        UnknownCustomer = "unknown_customer",
        /// Neither the catalogue nor the customer has an offer of this name (OFF-5).
        UnknownOffer = "unknown_offer",
        /// There is no operation of this name.
        UnknownOperation = "unknown_operation",
        /// No system of the account has this serial.
        UnknownSerial = "unknown_serial",
        /// Nobody said for which region the XR Series router is made (XRS-2).
        UnknownSkuRegion = "unknown_sku_region",
        /// Neither peak is known, so that the use cannot be predicted (TOK-5).
        UnknownUse = "unknown_use",
        /// Nobody signs in to the account with the e-mail address (ACC-7).
        UnknownUser = "unknown_user",
        /// The account is not of the format that it has to be (ACC-7).
        WrongFormat = "wrong_format",
        /// An XR Series router cannot be in a legacy account (MIG-17, XRS-1).
        XrInLegacyAccount = "xr_in_legacy_account",
    }
}

impl From<ErrorCode> for Cow<'static, str> {
    fn from(code: ErrorCode) -> Self {
        Cow::Borrowed(code.as_str())
    }
}

impl From<RuleId> for Cow<'static, str> {
    fn from(rule: RuleId) -> Self {
        Cow::Borrowed(rule.as_str())
    }
}
