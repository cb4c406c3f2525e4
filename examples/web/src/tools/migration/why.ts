/** Why a system gets what it gets: every rule that was asked, with the system's own numbers and the sources. */
import type { Explanation, Source, Step, Verdict } from "alms";
import { html, nothing } from "lit";
import type { TemplateResult } from "lit";
import { ref } from "lit/directives/ref.js";

import { counted, date } from "../../ui/format.ts";
import { rule, sentence } from "../../ui/parts.ts";
import { OUTCOMES, VERDICTS } from "../../ui/words.ts";

export function why(explanation: Explanation | null, close: () => void): TemplateResult | typeof nothing {
  if (explanation === null) return nothing;
  const { system, steps } = explanation;
  const of = (...verdicts: readonly Verdict[]) => steps.filter(({ verdict }) => verdicts.includes(verdict));
  const said = [...of("decides"), ...of("contributes", "overruled")];
  const asked = of("does_not_apply");
  // Closing the dialog itself returns the focus to where it was.
  const shut = ({ target }: Event): void => {
    if (target instanceof Element) target.closest("dialog")?.close();
  };
  const outside = (event: MouseEvent): void => {
    if (event.target === event.currentTarget) shut(event);
  };
  return html`<dialog class="why" aria-labelledby="why-title" ${ref(open)} @close=${close} @click=${outside}>
    <div class="sheet">
      <header>
        <h2 id="why-title">Why: ${system.serial}</h2>
        <button type="button" class="wa-neutral wa-outlined" @click=${shut}>Close</button>
      </header>
      <p class="headline">${outcome(system)}</p>
      <ol class="steps">
        ${said.map((one, index) => step(one, said.findIndex(({ rule: id }) => id === one.rule) === index))}
      </ol>
      ${asked.length === 0
        ? nothing
        : html`<h3>Asked, and not the case</h3>
            <ol class="steps quiet">
              ${asked.map((one) => html`<li>${rule(one.rule)} ${sentence(one.text)}</li>`)}
            </ol>`}
    </div>
  </dialog>`;
}

/** As a modal dialog: the focus stays in it, Escape closes it, and the focus returns to where it was. */
function open(element: Element | undefined): void {
  if (element instanceof HTMLDialogElement && !element.open)
    queueMicrotask(() => element.isConnected && element.showModal());
}

function outcome({ outcome, end_date, tokens }: Explanation["system"]): string {
  const words = OUTCOMES[outcome];
  if (end_date === null) return outcome === "deleted" ? words : `${words}, no end date, no tokens`;
  return `${words} until ${date(end_date)}, ${counted(tokens, "token")}`;
}

function step({ rule: id, verdict, text, statement, sources, status }: Step, isFirst: boolean): TemplateResult {
  return html`<li>
    <p>${rule(id)} <span class="verdict ${verdict}">${VERDICTS[verdict]}:</span> ${sentence(text)}</p>
    ${isFirst
      ? html`<p class="quiet">
          The rule: ${sentence(statement.replace(/\.$/, ""))}
          ${status === "source" ? "Said by the source" : "A decision where the source is silent"}${from(sources)}
        </p>`
      : nothing}
  </li>`;
}

function from(sources: readonly Source[]): string {
  return sources.length === 0
    ? "."
    : `: ${sources.map(({ document, section }) => `${document}, ${section}`).join("; ")}.`;
}
