"""The licensing rules of the AirLink Management Service."""

from alms._alms import (
    Account as Account,
)
from alms._alms import (
    PlannedSystem as PlannedSystem,
)
from alms._alms import (
    PlannedSystems as PlannedSystems,
)
from alms._alms import (
    System as System,
)
from alms._alms import (
    Systems as Systems,
)
from alms._alms import (
    __version__ as __version__,
)
from alms._call import (
    Operation as Operation,
)
from alms._call import (
    call as call,
)
from alms._call import (
    call_json as call_json,
)
from alms._call import (
    operations as operations,
)
from alms._errors import (
    AccountError as AccountError,
)
from alms._errors import (
    AlmsError as AlmsError,
)
from alms._errors import (
    BillingError as BillingError,
)
from alms._errors import (
    CalendarError as CalendarError,
)
from alms._errors import (
    LedgerError as LedgerError,
)
from alms._errors import (
    MigrationError as MigrationError,
)
from alms._errors import (
    OfferError as OfferError,
)
from alms._errors import (
    ResellerError as ResellerError,
)
from alms._errors import (
    SubscriptionError as SubscriptionError,
)
from alms._errors import (
    SystemsError as SystemsError,
)
from alms._operation import Document as Document
from alms.accounts import (
    AccountActivation as AccountActivation,
)
from alms.accounts import (
    AccountChannel as AccountChannel,
)
from alms.accounts import (
    AccountCreation as AccountCreation,
)
from alms.accounts import (
    AccountFinding as AccountFinding,
)
from alms.accounts import (
    AccountFindingCode as AccountFindingCode,
)
from alms.accounts import (
    AccountLookup as AccountLookup,
)
from alms.accounts import (
    AccountLookupStatus as AccountLookupStatus,
)
from alms.accounts import (
    AccountRequest as AccountRequest,
)
from alms.accounts import (
    AccountSight as AccountSight,
)
from alms.accounts import (
    AccountVerdict as AccountVerdict,
)
from alms.accounts import (
    ActivationState as ActivationState,
)
from alms.accounts import (
    ChannelKind as ChannelKind,
)
from alms.accounts import (
    CreatedAccount as CreatedAccount,
)
from alms.accounts import (
    LinkedAccounts as LinkedAccounts,
)
from alms.accounts import (
    LinkVerdict as LinkVerdict,
)
from alms.accounts import (
    ListedAccount as ListedAccount,
)
from alms.accounts import (
    PartnerCommission as PartnerCommission,
)
from alms.accounts import (
    PartneredAccount as PartneredAccount,
)
from alms.accounts import (
    PartnerLink as PartnerLink,
)
from alms.accounts import (
    Partnership as Partnership,
)
from alms.accounts import (
    PartnershipCase as PartnershipCase,
)
from alms.accounts import (
    PartnershipState as PartnershipState,
)
from alms.accounts import (
    PartnershipStep as PartnershipStep,
)
from alms.accounts import (
    PartnershipStepKind as PartnershipStepKind,
)
from alms.accounts import (
    SeenAccount as SeenAccount,
)
from alms.accounts import (
    SupportContact as SupportContact,
)
from alms.accounts import (
    SupportTicket as SupportTicket,
)
from alms.accounts import (
    SystemRegistration as SystemRegistration,
)
from alms.accounts import (
    account_activation as account_activation,
)
from alms.accounts import (
    activate_account as activate_account,
)
from alms.accounts import (
    check_account as check_account,
)
from alms.accounts import (
    convert_account as convert_account,
)
from alms.accounts import (
    create_account as create_account,
)
from alms.accounts import (
    link_accounts as link_accounts,
)
from alms.accounts import (
    look_up_accounts as look_up_accounts,
)
from alms.accounts import (
    partner_commission as partner_commission,
)
from alms.accounts import (
    take_partnership_step as take_partnership_step,
)
from alms.billing import (
    BillingOptions as BillingOptions,
)
from alms.billing import (
    Payment as Payment,
)
from alms.billing import (
    PaymentChannel as PaymentChannel,
)
from alms.billing import (
    PaymentMethod as PaymentMethod,
)
from alms.billing import (
    Region as Region,
)
from alms.billing import (
    Service as Service,
)
from alms.billing import (
    billing_options as billing_options,
)
from alms.calendar import (
    add_months as add_months,
)
from alms.migration import (
    Applied as Applied,
)
from alms.migration import (
    BasicGrant as BasicGrant,
)
from alms.migration import (
    Change as Change,
)
from alms.migration import (
    Cleanup as Cleanup,
)
from alms.migration import (
    Comparison as Comparison,
)
from alms.migration import (
    Consent as Consent,
)
from alms.migration import (
    Difference as Difference,
)
from alms.migration import (
    Explanation as Explanation,
)
from alms.migration import (
    Ledger as Ledger,
)
from alms.migration import (
    MonthRounding as MonthRounding,
)
from alms.migration import (
    Offer as Offer,
)
from alms.migration import (
    Outcome as Outcome,
)
from alms.migration import (
    Plan as Plan,
)
from alms.migration import (
    PlanWarning as PlanWarning,
)
from alms.migration import (
    Policy as Policy,
)
from alms.migration import (
    Reach as Reach,
)
from alms.migration import (
    RuleStatus as RuleStatus,
)
from alms.migration import (
    Scenario as Scenario,
)
from alms.migration import (
    ScenarioResult as ScenarioResult,
)
from alms.migration import (
    Source as Source,
)
from alms.migration import (
    Standing as Standing,
)
from alms.migration import (
    Step as Step,
)
from alms.migration import (
    Subscription as Subscription,
)
from alms.migration import (
    Summary as Summary,
)
from alms.migration import (
    SupportDatePlusYears as SupportDatePlusYears,
)
from alms.migration import (
    TakenBalance as TakenBalance,
)
from alms.migration import (
    TokenStatement as TokenStatement,
)
from alms.migration import (
    Verdict as Verdict,
)
from alms.migration import (
    WarningCode as WarningCode,
)
from alms.migration import (
    apply_migration as apply_migration,
)
from alms.migration import (
    compare_migrations as compare_migrations,
)
from alms.migration import (
    explain_migration as explain_migration,
)
from alms.migration import (
    plan_migration as plan_migration,
)
from alms.offers import (
    Catalogue as Catalogue,
)
from alms.offers import (
    CatalogueName as CatalogueName,
)
from alms.offers import (
    Channels as Channels,
)
from alms.offers import (
    Connectivity as Connectivity,
)
from alms.offers import (
    ExcludedOffer as ExcludedOffer,
)
from alms.offers import (
    ListedOffer as ListedOffer,
)
from alms.offers import (
    LoadedCatalogue as LoadedCatalogue,
)
from alms.offers import (
    NamedDevices as NamedDevices,
)
from alms.offers import (
    OfferListing as OfferListing,
)
from alms.offers import (
    Product as Product,
)
from alms.offers import (
    Series as Series,
)
from alms.offers import (
    Services as Services,
)
from alms.offers import (
    Subscriber as Subscriber,
)
from alms.offers import (
    SupportLevel as SupportLevel,
)
from alms.offers import (
    Terms as Terms,
)
from alms.offers import (
    load_catalogue as load_catalogue,
)
from alms.offers import (
    offer_catalogue as offer_catalogue,
)
from alms.offers import (
    offers_for_model as offers_for_model,
)
from alms.reseller import (
    Attachment as Attachment,
)
from alms.reseller import (
    Customer as Customer,
)
from alms.reseller import (
    CustomerFilter as CustomerFilter,
)
from alms.reseller import (
    CustomerRow as CustomerRow,
)
from alms.reseller import (
    CustomersPage as CustomersPage,
)
from alms.reseller import (
    CustomerSystem as CustomerSystem,
)
from alms.reseller import (
    CustomerSystems as CustomerSystems,
)
from alms.reseller import (
    NotificationFinding as NotificationFinding,
)
from alms.reseller import (
    NotificationFindingCode as NotificationFindingCode,
)
from alms.reseller import (
    Notifications as Notifications,
)
from alms.reseller import (
    NotifiedCustomer as NotifiedCustomer,
)
from alms.reseller import (
    NotifiedReseller as NotifiedReseller,
)
from alms.reseller import (
    RenewalNotification as RenewalNotification,
)
from alms.reseller import (
    RenewalWindow as RenewalWindow,
)
from alms.reseller import (
    SortKey as SortKey,
)
from alms.reseller import (
    Subaccount as Subaccount,
)
from alms.reseller import (
    SubaccountColumn as SubaccountColumn,
)
from alms.reseller import (
    SubaccountFilter as SubaccountFilter,
)
from alms.reseller import (
    Subaccounts as Subaccounts,
)
from alms.reseller import (
    SubaccountUsage as SubaccountUsage,
)
from alms.reseller import (
    SystemColumn as SystemColumn,
)
from alms.reseller import (
    customer_systems as customer_systems,
)
from alms.reseller import (
    customers as customers,
)
from alms.reseller import (
    customers_to_csv as customers_to_csv,
)
from alms.reseller import (
    renewal_notifications as renewal_notifications,
)
from alms.reseller import (
    subaccounts as subaccounts,
)
from alms.reseller import (
    subaccounts_to_csv as subaccounts_to_csv,
)
from alms.subscriptions import (
    AlignedSystem as AlignedSystem,
)
from alms.subscriptions import (
    Alignment as Alignment,
)
from alms.subscriptions import (
    Compatibility as Compatibility,
)
from alms.subscriptions import (
    Coterm as Coterm,
)
from alms.subscriptions import (
    DayRounding as DayRounding,
)
from alms.subscriptions import (
    Due as Due,
)
from alms.subscriptions import (
    DueAmount as DueAmount,
)
from alms.subscriptions import (
    DueMonth as DueMonth,
)
from alms.subscriptions import (
    DueSummary as DueSummary,
)
from alms.subscriptions import (
    EndingSubscription as EndingSubscription,
)
from alms.subscriptions import (
    EventEffect as EventEffect,
)
from alms.subscriptions import (
    EventResult as EventResult,
)
from alms.subscriptions import (
    EventType as EventType,
)
from alms.subscriptions import (
    HeldSubscription as HeldSubscription,
)
from alms.subscriptions import (
    Invoice as Invoice,
)
from alms.subscriptions import (
    InvoiceLine as InvoiceLine,
)
from alms.subscriptions import (
    LifeState as LifeState,
)
from alms.subscriptions import (
    ListedTerm as ListedTerm,
)
from alms.subscriptions import (
    NewSystem as NewSystem,
)
from alms.subscriptions import (
    NextOffer as NextOffer,
)
from alms.subscriptions import (
    Notification as Notification,
)
from alms.subscriptions import (
    PurchaseLine as PurchaseLine,
)
from alms.subscriptions import (
    PurchaseMethod as PurchaseMethod,
)
from alms.subscriptions import (
    PurchaseUnit as PurchaseUnit,
)
from alms.subscriptions import (
    Quote as Quote,
)
from alms.subscriptions import (
    QuotedSystem as QuotedSystem,
)
from alms.subscriptions import (
    QuoteLine as QuoteLine,
)
from alms.subscriptions import (
    RegisteredSubscription as RegisteredSubscription,
)
from alms.subscriptions import (
    RegisteredSystems as RegisteredSystems,
)
from alms.subscriptions import (
    Renewal as Renewal,
)
from alms.subscriptions import (
    RenewFor as RenewFor,
)
from alms.subscriptions import (
    SkippedSystem as SkippedSystem,
)
from alms.subscriptions import (
    SkipReason as SkipReason,
)
from alms.subscriptions import (
    SubscriptionEvent as SubscriptionEvent,
)
from alms.subscriptions import (
    SubscriptionHistory as SubscriptionHistory,
)
from alms.subscriptions import (
    SubscriptionState as SubscriptionState,
)
from alms.subscriptions import (
    TermCount as TermCount,
)
from alms.subscriptions import (
    UnitCount as UnitCount,
)
from alms.subscriptions import (
    WeightedTerm as WeightedTerm,
)
from alms.subscriptions import (
    align as align,
)
from alms.subscriptions import (
    coterm as coterm,
)
from alms.subscriptions import (
    due_subscriptions as due_subscriptions,
)
from alms.subscriptions import (
    invoices as invoices,
)
from alms.subscriptions import (
    quote as quote,
)
from alms.subscriptions import (
    register_systems as register_systems,
)
from alms.subscriptions import (
    renew as renew,
)
from alms.subscriptions import (
    renewals_to_ics as renewals_to_ics,
)
from alms.subscriptions import (
    subscription_state as subscription_state,
)
from alms.systems import (
    DateOrder as DateOrder,
)
from alms.systems import (
    Import as Import,
)
from alms.systems import (
    RowError as RowError,
)
from alms.systems import (
    RowErrorCode as RowErrorCode,
)
from alms.systems import (
    RowNote as RowNote,
)
from alms.systems import (
    systems_from_api as systems_from_api,
)
from alms.systems import (
    systems_from_csv as systems_from_csv,
)
from alms.systems import (
    systems_to_csv as systems_to_csv,
)
from alms.tables import (
    ArrowStream as ArrowStream,
)
from alms.tables import (
    FleetPlan as FleetPlan,
)
from alms.tables import (
    plan_fleet as plan_fleet,
)
from alms.tokens import (
    AccountReport as AccountReport,
)
from alms.tokens import (
    Advice as Advice,
)
from alms.tokens import (
    Balance as Balance,
)
from alms.tokens import (
    Booking as Booking,
)
from alms.tokens import (
    BookingResult as BookingResult,
)
from alms.tokens import (
    BookingType as BookingType,
)
from alms.tokens import (
    Consumption as Consumption,
)
from alms.tokens import (
    Coverage as Coverage,
)
from alms.tokens import (
    CreditNote as CreditNote,
)
from alms.tokens import (
    DailyCount as DailyCount,
)
from alms.tokens import (
    DebitNote as DebitNote,
)
from alms.tokens import (
    Delete as Delete,
)
from alms.tokens import (
    Edit as Edit,
)
from alms.tokens import (
    Effect as Effect,
)
from alms.tokens import (
    Finding as Finding,
)
from alms.tokens import (
    FindingCode as FindingCode,
)
from alms.tokens import (
    Flows as Flows,
)
from alms.tokens import (
    Forecast as Forecast,
)
from alms.tokens import (
    Grant as Grant,
)
from alms.tokens import (
    Holder as Holder,
)
from alms.tokens import (
    JournalLine as JournalLine,
)
from alms.tokens import (
    MonthEnd as MonthEnd,
)
from alms.tokens import (
    MonthFlows as MonthFlows,
)
from alms.tokens import (
    MonthPeak as MonthPeak,
)
from alms.tokens import (
    Order as Order,
)
from alms.tokens import (
    OrderPrice as OrderPrice,
)
from alms.tokens import (
    Party as Party,
)
from alms.tokens import (
    Posting as Posting,
)
from alms.tokens import (
    Preview as Preview,
)
from alms.tokens import (
    Registration as Registration,
)
from alms.tokens import (
    Replayed as Replayed,
)
from alms.tokens import (
    Report as Report,
)
from alms.tokens import (
    SimulatedAccount as SimulatedAccount,
)
from alms.tokens import (
    SimulatedMonth as SimulatedMonth,
)
from alms.tokens import (
    Simulation as Simulation,
)
from alms.tokens import (
    Statement as Statement,
)
from alms.tokens import (
    StockUpdate as StockUpdate,
)
from alms.tokens import (
    SuspendedUse as SuspendedUse,
)
from alms.tokens import (
    ThisMonth as ThisMonth,
)
from alms.tokens import (
    Transfer as Transfer,
)
from alms.tokens import (
    UpdateFilter as UpdateFilter,
)
from alms.tokens import (
    UpdateKind as UpdateKind,
)
from alms.tokens import (
    UsageAssumption as UsageAssumption,
)
from alms.tokens import (
    advise as advise,
)
from alms.tokens import (
    coverage as coverage,
)
from alms.tokens import (
    forecast as forecast,
)
from alms.tokens import (
    journal as journal,
)
from alms.tokens import (
    list_updates as list_updates,
)
from alms.tokens import (
    meter as meter,
)
from alms.tokens import (
    preview as preview,
)
from alms.tokens import (
    price_order as price_order,
)
from alms.tokens import (
    replay as replay,
)
from alms.tokens import (
    report as report,
)
from alms.tokens import (
    simulate as simulate,
)
from alms.tokens import (
    statement as statement,
)
from alms.tokens import (
    updates_to_csv as updates_to_csv,
)
from alms.values import (
    AccountStatus as AccountStatus,
)
from alms.values import (
    BillingModel as BillingModel,
)
from alms.values import (
    CountRange as CountRange,
)
from alms.values import (
    DayRange as DayRange,
)
from alms.values import (
    Discount as Discount,
)
from alms.values import (
    Format as Format,
)
from alms.values import (
    Fraction as Fraction,
)
from alms.values import (
    Instance as Instance,
)
from alms.values import (
    Kind as Kind,
)
from alms.values import (
    LateRenewal as LateRenewal,
)
from alms.values import (
    Money as Money,
)
from alms.values import (
    Month as Month,
)
from alms.values import (
    PriceSum as PriceSum,
)
from alms.values import (
    ProductKind as ProductKind,
)
from alms.values import (
    SalesChannel as SalesChannel,
)
from alms.values import (
    SkuRegion as SkuRegion,
)
from alms.values import (
    SystemState as SystemState,
)
from alms.xr import (
    InstanceMove as InstanceMove,
)
from alms.xr import (
    MoveLoss as MoveLoss,
)
from alms.xr import (
    MoveLossKind as MoveLossKind,
)
from alms.xr import (
    OutOfBand as OutOfBand,
)
from alms.xr import (
    XrCheck as XrCheck,
)
from alms.xr import (
    XrDevice as XrDevice,
)
from alms.xr import (
    XrFinding as XrFinding,
)
from alms.xr import (
    XrFindingCode as XrFindingCode,
)
from alms.xr import (
    XrVerdict as XrVerdict,
)
from alms.xr import (
    check_xr as check_xr,
)

