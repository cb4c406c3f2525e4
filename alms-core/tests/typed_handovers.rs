//! What one function gives, the next one takes, in typed values and without JSON.
#![expect(clippy::unwrap_used, reason = "a test fails loudly")]

use alms_core::account::{
    Account, AccountData, AccountFacts, AccountList, AccountRequest, Channel, Format, Instance, Kind,
    LinkRequest, LookupKey, Partnership, Systems, create, link, lookup,
};
use alms_core::calendar::{Date, Months};
use alms_core::export::{notification_csv, renewals_ics};
use alms_core::import::csv::{self, CsvOptions, registrations};
use alms_core::import::{DateOrder, Import};
use alms_core::migration::{
    Applied, Consent, Policy, ResellerMerge, apply, apply_reseller, plan, plan_reseller,
};
use alms_core::money::{Currency, Money};
use alms_core::offers::{Assortment, Subscriber, for_model};
use alms_core::reseller::{
    Allocation, BulkAccount, BulkRegistered, BulkTargets, Customer, CustomerFilter, CustomersQuery,
    NotifiedCustomer, NotifiedReseller, Transfer, TransferAccount, TransferRequest, TransferSystem, Windows,
    customers, renewal_notifications, transfer,
};
use alms_core::subscriptions::{
    Holding, LateRenewal, LifeState, ListedTerm, OriginData, PriceList, QuoteRequest, Registration,
    SubscriptionBilling, Wish, due, quote, register, renew_subscription, state,
};
use alms_core::text::{Serial, Uid};
use alms_core::tokens::{Booking, Holder, Ledger, Peak, Tokens, UsageMeter};
use alms_core::wire::built_in_catalogues;
use alms_core::xr::{Compatibility, Device, SkuRegion, check};

const LATE: LateRenewal = LateRenewal::FromOrder;

fn date(text: &str) -> Date {
    text.parse().unwrap()
}

fn uid(text: &str) -> Uid {
    text.parse().unwrap()
}

fn serial(text: &str) -> Serial {
    text.parse().unwrap()
}

fn assortment(on: Date) -> Assortment {
    built_in_catalogues().in_effect(on).unwrap().assortment()
}

fn read(file: &str) -> Import {
    csv::read(file.as_bytes(), &CsvOptions::default()).unwrap()
}

/// An account of the partner `p1` without systems.
fn account_of(id: &str, format: Format, kind: Kind) -> AccountData {
    let data = AccountData::new(uid(id), "Acme Buses".parse().unwrap(), Instance::Na, format, kind);
    let partnership = Partnership { of_record: true, ..Partnership::new(uid("p1")) };
    AccountData {
        administrators: vec!["ann@acme.example".parse().unwrap()],
        partnerships: if kind == Kind::Customer { vec![partnership] } else { Vec::new() },
        ..data
    }
}

fn facts_of(id: &str, format: Format, kind: Kind) -> AccountFacts {
    AccountFacts::from(Account::try_new(account_of(id, format, kind)).unwrap())
}

fn consent(fingerprint: alms_core::migration::Fingerprint, on: Date) -> Consent {
    Consent { by: "ann@acme.example".parse().unwrap(), on, fingerprint }
}

/// An export, planned and applied: LA1 and LA2 share 13 tokens, OLD has not been heard of for a year.
fn applied() -> Applied {
    let export = "Serial,Model,State,Last Communication\nLA1,RV55,Active,2023-05-02\nLA2,RV55,Active,2023-05-03\n\
                  OLD,RV55,Active,2022-01-31\n";
    let systems = Systems::try_new(read(export).systems).unwrap();
    let data = account_of("c1", Format::Legacy, Kind::Customer);
    let account =
        Account::try_new(AccountData { tokens: Tokens::try_new(13).unwrap(), systems, ..data }).unwrap();
    let plan = plan(&account, date("2023-05-15"), &Policy::default()).unwrap();
    apply(&account, &plan, Some(&consent(plan.fingerprint, plan.on)), None).unwrap()
}

/// What the migration leaves, as subscriptions.
fn migrated() -> Vec<Holding> {
    let of = |one| Holding::try_from(OriginData::from(one)).unwrap();
    applied().subscriptions.iter().map(of).collect()
}

/// The migrated account with what it holds.
fn migrated_facts() -> AccountFacts {
    AccountFacts { subscriptions: Some(migrated()), ..AccountFacts::from(applied().account) }
}

