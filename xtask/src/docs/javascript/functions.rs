//! The functions of the npm package: one per operation.

/// A function: how it is called, and which part of the answer it gives.
#[derive(Debug)]
pub(super) struct Function {
    pub(super) operation: &'static str,
    pub(super) name: &'static str,
    /// The fields of the request that are arguments; the others are fields of the last argument.
    pub(super) arguments: &'static [&'static str],
    /// The one field of the answer that it returns, where the answer has no other.
    pub(super) takes: Option<&'static str>,
}

macro_rules! functions {
    ($($operation:literal $name:ident($($argument:ident),*) $(-> $takes:ident)?;)+) => {
        /// Every function, in the order of the operations. Names and arguments are those of the Python package.
        pub(super) const FUNCTIONS: &[Function] = &[$(Function {
            operation: $operation,
            name: stringify!($name),
            arguments: &[$(stringify!($argument)),*],
            takes: functions!(@takes $($takes)?),
        },)+];
    };
    (@takes) => { None };
    (@takes $takes:ident) => { Some(stringify!($takes)) };
}

functions! {
    "accounts.activate" activateAccount();
    "accounts.activation" accountActivation();
    "accounts.check" checkAccount(account);
    "accounts.commission" partnerCommission(partner, agreement, account);
    "accounts.convert" convertAccount(account) -> account;
    "accounts.create" createAccount(account, channel, directory);
    "accounts.link" linkAccounts(legacy, avc, extra_email);
    "accounts.lookup" lookUpAccounts(directory);
    "accounts.partnership" takePartnershipStep(customer, partner, directory, step);
    "billing.options" billingOptions(country);
    "calendar.add_months" addMonths(date, months) -> date;
    "migration.apply" applyMigration(account, plan);
    "migration.apply_reseller" applyResellerMigration(account, plan);
    "migration.compare" compareMigrations(account, scenarios);
    "migration.explain" explainMigration(account, serial);
    "migration.plan" planMigration(account);
    "migration.plan_reseller" planResellerMigration(account);
    "offers.catalogue" offerCatalogue();
    "offers.for_model" offersForModel(account, model);
    "offers.load" loadCatalogue(catalogue);
    "orders.list" listUpdates(accounts, bookings, account) -> updates;
    "orders.price" priceOrder(packs);
    "orders.to_csv" updatesToCsv(accounts, bookings, account) -> csv;
    "reseller.bulk_register" registerInBulk(csv, accounts);
    "reseller.customer_systems" customerSystems(customer, column);
    "reseller.customers" customers(reseller, customers);
    "reseller.customers_to_csv" customersToCsv(reseller, customers) -> csv;
    "reseller.notifications" renewalNotifications(resellers, customers);
    "reseller.subaccounts" subaccounts(accounts, bookings, reseller);
    "reseller.subaccounts_to_csv" subaccountsToCsv(accounts, bookings, reseller) -> csv;
    "reseller.transfer" transferSystems(from, to, systems);
    "subscriptions.align" align(subscriptions, units);
    "subscriptions.coterm" coterm(terms);
    "subscriptions.due" dueSubscriptions(subscriptions);
    "subscriptions.invoices" invoices(subscriptions, prices) -> invoices;
    "subscriptions.quote" quote(subscriptions, renew, prices);
    "subscriptions.register" registerSystems(account, system);
    "subscriptions.renew" renew(subscription);
    "subscriptions.state" subscriptionState(subscription);
    "subscriptions.to_ics" renewalsToIcs(subscriptions);
    "systems.from_api" systemsFromApi(answer);
    "systems.from_csv" systemsFromCsv(csv);
    "systems.to_csv" systemsToCsv(systems) -> csv;
    "tokens.advice" advise(balance);
    "tokens.coverage" coverage(packs, systems);
    "tokens.forecast" forecast(balance);
    "tokens.journal" journal(accounts, bookings) -> entries;
    "tokens.meter" meter(counts);
    "tokens.preview" preview(accounts, bookings, booking);
    "tokens.replay" replay(accounts, bookings);
    "tokens.report" report(accounts, bookings, account);
    "tokens.simulate" simulate(accounts, bookings);
    "tokens.statement" statement(accounts, bookings, account);
    "xr.check" checkXr(devices);
}
