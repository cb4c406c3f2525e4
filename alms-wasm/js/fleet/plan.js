/**
 * Whole fleets as typed arrays: checked here, planned by the module.
 */
import initModule, { FleetGroups, FleetSystems, fleet_model_code, plan_fleet } from "../../pkg/alms_fleet.js";
import { kindOf, requireWellFormed, stringify } from "../document.js";
import { invalidInput } from "../errors.js";
import { WasmModule, native } from "../loading.js";
import { NO_DAY, NO_STATE, SYSTEM_STATES, UNKNOWN_STATE } from "./codes.js";

/** In the order of the module. */
const FIGURES = [
  "opening",
  "written_off",
  "complete",
  "basic",
  "pro_rata",
  "unallocated",
  "overgranted",
  "shortfall",
  "months_numerator",
  "granted_months",
  "granted_days",
  "deleted",
  "inventory",
  "airlink_complete",
  "airlink_basic",
];

export const wasm = new WasmModule(initModule);

const DAY_MS = 86_400_000;
const NO_KEY = 0xffff_ffff;

export function dayNumber(date) {
  if (date === null || date === undefined) return NO_DAY;
  const time = typeof date === "string" && /^\d{4}-\d\d-\d\d$/.test(date) ? Date.parse(date) : Number.NaN;
  // `Date` takes 30 February for 2 March.
  if (Number.isNaN(time) || new Date(time).toISOString().slice(0, 10) !== date) {
    throw invalidInput(`\`${String(date)}\` is no day of the calendar; pass a text such as "2023-03-25"`);
  }
  return time / DAY_MS;
}

export function dateOf(day) {
  return day === NO_DAY ? null : new Date(day * DAY_MS).toISOString().slice(0, 10);
}

export function planFleet(systems, accounts, options = {}) {
  wasm.requireReady();
  requireObject(systems, "systems");
  requireObject(accounts, "accounts");
  requireObject(options, "options");
  const scenario = stringify(options);
  const kept = [];
  const keep = (object) => {
    kept.push(object);
    return object;
  };
  try {
    const groups = keep(grouped(systems, accounts));
    const rows = keep(columnsOf(systems));
    const count = accounts.account.length;
    const tokens = requireColumn(accounts, "accounts", "tokens", ["Float64Array", "Int32Array"], count);
    const on = accounts.on == null ? undefined : days(accounts, "accounts", "on", count);
    return named(keep(native(() => plan_fleet(groups, rows, Float64Array.from(tokens), on, scenario))), count);
  } finally {
    // The memory of the module is not that of the engine, which would wait for a collection.
    for (const object of kept) object.free();
  }
}

function grouped({ account: systems }, { account: accounts }) {
  const [kind, other] = [kindOf(systems), kindOf(accounts)];
  if (kind !== other) {
    throw invalidInput(`the keys are a ${other}, and those of the systems a ${kind}; pass the same`, "accounts.account");
  }
  switch (kind) {
    case "Int32Array":
      return FleetGroups.by_i32(systems, accounts);
    case "BigInt64Array":
      return FleetGroups.by_i64(systems, accounts);
    case "Array":
      return groupedByText(systems, accounts);
    default:
      throw invalidInput(
        `the keys are a ${kind}; pass an Int32Array, a BigInt64Array or an array of texts`,
        "systems.account",
      );
  }
}

/** Each text crosses the border once. */
function groupedByText(systems, accounts) {
  const positions = new Map();
  const position = (key, path) => {
    if (key === null || key === undefined) return NO_KEY;
    let found = positions.get(key);
    if (found === undefined) {
      if (typeof key !== "string") throw invalidInput(`a ${kindOf(key)} is no key; pass a text or null`, path());
      // Two keys with half a character each would cross the border as one and the same.
      requireWellFormed(key, path());
      found = positions.size;
      positions.set(key, found);
    }
    return found;
  };
  const [ofAccounts, ofSystems] = [
    [accounts, "accounts"],
    [systems, "systems"],
  ].map(([keys, table]) =>
    Uint32Array.from({ length: keys.length }, (_, row) => position(keys[row], () => `${table}.account[${row}]`)),
  );
  return FleetGroups.by_text([...positions.keys()], ofSystems, ofAccounts);
}

function columnsOf(systems) {
  const rows = systems.account.length;
  const [states, last, support] = [
    codes(systems, "state", rows, stateCode),
    days(systems, "systems", "last_communication", rows),
    days(systems, "systems", "support_end", rows),
  ];
  const models = systems.model == null ? undefined : codes(systems, "model", rows, memo(fleet_model_code));
  return new FleetSystems(states, last, support, models, systems.serial == null ? undefined : serials(systems, rows));
}

/** A number for each serial, the same for the same one. */
function serials(systems, rows) {
  const given = requireColumn(systems, "systems", "serial", ["Array"], rows);
  const numbers = new Map();
  return Uint32Array.from({ length: rows }, (_, row) => {
    const serial = given[row];
    if (serial === null || serial === undefined) return NO_KEY;
    if (typeof serial !== "string") {
      throw invalidInput(`a ${kindOf(serial)} is not a serial; pass a text or null`, `systems.serial[${row}]`);
    }
    let found = numbers.get(serial);
    if (found === undefined) numbers.set(serial, (found = numbers.size));
    return found;
  });
}

function stateCode(name) {
  const code = SYSTEM_STATES.indexOf(name);
  return code < 0 ? UNKNOWN_STATE : code;
}

/** The codes of a column: given as they are, or by name. */
function codes(systems, column, rows, code) {
  const given = requireColumn(systems, "systems", column, ["Uint8Array", "Array"], rows);
  if (!Array.isArray(given)) return given;
  const none = column === "state" ? NO_STATE : 0;
  return Uint8Array.from({ length: rows }, (_, row) => {
    const name = given[row];
    if (name === null || name === undefined) return none;
    if (typeof name !== "string") {
      throw invalidInput(`a ${kindOf(name)} is no ${column}; pass a text or null`, `systems.${column}[${row}]`);
    }
    return code(name);
  });
}

/** Models are few, whatever the number of systems. */
function memo(compute) {
  const known = new Map();
  return (name) => {
    let found = known.get(name);
    if (found === undefined) known.set(name, (found = compute(name)));
    return found;
  };
}

function days(table, name, column, rows) {
  return requireColumn(table, name, column, ["Int32Array"], rows);
}

function requireColumn(table, name, column, kinds, rows) {
  const given = table[column];
  const path = `${name}.${column}`;
  if (!kinds.includes(kindOf(given))) {
    throw invalidInput(`the column is a ${kindOf(given)}; pass an ${kinds.join(" or an ")}`, path);
  }
  if (given.length !== rows) {
    throw invalidInput(`the column has \`${given.length}\` rows, and \`account\` has \`${rows}\`; pass as many`, path);
  }
  return given;
}

function requireObject(value, name) {
  if (kindOf(value) === "Object") return;
  throw invalidInput(`the ${name} are a ${kindOf(value)}; pass an object`, name === "options" ? "" : name);
}

/** The columns of a plan under their names. */
function named(plan, accounts) {
  const figures = plan.figures();
  const figure = (name, place) => [name, figures.slice(place * accounts, (place + 1) * accounts)];
  return {
    systems: { outcome: plan.outcome(), reason: plan.reason(), end_date: plan.end_date(), tokens: plan.tokens() },
    accounts: {
      error: plan.account_error(),
      on: plan.account_on(),
      basic_end_date: plan.basic_end_date(),
      ...Object.fromEntries(FIGURES.map(figure)),
    },
  };
}
