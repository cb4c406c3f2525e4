/** The plan side by side with another date, stock or policy. */
import type { Difference, ScenarioResult } from "alms";
import { html, nothing } from "lit";
import type { TemplateResult } from "lit";

import type { CompareReport } from "../../engine/protocol.ts";
import { check, choice, input } from "../../ui/field.ts";
import { count, counted, date, fraction, money, signed } from "../../ui/format.ts";
import { table } from "../../ui/parts.ts";
import { OUTCOMES, ROUNDINGS, options } from "../../ui/words.ts";
import type { Get, Name, Set } from "./params.ts";
import { CLEANUP, COMPLETE_YEARS } from "./settings.ts";

export function comparison(get: Get, set: Set, report: CompareReport | null): TemplateResult {
  const toggled = ({ target }: Event): void => {
    if (!(target instanceof HTMLDetailsElement)) return;
    const compare = target.open ? "1" : "";
    if (compare !== get("compare")) set({ compare });
  };
  return html`<section aria-labelledby="compare-title" class="panel">
    <h2 id="compare-title">Side by side</h2>
    <details class="plain" ?open=${get("compare") !== ""} @toggle=${toggled}>
      <summary>Compare with another date, stock or policy</summary>
      ${fields(get, set)} ${report === null ? nothing : columns(report)}
    </details>
  </section>`;
}

function fields(get: Get, set: Set): TemplateResult {
  const field = (name: Name, fallback: Name) => ({
    value: get(name) || get(fallback),
    // The same as planned is no difference: it follows the plan.
    onChange: (value: string) => set({ [name]: value === get(fallback) ? "" : value }),
  });
  return html`<div class="fields">
      ${input({ label: "Migration date instead", type: "date", ...field("other_on", "on") })}
      ${input({ label: "Tokens instead", type: "number", step: "1", ...field("other_tokens", "tokens") })}
      ${choice({
        label: "A part of a month instead",
        options: options(ROUNDINGS),
        ...field("other_month_rounding", "month_rounding"),
      })}
      ${choice({
        label: "AirLink Complete ends instead on",
        options: COMPLETE_YEARS,
        ...field("other_complete_years", "complete_years"),
      })}
      ${choice({ label: "Clean-up instead", options: CLEANUP, ...field("other_cleanup", "cleanup") })}
      ${input({
        label: "Months without communication instead",
        type: "number",
        min: "0",
        ...field("other_inactive_months", "inactive_months"),
      })}
      ${input({
        label: "A date that everyone should reach",
        type: "date",
        value: get("until"),
        hint: "Says what that takes in tokens, packs and list price.",
        onChange: (until) => set({ until }),
      })}
    </div>
    ${check({
      label: "The systems that would be deleted report before the migration",
      checked: get("other_reporting") !== "",
      onChange: (checked) => set({ other_reporting: checked ? "1" : "" }),
    })}`;
}

type Row = readonly [label: string, value: (one: ScenarioResult) => string, change: string];

function columns({ scenarios, differing }: CompareReport): TemplateResult {
  const [before, after] = scenarios;
  if (before === undefined || after === undefined) return html``;
  const { change } = after;
  const rows: readonly Row[] = [
    ["Migration date", ({ on }) => date(on), ""],
    ["Deleted", ({ summary }) => count(summary.deleted), signed(change.deleted)],
    ["Inventory", ({ summary }) => count(summary.inventory), signed(change.inventory)],
    ["AirLink Complete", ({ summary }) => count(summary.airlink_complete), signed(change.airlink_complete)],
    ["AirLink Basic", ({ summary }) => count(summary.airlink_basic), signed(change.airlink_basic)],
    ["AirLink Basic until", ({ basic }) => (basic === null ? "–" : date(basic.end_date)), days(change.basic_end_days)],
    ["Months each", ({ basic }) => (basic === null ? "–" : fraction(basic.months)), ""],
    ["Tokens for AirLink Complete", ({ tokens }) => count(tokens.complete), signed(change.complete_tokens)],
    ["Tokens for AirLink Basic", ({ tokens }) => count(tokens.basic + tokens.pro_rata), signed(change.basic_tokens)],
    ["Tokens left over", ({ tokens }) => count(tokens.unallocated), signed(change.unallocated_tokens)],
    ["Granted beyond the stock", ({ tokens }) => count(tokens.overgranted), ""],
    ["Warnings", ({ warnings }) => count(warnings.length), ""],
    ...reach(before),
  ];
  const cells = rows.map(([label, value, difference]) => [label, value(before), value(after), difference]);
  return html`<div data-compared>
    ${table("Scenarios", ["Figure", "As planned", "Instead", "Difference"], cells, [1, 2, 3])}
    <h3>${differing === 0 ? "No system differs" : counted(differing, "system differs", "systems differ")}</h3>
    ${differing === 0 ? nothing : differences(after.differences, differing)}
  </div>`;
}

function days(value: number | null): string {
  return value === null ? "" : `${signed(value)} ${Math.abs(value) === 1 ? "day" : "days"}`;
}

/** What it takes until everyone reaches the wanted date. */
function reach({ reach: wanted }: ScenarioResult): readonly Row[] {
  if (wanted === null) return [];
  const until = date(wanted.until);
  const of = (value: (one: NonNullable<ScenarioResult["reach"]>) => string) => (one: ScenarioResult) =>
    one.reach === null ? "–" : value(one.reach);
  return [
    [`Tokens missing until ${until}`, of((one) => count(one.tokens_missing)), ""],
    ["Service Packs for them", of((one) => count(one.packs)), ""],
    ["List price of these packs", of((one) => money(one.list_price)), ""],
    ["AirLink Complete systems that end before", of((one) => count(one.ending_before.length)), ""],
  ];
}

function differences(all: readonly Difference[], total: number): TemplateResult {
  const standing = ({ outcome, end_date, tokens }: Difference["before"]): string =>
    end_date === null ? OUTCOMES[outcome] : `${OUTCOMES[outcome]} until ${end_date}, ${counted(tokens, "token")}`;
  const rows = all.map(({ serial, before, after, days: moved }) => [
    serial,
    standing(before),
    standing(after),
    moved === null ? "–" : signed(moved),
  ]);
  return html`${table("Systems that differ", ["Serial number", "As planned", "Instead", "Days"], rows, [3])}
  ${total > all.length ? html`<p class="quiet">The first ${count(all.length)} are shown.</p>` : nothing}`;
}
