/** `<alms-renewal>`: what the renewal of a fleet costs, and what brings it to one end date. */
import type { Alignment, Coterm, Quote } from "alms";
import { html, nothing } from "lit";
import type { TemplateResult } from "lit";

import { ask, call } from "../../engine/client.ts";
import type { Problem } from "../../engine/protocol.ts";
import { Tool, problemOf } from "../../state/tool.ts";
import type { Config } from "../../ui/chart.ts";
import { today } from "../../ui/format.ts";
import { problem } from "../../ui/parts.ts";
import { save } from "../../ui/save.ts";
import { alignment } from "./alignment.ts";
import type { Aligned } from "./alignment.ts";
import { cotermination } from "./cotermination.ts";
import { fleet } from "./fleet.ts";
import { DEFAULTS, EXAMPLE, late, renewFor, subscriptions, terms, textOf, units, weightedTerms } from "./params.ts";
import type { Name } from "./params.ts";
import { order } from "./order.ts";
import { dueChart, quote } from "./quote.ts";

class Renewal extends Tool<Name> {
  protected readonly tool = "renewal";
  protected readonly defaults = DEFAULTS;

  #quote: Quote | null = null;
  #chart: (() => Config) | null = null;
  #aligned: readonly Aligned[] = [];
  #alignProblem: Problem | null = null;
  #coterm: Coterm | null = null;
  #cotermProblem: Problem | null = null;

  readonly #get = (name: Name): string => this.get(name) || (name === "on" ? today() : "");
  readonly #set = (changes: Partial<Record<Name, string>>): void => this.set(changes);

  protected override async compute(): Promise<void> {
    const { question } = this;
    await this.#computeCoterm();
    await this.#computeAlignment();
    if (this.newer(question)) return;
    try {
      const found = await this.#computeQuote();
      if (this.newer(question)) return;
      this.#quote = found;
      this.#chart = found === null ? null : dueChart(found);
    } catch (error) {
      this.#quote = null;
      throw error;
    }
  }

  async #computeQuote(): Promise<Quote | null> {
    const get = this.#get;
    const fleet = subscriptions(get);
    const prices = terms(get);
    if (fleet.length === 0 || prices.length === 0 || get("due_until") === "") return null;
    if (get("renew") === "until" && get("until") === "") return null;
    const discount = get("discount");
    return call("subscriptions.quote", {
      subscriptions: fleet,
      on: get("on"),
      due_until: get("due_until"),
      renew: renewFor(get),
      prices,
      late: late(get),
      discount:
        discount === "" ? null : get("discount_kind") === "amount" ? { amount: discount } : { percent: discount },
    });
  }

  /** Offers have prices of their own, so each is aligned by itself. */
  async #computeAlignment(): Promise<void> {
    const get = this.#get;
    this.#aligned = [];
    this.#alignProblem = null;
    if (get("align_on") === "") return;
    try {
      const fleet = subscriptions(get);
      const offers = [...new Set(fleet.map(({ offer }) => offer ?? ""))];
      const all = offers.map(async (offer) => ({ offer, result: await this.#align(offer) }));
      this.#aligned = await Promise.all(all);
    } catch (error) {
      this.#alignProblem = problemOf(error);
    }
  }

  #align(offer: string): Promise<Alignment> {
    const get = this.#get;
    return call("subscriptions.align", {
      subscriptions: subscriptions(get).filter((one) => (one.offer ?? "") === offer),
      units: units(get, offer),
      date: get("align_on"),
      on: get("on"),
      late: late(get),
    });
  }

  async #computeCoterm(): Promise<void> {
    const rounding = this.get("rounding");
    this.#cotermProblem = null;
    try {
      this.#coterm = await call("subscriptions.coterm", {
        terms: weightedTerms(this.#get),
        base: this.get("base"),
        rounding: rounding === "up" || rounding === "nearest" ? rounding : "down",
      });
    } catch (error) {
      this.#coterm = null;
      this.#cotermProblem = problemOf(error);
    }
  }

  /** The systems of the migration preview, as they are after it. */
  async #takePlan(): Promise<void> {
    try {
      const groups = await ask("fleet", {});
      const rows = groups.map(({ offer, end_date, systems }) => [offer, end_date, String(systems)]);
      this.set({ source: "groups", groups: textOf(rows) });
    } catch (error) {
      this.problem = problemOf(error);
      this.requestUpdate();
    }
  }

  async #calendar(): Promise<void> {
    try {
      const fleet = { subscriptions: subscriptions(this.#get), on: this.#get("on"), name: "Renewals" };
      const { ics } = await call("subscriptions.to_ics", fleet);
      if (ics === null) throw new Error(`no system ends after ${this.#get("on")}; give an earlier day of the order`);
      save("renewals.ics", "text/calendar", ics);
    } catch (error) {
      this.problem = problemOf(error);
      this.requestUpdate();
    }
  }

  protected override render(): TemplateResult {
    return html`
      <p class="lead">
        In an AVC account every system has an end date. See what the renewal of the fleet costs, line by line, or what
        brings all systems to one common date.
      </p>
      ${fleet(this.#get, this.#set, {
        example: () => this.set(EXAMPLE),
        takePlan: () => void this.#takePlan(),
        calendar: () => void this.#calendar(),
      })}
      ${order(this.#get, this.#set)} ${problem(this.problem)}
      ${this.#quote === null || this.#chart === null ? nothing : quote(this.#quote, this.#chart)}
      ${alignment(this.#get, this.#set, this.#aligned, this.#alignProblem)}
      ${cotermination(this.#get, this.#set, this.#coterm, this.#cotermProblem)}
    `;
  }
}

customElements.define("alms-renewal", Renewal);