__all__ = [
    "Account",
    "AccountActivation",
    "AccountChannel",
    "AccountCreation",
    "AccountError",
    "AccountFinding",
    "AccountFindingCode",
    "AccountLookup",
    "AccountLookupStatus",
    "AccountReport",
    "AccountRequest",
    "AccountSight",
    "AccountStatus",
    "AccountVerdict",
    "ActivationState",
    "Advice",
    "AlignedSystem",
    "Alignment",
    "AlmsError",
    "Applied",
    "ArrowStream",
    "Attachment",
    "Balance",
    "BasicGrant",
    "BillingError",
    "BillingModel",
    "BillingOptions",
    "Booking",
    "BookingResult",
    "BookingType",
    "CalendarError",
    "Catalogue",
    "CatalogueName",
    "Change",
    "ChannelKind",
    "Channels",
    "Cleanup",
    "Comparison",
    "Compatibility",
    "Connectivity",
    "Consent",
    "Consumption",
    "Coterm",
    "CountRange",
    "Coverage",
    "CreatedAccount",
    "CreditNote",
    "Customer",
    "CustomerFilter",
    "CustomerRow",
    "CustomerSystem",
    "CustomerSystems",
    "CustomersPage",
    "DailyCount",
    "DateOrder",
    "DayRange",
    "DayRounding",
    "DebitNote",
    "Delete",
    "Difference",
    "Discount",
    "Document",
    "Due",
    "DueAmount",
    "DueMonth",
    "DueSummary",
    "Edit",
    "Effect",
    "EndingSubscription",
    "EventEffect",
    "EventResult",
    "EventType",
    "ExcludedOffer",
    "Explanation",
    "Finding",
    "FindingCode",
    "FleetPlan",
    "Flows",
    "Forecast",
    "Format",
    "Fraction",
    "Grant",
    "HeldSubscription",
    "Holder",
    "Import",
    "Instance",
    "InstanceMove",
    "Invoice",
    "InvoiceLine",
    "JournalLine",
    "Kind",
    "LateRenewal",
    "Ledger",
    "LedgerError",
    "LifeState",
    "LinkVerdict",
    "LinkedAccounts",
    "ListedAccount",
    "ListedOffer",
    "ListedTerm",
    "LoadedCatalogue",
    "MigrationError",
    "Money",
    "Month",
    "MonthEnd",
    "MonthFlows",
    "MonthPeak",
    "MonthRounding",
    "MoveLoss",
    "MoveLossKind",
    "NamedDevices",
    "NewSystem",
    "NextOffer",
    "Notification",
    "NotificationFinding",
    "NotificationFindingCode",
    "Notifications",
    "NotifiedCustomer",
    "NotifiedReseller",
    "Offer",
    "OfferError",
    "OfferListing",
    "Operation",
    "Order",
    "OrderPrice",
    "OutOfBand",
    "Outcome",
    "PartnerCommission",
    "PartnerLink",
    "PartneredAccount",
    "Partnership",
    "PartnershipCase",
    "PartnershipState",
    "PartnershipStep",
    "PartnershipStepKind",
    "Party",
    "Payment",
    "PaymentChannel",
    "PaymentMethod",
    "Plan",
    "PlanWarning",
    "PlannedSystem",
    "PlannedSystems",
    "Policy",
    "Posting",
    "Preview",
    "PriceSum",
    "Product",
    "ProductKind",
    "PurchaseLine",
    "PurchaseMethod",
    "PurchaseUnit",
    "Quote",
    "QuoteLine",
    "QuotedSystem",
    "Reach",
    "Region",
    "RegisteredSubscription",
    "RegisteredSystems",
    "Registration",
    "RenewFor",
    "Renewal",
    "RenewalNotification",
    "RenewalWindow",
    "Replayed",
    "Report",
    "ResellerError",
    "RowError",
    "RowErrorCode",
    "RowNote",
    "RuleStatus",
    "SalesChannel",
    "Scenario",
    "ScenarioResult",
    "SeenAccount",
    "Series",
    "Service",
    "Services",
    "SimulatedAccount",
    "SimulatedMonth",
    "Simulation",
    "SkipReason",
    "SkippedSystem",
    "SkuRegion",
    "SortKey",
    "Source",
    "Standing",
    "Statement",
    "Step",
    "StockUpdate",
    "Subaccount",
    "SubaccountColumn",
    "SubaccountFilter",
    "SubaccountUsage",
    "Subaccounts",
    "Subscriber",
    "Subscription",
    "SubscriptionError",
    "SubscriptionEvent",
    "SubscriptionHistory",
    "SubscriptionState",
    "Summary",
    "SupportContact",
    "SupportDatePlusYears",
    "SupportLevel",
    "SupportTicket",
    "SuspendedUse",
    "System",
    "SystemColumn",
    "SystemRegistration",
    "SystemState",
    "Systems",
    "SystemsError",
    "TakenBalance",
    "TermCount",
    "Terms",
    "ThisMonth",
    "TokenStatement",
    "Transfer",
    "UnitCount",
    "UpdateFilter",
    "UpdateKind",
    "UsageAssumption",
    "Verdict",
    "WarningCode",
    "WeightedTerm",
    "XrCheck",
    "XrDevice",
    "XrFinding",
    "XrFindingCode",
    "XrVerdict",
    "__version__",
    "account_activation",
    "activate_account",
    "add_months",
    "advise",
    "align",
    "apply_migration",
    "billing_options",
    "call",
    "call_json",
    "check_account",
    "check_xr",
    "compare_migrations",
    "convert_account",
    "coterm",
    "coverage",
    "create_account",
    "customer_systems",
    "customers",
    "customers_to_csv",
    "due_subscriptions",
    "explain_migration",
    "forecast",
    "invoices",
    "journal",
    "link_accounts",
    "list_updates",
    "load_catalogue",
    "look_up_accounts",
    "meter",
    "offer_catalogue",
    "offers_for_model",
    "operations",
    "partner_commission",
    "plan_fleet",
    "plan_migration",
    "preview",
    "price_order",
    "quote",
    "register_systems",
    "renew",
    "renewal_notifications",
    "renewals_to_ics",
    "replay",
    "report",
    "simulate",
    "statement",
    "subaccounts",
    "subaccounts_to_csv",
    "subscription_state",
    "systems_from_api",
    "systems_from_csv",
    "systems_to_csv",
    "take_partnership_step",
    "updates_to_csv",
]
