/** Terms of different length become one: the weighted mean of their days. */
import type { Coterm } from "alms";
import { html, nothing } from "lit";
import type { TemplateResult } from "lit";

import type { Problem } from "../../engine/protocol.ts";
import { choice, input } from "../../ui/field.ts";
import { count, counted, date, fraction } from "../../ui/format.ts";
import { problem, rule } from "../../ui/parts.ts";
import { rows } from "../../ui/rows.ts";
import { rowsOf, textOf } from "./params.ts";
import type { Get, Name, Set } from "./params.ts";

export function cotermination(get: Get, set: Set, coterm: Coterm | null, found: Problem | null): TemplateResult {
  const field = (name: Name) => ({ value: get(name), onChange: (value: string) => set({ [name]: value }) });
  return html`<section aria-labelledby="coterm-title" class="panel">
    <h2 id="coterm-title">Co-termination: one date for what is paid already</h2>
    <p class="quiet">
      Nothing is bought: the days that are paid are shared, weighted by the number of systems. ${rule("SUB-9")}
    </p>
    ${rows({
      label: "Remaining terms",
      columns: [{ title: "Systems (weight)" }, { title: "Days each", type: "number" }],
      rows: rowsOf(get("terms")),
      fresh: ["1", "365"],
      add: "Add a term",
      onChange: (all) => set({ terms: textOf(all) }),
    })}
    <div class="fields">
      ${input({ label: "The common term runs from", type: "date", ...field("base") })}
      ${choice({
        label: "A part of a day",
        options: [
          ["down", "is dropped"],
          ["nearest", "goes to the nearest day, halves up"],
          ["up", "counts as a day"],
        ],
        ...field("rounding"),
      })}
    </div>
    ${problem(found)}
    ${coterm === null
      ? nothing
      : html`<p class="headline" data-coterm>${counted(coterm.days, "day")}: all end on ${date(coterm.end_date)}.</p>
          <p class="quiet">Exactly ${fraction(coterm.exact)} days; ${count(coterm.days)} after rounding.</p>`}
  </section>`;
}
