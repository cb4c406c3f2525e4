/** The systems of the plan: searched, filtered, sorted, a page at a time. */
import type { Outcome } from "alms";
import { html, nothing } from "lit";
import type { TemplateResult } from "lit";

import type { Page, SortColumn, SystemRow } from "../../engine/protocol.ts";
import { choice, input } from "../../ui/field.ts";
import { count, counted } from "../../ui/format.ts";
import { OUTCOMES, STATES, options } from "../../ui/words.ts";
import { ROWS_PER_PAGE } from "./params.ts";
import type { Get, Set } from "./params.ts";

interface Column {
  readonly title: string;
  readonly sort?: SortColumn;
  readonly numeric?: boolean;
  readonly cell: (row: SystemRow) => string | TemplateResult;
}

const COLUMNS: readonly Column[] = [
  { title: "Serial number", sort: "serial", cell: ({ serial }) => serial },
  { title: "Model", sort: "model", cell: ({ model }) => model },
  { title: "State before", cell: ({ state }) => STATES[state] },
  { title: "Last communication", cell: ({ last_communication }) => last_communication ?? "never" },
  { title: "Support until", cell: ({ support_end }) => support_end ?? "–" },
  { title: "Outcome", sort: "outcome", cell: ({ outcome }) => badge(outcome) },
  { title: "End date", sort: "end_date", cell: ({ end_date }) => end_date ?? "–" },
  { title: "Tokens", sort: "tokens", numeric: true, cell: ({ tokens }) => count(tokens) },
];

export function badge(outcome: Outcome): TemplateResult {
  return html`<span class="badge ${outcome}">${OUTCOMES[outcome]}</span>`;
}

export function systemsTable(get: Get, set: Set, page: Page, all: number): TemplateResult {
  return html`<section aria-labelledby="systems-title" class="panel">
    <h2 id="systems-title">Every system</h2>
    <div class="fields search">
      ${input({
        label: "Search",
        type: "search",
        value: get("query"),
        placeholder: "serial, model, date, rule",
        onChange: (query) => set({ query, page: "1" }),
      })}
      ${choice({
        label: "Outcome",
        value: get("outcome"),
        options: [["", "All"], ...options(OUTCOMES)],
        onChange: (outcome) => set({ outcome, page: "1" }),
      })}
    </div>
    <p class="quiet" role="status">${found(page, all)}</p>
    <div class="scroll" role="region" aria-label="Systems" tabindex="0">
      <table class="systems">
        <thead>
          <tr>
            ${COLUMNS.map((column) => heading(get, set, column))}
            <th scope="col">Why</th>
          </tr>
        </thead>
        <tbody>
          ${page.rows.map((row) => body(set, row))}
        </tbody>
      </table>
    </div>
    ${pages(get, set, page)}
  </section>`;
}

function found({ total }: Page, all: number): string {
  return total === all ? counted(all, "system") : `${count(total)} of ${counted(all, "system")}`;
}

function heading(get: Get, set: Set, { title, sort, numeric }: Column): TemplateResult {
  const kind = numeric === true ? "number" : nothing;
  if (sort === undefined) return html`<th scope="col">${title}</th>`;
  const current = get("sort") === sort;
  const descending = current && get("descending") !== "";
  // Ascending, descending, the file's order.
  const next = !current
    ? { sort, descending: "" }
    : descending
      ? { sort: "file", descending: "" }
      : { sort, descending: "1" };
  const direction = current ? (descending ? "descending" : "ascending") : "none";
  return html`<th scope="col" class=${kind} aria-sort=${direction}>
    <button type="button" class="sort" @click=${() => set({ ...next, page: "1" })}>
      ${title}<span aria-hidden="true">${current ? (descending ? " ▼" : " ▲") : " ↕"}</span>
    </button>
  </th>`;
}

function body(set: Set, row: SystemRow): TemplateResult {
  const cells = COLUMNS.map(({ cell, numeric }, index) =>
    index === 0
      ? html`<th scope="row">${cell(row)}</th>`
      : html`<td class=${numeric === true ? "number" : nothing}>${cell(row)}</td>`,
  );
  return html`<tr>
    ${cells}
    <td>
      <button type="button" class="why" aria-label="Why: ${row.serial}" @click=${() => set({ why: row.serial })}>
        Why?
      </button>
    </td>
  </tr>`;
}

function pages(get: Get, set: Set, { total }: Page): TemplateResult | typeof nothing {
  const last = Math.max(1, Math.ceil(total / ROWS_PER_PAGE));
  if (last === 1) return nothing;
  const now = Math.min(Number(get("page")) || 1, last);
  const to = (page: number, words: string) =>
    html`<button
      type="button"
      class="wa-neutral wa-outlined"
      ?disabled=${page < 1 || page > last || page === now}
      @click=${() => set({ page: String(page) })}
    >
      ${words}
    </button>`;
  return html`<nav class="pages" aria-label="Pages of the table">
    ${to(1, "First")} ${to(now - 1, "Previous")}
    <span>Page ${count(now)} of ${count(last)}</span>
    ${to(now + 1, "Next")} ${to(last, "Last")}
  </nav>`;
}
