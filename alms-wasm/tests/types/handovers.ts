// What one function gives, the next one takes: compiled by types.test.mjs, then run by it.
import {
  type AccountInput,
  type Applied,
  applyMigration,
  applyResellerMigration,
  checkXr,
  createAccount,
  customers,
  dueSubscriptions,
  linkAccounts,
  lookUpAccounts,
  meter,
  offersForModel,
  planMigration,
  planResellerMigration,
  quote,
  registerInBulk,
  registerSystems,
  renew,
  renewalNotifications,
  renewalsToIcs,
  replay,
  subscriptionState,
  systemsFromCsv,
  systemsToCsv,
  transferSystems,
} from "alms";

function same(what: string, found: unknown, expected: unknown): void {
  if (JSON.stringify(found) !== JSON.stringify(expected)) {
    throw new Error(`${what}: ${JSON.stringify(found)} is not ${JSON.stringify(expected)}`);
  }
}

function there<T>(what: string, value: T | null | undefined): T {
  if (value === null || value === undefined) throw new Error(`${what} is not there`);
  return value;
}

const on = "2023-10-01";
const reseller = {
  uid: "p1", name: "Partner", instance: "na", format: "avc", kind: "reseller", administrators: ["rep@one.example"],
} as const;
const customer = { uid: "c1", name: "Acme", instance: "na", format: "avc", kind: "customer", partners: ["p1"] } as const;

// A file becomes a plan, the plan an account with subscriptions. Two systems share 13 tokens; one is not heard of any more.
const file = "Serial,Model,State,Last Communication\nLA1,RV55,Active,2023-05-02\nLA2,RV55,Active,2023-05-03\nOLD,RV55,Active,2022-01-31\n";
const legacy: AccountInput = {
  uid: "c1", name: "Acme Buses", instance: "na", format: "legacy", kind: "customer", tokens: 13,
  administrators: ["ann@acme.example"],
  partnerships: [{ partner: "p1", profile: "operator", of_record: true }],
  systems: systemsFromCsv(file).systems,
};
const plan = planMigration(legacy, { on: "2023-05-15" });
const consent = { by: "ann@acme.example", on: "2023-05-15", fingerprint: plan.fingerprint };
const applied: Applied = applyMigration(legacy, plan, { consent });
const { account, subscriptions } = applied;
const held = { ...account, subscriptions };

// Subscriptions: due, state, calendar, renewal and once more, quote and what is ordered by it, notification and its file.
same("due", dueSubscriptions(subscriptions, { on }).due.map((one) => one.end_date), ["2023-11-15", "2023-11-15"]);
const first = there("a subscription", subscriptions[0]);
const state = subscriptionState(first, { on });
same("state", state.end_date, "2023-11-15");
same("state again", subscriptionState(state.subscription, { on }).subscription, state.subscription);
there("a calendar", renewalsToIcs(subscriptions, { on }).ics);
const once = renew(first, { months: 12, on });
same("renewed twice", renew(once.subscription, { months: 12, on }).end_date, "2025-11-15");
const price = { offer: "AirLink Basic", months: 12, price: { amount: "90.00", currency: "USD" } };
const quoted = there("a system", quote(subscriptions, { months: 12 }, [price], { on, due_until: "2023-12-31" }).systems[0]);
same("ordered", subscriptionState({ ...first, events: [quoted.event] }, { on }).end_date, quoted.new_end_date);
const message = there("a message", renewalNotifications([reseller], [held], { on }).messages[0]);
const listed = there("a row", systemsFromCsv(message.attachment.csv).subscriptions[0]);
same("listed", subscriptionState(listed, { on }).end_date, "2023-11-15");

// The account: directory, offers, XR check, registration, ledger, Customers page.
same("lookup", lookUpAccounts([account], { uid: "c1", viewer: "p1" }).accounts[0]?.profile, "operator");
same("offers", offersForModel(account, "RV55", { on }).default, "AirLink Complete");
same("XR", checkXr([{ model: "XR80", sku_region: "north_america" }], { on, account }).eligible, true);
const registered = there("a subscription", registerSystems(account, { serial: "LA9", model: "RV55" }, { on }).subscription);
same("registered", subscriptionState(registered, { on }).state, "active");
const ledger = replay([account], []);
same("ledger", replay(ledger.accounts, []).accounts, ledger.accounts);
same("page", customers("p1", [held], { on }).rows[0]?.total_systems, 2);

