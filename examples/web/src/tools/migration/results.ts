/** The plan: the answer in words, counts, warnings, pictures. */
import type { Outcome, Plan, Warning } from "alms";
import { html, nothing } from "lit";
import type { TemplateResult } from "lit";

import type { PlanReport } from "../../engine/protocol.ts";
import type { Config } from "../../ui/chart.ts";
import { count, counted, date, fraction, month } from "../../ui/format.ts";
import { callout, rule, sentence, table } from "../../ui/parts.ts";
import { OUTCOMES, OUTCOME_MEANING } from "../../ui/words.ts";
import { tokenParts, tokenRows } from "./charts.ts";
import type { Get, Set } from "./params.ts";

export type PlanHead = Omit<Plan, "systems">;

export function results(
  get: Get,
  set: Set,
  report: PlanReport,
  charts: { readonly tokens: () => Config; readonly timeline: () => Config },
): TemplateResult {
  const { plan } = report;
  return html`<section aria-labelledby="result-title" class="panel" data-fingerprint=${plan.fingerprint}>
      <h2 id="result-title">3. What happens on ${date(plan.on)}</h2>
      <p class="headline">${headline(plan)}</p>
      ${tiles(get, set, plan)} ${warnings(plan.warnings)}
    </section>
    <div class="pair">${tokens(plan, charts.tokens)} ${timeline(report, charts.timeline)}</div>`;
}

/** The most important sentence first: what most systems get, and until when. */
export function headline({ basic, summary }: PlanHead): string {
  const said: string[] = [];
  if (basic !== null) {
    const until = basic.granted_months + basic.granted_days > 0 ? `until ${date(basic.end_date)}` : "that ends at once";
    said.push(`${counted(basic.systems, "system gets", "systems get")} AirLink Basic ${until}`);
  }
  if (summary.airlink_complete > 0) {
    said.push(
      `${counted(summary.airlink_complete, "keeps", "keep")} the support that was paid for, as AirLink Complete`,
    );
  }
  if (summary.inventory > 0) said.push(`${counted(summary.inventory, "goes", "go")} to Inventory`);
  if (summary.deleted > 0) said.push(`${counted(summary.deleted, "is", "are")} deleted and can be registered again`);
  return said.length === 0 ? "The account has no systems." : `${said.join("; ")}.`;
}

/** The counts, which filter the table. */
function tiles(get: Get, set: Set, { summary }: PlanHead): TemplateResult {
  const order: readonly Outcome[] = ["airlink_basic", "airlink_complete", "inventory", "deleted"];
  return html`<div class="tiles" role="group" aria-label="Show only the systems with this outcome">
    ${order.map((outcome) => {
      const chosen = get("outcome") === outcome;
      return html`<button
        type="button"
        class="tile ${outcome}"
        aria-pressed=${chosen}
        @click=${() => set({ outcome: chosen ? "" : outcome, page: "1" })}
      >
        <strong>${count(summary[outcome])}</strong>
        <span>${OUTCOMES[outcome]}</span>
        <small>${OUTCOME_MEANING[outcome]}</small>
      </button>`;
    })}
  </div>`;
}

function warnings(found: readonly Warning[]): TemplateResult | typeof nothing {
  if (found.length === 0) return nothing;
  return callout(
    "warning",
    html`<strong>Before you agree</strong>
      <ul class="warnings">
        ${found.map(
          ({ message, rule: id, systems }) =>
            html`<li>${sentence(message)} ${rule(id)} ${systems.length === 0 ? nothing : serials(systems)}</li>`,
        )}
      </ul>`,
  );
}

const SERIALS_MAX = 20;

function serials(systems: readonly string[]): TemplateResult {
  const more = systems.length - SERIALS_MAX;
  return html`<details class="inline">
    <summary>${counted(systems.length, "system")}</summary>
    <p>${systems.slice(0, SERIALS_MAX).join(", ")}${more > 0 ? ` and ${count(more)} more` : ""}</p>
  </details>`;
}

function tokens(plan: PlanHead, chart: () => Config): TemplateResult {
  const { opening } = plan.tokens;
  const parts = tokenParts(plan.tokens);
  const words = parts.map(([label, value]) => `${label} ${count(value)}`).join(", ");
  return html`<section aria-labelledby="tokens-title" class="panel">
    <h2 id="tokens-title">Where every token goes</h2>
    ${parts.length === 0
      ? html`<p>There are no tokens to share.</p>`
      : html`<alms-chart
          .label=${`Of ${count(opening)} tokens: ${words}.`}
          .height=${175}
          .config=${chart}
        ></alms-chart>`}
    ${plan.basic === null
      ? nothing
      : html`<p>
          ${counted(plan.basic.months.numerator, "token is", "tokens are")} left for
          ${counted(plan.basic.systems, "system")}:
          <strong>${fraction(plan.basic.months)}</strong> months each; granted: <strong>${granted(plan.basic)}</strong>.
          ${rule("MIG-9")} ${rule("MIG-10")}
        </p>`}
    <details class="plain">
      <summary>The same in numbers</summary>
      ${table("Tokens", ["Token statement", "Tokens"], tokenRows(plan.tokens), [1])}
    </details>
  </section>`;
}

function granted({ granted_months, granted_days }: NonNullable<PlanHead["basic"]>): string {
  const months = counted(granted_months, "month");
  return granted_days === 0 ? months : `${months} and ${counted(granted_days, "day")}`;
}

function timeline({ months }: PlanReport, chart: () => Config): TemplateResult {
  const words = months.map((one) => `${month(one.month)}: ${counted(one.complete + one.basic, "system")}`).join(", ");
  const rows = months.map((one) => [month(one.month), count(one.complete), count(one.basic)]);
  return html`<section aria-labelledby="timeline-title" class="panel">
    <h2 id="timeline-title">When renewals are due</h2>
    ${months.length === 0
      ? html`<p>No system has an end date.</p>`
      : html`<alms-chart .label=${`Systems that end: ${words}.`} .height=${190} .config=${chart}></alms-chart>
          <details class="plain">
            <summary>The same in numbers</summary>
            ${table("Renewals by month", ["Month", "AirLink Complete", "AirLink Basic"], rows, [1, 2])}
          </details>`}
  </section>`;
}