#[test]
fn a_migrated_subscription_is_due_renewed_and_quoted() {
    let fleet = migrated();
    let on = date("2023-10-01");
    // 13 tokens for two systems: six months, from 15 May to 15 November.
    let ending = due(&fleet, on, 90, LATE).unwrap();
    assert_eq!((ending.due.len(), ending.due[0].end_date), (2, date("2023-11-15")));
    let calendar = renewals_ics(&ending.due, on, &"Acme Buses".parse().unwrap()).unwrap();
    assert_eq!(calendar.events, 1);
    assert_eq!(state(&fleet[0], on, LATE).unwrap().end_date, Some(date("2023-11-15")));
    let once = renew_subscription(&fleet[0], Months::YEAR, on, LATE).unwrap();
    let twice = renew_subscription(&once.subscription, Months::YEAR, on, LATE).unwrap();
    assert_eq!(twice.renewal.end_date, date("2025-11-15"));
}

#[test]
fn a_quote_becomes_events() {
    let mut fleet = migrated();
    let (on, unit_price) = (date("2023-10-01"), Money::new("90.00".parse().unwrap(), Currency::USD));
    let term = ListedTerm { offer: "AirLink Basic".parse().unwrap(), months: Months::YEAR, unit_price };
    let prices = PriceList::try_new(vec![term]).unwrap();
    let request = QuoteRequest {
        fleet: &fleet.clone(),
        on,
        due_until: date("2023-12-31"),
        wish: Wish::Months(Months::YEAR),
        late: LATE,
        prices: &prices,
        discount: None,
    };
    let quote = quote(&request).unwrap();
    assert_eq!(quote.total.total.to_string(), "180.00 USD");
    for system in &quote.systems {
        fleet[system.index].events.push(system.event(on));
        assert_eq!(state(&fleet[system.index], on, LATE).unwrap().end_date, Some(system.new_end_date));
    }
}

#[test]
fn a_migrated_account_is_notified_of_and_the_file_is_read() {
    let customer = [NotifiedCustomer::try_from(migrated_facts()).unwrap()];
    let reseller = [NotifiedReseller::try_from(facts_of("p1", Format::Avc, Kind::Reseller)).unwrap()];
    let told = renewal_notifications(&reseller, &customer, date("2023-10-01"), 90, LATE).unwrap();
    let file = read(&notification_csv(&told.messages[0]));
    assert_eq!((file.errors.len(), file.subscriptions.len()), (0, 2));
    let holding = Holding::try_from(OriginData::from(&file.subscriptions[0])).unwrap();
    assert_eq!(state(&holding, date("2023-10-01"), LATE).unwrap().end_date, Some(date("2023-11-15")));
}

#[test]
fn a_migrated_account_goes_where_accounts_are_asked_for() {
    let (on, facts) = (date("2023-06-01"), migrated_facts());
    let directory = AccountList::try_new(vec![facts.listing().unwrap()]).unwrap();
    assert_eq!(lookup(&LookupKey::Uid(uid("c1")), Some(&uid("p1")), &directory).accounts.len(), 1);
    let subscriber = Subscriber::try_from(&facts).unwrap();
    let assortment = assortment(on);
    let listing = for_model(&assortment, &subscriber, &"RV55".parse().unwrap()).unwrap();
    assert_eq!(listing.default_offer().unwrap().name.as_str(), "AirLink Complete");
    let (model, sku_region) = ("XR80".parse().unwrap(), Some(SkuRegion::NorthAmerica));
    let device = Device { serial: None, model, sku_region, offer: None };
    assert!(
        check(Some(&subscriber), &[device], on, &assortment, &Compatibility::default()).verdicts[0]
            .is_eligible()
    );
    let ledger = Ledger::open(vec![Holder::try_from(&facts).unwrap()]).unwrap();
    assert_eq!(ledger.account(&uid("c1")).unwrap().standing.balance, Tokens::ZERO);
    assert_eq!(page_of(Customer::of(facts, on).unwrap(), on), 2);
}

/// How many systems the Customers page of `p1` counts.
fn page_of(customer: Customer, on: Date) -> u32 {
    let (windows, filter, sort) = (Windows::default(), CustomerFilter::default(), Vec::new());
    let query = CustomersQuery { reseller: uid("p1"), on, windows, filter, sort };
    customers(&[customer], &query).rows.first().unwrap().renewals.total_systems
}

