/** Whether the routers can register, and everything that stands in the way with its remedy. */
import type { AlmsErrorObject, Device, InstanceMove, XrCheck, XrVerdict } from "alms";
import { html, nothing } from "lit";
import type { TemplateResult } from "lit";

import { callout, rule, sentence } from "../../ui/parts.ts";
import { INSTANCES } from "../../ui/words.ts";

export function verdict(check: XrCheck | null, devices: readonly Device[]): TemplateResult | typeof nothing {
  if (check === null) return nothing;
  return html`<section aria-labelledby="verdict-title" class="panel">
    <h2 id="verdict-title">Can they register?</h2>
    ${callout(
      check.eligible ? "success" : "danger",
      html`<strong>${check.eligible ? "Yes, all of them." : "Not yet."}</strong> ${needed(check, devices)}`,
    )}
    <ul class="verdicts">
      ${check.devices.map(device)}
    </ul>
    ${check.findings.map(({ message, rule: id }) => callout("warning", html`${sentence(message)} ${rule(id)}`))}
    <p class="quiet">
      ${check.payment_details_required ? "Payment details are needed." : "Registering needs no payment details."}
      ${rule("PAY-1")}
    </p>
  </section>`;
}

/** Which account the routers need, by the table of SKU regions that the check used. */
function needed({ compatibility, devices: verdicts }: XrCheck, devices: readonly Device[]): string {
  const regions = new Set(
    devices.filter((_, index) => verdicts[index]?.applies === true).map(({ sku_region }) => sku_region),
  );
  const instances = [...regions].flatMap((region) => {
    const allowed =
      region === "north_america" ? compatibility.north_america : region === "global" ? compatibility.global : null;
    return allowed === null || allowed.length === 0
      ? []
      : [allowed.map((instance) => INSTANCES[instance]).join(" or ")];
  });
  if (instances.length === 0) return "";
  if (instances.length === 1) return `They need an AVC account on the instance ${instances[0] ?? ""}.`;
  return `They need an AVC account on each of these instances: ${instances.join("; ")}.`;
}

function device({ model, serial, applies, eligible, errors, findings, move }: XrVerdict): TemplateResult {
  const name = serial === null ? model : `${model} ${serial}`;
  const state = !applies
    ? "no XR Series router: nothing is asked of it"
    : eligible
      ? "can register"
      : "cannot register";
  return html`<li>
    <h3>${name}: <span class=${eligible ? "good" : "bad"}>${state}</span></h3>
    ${remedies(errors)} ${findings.map((one) => html`<p>${sentence(one.message)} ${rule(one.rule)}</p>`)}
    ${losses(move)}
  </li>`;
}

export function remedies(errors: readonly AlmsErrorObject[]): TemplateResult | typeof nothing {
  if (errors.length === 0) return nothing;
  return html`<ul class="remedies">
    ${errors.map(({ message, rule: id }) => html`<li>${sentence(message)} ${rule(id)}</li>`)}
  </ul>`;
}

function losses(move: InstanceMove | null): TemplateResult | typeof nothing {
  if (move === null) return nothing;
  return html`<details class="plain">
    <summary>What a move from ${INSTANCES[move.from]} to ${INSTANCES[move.to]} loses</summary>
    <p>Customer Support deletes the account and creates it again on the other instance. ${rule(move.rule)}</p>
    <ul>
      ${move.losses.map(({ message }) => html`<li>${sentence(message)}</li>`)}
    </ul>
  </details>`;
}
