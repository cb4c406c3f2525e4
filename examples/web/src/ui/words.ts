/** The sources' terms for what the wire form abbreviates. */
import type { BillingModel, Instance, Kind, MonthRounding, Outcome, SystemState, Verdict } from "alms";

export const OUTCOMES: Readonly<Record<Outcome, string>> = {
  deleted: "Deleted",
  inventory: "Inventory",
  airlink_complete: "AirLink Complete",
  airlink_basic: "AirLink Basic",
};

export const OUTCOME_MEANING: Readonly<Record<Outcome, string>> = {
  deleted: "never communicated, or not for too long; can be registered again",
  inventory: "no service and no end date until a purchase order activates it",
  airlink_complete: "support was paid for; its end date remains",
  airlink_basic: "share the tokens that are left",
};

export const STATES: Readonly<Record<SystemState, string>> = {
  active: "Active",
  suspended: "Suspended",
  inventory: "Inventory",
  maintenance: "Maintenance",
};

export const VERDICTS: Readonly<Record<Verdict, string>> = {
  decides: "Decides",
  contributes: "Contributes",
  does_not_apply: "Does not apply",
  overruled: "Overruled",
};

export const INSTANCES: Readonly<Record<Instance, string>> = {
  na: "North America (NA)",
  eu: "Europe (EU)",
  ca: "Canada (CA)",
  au: "Australia (AU)",
};

export const KINDS: Readonly<Record<Kind, string>> = {
  customer: "Customer",
  reseller: "Reseller",
  free_tier: "Free tier",
  transition: "Transition",
};

export const BILLING: Readonly<Record<BillingModel, string>> = {
  pre_paid: "Pre-paid, by purchase order",
  direct: "Direct billing",
};

export const ROUNDINGS: Readonly<Record<MonthRounding, string>> = {
  down: "Down: never grants what was not paid for",
  nearest: "To the nearest month, halves up",
  up: "Up to the next month",
  pro_rata_days: "Whole months, then the rest in days",
};

/** The options of a choice. */
export function options<Value extends string>(
  words: Readonly<Record<Value, string>>,
): readonly (readonly [string, string])[] {
  return Object.entries<string>(words);
}
