/** What the fields of the renewal quote hold. Lists are texts: a line per row, the cells with commas between. */
import type {
  ListedTerm,
  Money,
  PurchaseUnit,
  QuoteRequest,
  RenewFor,
  SubscriptionInput,
  WeightedTerm,
} from "alms";

import { wholeRequired } from "../../ui/field.ts";

export const DEFAULTS = {
  /** `groups`: counts by offer and end date; `systems`: one by one. */
  source: "groups",
  groups: "",
  systems: "",
  on: "",
  due_until: "",
  /** `years` or `until`. */
  renew: "years",
  years: "1",
  until: "",
  /** `from_order`, `from_end` or `backdated`. */
  late: "from_order",
  currency: "USD",
  /** Offer, price of one month, 1, 3 and 5 years. */
  prices: "",
  /** `percent` or `amount`. */
  discount_kind: "percent",
  discount: "",
  align_on: "",
  terms: "1,1825;2,365",
  base: "2023-01-01",
  rounding: "down",
};

/** The source's example (M, SUB-2) with its neighbours, at made-up prices. */
export const EXAMPLE: Partial<Record<Name, string>> = {
  source: "groups",
  groups: "AirLink Complete,2024-01-15,10;AirLink Basic,2023-11-25,40",
  prices: "AirLink Complete,9.00,99.00,270.00,400.00;AirLink Basic,4.00,40.00,108.00,160.00",
  on: "2023-10-20",
  due_until: "2024-01-31",
  years: "3",
  align_on: "2025-01-15",
};

export type Name = keyof typeof DEFAULTS;
export type Get = (name: Name) => string;
export type Set = (changes: Partial<Record<Name, string>>) => void;

/** The most systems that are made of counts. */
const SYSTEMS_MAX = 100_000;
const UNITS = [
  { name: "1 month", months: 1 },
  { name: "1 year", months: 12 },
  { name: "3 years", months: 36 },
  { name: "5 years", months: 60 },
] as const;
export const PRICE_TITLES: readonly string[] = UNITS.map(({ name }) => name);

export type Row = readonly string[];

export function rowsOf(text: string): readonly Row[] {
  return text === "" ? [] : text.split(";").map((row) => row.split(","));
}

export function textOf(rows: readonly Row[]): string {
  return rows.map((row) => row.map((cell) => cell.replaceAll(/[,;]/g, " ").trim()).join(",")).join(";");
}

/** The subscriptions that are renewed. */
export function subscriptions(get: Get): readonly SubscriptionInput[] {
  return get("source") === "systems" ? listed(get("systems")) : counted(get("groups"));
}

function listed(text: string): readonly SubscriptionInput[] {
  const lines = text.split(/\r?\n/).flatMap((line, index) => (line.trim() === "" ? [] : [{ line, number: index + 1 }]));
  return lines.map(({ line, number }) => {
    const [serial = "", offer = "", end = "", ...rest] = line.split(/[,;\t]/).map((cell) => cell.trim());
    if (serial === "" || offer === "" || end === "" || rest.length > 0) {
      throw new Error(`line ${number}: \`${line}\` is not a system; write serial number, offer, end date`);
    }
    return { serial, offer, end_date: end };
  });
}

function counted(text: string): readonly SubscriptionInput[] {
  const all: SubscriptionInput[] = [];
  rowsOf(text).forEach(([offer = "", end_date = "", count = ""], index) => {
    const name = `Systems in row ${index + 1}`;
    if (end_date === "") throw new Error(`the end date in row ${index + 1} is missing; give a date`);
    const systems = wholeRequired(count, name);
    if (systems < 0 || all.length + systems > SYSTEMS_MAX) {
      throw new Error(`${name}: \`${count}\` is out of range; give at most 100000 systems in all`);
    }
    for (let number = 1; number <= systems; number += 1) {
      all.push({ serial: `row-${index + 1}-system-${number}`, offer, end_date });
    }
  });
  return all;
}

/** The prices that are filled in, for the quote. A month is for aligning: pre-paid terms are years. */
export function terms(get: Get): readonly ListedTerm[] {
  return rowsOf(get("prices")).flatMap(([offer = "", ...amounts]) =>
    UNITS.flatMap(({ months }, index) => {
      const amount = amounts[index] ?? "";
      return months === 1 || amount === "" ? [] : [{ offer, months, price: price(get, amount) }];
    }),
  );
}

/** What can be bought of an offer to align it. */
export function units(get: Get, offer: string): readonly PurchaseUnit[] {
  const [, ...amounts] = rowsOf(get("prices")).find(([name]) => name === offer) ?? [];
  return UNITS.flatMap(({ name, months }, index) => {
    const amount = amounts[index] ?? "";
    return amount === "" ? [] : [{ name, length: months, price: price(get, amount) }];
  });
}

function price(get: Get, amount: string): Money {
  return { amount, currency: get("currency") };
}

export function renewFor(get: Get): RenewFor {
  if (get("renew") === "until") return { until: get("until") };
  return { months: wholeRequired(get("years"), "Years") * 12 };
}

/** From when a late renewal counts; dated back by the days that are usual. */
export function late(get: Get): NonNullable<QuoteRequest["late"]> {
  const chosen = get("late");
  if (chosen === "backdated") return { backdated: {} };
  return chosen === "from_end" ? chosen : "from_order";
}

export function weightedTerms(get: Get): readonly WeightedTerm[] {
  return rowsOf(get("terms")).map(([weight = "", days = ""], index) => ({
    weight: /^\d+$/.test(weight) ? Number(weight) : weight,
    days: wholeRequired(days, `Days in row ${index + 1}`),
  }));
}
