/** The page that a customer reads and signs: what is agreed to, and the fingerprint that names it. */
import type { Policy } from "alms";
import { html, nothing } from "lit";
import type { TemplateResult } from "lit";

import type { PlanReport, SystemRow } from "../../engine/protocol.ts";
import { count, date, fraction } from "../../ui/format.ts";
import { sentence, table } from "../../ui/parts.ts";
import { INSTANCES, OUTCOMES, ROUNDINGS } from "../../ui/words.ts";
import { tokenRows } from "./charts.ts";
import type { Get, Set } from "./params.ts";
import { headline } from "./results.ts";

const SERIALS_MAX = 20;

export function consent(get: Get, set: Set, { plan, systems }: PlanReport, rows: readonly SystemRow[]): TemplateResult {
  return html`<div class="screen-only buttons">
      <button type="button" class="wa-neutral wa-outlined" @click=${() => set({ consent: "" })}>
        Back to the preview
      </button>
      <button type="button" class="wa-brand" @click=${() => print()}>Print or save as PDF</button>
    </div>
    <article class="consent">
      <h2>Consent to the migration of an ALMS account</h2>
      ${facts(get, plan.on, plan.policy, plan.rulebook)}
      <p class="headline">${headline(plan)}</p>
      <h3>Tokens</h3>
      ${tokens(plan)}
      ${plan.warnings.length === 0
        ? nothing
        : html`<h3>To know before agreeing</h3>
            <ul>
              ${plan.warnings.map(
                ({ message, systems: named }) => html`<li>${sentence(message)} ${serials(named)}</li>`,
              )}
            </ul>`}
      <h3>Systems</h3>
      ${list(rows)}
      ${systems > rows.length
        ? html`<p>… and ${count(systems - rows.length)} more, in the plan as CSV with the same fingerprint.</p>`
        : nothing}
      <section class="sign">
        <h3>Consent</h3>
        <p>
          We agree to the migration described above. It is the plan with the fingerprint
          <code class="fingerprint">${plan.fingerprint}</code>; should the account, the date or a policy change, this
          consent does not hold for the changed plan.
        </p>
        <dl class="lines">
          <div>
            <dt>Name</dt>
            <dd></dd>
          </div>
          <div>
            <dt>Date</dt>
            <dd></dd>
          </div>
          <div>
            <dt>Signature</dt>
            <dd></dd>
          </div>
        </dl>
      </section>
    </article>`;
}

/** The serials that a warning names, as far as anyone reads them. */
function serials(named: readonly string[]): string {
  const more = named.length - SERIALS_MAX;
  return named.slice(0, SERIALS_MAX).join(", ") + (more > 0 ? ` and ${count(more)} more` : "");
}

function facts(get: Get, on: string, policy: Policy, rulebook: string): TemplateResult {
  const renewal = policy.complete_renewal;
  const years = typeof renewal === "object" && renewal !== null ? renewal.support_date_plus_years : 0;
  const rows: readonly (readonly [string, string])[] = [
    ["Account", `${get("name")} (UID ${get("uid")}), ${INSTANCES[get("instance") as keyof typeof INSTANCES]}`],
    ["Migration date", date(on)],
    ["A part of a month", policy.month_rounding === null ? "" : ROUNDINGS[policy.month_rounding]],
    ["AirLink Complete ends", years === 0 ? "on the support end date" : `${years} year(s) after the support end date`],
    [
      "Clean-up",
      policy.cleanup === "strict" ? "also of systems with valid support" : "never of systems with valid support",
    ],
    ["Deleted", `after more than ${policy.inactive_months ?? 12} months without communication`],
    ["Rulebook", rulebook],
  ];
  return html`<dl class="facts">
    ${rows.map(
      ([term, words]) =>
        html`<div>
          <dt>${term}</dt>
          <dd>${words}</dd>
        </div>`,
    )}
  </dl>`;
}

function tokens({ tokens: statement, basic }: PlanReport["plan"]): TemplateResult {
  return html`${table("Tokens", ["Token statement", "Tokens"], tokenRows(statement), [1])}
  ${basic === null
    ? nothing
    : html`<p>AirLink Basic: ${fraction(basic.months)} months each, until ${date(basic.end_date)}.</p>`}`;
}

function list(rows: readonly SystemRow[]): TemplateResult {
  const cells = rows.map(({ serial, model, outcome, end_date, tokens: taken }) => [
    serial,
    model,
    OUTCOMES[outcome],
    end_date ?? "–",
    count(taken),
  ]);
  return table("Systems", ["Serial number", "Model", "Outcome", "End date", "Tokens"], cells, [4]);
}
