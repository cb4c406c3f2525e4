/**
 * What the npm package costs per call: a plan as text, a plan on objects beside JSON alone, and the calls themselves.
 *
 *     cargo xtask package --npm && node benches/js/call.mjs
 *
 * Each figure is the fastest of many rounds: on a shared machine that is the one that repeats itself.
 */
import { call, callJson, planMigration } from "../../alms-wasm/js/node.js";

/** An account with systems of every kind, as they come from an export. */
function account(count) {
  const state = (i) => (i % 7 === 0 ? "suspended" : i % 11 === 0 ? "inventory" : "active");
  const systems = Array.from({ length: count }, (_, i) => ({
    serial: `LA${String((i * 7_919_777) % 99_999_989).padStart(14, "0")}`,
    model: ["RV50", "RV55", "GX450", "LX60"][i % 4],
    state: state(i),
    last_communication: `2023-0${1 + (i % 3)}-1${i % 9}`,
    support_end: i % 5 === 0 ? `2023-1${i % 3}-01` : null,
    warranty_end: "2020-01-01",
  }));
  const tokens = count * 7;
  return { uid: "a1", name: "Acme Buses", instance: "na", format: "legacy", kind: "customer", tokens, systems };
}

/** The fastest of many rounds, in nanoseconds. */
function fastest(run) {
  let best = Infinity;
  const end = performance.now() + 1500;
  while (performance.now() < end) {
    const start = performance.now();
    run();
    best = Math.min(best, performance.now() - start);
  }
  return best * 1e6;
}

for (const count of [1_000, 10_000, 100_000]) {
  const request = { account: account(count), on: "2023-03-25" };
  const input = JSON.stringify(request);
  const output = JSON.parse(callJson("migration.plan", input));

  const core = fastest(() => callJson("migration.plan", input));
  const json = fastest(() => JSON.stringify(request)) + fastest(() => JSON.parse(JSON.stringify(output))) - fastest(() => JSON.stringify(output));
  const objects = fastest(() => call("migration.plan", request));
  const typed = fastest(() => planMigration(request.account, { on: request.on }));
  const row = {
    systems: count,
    "callJson, ms": (core / 1e6).toFixed(2),
    "ns per system": Math.round(core / count),
    "call, ms": (objects / 1e6).toFixed(2),
    "planMigration, ms": (typed / 1e6).toFixed(2),
    "JSON alone, ms": (json / 1e6).toFixed(2),
    "(call - callJson) / JSON": ((objects - core) / json).toFixed(2),
  };
  console.table([row]);
}
console.log("targets: callJson at most 700 ns per system; call at most 1.5 times JSON alone beside callJson");

const CALLS = 20_000;
const small = '{"date":"2023-01-31","months":1}';
const many = fastest(() => {
  for (let i = 0; i < CALLS; i += 1) callJson("calendar.add_months", small);
});
console.log(`calendar.add_months: ${Math.round(many / CALLS)} ns per call`);