#[test]
fn a_registration_is_a_subscription() {
    let (on, account) = (date("2023-06-01"), Subscriber::try_from(&migrated_facts()).unwrap());
    let system = Registration {
        serial: serial("LA9"),
        model: "RV55".parse().unwrap(),
        sku_region: None,
        on,
        offer: None,
        billing: None,
        first_registered: None,
        period: None,
        held: Vec::new(),
    };
    let registered = register(&account, &system, &assortment(on), &Compatibility::default()).unwrap();
    let holding = Holding::try_from(OriginData::from(&registered)).unwrap();
    assert_eq!(state(&holding, on, LATE).unwrap().state, LifeState::Active);
}

/// A file is registered in an account; what is left of it, and what its ledger books.
fn registered_in(facts: AccountFacts, file: &str, on: Date) -> (AccountFacts, Vec<Holding>, Vec<Booking>) {
    let (accounts, assortment) = ([BulkAccount::try_from(&facts).unwrap()], assortment(on));
    let table = Compatibility::default();
    let targets = BulkTargets {
        accounts: &accounts,
        known: &[],
        assortment: Some(&assortment),
        table: &table,
        on,
        known_serials: true,
    };
    let file = registrations::read(file.as_bytes(), &[], DateOrder::Iso).unwrap();
    let bulk = file.register(&targets);
    let of_account = bulk.registered().remove(0);
    let (mut held, mut booked) = (Vec::new(), Vec::new());
    for registered in &of_account.registered {
        match registered {
            BulkRegistered::Subscription(one) => held.push(Holding::try_from(OriginData::from(one)).unwrap()),
            BulkRegistered::Booking(one) => booked.push(one.booking().unwrap()),
        }
    }
    (of_account.account_after(facts), held, booked)
}

#[test]
fn a_created_account_goes_into_a_directory_and_takes_systems() {
    let reseller = facts_of("p1", Format::Avc, Kind::Reseller);
    let directory = AccountList::try_new(vec![reseller.listing().unwrap()]).unwrap();
    let wanted = AccountFacts {
        uid: Some(uid("c2")),
        name: Some("Bolt Taxis".parse().unwrap()),
        administrator: Some("bea@bolt.example".parse().unwrap()),
        ..AccountFacts::default()
    };
    let (request, on) = (AccountRequest::of(wanted).unwrap(), date("2023-06-01"));
    let created = create(&request, &Channel::Reseller(uid("p1")), on, &directory).unwrap();
    let facts = AccountFacts::from(created.account);
    let directory = AccountList::try_new(vec![facts.listing().unwrap()]).unwrap();
    let found = lookup(&LookupKey::Name("Bolt Taxis".parse().unwrap()), Some(&uid("p1")), &directory);
    assert_eq!(found.accounts.len(), 1);
    let (after, held, _) = registered_in(facts, "Serial,Model,Account\nLA1,RV55,c2\n", on);
    assert_eq!(state(&held[0], on, LATE).unwrap().end_date, Some(date("2024-06-01")));
    assert_eq!(page_of(Customer::of(after, on).unwrap(), on), 1);
}

#[test]
fn what_is_deleted_is_registered_again() {
    let file = csv::write_with_accounts(&applied().export, &[(0, uid("c1"))]);
    let (after, held, _) = registered_in(migrated_facts(), &file, date("2023-06-01"));
    assert_eq!((after.systems.unwrap().len(), held[0].origin.serial()), (3, &serial("OLD")));
}

#[test]
fn registrations_and_use_are_booked_once() {
    let facts = facts_of("c1", Format::Legacy, Kind::Customer);
    let mut ledger = Ledger::open(vec![Holder::try_from(&facts).unwrap()]).unwrap();
    let (_, _, mut bookings) =
        registered_in(facts, "Serial,Model,Account\nGX1,GX450,c1\n", date("2023-05-03"));
    let mut meter = UsageMeter::default();
    meter.count(&uid("c1"), date("2023-05-20"), Peak::try_new(9).unwrap());
    bookings.extend(meter.peaks().iter().filter_map(alms_core::tokens::MonthPeak::booking));
    for booking in bookings.iter().chain(&bookings) {
        ledger.book(booking.clone()).unwrap();
    }
    // A Service Pack of 12, less 9; the second time nothing more.
    assert_eq!(ledger.account(&uid("c1")).unwrap().standing.balance.get(), 3);
}

