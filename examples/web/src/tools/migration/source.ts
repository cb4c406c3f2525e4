/** Where the systems come from: a published example, a file, or pasted text. */
import { html, nothing } from "lit";
import type { TemplateResult } from "lit";

import type { FileReport } from "../../engine/protocol.ts";
import { choice } from "../../ui/field.ts";
import { counted } from "../../ui/format.ts";
import { callout } from "../../ui/parts.ts";
import { EXAMPLES } from "./examples.ts";
import type { Get, Set } from "./params.ts";

export interface Choosing {
  readonly report: FileReport | null;
  readonly choose: (file: Blob, name: string) => void;
  readonly showExample: (id: string) => void;
  /** The address names a file that only its owner has. */
  readonly lost: boolean;
}

export function source(get: Get, set: Set, choosing: Choosing): TemplateResult {
  return html`<section aria-labelledby="source-title" class="panel">
    <h2 id="source-title">1. The systems of the account</h2>
    <div class="choices">
      ${Object.entries(EXAMPLES).map(([id, { title, says }]) => {
        const chosen = get("example") === id;
        return html`<button
          type="button"
          class="choice wa-neutral wa-outlined"
          aria-pressed=${chosen}
          @click=${() => choosing.showExample(id)}
        >
          <strong>${title}</strong><span>${says}</span>
        </button>`;
      })}
      ${dropZone(choosing, get("file"))}
    </div>
    <details class="plain">
      <summary>Paste the rows instead, or say what dates with slashes mean</summary>
      ${paste(choosing)} ${dateField(get, set)}
    </details>
    ${choosing.lost
      ? callout(
          "warning",
          `This link was made for the file ${get("file")}, which is not part of it. Choose that file to see the same plan.`,
        )
      : nothing}
    ${summary(get, choosing.report)}
  </section>`;
}

function dropZone({ choose }: Choosing, name: string): TemplateResult {
  const chosen = ({ target }: Event): void => {
    if (!(target instanceof HTMLInputElement)) return;
    const file = target.files?.[0];
    if (file !== undefined) choose(file, file.name);
    // The same file, once corrected, can be chosen again.
    target.value = "";
  };
  const over = (event: DragEvent): void => {
    event.preventDefault();
    mark(event, true);
  };
  const drop = (event: DragEvent): void => {
    event.preventDefault();
    mark(event, false);
    const file = event.dataTransfer?.files[0];
    if (file !== undefined) choose(file, file.name);
  };
  return html`<label
    class=${name === "" ? "choice drop" : "choice drop chosen"}
    @dragover=${over}
    @dragleave=${(event: DragEvent) => mark(event, false)}
    @drop=${drop}
  >
    <strong>${name === "" ? "Your own file" : `Your own file: ${name}`}</strong>
    <span>Choose or drop a CSV export of the systems grid, or the AirVantage API's JSON. It stays on this device.</span>
    <input type="file" accept=".csv,.txt,.json,text/csv,application/json" @change=${chosen} />
  </label>`;
}

function mark({ currentTarget }: DragEvent, over: boolean): void {
  if (currentTarget instanceof HTMLElement) currentTarget.classList.toggle("over", over);
}

const SAMPLE =
  "Serial Number,Gateway Type,Lifecycle State,Last Communication,Support Expiry Date\nLA1,RV55,Active,2023-05-14,2023-08-31";

function paste({ choose }: Choosing): TemplateResult {
  const read = (event: SubmitEvent): void => {
    event.preventDefault();
    if (!(event.target instanceof HTMLFormElement)) return;
    const text = new FormData(event.target).get("rows");
    if (typeof text === "string" && text.trim() !== "") choose(new Blob([text]), "pasted rows");
  };
  return html`<form @submit=${read}>
    <label class="field">
      <span>Rows, with the line of titles</span>
      <textarea name="rows" rows="5" placeholder=${SAMPLE} spellcheck="false"></textarea>
    </label>
    <button type="submit" class="wa-brand wa-outlined">Read these rows</button>
  </form>`;
}

function dateField(get: Get, set: Set): TemplateResult {
  return choice({
    label: "Dates with slashes, such as 03/04/2023",
    value: get("dates"),
    onChange: (dates) => set({ dates }),
    hint: "Never guessed: one order read for the other moves a date by months.",
    options: [
      ["iso", "are mistakes; dates are written 2023-04-03"],
      ["day_first", "day/month/year"],
      ["month_first", "month/day/year"],
    ],
  });
}

function summary(get: Get, report: FileReport | null): TemplateResult | typeof nothing {
  if (report === null) return nothing;
  const name = get("example") === "" ? get("file") : `example ${get("example")}`;
  const ignored =
    report.ignoredColumns.length === 0 ? "" : ` Columns that are not read: ${report.ignoredColumns.join(", ")}.`;
  return html`<p class="quiet">Read ${name}: ${counted(report.systems, "system")}.${ignored}</p>`;
}
