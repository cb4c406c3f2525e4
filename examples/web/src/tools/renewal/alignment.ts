/** The cheapest purchase that brings every system to one date, offer by offer. */
import type { AlignedSystem, Alignment } from "alms";
import { html, nothing } from "lit";
import type { TemplateResult } from "lit";

import type { Problem } from "../../engine/protocol.ts";
import { input } from "../../ui/field.ts";
import { count, counted, date, money } from "../../ui/format.ts";
import { problem, rule, table } from "../../ui/parts.ts";
import type { Get, Set } from "./params.ts";

export interface Aligned {
  readonly offer: string;
  readonly result: Alignment;
}

export function alignment(get: Get, set: Set, aligned: readonly Aligned[], found: Problem | null): TemplateResult {
  return html`<section aria-labelledby="align-title" class="panel">
    <h2 id="align-title">Align to one date</h2>
    <p class="quiet">
      What to buy, at the prices above, so that every system of the fleet lasts until one date. Fill in the price of a
      month to buy less than a year. ${rule("SUB-9")}
    </p>
    <div class="fields">
      ${input({
        label: "One common end date",
        type: "date",
        value: get("align_on"),
        onChange: (align_on) => set({ align_on }),
      })}
    </div>
    ${problem(found)} ${aligned.map(offer)}
  </section>`;
}

function offer({ offer: name, result }: Aligned): TemplateResult {
  const lines = result.lines.map((line) => [
    line.name,
    count(line.quantity),
    money(line.unit_price),
    money(line.amount),
  ]);
  return html`<div data-aligned>
    <h3>${name}: ${money(result.total)}</h3>
    <p>
      ${counted(result.systems.length, "system lacks", "systems lack")} ${counted(result.needed, "month")};
      ${result.left_over === 0
        ? "nothing is bought beyond that."
        : `${counted(result.left_over, "month")} more are bought, because it is cheaper.`}
      ${result.skipped.length === 0
        ? nothing
        : `${counted(result.skipped.length, "system has", "systems have")} no part in it.`}
    </p>
    ${lines.length === 0
      ? nothing
      : table(`Purchase of ${name}`, ["Term", "Quantity", "Price", "Amount"], lines, [1, 2, 3])}
    ${result.systems.length === 0
      ? nothing
      : table(`Dates of ${name}`, ["Ends now", "Systems", "Gets", "Ends then"], dates(result.systems), [1, 2])}
  </div>`;
}

function dates(systems: readonly AlignedSystem[]) {
  const alike = new Map<string, { one: AlignedSystem; number: number }>();
  for (const one of systems) {
    const key = `${one.end_date} ${one.new_end_date} ${one.gets}`;
    const group = alike.get(key) ?? { one, number: 0 };
    group.number += 1;
    alike.set(key, group);
  }
  return [...alike.values()].map(({ one, number }) => [
    date(one.end_date),
    count(number),
    counted(one.gets, "month"),
    date(one.new_end_date),
  ]);
}
