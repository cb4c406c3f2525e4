/** What the fields of the migration preview hold, and what the library makes of it. */
import type { Instance, Kind, MonthRounding, Outcome, PolicyInput } from "alms";

import type {
  AccountFields,
  DateOrder,
  OtherScenario,
  ScenarioFields,
  SortColumn,
  View,
} from "../../engine/protocol.ts";
import { dateRequired, whole, wholeRequired } from "../../ui/field.ts";

export const DEFAULTS = {
  /** Which published example; empty with a file of one's own. */
  example: "",
  /** The systems of a small file, compressed. */
  systems: "",
  /** The name of a file that is too large for the address. */
  file: "",
  dates: "iso",
  skip_bad_rows: "",
  uid: "account",
  name: "Account",
  instance: "na",
  kind: "customer",
  tokens: "",
  on: "",
  month_rounding: "down",
  complete_years: "0",
  cleanup: "protect_paid",
  inactive_months: "12",
  /** Side by side: empty or `1`. */
  compare: "",
  other_on: "",
  other_tokens: "",
  other_month_rounding: "",
  other_complete_years: "",
  other_cleanup: "",
  other_inactive_months: "",
  /** Empty or `1`. */
  other_reporting: "",
  until: "",
  /** The table. */
  outcome: "",
  query: "",
  sort: "file",
  descending: "",
  page: "1",
  /** The system that is explained. */
  why: "",
  /** `1`: the document for the customer's consent. */
  consent: "",
};

export type Name = keyof typeof DEFAULTS;
export type Get = (name: Name) => string;
export type Set = (changes: Partial<Record<Name, string>>) => void;

/** Changing these changes only which part of the plan is looked at. */
export const VIEW_PARAMS: ReadonlySet<string> = new Set(["outcome", "query", "sort", "descending", "page"]);
export const COMPARE_PARAMS: ReadonlySet<string> = new Set([
  "compare",
  "until",
  "other_on",
  "other_tokens",
  "other_month_rounding",
  "other_complete_years",
  "other_cleanup",
  "other_inactive_months",
  "other_reporting",
]);

export const ROWS_PER_PAGE = 50;

export function account(get: Get): AccountFields {
  return {
    uid: get("uid"),
    name: get("name"),
    // Choices offer nothing else; from a changed address comes what the library then refuses by name.
    instance: get("instance") as Instance,
    kind: get("kind") as Kind,
    tokens: wholeRequired(get("tokens"), "Tokens"),
  };
}

export function dateOrder(get: Get): DateOrder {
  return get("dates") as DateOrder;
}

export function scenario(get: Get): ScenarioFields {
  return { on: dateRequired(get("on"), "The migration date"), policy: policy(get, "") };
}

/** The other scenario: what is not said is as planned. */
export function otherScenario(get: Get): OtherScenario {
  return {
    on: get("other_on") || get("on"),
    policy: policy(get, "other_"),
    tokens: wholeRequired(get("other_tokens") || get("tokens"), "Tokens"),
    reporting: get("other_reporting") === "" ? "as_is" : "all_deleted",
    until: get("until") === "" ? null : get("until"),
  };
}

function policy(get: Get, prefix: "" | "other_"): PolicyInput {
  const years = wholeRequired(
    get(`${prefix}complete_years`) || get("complete_years"),
    "Years added to AirLink Complete",
  );
  return {
    month_rounding: (get(`${prefix}month_rounding`) || get("month_rounding")) as MonthRounding,
    complete_renewal: years === 0 ? "support_date" : { support_date_plus_years: years },
    cleanup: (get(`${prefix}cleanup`) || get("cleanup")) === "strict" ? "strict" : "protect_paid",
    inactive_months: whole(get(`${prefix}inactive_months`) || get("inactive_months"), "Months without communication"),
  };
}

export function view(get: Get): View {
  const page = Math.max(1, whole(get("page"), "page") ?? 1);
  return {
    outcomes: get("outcome") === "" ? [] : [get("outcome") as Outcome],
    query: get("query"),
    sort: get("sort") as SortColumn,
    descending: get("descending") !== "",
    from: (page - 1) * ROWS_PER_PAGE,
    count: ROWS_PER_PAGE,
  };
}
