/** Which systems there are: counts by offer and end date, or one by one. */
import { html } from "lit";
import type { TemplateResult } from "lit";

import { choice } from "../../ui/field.ts";
import { rows } from "../../ui/rows.ts";
import { rowsOf, textOf } from "./params.ts";
import type { Get, Set } from "./params.ts";

interface Actions {
  readonly example: () => void;
  readonly takePlan: () => void;
  readonly calendar: () => void;
}

/** The default offers (OFF-3); any other name can be typed. */
const OFFERS = ["AirLink Basic", "AirLink Complete", "AirLink Complete (XR80)", "AirLink Premium"];

export function fleet(get: Get, set: Set, actions: Actions): TemplateResult {
  return html`<section aria-labelledby="fleet-title" class="panel">
    <h2 id="fleet-title">1. The fleet</h2>
    <datalist id="offers">${OFFERS.map((offer) => html`<option value=${offer}></option>`)}</datalist>
    <div class="buttons">
      <button type="button" class="wa-neutral wa-outlined" @click=${actions.example}>Fill in an example</button>
      <button type="button" class="wa-neutral wa-outlined" @click=${actions.takePlan}>
        Take the migration preview's result
      </button>
      <button type="button" class="wa-neutral wa-outlined" @click=${actions.calendar}>Renewal dates (.ics)</button>
    </div>
    ${choice({
      label: "The systems are given",
      value: get("source"),
      options: [
        ["groups", "as counts by offer and end date"],
        ["systems", "one by one"],
      ],
      onChange: (source) => set({ source }),
    })}
    ${get("source") === "systems" ? list(get, set) : counts(get, set)}
  </section>`;
}

function counts(get: Get, set: Set): TemplateResult {
  return rows({
    label: "Systems by offer and end date",
    columns: [
      { title: "Offer", list: "offers" },
      { title: "End date", type: "date" },
      { title: "Systems", type: "number" },
    ],
    rows: rowsOf(get("groups")),
    fresh: ["AirLink Complete", "", "1"],
    add: "Add a row",
    onChange: (all) => set({ groups: textOf(all) }),
  });
}

function list(get: Get, set: Set): TemplateResult {
  const changed = ({ target }: Event): void => {
    if (target instanceof HTMLTextAreaElement) set({ systems: target.value });
  };
  // Not `live`: the lines count once they are left, and an answer that comes in meanwhile must not take them back.
  return html`<label class="field">
    <span>A system per line: serial number, offer, end date</span>
    <textarea
      rows="6"
      spellcheck="false"
      placeholder="LA1, AirLink Complete, 2024-01-15"
      .value=${get("systems")}
      @change=${changed}
    ></textarea>
  </label>`;
}
