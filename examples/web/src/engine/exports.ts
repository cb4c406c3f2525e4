/** A plan in the forms in which people take it along. */
import { renewalsToIcs, systemsToCsv } from "alms";
import type { Plan, PlannedSystem, SubscriptionInput, System } from "alms";

import type { FleetGroup } from "./protocol.ts";

const TITLES = ["serial", "outcome", "offer", "state", "end_date", "tokens", "rules"] as const;

/** A row per system. */
export function planToCsv(systems: readonly PlannedSystem[]): string {
  const rows = systems.map((system) => TITLES.map((title) => cell(system[title])).join(","));
  return [TITLES.join(","), ...rows, ""].join("\n");
}

function cell(value: PlannedSystem[(typeof TITLES)[number]]): string {
  if (value === null) return "";
  const text = Array.isArray(value) ? value.join(" ") : String(value);
  // A spreadsheet would take such a text for a formula, behind a semicolon, too.
  const safe = text.replaceAll(/(^|;)('*[=+\-@\t\r\n\0＝＋－＠])/g, "$1'$2");
  return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** The deleted systems, to be registered again (MIG-14). */
export function deletedToCsv(systems: readonly System[], planned: readonly PlannedSystem[]): string {
  return systemsToCsv(systems.filter((_system, index) => planned[index]?.outcome === "deleted"));
}

/** The renewal dates as a calendar; what ends on the day of the migration has nothing to renew any more. */
export function renewals(systems: readonly System[], plan: Plan, name: string): string {
  const subscriptions = plan.systems.flatMap((after, index): SubscriptionInput[] => {
    const { offer, end_date, serial } = after;
    if (offer === null || end_date === null) return [];
    return [{ serial, model: systems[index]?.model ?? null, offer, start_date: plan.on, end_date }];
  });
  const { ics } = renewalsToIcs(subscriptions, { on: plan.on, name });
  if (ics === null) throw new Error(`no system has an end date after ${plan.on}, so there is no renewal to write`);
  return ics;
}

/** How many systems there are of each offer and end date. */
export function groups(systems: readonly PlannedSystem[]): readonly FleetGroup[] {
  const found = new Map<string, { offer: string; end_date: string; systems: number }>();
  for (const { offer, end_date } of systems) {
    if (offer === null || end_date === null) continue;
    const key = `${end_date} ${offer}`;
    const group = found.get(key) ?? { offer, end_date, systems: 0 };
    found.set(key, group);
    group.systems += 1;
  }
  return [...found.keys()].sort().flatMap((key) => found.get(key) ?? []);
}
