/** How services can be paid in a country, and how each is sold there. */
import type { BillingOptions, Payment, PaymentChannel, PaymentMethod, ProductKind, Region, Service } from "alms";
import { html, nothing } from "lit";
import type { TemplateResult } from "lit";

import { rule, sentence, table } from "../../ui/parts.ts";
import { remedies } from "./verdict.ts";

const METHODS: Readonly<Record<PaymentMethod, string>> = {
  purchase_order: "Purchase order",
  card: "Card",
  sepa: "SEPA",
  direct_invoicing: "Direct invoicing",
  custom_setup: "Custom set-up",
};
const CHANNELS: Readonly<Record<PaymentChannel, string>> = {
  partner: "through the partner",
  web_sign_up: "in the web sign-up",
  sales: "by arrangement with sales",
  manual_assistance: "by manual assistance",
  vendor: "by the vendor",
};
const REGIONS: Readonly<Record<Region, string>> = {
  us: "United States",
  eu: "European Union",
  row: "Rest of the world",
};
const KINDS: Readonly<Record<ProductKind, string>> = {
  support: "Support",
  connectivity: "Connectivity",
  sim: "SIM cards",
  service_pack: "Service Packs",
};

export function billing(found: BillingOptions | null): TemplateResult | typeof nothing {
  if (found === null) return nothing;
  return html`<section aria-labelledby="billing-title" class="panel">
    <h2 id="billing-title">Paying in ${found.country} (${REGIONS[found.region]})</h2>
    <p class="headline">
      ${found.web_sign_up ? "The web sign-up can sell services here." : "The web sign-up sells no services here."}
    </p>
    ${table("Methods of payment", ["Method", "Possible", "How", "Condition"], found.payments.map(payment))}
    ${remedies(found.errors)}
    <details class="plain">
      <summary>Every service and how it is sold here</summary>
      ${table("Services", ["Service", "Kind", "Possible", "How"], found.services.map(service))}
    </details>
  </section>`;
}

function payment({ method, available, how, condition, errors, rule: id }: Payment) {
  return [METHODS[method], yes(available), CHANNELS[how], html`${sentence(condition)} ${rule(id)} ${remedies(errors)}`];
}

function service({ offer, kind, available, how, errors }: Service) {
  return [offer ?? KINDS[kind], KINDS[kind], html`${yes(available)} ${remedies(errors)}`, CHANNELS[how]];
}

function yes(available: boolean): TemplateResult {
  return available ? html`<span class="good">Yes</span>` : html`<span class="bad">No</span>`;
}
