/** Small parts that every tool shows. */
import { html, nothing } from "lit";
import type { TemplateResult } from "lit";

import type { Problem } from "../engine/protocol.ts";

type Content = TemplateResult | string | typeof nothing | readonly TemplateResult[];

/** What went wrong, in the library's own words. */
export function problem(found: Problem | null): TemplateResult | typeof nothing {
  if (found === null) return nothing;
  return html`<wa-callout variant="danger" size="s" role="alert">
    ${sentence(found.message)} ${rule(found.rule)}
  </wa-callout>`;
}

/** A message of the library (lower case, no full stop, values in backticks) as a sentence. */
export function sentence(message: string): TemplateResult {
  const text = message === "" ? "" : `${message[0]?.toUpperCase() ?? ""}${message.slice(1)}.`;
  const parts = text.split("`").map((part, index) => (index % 2 === 1 ? html`<code>${part}</code>` : html`${part}`));
  return html`${parts}`;
}

/** The id of a rule of the rulebook. */
export function rule(id: string | null): TemplateResult | typeof nothing {
  return id === null ? nothing : html`<span class="rule" title="Rule ${id} of the rulebook">${id}</span>`;
}

export function callout(
  variant: "brand" | "success" | "warning" | "danger" | "neutral",
  content: Content,
): TemplateResult {
  return html`<wa-callout variant=${variant} size="s">${content}</wa-callout>`;
}

/** A number and what it counts. */
export function figure(value: string, label: string, note = ""): TemplateResult {
  return html`<div class="figure">
    <strong>${value}</strong><span>${label}</span>${note === "" ? nothing : html`<small>${note}</small>`}
  </div>`;
}

/** A table that can be scrolled sideways by keyboard where it is wider than the screen. */
export function table(
  label: string,
  head: readonly string[],
  rows: readonly (readonly Content[])[],
  numeric: readonly number[] = [],
): TemplateResult {
  const kind = (index: number) => (numeric.includes(index) ? "number" : nothing);
  const cell = (content: Content, index: number) =>
    index === 0 ? html`<th scope="row">${content}</th>` : html`<td class=${kind(index)}>${content}</td>`;
  return html`<div class="scroll" role="region" aria-label=${label} tabindex="0">
    <table>
      <thead>
        <tr>
          ${head.map((title, index) => html`<th scope="col" class=${kind(index)}>${title}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          (cells) =>
            html`<tr>
              ${cells.map(cell)}
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}
