/** The plan as files, and the way to the customer's consent. */
import { html } from "lit";
import type { TemplateResult } from "lit";

import type { Download } from "../../engine/protocol.ts";
import { rule } from "../../ui/parts.ts";
import type { Set } from "./params.ts";
import type { PlanHead } from "./results.ts";

export function takeAlong(set: Set, plan: PlanHead, download: (kind: Download) => void): TemplateResult {
  const button = (kind: Download, words: string, disabled = false) =>
    html`<button type="button" class="wa-neutral wa-outlined" ?disabled=${disabled} @click=${() => download(kind)}>
      ${words}
    </button>`;
  const { deleted, airlink_basic, airlink_complete } = plan.summary;
  return html`<section aria-labelledby="take-title" class="panel">
    <h2 id="take-title">Take it along</h2>
    <div class="buttons">
      ${button("plan_csv", "Plan as CSV")} ${button("plan_json", "Plan as JSON")}
      ${button("deleted_csv", "Deleted systems, to register again (CSV)", deleted === 0)}
      ${button("renewals_ics", "Renewal dates (.ics)", airlink_basic + airlink_complete === 0)}
      <button type="button" class="wa-brand" @click=${() => set({ consent: "1" })}>
        Page for the customer's consent
      </button>
    </div>
    <p class="quiet">
      The plan's fingerprint, which a consent names: <code class="fingerprint">${plan.fingerprint}</code>. It changes
      with the account, the date, the policies and the rulebook. ${rule("MIG-19")}
    </p>
  </section>`;
}
