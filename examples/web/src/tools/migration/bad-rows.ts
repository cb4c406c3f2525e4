/** Rows that cannot be read: shown where they are, each with its fix. */
import { html, nothing } from "lit";
import type { TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";

import type { Correction } from "../../engine/csv.ts";
import type { BadLine, FileReport } from "../../engine/protocol.ts";
import { check } from "../../ui/field.ts";
import { count, counted } from "../../ui/format.ts";
import { sentence } from "../../ui/parts.ts";
import type { Get, Set } from "./params.ts";

/** Reads the file again with other values in some cells. */
export type Correct = (corrections: readonly Correction[]) => void;

export function badRows(
  get: Get,
  set: Set,
  report: FileReport | null,
  correct: Correct,
): TemplateResult | typeof nothing {
  if (report === null || report.badRows === 0) return nothing;
  const more = report.badRows - report.badLines.length;
  return html`<section aria-labelledby="bad-rows-title" class="panel">
    <h2 id="bad-rows-title">${counted(report.badRows, "row")} of ${count(report.rows)} cannot be read</h2>
    <p>Correct them here, or in the file and choose it again. Until then nothing is planned, unless you say so:</p>
    ${check({
      label: `Plan without ${report.badRows === 1 ? "this row" : "these rows"}`,
      checked: get("skip_bad_rows") !== "",
      onChange: (checked) => set({ skip_bad_rows: checked ? "1" : "" }),
    })}
    <form @submit=${(event: SubmitEvent) => submit(event, correct)}>
      <div class="scroll" role="region" aria-label="Rows that cannot be read" tabindex="0">
        <table class="bad">
          <thead>
            <tr>
              <th scope="col">Line</th>
              ${report.titles.map((title) => html`<th scope="col">${title}</th>`)}
            </tr>
          </thead>
          <tbody>
            ${repeat(
              report.badLines,
              ({ line, errors }) => `${line} ${errors.map(({ value }) => value).join()}`,
              (line) => badLine(line, report.titles),
            )}
          </tbody>
        </table>
      </div>
      ${report.titles.length === 0
        ? nothing
        : html`<button type="submit" class="wa-brand">Read again with these corrections</button>`}
    </form>
    ${more > 0 ? html`<p>… and ${counted(more, "more bad row", "more bad rows")}.</p>` : nothing}
  </section>`;
}

/** The values that were changed. */
function submit(event: SubmitEvent, correct: Correct): void {
  event.preventDefault();
  if (!(event.target instanceof HTMLFormElement)) return;
  const inputs = [...event.target.querySelectorAll("input")].filter((input) => input.value !== input.defaultValue);
  correct(inputs.map(({ dataset, value }) => ({ line: Number(dataset.line), column: Number(dataset.column), value })));
}

/** The row as it stands in the file, its wrong cells to be corrected, and under it what is wrong and what to do. */
function badLine({ line, cells, errors }: BadLine, titles: readonly string[]): TemplateResult {
  const wrong = new Set(errors.map(({ column }) => column));
  const shown = cells.map((text, index) => {
    if (!wrong.has(index + 1)) return html`<td>${text}</td>`;
    const label = `${titles[index] ?? `Column ${index + 1}`}, line ${line}`;
    return html`<td>
      <input
        class="wrong"
        aria-label=${label}
        value=${text}
        data-line=${line}
        data-column=${index + 1}
        autocomplete="off"
      />
    </td>`;
  });
  return html`<tr>
      <th scope="row">${line}</th>
      ${shown}
    </tr>
    <tr class="fix">
      <td></td>
      <td colspan=${Math.max(titles.length, 1)}>
        <ul>
          ${errors.map(
            ({ field, message }) =>
              html`<li>${field === "" ? nothing : html`<strong>${field}:</strong>`} ${sentence(message)}</li>`,
          )}
        </ul>
      </td>
    </tr>`;
}

/** What was taken for something else, and what to look at. */
export function notes(report: FileReport | null): TemplateResult | typeof nothing {
  if (report === null || report.notes.length + report.findings.length === 0) return nothing;
  const count = report.notes.length + report.findings.length;
  return html`<details class="plain" ?open=${report.findings.length > 0}>
    <summary>${counted(count, "remark", "remarks")} about the file</summary>
    <ul>
      ${report.findings.map(({ message }) => html`<li>${sentence(message)}</li>`)}
      ${report.notes.map(({ line, message }) => html`<li>Line ${line}: ${sentence(message)}</li>`)}
    </ul>
  </details>`;
}