// What is deleted is registered again, and goes on the page.
const again = registerInBulk(systemsToCsv(applied.export), [account], { on });
same("bulk", again.rows[0]?.ok, true);
// The page shows names, which a registration does not ask for.
const named = again.accounts.map((one) => ({ ...one, name: there("a name", one.name), systems: there("a list", one.systems) }));
same("page after bulk", customers("p1", named, { on }).rows[0]?.total_systems, 3);
const bulk = there("a subscription", again.registered[0]?.subscriptions[0]);
there("a state", subscriptionState(bulk, { on }).state);

// A created account goes into a directory and takes systems.
const channel = { type: "reseller", partner: "p1" } as const;
const wanted = { uid: "c2", name: "Bolt Taxis", administrator: "bea@bolt.example" };
const created = there("an account", createAccount(wanted, channel, [reseller], { on }).created).account;
same("created", lookUpAccounts([created], { name: "Bolt Taxis", viewer: "p1" }).accounts[0]?.sight, "partner");
same("bulk of created", registerInBulk("Serial,Model,Account\nLA1,RV55,c2\n", [created], { on }).summary.registered, 1);

// Registrations and use are booked, once.
const tokens = { uid: "c1", name: "Acme", instance: "na", format: "legacy", kind: "customer" } as const;
const packs = there("a list", registerInBulk("Serial,Model,Account\nGX1,GX450,c1\n", [tokens], { on: "2023-05-03" }).registered[0]);
const used = meter([{ account: "c1", on: "2023-05-20", active: 9 }]).bookings;
// A registration whose key would be too long has none, and cannot be booked once.
const registrations = packs.bookings.map((one) => ({ ...one, type: "registration" as const, key: there("a key", one.key) }));
const bookings = [...registrations, ...used, ...registrations, ...used];
same("booked once", replay([tokens], bookings).accounts[0]?.balance, 3);

// A transfer, what is left of its allocations, and the next transfer.
const own = {
  serial: "LA1", model: "RV55", offer: "AirLink Complete", registered: "2023-01-15", end_date: "2028-01-15",
  billing: "free", renews_every_months: 60,
} as const;
const bought = [{ offer: "AirLink Complete", months: 36, quantity: 2 }];
const given = transferSystems(reseller, customer, [{ subscription: own }], { on: "2024-05-01", allocations: bought });
const taken = there("a subscription", given.results[0]?.subscription);
same("transferred", subscriptionState(taken, { on: "2024-05-01" }).end_date, "2027-05-01");
const back = transferSystems(customer, reseller, [{ subscription: taken }], { on: "2024-06-01" });
const returned = there("a subscription", back.results[0]?.subscription);
const next = { on: "2024-07-01", allocations: given.allocations };
same("left", transferSystems(reseller, customer, [{ subscription: returned }], next).allocations[0]?.left, 0);

// A reseller's migration, and its systems transferred.
const merged: AccountInput = {
  ...reseller, format: "legacy", tokens: 0,
  systems: [{ serial: "LA1", model: "RV55", state: "active", last_communication: "2024-11-01" }],
};
const merge = planResellerMigration(merged, { on: "2024-11-15" });
const agreed = { by: "rep@one.example", on: "2024-11-10", fingerprint: merge.fingerprint };
const done = applyResellerMigration(merged, merge, { consent: agreed });
const kept = there("a subscription", done.subscriptions[0]);
same("merged", subscriptionState(kept, { on: "2025-01-01" }).end_date, "2029-11-15");
const allocations = [{ offer: "AirLink Complete", months: 12, quantity: 1 }];
same("given", transferSystems(done.account, customer, [{ subscription: kept }], { on: "2025-01-01", allocations }).results[0]?.ok, true);

// Linked accounts are an account.
const person = (uid: string, format: "legacy" | "avc", email: string) =>
  ({ ...customer, uid, format, administrators: [email], system_count: 4 });
const verdict = linkAccounts(person("l1", "legacy", "ann@acme.example"), person("c1", "avc", "ann+xr@acme.example"), "ann+xr@acme.example", {
  partner_link: "p1",
});
const linked = there("an account", verdict.linked).account;
same("linked", lookUpAccounts([linked], { email: "ann@acme.example" }).status, "unique");
