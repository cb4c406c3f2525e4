"""The licensing rules of the AirLink Management Service.

Typed values in and out, the same answers to the byte as in Rust and JavaScript:

>>> import alms
>>> from datetime import date
>>> alms.add_months(date(2023, 1, 31), 1)
datetime.date(2023, 2, 28)
>>> forecast = alms.forecast(60, on=date(2023, 5, 10), previous_peak=8, last_months=12)
>>> forecast.buy_by, forecast.packs_to_buy
(datetime.date(2023, 12, 31), 3)

Every value can be had and given in the wire form, and every operation takes a document as it is:

>>> alms.call("calendar.add_months", {"date": "2023-01-31", "months": 1})
{'date': '2023-02-28'}

What is refused says why, and by which rule:

>>> alms.call("calendar.add_months", {"date": "2023-02-30", "months": 1})
Traceback (most recent call last):
    ...
alms.CalendarError: date: ...
"""

from alms._alms import Account, PlannedSystem, PlannedSystems, System, Systems, Table, __version__
from alms._call import call, call_json, operations
from alms._errors import (
    AccountError,
    AlmsError,
    BillingError,
    CalendarError,
    LedgerError,
    MigrationError,
    OfferError,
    ResellerError,
    SubscriptionError,
    SystemsError,
)

# Where everything else is. A module is read when one of its names is first used: `import alms` takes as long as the
# native module and json.
_AREAS = {
    "accounts": """
        AccountActivation AccountChannel AccountCreation AccountFinding AccountFindingCode AccountLookup
        AccountLookupStatus AccountRequest AccountSight AccountVerdict ActivationState ChannelKind
        CreatedAccount LinkVerdict LinkedAccounts ListedAccount PartnerCommission PartnerLink
        PartneredAccount Partnership PartnershipCase PartnershipState PartnershipStep PartnershipStepKind
        SeenAccount SupportContact SupportTicket SystemRegistration account_activation activate_account
        check_account convert_account create_account link_accounts look_up_accounts partner_commission
        take_partnership_step
    """,
    "billing": """
        BillingOptions Payment PaymentChannel PaymentMethod Region Service billing_options
    """,
    "calendar": """
        add_months
    """,
    "migration": """
        Applied BasicGrant Change Cleanup Comparison Consent ConsentBy Difference Explanation LeftSystem
        MergeWarning MergeWarningCode MergedSystem MonthRounding Offer Outcome Plan PlanWarning PlannedMove Policy Reach
        ResellerApplied ResellerPlan RuleStatus Scenario ScenarioResult Source Standing
        Step Summary SupportDatePlusYears TakenBalance TokenStatement Verdict WarningCode
        apply_migration apply_reseller_migration compare_migrations explain_migration plan_migration
        plan_reseller_migration
    """,
    "offers": """
        Catalogue CatalogueName Channels Connectivity ExcludedOffer ListedOffer LoadedCatalogue NamedDevices
        OfferErrorCount OfferListing Product Series Services Subscriber SupportLevel Terms load_catalogue
        offer_catalogue offers_for_model
    """,
    "reseller": """
        AccountRegistrations AllocationRequest AllocationState Attachment BulkColumns BulkError BulkErrorCount
        BulkFinding BulkFindingCode BulkRegistration BulkRow BulkSummary Customer CustomerColumn CustomerFilter
        CustomerRow
        CustomerSortKey CustomerSystem CustomerSystems CustomersPage KnownSystem NotificationFinding
        NotificationFindingCode Notifications NotifiedCustomer NotifiedReseller PackRegistration RenewalNotice
        RenewalNotification RenewalWindow SortKey Subaccount SubaccountColumn SubaccountFilter SubaccountUsage
        Subaccounts SystemColumn SystemTransfers TargetAccount TransferAccount TransferFinding TransferFindingCode
        TransferResult TransferSummary TransferSystem customer_systems customers
        customers_to_csv register_in_bulk renewal_notifications subaccounts subaccounts_to_csv transfer_systems
    """,
    "subscriptions": """
        AlignedSystem Alignment Compatibility Coterm DayRounding Due DueAmount DueMonth DueSummary
        EndingSubscription EventEffect EventResult EventType HeldSubscription IcsText Invoice
        InvoiceDayOfMonth InvoiceLine LifeState ListedTerm NewSystem NextOffer Notification PurchaseLine
        PurchaseMethod PurchaseUnit Quote QuoteLine QuotedSystem RegisteredSystems
        RegistrationFinding RegistrationFindingCode RenewFor Renewal RenewalEvent SkipReason SkippedSystem
        StatedState Subscription SubscriptionEvent SubscriptionHistory SubscriptionState TermCount UnitCount
        WeightedTerm align coterm due_subscriptions invoices quote register_systems renew renewals_to_ics
        subscription_state
    """,
    "systems": """
        DateOrder ErrorCount Import ImportFinding ImportFindingCode ListedSubscription NoteCode NoteCount RowError
        RowErrorCode RowNote SystemColumns systems_from_api systems_from_csv systems_to_csv
    """,
    "tables": """
        ArrowStream FleetCsv FleetPlan ScenarioPlan plan_fleet plan_fleet_scenarios
    """,
    "tokens": """
        AccountReport Advice Balance Booking BookingResult BookingType Consumption Coverage CreditNote
        DailyCount DebitNote Delete Edit Effect Finding FindingCode Flows Forecast Grant Holder JournalLine
        Ledger LedgerAccount Metered MonthEnd MonthFlows MonthPeak
        OptionalField Order OrderPrice Party Posting Preview Registration
        Replayed Report SimulatedAccount SimulatedMonth Simulation Statement StockUpdate SuspendedUse ThisMonth
        Transfer UpdateFilter UpdateKind UsageAssumption Withdrawal advise coverage forecast journal
        list_updates meter preview price_order replay report simulate statement updates_to_csv
    """,
    "values": """
        AccountStatus Backdated BillingModel CountRange DayRange Discount Format Fraction Instance Kind
        LateRenewal Money Month PriceSum ProductKind SalesChannel SkuRegion SubscriptionBilling SystemState
    """,
    "xr": """
        InstanceMove MoveLoss MoveLossKind OutOfBand XrCheck XrDevice XrFinding XrFindingCode XrVerdict
        check_xr
    """,
}
_HOMES = {name: area for area, names in _AREAS.items() for name in names.split()} | {
    "Document": "_operation",
    "Schemas": "_operation",
}

# The names of the areas, and those above.
__all__ = [
    *_HOMES,
    "Account",
    "AccountError",
    "AlmsError",
    "BillingError",
    "CalendarError",
    "LedgerError",
    "MigrationError",
    "OfferError",
    "PlannedSystem",
    "PlannedSystems",
    "ResellerError",
    "SubscriptionError",
    "System",
    "Systems",
    "SystemsError",
    "Table",
    "__version__",
    "call",
    "call_json",
    "operations",
]


def __getattr__(name: str) -> object:
    """The area modules and their names, read when they are first used."""
    from importlib import import_module

    if name in _AREAS:
        return import_module(f"alms.{name}")
    if name not in _HOMES:
        raise AttributeError(f"module 'alms' has no attribute {name!r}")
    value: object = getattr(import_module(f"alms.{_HOMES[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__, *_AREAS})
