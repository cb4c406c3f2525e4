/** Rows of fields: added, changed and removed. */
import { html } from "lit";
import type { TemplateResult } from "lit";
import { live } from "lit/directives/live.js";

export interface RowColumn {
  readonly title: string;
  readonly type?: "text" | "number" | "date";
  /** Names of a list of suggestions. */
  readonly list?: string;
  /** A choice instead of a free value. */
  readonly options?: readonly (readonly [string, string])[];
}

type Row = readonly string[];

interface RowsField {
  readonly label: string;
  readonly columns: readonly RowColumn[];
  readonly rows: readonly Row[];
  /** What a new row holds. */
  readonly fresh: Row;
  readonly onChange: (rows: readonly Row[]) => void;
  readonly add: string;
}

export function rows({ label, columns, rows: all, fresh, onChange, add }: RowsField): TemplateResult {
  const change = (at: number, column: number, value: string): void =>
    onChange(
      all.map((row, index) => (index === at ? columns.map((_, i) => (i === column ? value : (row[i] ?? ""))) : row)),
    );
  const remove = (at: number): void => onChange(all.filter((_, index) => index !== at));
  return html`<div class="scroll" role="region" aria-label=${label} tabindex="0">
      <table class="rows">
        <thead>
          <tr>
            ${columns.map(({ title }) => html`<th scope="col">${title}</th>`)}
            <td></td>
          </tr>
        </thead>
        <tbody>
          ${all.map(
            (row, at) =>
              html`<tr>
                ${columns.map((column, index) =>
                  cell(column, at, row[index] ?? "", (value) => change(at, index, value)),
                )}
                <td>
                  <button
                    type="button"
                    class="wa-neutral wa-plain"
                    aria-label="Remove row ${at + 1}"
                    @click=${() => remove(at)}
                  >
                    Remove
                  </button>
                </td>
              </tr>`,
          )}
        </tbody>
      </table>
    </div>
    <button type="button" class="wa-neutral wa-outlined" @click=${() => onChange([...all, fresh])}>${add}</button>`;
}

function cell(
  { title, type = "text", list, options }: RowColumn,
  at: number,
  value: string,
  onChange: (value: string) => void,
): TemplateResult {
  const label = `${title}, row ${at + 1}`;
  const changed = ({ target }: Event): void => {
    if (target instanceof HTMLInputElement || target instanceof HTMLSelectElement) onChange(target.value);
  };
  if (options !== undefined) {
    return html`<td>
      <select aria-label=${label} .value=${live(value)} @change=${changed}>
        ${options.map(([name, words]) => html`<option value=${name} ?selected=${name === value}>${words}</option>`)}
      </select>
    </td>`;
  }
  return html`<td>
    <input
      type=${type}
      aria-label=${label}
      .value=${live(value)}
      list=${list ?? ""}
      autocomplete="off"
      @input=${changed}
    />
  </td>`;
}
