import type { PolicyInput } from "../operations.js";

export { AlmsError, type AlmsErrorCode } from "../index.js";
export * from "./codes.js";

/**
 * A key per system or account: integers, or texts with null for none. The systems and the accounts have keys of one
 * kind.
 */
export type FleetKeys = Int32Array | BigInt64Array | readonly (string | null)[];

/** Systems in columns of one length. Rows of one account need not follow each other; it is fastest if they do. */
export interface FleetSystems {
  /** The account of each system. */
  readonly account: FleetKeys;
  /** The state of each: its place in `SYSTEM_STATES`, or its name. */
  readonly state: Uint8Array | readonly (string | null)[];
  /** The day on which it last communicated: days since 1970-01-01 (`dayNumber`), `NO_DAY` where it never did. */
  readonly last_communication: Int32Array;
  /** The last day of its support: days since 1970-01-01, `NO_DAY` where there is none. */
  readonly support_end: Int32Array;
  /** Its model, which tells XR Series routers (MIG-17). A row that has none may be migrated. */
  readonly model?: readonly (string | null)[] | null;
  /**
   * Its serial: twice in an account, every row but the first is a bad row (`duplicate_serial`). Without serials such a
   * system is planned twice, and nothing says so.
   */
  readonly serial?: readonly (string | null)[] | null;
}

/** Accounts in columns of one length. */
export interface FleetAccounts {
  /** What the systems name them by. */
  readonly account: FleetKeys;
  /** The stock of each: whole tokens from -10^15 to 10^15; NaN where it is not known. */
  readonly tokens: Int32Array | Float64Array;
  /** The migration date of each, where it is not that of all: days since 1970-01-01. */
  readonly on?: Int32Array | null;
}

/** What a fleet is planned under. */
export interface FleetOptions {
  /** The migration date of the accounts that do not say one. */
  readonly on?: string | null;
  /** The policy; the rulebook's defaults where absent. */
  readonly policy?: PolicyInput | null;
}

/** What becomes of every system, in the order of the input. */
export interface PlannedSystems {
  /** The place in `OUTCOMES`; `NO_OUTCOME` where the system is not planned. */
  readonly outcome: Uint8Array;
  /** What decided: a rule or an error, by its code in `REASONS`. */
  readonly reason: Uint8Array;
  /** The day its service ends: days since 1970-01-01; `NO_DAY` when deleted, in inventory, or not planned. */
  readonly end_date: Int32Array;
  /** The months it takes from the pool; 0 when deleted, in inventory, or not planned. */
  readonly tokens: Int32Array;
}

/**
 * What becomes of every account, in the order of the input: the figures of its plan, whole numbers. Those of an account
 * with an error are 0, its dates `NO_DAY`.
 */
export interface PlannedAccounts {
  /** 0 where the account is planned, else the place in `ACCOUNT_ERRORS`. */
  readonly error: Uint8Array;
  /** The migration date: days since 1970-01-01. */
  readonly on: Int32Array;
  /** The common end date of its AirLink Basic systems; `NO_DAY` where there are none. */
  readonly basic_end_date: Int32Array;
  /** The stock before the migration. */
  readonly opening: Float64Array;
  /** What a negative stock was written off by (MIG-15). */
  readonly written_off: Float64Array;
  /** Tokens taken by AirLink Complete systems (MIG-5). */
  readonly complete: Float64Array;
  /** Tokens for whole months of AirLink Basic systems (MIG-9). */
  readonly basic: Float64Array;
  /** Tokens for the part below a whole month (MIG-10). */
  readonly pro_rata: Float64Array;
  /** Tokens left over. */
  readonly unallocated: Float64Array;
  /** Tokens granted beyond what there was (MIG-10). */
  readonly overgranted: Float64Array;
  /** Tokens that AirLink Complete systems would have taken beyond the stock (MIG-15). */
  readonly shortfall: Float64Array;
  /** The tokens that AirLink Basic systems share: the exact months of each are these by `airlink_basic`. */
  readonly months_numerator: Float64Array;
  /** Whole months granted to each AirLink Basic system. */
  readonly granted_months: Float64Array;
  /** Days granted beyond them. */
  readonly granted_days: Float64Array;
  /** Systems removed. */
  readonly deleted: Float64Array;
  /** Systems in inventory. */
  readonly inventory: Float64Array;
  /** Systems on AirLink Complete. */
  readonly airlink_complete: Float64Array;
  /** Systems on AirLink Basic. */
  readonly airlink_basic: Float64Array;
}

/** The plan of a fleet. */
export interface FleetPlan {
  /** A row per system. */
  readonly systems: PlannedSystems;
  /** A row per account. */
  readonly accounts: PlannedAccounts;
}

/**
 * Loads the WebAssembly module of this entry, which is another one than that of `alms`. In a browser, await it before
 * the first call; in Node it is ready on import and this does nothing.
 *
 * @param source where the module is, when not beside the package: an address, a `Response`, its bytes or a
 * `WebAssembly.Module`. The package exports the file as `alms/fleet.wasm`.
 * @throws {AlmsError} `not_initialized` when it cannot be loaded.
 */
export function init(source?: string | object | PromiseLike<object>): Promise<void>;

/**
 * Plans the accounts of a whole fleet, with the answers of `planMigration`, from typed arrays into typed arrays.
 *
 * A bad row never stops the run: it comes out with `NO_OUTCOME` and its error as `reason`, the other systems of its
 * account with `account_not_planned`, and the account with an error.
 *
 * ```js
 * const systems = {
 *   account: Int32Array.of(2, 1, 2),
 *   state: Uint8Array.of(0, 3, 0),
 *   last_communication: Int32Array.of(dayNumber("2023-03-01"), NO_DAY, NO_DAY),
 *   support_end: Int32Array.of(NO_DAY, NO_DAY, NO_DAY),
 * };
 * const accounts = { account: Int32Array.of(2, 1), tokens: Int32Array.of(13, 20) };
 * const plan = planFleet(systems, accounts, { on: "2023-03-25" });
 * OUTCOMES[plan.systems.outcome[0]]; // "airlink_basic"
 * dateOf(plan.systems.end_date[0]); // "2024-04-25"
 * ```
 *
 * Rules: MIG-3 to MIG-13, MIG-15, MIG-17.
 *
 * @throws {AlmsError} `invalid_input` where a column has another type or length than it must have, or the date or the
 * policy is none.
 */
export function planFleet(systems: FleetSystems, accounts: FleetAccounts, options?: FleetOptions): FleetPlan;

/**
 * The days from 1970-01-01 to a day, as the columns of a fleet have them; `NO_DAY` for null.
 *
 * @throws {AlmsError} `invalid_input` when the text is no day of the calendar.
 */
export function dayNumber(date: string | null): number;

/** The day that is so many days after 1970-01-01; null for `NO_DAY`. */
export function dateOf(day: number): string | null;
