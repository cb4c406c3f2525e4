// Compiled by types.test.mjs, never run.
import {
  type AccountInput,
  AlmsError,
  type AlmsErrorCode,
  type CivilDate,
  type JsonObject,
  type JsonSchema,
  type Operation,
  type OperationName,
  type Plan,
  type RuleId,
  addMonths,
  applyMigration,
  call,
  callJson,
  explainMigration,
  init,
  operations,
  planMigration,
  renew,
  renewalsToIcs,
  replay,
  subscriptionState,
} from "alms";

await init();
await init(new Uint8Array(8));

const text: string = callJson("calendar.add_months", '{"date":"2023-01-31","months":1}');
const output: CivilDate = call("calendar.add_months", { date: "2023-01-31", months: 1 }).date;
const day: CivilDate = addMonths("2023-01-31", 1);
const operation: Operation = operations()["calendar.add_months"];
const schema: JsonSchema = operation.input;
const name: OperationName = "tokens.replay";

const account: AccountInput = {
  uid: "a1",
  name: "Acme Buses",
  instance: "na",
  format: "legacy",
  kind: "customer",
  tokens: 13,
  created: undefined,
  systems: [{ serial: "LA1", model: "RV55", state: "active", support_end: null }],
};
const plan: Plan = planMigration(account, { on: "2023-05-15", policy: { complete_renewal: { support_date_plus_years: 1 } } });
const months: number | undefined = plan.systems[0]?.tokens;
const rules: readonly RuleId[] | undefined = plan.systems[0]?.rules;
// What came out goes in again.
const applied = applyMigration(account, plan, { consent: { by: "me", on: "2023-05-15", fingerprint: plan.fingerprint } });
planMigration(applied.account, { on: "2023-05-15" });
explainMigration(account, "LA1", { on: "2023-05-15" });

const renewal = renew({ end_date: "2024-01-15" }, { months: 36, on: "2023-10-20", late: { backdated: { max_days: 90 } } });
renew({ end_date: renewal.end_date, terms_from: renewal.terms_from }, { years: 1, on: "2026-12-01", late: "from_end" });
renew(renewal.subscription, { months: 12, on: "2026-12-01" });
renewalsToIcs([...applied.subscriptions, subscriptionState(renewal.subscription, { on: "2026-12-01" }).subscription], {
  on: "2026-12-01",
});
const calendar: string | null = renewalsToIcs([{ serial: "LA1", offer: "AirLink Complete" }], { on: "2023-10-20" }).ics;

const { results } = replay([], [{ key: "k", on: "2023-05-01", type: "grant", account: "a1", tokens: 5 }]);
const code: string | undefined = results[0]?.error?.code;

try {
  callJson("", "");
} catch (error) {
  if (error instanceof AlmsError) {
    const code: AlmsErrorCode = error.code;
    const rule: RuleId | null = error.rule;
    const where: string = error.path + error.message + error.toJSON().code;
    const context: JsonObject = error.context;
    void [code, rule, where, context];
  }
}

// @ts-expect-error a document is an object
call("calendar.add_months", "{}");
// @ts-expect-error there is no such operation
call("calendar.add_month", { date: "2023-01-31", months: 1 });
// @ts-expect-error a text is a string
callJson("calendar.add_months", { date: "2023-01-31", months: 1 });
// @ts-expect-error what comes out is not `any`
const wrong: number = output;
// @ts-expect-error a day is missing
planMigration(account);
// @ts-expect-error an unknown state
planMigration({ ...account, systems: [{ serial: "LA1", model: "RV55", state: "broken" }] }, { on: "2023-05-15" });
// @ts-expect-error a length is named
renew({ end_date: "2024-01-15" }, 3, { on: "2023-10-20" });
// @ts-expect-error a policy has its settings
renew({ end_date: "2024-01-15" }, { months: 36, on: "2023-10-20", late: "backdated" });
// @ts-expect-error an order has no tokens
replay([], [{ key: "k", on: "2023-05-01", type: "order", partner: "p", po_number: "1", tokens: 5 }]);

void [text, day, schema, name, months, rules, calendar, code, wrong];
