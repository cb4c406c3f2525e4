/** Search, filter and order of a plan's systems; only the page that is looked at leaves the worker. */
import type { Outcome, PlannedSystem, System } from "alms";

import type { MonthCount, Page, SortColumn, SystemRow, View } from "./protocol.ts";

/** Outcomes in the order in which people ask about them. */
const OUTCOME_ORDER: readonly Outcome[] = ["deleted", "inventory", "airlink_complete", "airlink_basic"];

interface Pair {
  readonly before: System;
  readonly after: PlannedSystem;
}

export function selectPage(systems: readonly System[], planned: readonly PlannedSystem[], view: View): Page {
  const words = view.query
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== "");
  const found: Pair[] = [];
  // A plan lists the systems in the account's order.
  planned.forEach((after, index) => {
    const before = systems[index];
    if (before === undefined) return;
    if (view.outcomes.length > 0 && !view.outcomes.includes(after.outcome)) return;
    if (words.every((word) => matches(before, after, word))) found.push({ before, after });
  });
  order(found, view.sort, view.descending);
  return { total: found.length, rows: found.slice(view.from, view.from + view.count).map(rowOf) };
}

function matches(before: System, after: PlannedSystem, word: string): boolean {
  return (
    before.serial.toLowerCase().includes(word) ||
    before.model.toLowerCase().includes(word) ||
    before.state.startsWith(word) ||
    (after.end_date?.startsWith(word) ?? false) ||
    after.rules.some((rule) => rule.toLowerCase() === word)
  );
}

function order(pairs: Pair[], column: SortColumn, descending: boolean): void {
  if (column === "file") {
    if (descending) pairs.reverse();
    return;
  }
  const sign = descending ? -1 : 1;
  pairs.sort((a, b) => sign * compare(key(a, column), key(b, column)));
}

/** What a column sorts by; null comes last in ascending order. */
function key({ before, after }: Pair, column: Exclude<SortColumn, "file">): string | number | null {
  switch (column) {
    case "serial":
      return before.serial;
    case "model":
      return before.model;
    case "outcome":
      return OUTCOME_ORDER.indexOf(after.outcome);
    case "end_date":
      return after.end_date;
    case "tokens":
      return after.tokens;
  }
}

function compare(a: string | number | null, b: string | number | null): number {
  if (a === b) return 0;
  if (a === null) return 1;
  if (b === null) return -1;
  return a < b ? -1 : 1;
}

function rowOf({ before, after }: Pair): SystemRow {
  const { serial, model, state, last_communication, support_end } = before;
  const { outcome, end_date, tokens, rules } = after;
  return { serial, model, state, last_communication, support_end, outcome, end_date, tokens, rules };
}

/** Months with the systems that end in them, in order. */
export function monthCounts(systems: readonly PlannedSystem[]): readonly MonthCount[] {
  const counts = new Map<string, { month: string; complete: number; basic: number }>();
  for (const { end_date, outcome } of systems) {
    if (end_date === null) continue;
    const month = end_date.slice(0, "2023-09".length);
    const count = counts.get(month) ?? { month, complete: 0, basic: 0 };
    counts.set(month, count);
    if (outcome === "airlink_complete") count.complete += 1;
    else count.basic += 1;
  }
  return [...counts.values()].sort((a, b) => compare(a.month, b.month));
}
