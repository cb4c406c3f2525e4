/** Numbers, dates and amounts as people read them. The wire form stays in the data. */
import type { CivilDate, Fraction, Money } from "alms";

const DATE = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });
const MONTH = new Intl.DateTimeFormat("en-GB", { month: "short", year: "numeric", timeZone: "UTC" });
const COUNT = new Intl.NumberFormat("en");

/** `25 September 2023`. */
export function date(value: CivilDate): string {
  return DATE.format(new Date(`${value}T00:00:00Z`));
}

/** `Sep 2023` of `2023-09`. */
export function month(value: string): string {
  return MONTH.format(new Date(`${value}-01T00:00:00Z`));
}

export function count(value: number): string {
  return COUNT.format(value);
}

/** `1 system`, `40 systems`. */
export function counted(value: number, one: string, many = `${one}s`): string {
  return `${count(value)} ${value === 1 ? one : many}`;
}

/** `3 years`, `18 months`: whole years where they are whole. */
export function term(months: number): string {
  return months % 12 === 0 ? counted(months / 12, "year") : counted(months, "month");
}

/** The exact decimals of the amount, grouped by thousands. */
export function money({ amount, currency }: Money): string {
  const [whole = "", decimals] = amount.split(".");
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ",");
  return `${decimals === undefined ? grouped : `${grouped}.${decimals}`} ${currency}`;
}

/** `261/40 = 6.525`; a fraction without an end is shortened and says so. */
export function fraction({ numerator, denominator }: Fraction): string {
  const value = numerator / denominator;
  const rounded = Math.round(value * 1000) / 1000;
  const sign = rounded * denominator === numerator ? "=" : "≈";
  return `${count(numerator)}/${count(denominator)} ${sign} ${rounded}`;
}

/** `+19`, `−3`, `0`. */
export function signed(value: number): string {
  if (value === 0) return "0";
  return value > 0 ? `+${count(value)}` : `−${count(-value)}`;
}

/** Today in the time zone of the reader: only to fill in a field; the rules never read a clock. */
export function today(): CivilDate {
  const now = new Date();
  const two = (value: number): string => String(value).padStart(2, "0");
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}
