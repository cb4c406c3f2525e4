/** The stock, the date and the policies. */
import { html } from "lit";
import type { TemplateResult } from "lit";

import { choice, input } from "../../ui/field.ts";
import { INSTANCES, KINDS, ROUNDINGS, options } from "../../ui/words.ts";
import type { Get, Name, Set } from "./params.ts";

export const COMPLETE_YEARS: readonly (readonly [string, string])[] = [
  ["0", "The support end date: “the dates will remain”"],
  ["1", "One year later, as the source's second example prints"],
  ["2", "Two years later"],
  ["3", "Three years later"],
];

export const CLEANUP: readonly (readonly [string, string])[] = [
  ["protect_paid", "Never deletes a system with valid support"],
  ["strict", "Deletes silent systems even with valid support"],
];

export function settings(get: Get, set: Set): TemplateResult {
  const change = (name: Name) => (value: string) => set({ [name]: value, page: "1" });
  const field = (name: Name) => ({ value: get(name), onChange: change(name) });
  return html`<section aria-labelledby="settings-title" class="panel">
    <h2 id="settings-title">2. Tokens and date</h2>
    <div class="fields">
      ${input({ label: "Tokens in stock", type: "number", step: "1", ...field("tokens") })}
      ${input({ label: "Migration date", type: "date", ...field("on") })}
    </div>
    <details class="plain">
      <summary>Policies: what the sources leave open</summary>
      <div class="fields">
        ${choice({ label: "A part of a month (MIG-10)", options: options(ROUNDINGS), ...field("month_rounding") })}
        ${choice({ label: "AirLink Complete ends on (MIG-11)", options: COMPLETE_YEARS, ...field("complete_years") })}
        ${choice({ label: "Clean-up (MIG-12)", options: CLEANUP, ...field("cleanup") })}
        ${input({
          label: "Months without communication (MIG-8)",
          type: "number",
          min: "0",
          step: "1",
          hint: "Exactly so many months stays, longer is deleted.",
          ...field("inactive_months"),
        })}
      </div>
    </details>
    <details class="plain">
      <summary>The account: name, UID, instance, kind (they are part of the fingerprint)</summary>
      <div class="fields">
        ${input({ label: "Account name", ...field("name") })} ${input({ label: "UID", ...field("uid") })}
        ${choice({ label: "Instance", options: options(INSTANCES), ...field("instance") })}
        ${choice({ label: "Kind", options: options(KINDS), ...field("kind") })}
      </div>
    </details>
  </section>`;
}
