/** `<alms-account>`: which account XR Series routers need, and how services can be paid in a country. */
import type {
  BillingModel,
  BillingOptions,
  Device,
  Format,
  Instance,
  Kind,
  SkuRegion,
  Subscriber,
  XrCheck,
} from "alms";
import { html } from "lit";
import type { TemplateResult } from "lit";

import { call } from "../../engine/client.ts";
import { Tool } from "../../state/tool.ts";
import { choice, input, whole } from "../../ui/field.ts";
import { today } from "../../ui/format.ts";
import { problem } from "../../ui/parts.ts";
import { rows } from "../../ui/rows.ts";
import { BILLING, INSTANCES, KINDS, options } from "../../ui/words.ts";
import { billing } from "./billing.ts";
import { verdict } from "./verdict.ts";

const DEFAULTS = {
  format: "avc",
  kind: "customer",
  instance: "na",
  billing: "pre_paid",
  systems: "",
  /** Model and SKU region, a row per device. */
  devices: "XR80,north_america",
  country: "US",
  billing_address: "",
  on: "",
};

type Name = keyof typeof DEFAULTS;

const FORMATS: readonly (readonly [string, string])[] = [
  ["avc", "AVC (Connectivity + Device Management)"],
  ["legacy", "Legacy, licensed by tokens"],
  ["none", "There is no account yet"],
];
const REGIONS: readonly (readonly [string, string])[] = [
  ["north_america", "North America"],
  ["global", "Global / rest of world"],
  ["", "Nobody has looked yet"],
];

class AccountTool extends Tool<Name> {
  protected readonly tool = "account";
  protected readonly defaults = DEFAULTS;

  #check: XrCheck | null = null;
  #billing: BillingOptions | null = null;

  protected override async compute(): Promise<void> {
    const { question } = this;
    const on = this.get("on") || today();
    const account = this.#account();
    const devices = this.#devices();
    const [check, found] = await Promise.all([
      devices.length === 0 ? null : call("xr.check", { account, devices, on }),
      this.get("country") === ""
        ? null
        : call("billing.options", {
            account,
            country: this.get("country").toUpperCase(),
            billing_address: this.get("billing_address") === "" ? null : this.get("billing_address").toUpperCase(),
            on,
          }),
    ]);
    if (this.newer(question)) return;
    this.#check = check;
    this.#billing = found;
  }

  #account(): Subscriber | null {
    if (this.get("format") === "none") return null;
    // Choices offer nothing else; from a changed address comes what the library then refuses by name.
    return {
      format: this.get("format") as Format,
      kind: this.get("kind") as Kind,
      instance: this.get("instance") as Instance,
      billing: this.get("billing") as BillingModel,
      systems: whole(this.get("systems"), "Systems in the account"),
    };
  }

  #devices(): readonly Device[] {
    return this.#rows().flatMap(([model = "", region = ""]) =>
      model === "" ? [] : [{ model, sku_region: region === "" ? null : (region as SkuRegion) }],
    );
  }

  #rows(): readonly (readonly string[])[] {
    const text = this.get("devices");
    return text === "" ? [] : text.split(";").map((row) => row.split(","));
  }

  protected override render(): TemplateResult {
    return html`
      <p class="lead">
        XR Series routers register only in an AVC account on the instance of their SKU region. See what stands in the
        way of yours, everything at once, and how services can be paid where you are.
      </p>
      ${this.#fields()} ${problem(this.problem)} ${verdict(this.problem === null ? this.#check : null, this.#devices())}
      ${this.#place()} ${billing(this.problem === null ? this.#billing : null)}
    `;
  }

  #fields(): TemplateResult {
    const field = (name: Name) => ({ value: this.get(name), onChange: (value: string) => this.set({ [name]: value }) });
    const exists = this.get("format") !== "none";
    return html`<section aria-labelledby="account-title" class="panel">
      <h2 id="account-title">1. The account and the routers</h2>
      <div class="fields">
        ${choice({ label: "Format of the account", options: FORMATS, ...field("format") })}
        ${exists ? choice({ label: "Instance", options: options(INSTANCES), ...field("instance") }) : ""}
        ${exists ? choice({ label: "Kind", options: options(KINDS), ...field("kind") }) : ""}
        ${exists ? choice({ label: "Billing", options: options(BILLING), ...field("billing") }) : ""}
        ${exists
          ? input({
              label: "Systems in the account",
              type: "number",
              min: "0",
              ...field("systems"),
              hint: "Empty where that is not known.",
            })
          : ""}
      </div>
      <datalist id="models">
        <option value="XR60"></option>
        <option value="XR80"></option>
        <option value="XR90"></option>
      </datalist>
      ${rows({
        label: "Routers",
        columns: [
          { title: "Model", list: "models" },
          { title: "SKU region", options: REGIONS },
        ],
        rows: this.#rows(),
        fresh: ["XR90", "global"],
        add: "Add a router",
        onChange: (all) =>
          this.set({ devices: all.map((row) => row.map((cell) => cell.replaceAll(/[,;]/g, " ")).join(",")).join(";") }),
      })}
    </section>`;
  }

  #place(): TemplateResult {
    const field = (name: Name) => ({ value: this.get(name), onChange: (value: string) => this.set({ [name]: value }) });
    return html`<section aria-labelledby="place-title" class="panel">
      <h2 id="place-title">2. Paying</h2>
      <div class="fields">
        ${input({ label: "Country of residence", ...field("country"), hint: "Two letters, such as US, DE or CA." })}
        ${input({
          label: "Country of the billing address",
          ...field("billing_address"),
          hint: "Empty where it is the same.",
        })}
      </div>
    </section>`;
  }
}

customElements.define("alms-account", AccountTool);