/// A system moves between `p1` and `c1`.
fn moved(
    from: &AccountFacts,
    to: &AccountFacts,
    holding: Holding,
    bought: &[Allocation],
    on: &str,
) -> Transfer {
    let on = date(on);
    let account = |facts| TransferAccount::of(facts, assortment(on)).unwrap();
    let (from, to, table) = (account(from), account(to), Compatibility::default());
    let systems = [TransferSystem::new(holding)];
    let (systems, late) = (&systems, LATE);
    transfer(&TransferRequest { from: &from, to: &to, systems, allocations: bought, table: &table, late, on })
        .unwrap()
}

fn taken(transfer: &Transfer) -> Holding {
    Holding::try_from(OriginData::from(&transfer.results.first().unwrap().as_ref().unwrap().subscription))
        .unwrap()
}

#[test]
fn a_transferred_system_and_what_is_left_of_allocations_go_on() {
    let (reseller, customer) =
        (facts_of("p1", Format::Avc, Kind::Reseller), facts_of("c1", Format::Avc, Kind::Customer));
    let own = OriginData {
        model: "RV55".parse().unwrap(),
        billing: SubscriptionBilling::Free,
        registered: Some(date("2023-01-15")),
        end_date: Some(date("2028-01-15")),
        renews_every: Some(Months::years(5)),
        ..OriginData::new(serial("LA1"), "AirLink Complete".parse().unwrap())
    };
    let (offer, months) = ("AirLink Complete".parse().unwrap(), Months::years(3));
    let bought = [Allocation { offer, months, quantity: 2, serial: None }];
    let first = moved(&reseller, &customer, Holding::try_from(own).unwrap(), &bought, "2024-05-01");
    let holding = taken(&first);
    assert_eq!(state(&holding, date("2024-05-01"), LATE).unwrap().end_date, Some(date("2027-05-01")));
    let left: Vec<Allocation> = first.allocations.iter().filter_map(|state| state.remaining()).collect();
    assert_eq!(left[0].quantity, 1);
    let back = moved(&customer, &reseller, holding, &[], "2024-06-01");
    let second = moved(&reseller, &customer, taken(&back), &left, "2024-07-01");
    assert_eq!(second.allocations[0].remaining(), None);
}

#[test]
fn a_merged_reseller_transfers_its_systems() {
    let system = read("Serial,Model,State,Last Communication\nLA1,RV55,Active,2024-11-01\n").systems;
    let data = account_of("p1", Format::Legacy, Kind::Reseller);
    let account =
        Account::try_new(AccountData { systems: Systems::try_new(system).unwrap(), ..data }).unwrap();
    let merge = ResellerMerge::of(account, date("2024-11-15"));
    let plan = plan_reseller(&merge).unwrap();
    let applied = apply_reseller(&merge, &plan, Some(&consent(plan.fingerprint, merge.on)), None).unwrap();
    let holding = Holding::try_from(OriginData::from(&applied.subscriptions[0])).unwrap();
    assert_eq!(state(&holding, date("2025-01-01"), LATE).unwrap().end_date, Some(date("2029-11-15")));
    let bought = [Allocation {
        offer: "AirLink Complete".parse().unwrap(),
        months: Months::YEAR,
        quantity: 1,
        serial: None,
    }];
    let reseller = AccountFacts::from(applied.account);
    let given =
        moved(&reseller, &facts_of("c1", Format::Avc, Kind::Customer), holding, &bought, "2025-01-01");
    assert!(given.results[0].is_ok());
}

#[test]
fn linked_accounts_are_an_account() {
    let person = |id: &str, format, email: &str| {
        let administrators = vec![email.parse().unwrap()];
        let data = AccountData { administrators, ..account_of(id, format, Kind::Customer) };
        AccountFacts::from(Account::try_new(data).unwrap())
    };
    let legacy = person("l1", Format::Legacy, "ann@acme.example");
    let avc = person("c1", Format::Avc, "ann+xr@acme.example");
    let request = LinkRequest {
        legacy: legacy.listing().unwrap(),
        avc: avc.listing().unwrap(),
        extra_email: "ann+xr@acme.example".parse().unwrap(),
        partner_link: Some(uid("p1")),
        ticket: None,
    };
    let account = link(&request).unwrap().account(avc);
    let directory = AccountList::try_new(vec![account.listing().unwrap()]).unwrap();
    let found = lookup(&LookupKey::Email("ann@acme.example".parse().unwrap()), None, &directory);
    assert_eq!(found.accounts[0].uid, uid("c1"));
    assert!(account.account(None).is_ok());
}
