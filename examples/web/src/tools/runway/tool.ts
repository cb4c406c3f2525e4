/** `<alms-runway>`: until when a token stock lasts, and what to buy for a wanted date. */
import type { Advice, Forecast } from "alms";
import { html, nothing } from "lit";
import type { TemplateResult } from "lit";

import { call } from "../../engine/client.ts";
import { Tool } from "../../state/tool.ts";
import type { Config } from "../../ui/chart.ts";
import { dateRequired, input, whole, wholeRequired } from "../../ui/field.ts";
import { count, counted, date, money, today } from "../../ui/format.ts";
import { figure, problem, rule, table } from "../../ui/parts.ts";
import { balanceChart } from "./chart.ts";

const DEFAULTS = {
  balance: "",
  on: "",
  previous_peak: "",
  current_peak: "",
  until: "",
  price: "20.00",
  discount: "0",
};

/** Numbers to begin with. */
const EXAMPLE = { balance: "60", on: "2023-05-10", previous_peak: "8", current_peak: "7", until: "2024-04-30" };

type Name = keyof typeof DEFAULTS;

interface Stock {
  readonly balance: number;
  readonly on: string;
  readonly previous_peak: number | null;
  readonly current_peak: number | null;
}

class Runway extends Tool<Name> {
  protected readonly tool = "runway";
  protected readonly defaults = DEFAULTS;

  #forecast: Forecast | null = null;
  #advice: Advice | null = null;
  #chart: (() => Config) | null = null;

  protected override async compute(): Promise<void> {
    const { question } = this;
    this.#advice = null;
    if (this.get("balance") === "") {
      this.#forecast = null;
      return;
    }
    const stock = this.#stock();
    const forecast = await call("tokens.forecast", stock);
    const advice = await this.#advise(stock, forecast);
    if (this.newer(question)) return;
    this.#forecast = forecast;
    this.#advice = advice;
    this.#chart = balanceChart(stock.balance, stock.on, forecast);
  }

  #stock(): Stock {
    return {
      balance: wholeRequired(this.get("balance"), "Tokens in stock"),
      on: dateRequired(this.get("on") || today(), "Today"),
      previous_peak: whole(this.get("previous_peak"), "Peak of the month before"),
      current_peak: whole(this.get("current_peak"), "Peak of this month"),
    };
  }

  async #advise(stock: Stock, { predicted_use }: Forecast): Promise<Advice | null> {
    if (this.get("until") === "" || predicted_use === null) return null;
    return call("tokens.advice", {
      ...stock,
      until: this.get("until"),
      list_price: { amount: this.get("price"), currency: "USD" },
      discount: this.get("discount") === "" ? null : { percent: this.get("discount") },
    });
  }

  protected override render(): TemplateResult {
    const field = (name: Name) => ({ value: this.get(name), onChange: (value: string) => this.set({ [name]: value }) });
    return html`
      <p class="lead">
        At the end of each month the stock falls by that month's peak of activated systems. See when it runs out, and
        what to order so that it does not.
      </p>
      <section aria-labelledby="stock-title" class="panel">
        <h2 id="stock-title">1. The stock</h2>
        <div class="fields">
          ${input({ label: "Tokens in stock", type: "number", step: "1", ...field("balance") })}
          ${input({ label: "Today", type: "date", ...field("on"), value: this.get("on") || today() })}
          ${input({
            label: "Peak of the month before",
            type: "number",
            min: "0",
            ...field("previous_peak"),
            hint: "The most systems that were activated at once.",
          })}
          ${input({ label: "Peak of this month so far", type: "number", min: "0", ...field("current_peak") })}
        </div>
        <div class="buttons">
          <button type="button" class="wa-neutral wa-outlined" @click=${() => this.set(EXAMPLE)}>
            Fill in an example
          </button>
        </div>
      </section>
      ${problem(this.problem)}
      ${this.#forecast === null || this.problem !== null ? nothing : this.#answer(this.#forecast)}
    `;
  }

  #answer(forecast: Forecast): TemplateResult {
    return html`<section aria-labelledby="runs-out-title" class="panel">
        <h2 id="runs-out-title">2. When it runs out</h2>
        ${this.#headline(forecast)}
        ${forecast.month_ends.length === 0 || this.#chart === null ? nothing : this.#picture(forecast, this.#chart)}
      </section>
      ${this.#order(forecast)}`;
  }

  #headline({ buy_by, months_left, predicted_use }: Forecast): TemplateResult {
    if (predicted_use === null) {
      return html`<p>Give a peak: without one the use of the coming months cannot be predicted. ${rule("TOK-5")}</p>`;
    }
    if (buy_by === null || months_left === null) {
      return html`<p class="headline">At a use of ${count(predicted_use)} tokens a month the stock never runs out.</p>`;
    }
    return html`<p class="headline">Buy by ${date(buy_by)}.</p>
      <div class="figures">
        ${figure(count(predicted_use), "tokens a month", "the larger of the two peaks")}
        ${figure(count(months_left), "month ends still covered")}
      </div>
      <p class="quiet">
        At the end of that month the stock would fall below zero, which suspends the account. ${rule("TOK-5")}
        ${rule("TOK-6")}
      </p>`;
  }

  #picture({ month_ends }: Forecast, chart: () => Config): TemplateResult {
    const words = month_ends.map((end) => `${date(end.date)}: ${count(end.balance)}`).join(", ");
    return html`<alms-chart .label=${`Tokens after each month: ${words}.`} .height=${260} .config=${chart}></alms-chart>
      <details class="plain">
        <summary>The same in numbers</summary>
        ${table(
          "Month ends",
          ["Month end", "Tokens"],
          month_ends.map((end) => [date(end.date), count(end.balance)]),
          [1],
        )}
      </details>`;
  }

  #order({ predicted_use }: Forecast): TemplateResult | typeof nothing {
    if (predicted_use === null) return nothing;
    const field = (name: Name) => ({ value: this.get(name), onChange: (value: string) => this.set({ [name]: value }) });
    return html`<section aria-labelledby="order-title" class="panel">
      <h2 id="order-title">3. What to order</h2>
      <div class="fields">
        ${input({ label: "It should last until", type: "date", ...field("until") })}
        ${input({ label: "List price of a Service Pack (USD)", ...field("price") })}
        ${input({ label: "Discount in percent", ...field("discount") })}
      </div>
      ${this.#advice === null ? nothing : this.#packs(this.#advice)}
    </section>`;
  }

  #packs(advice: Advice): TemplateResult {
    const { packs, price, months, until, tokens_needed, balance_at_end, reactivates } = advice;
    const covers =
      until === null
        ? ""
        : ` It then covers ${counted(months, "month end")}, the last on ${date(until)}, with ${counted(balance_at_end, "token")} to spare.`;
    if (packs === 0 || price === null)
      return html`<p class="headline" data-order>Nothing to order.</p>
        <p>${covers}</p>`;
    return html`<p class="headline" data-order>Order ${counted(packs, "Service Pack")} for ${money(price.total)}.</p>
      <p>
        ${counted(tokens_needed, "token is", "tokens are")} missing; a pack (${price.sku}) holds 12.${covers}
        ${reactivates ? "The order brings the suspended account back." : ""} ${rule("TOK-1")} ${rule("ORD-8")}
      </p>
      ${price.discount.amount.replaceAll(/[0.]/g, "") === ""
        ? nothing
        : html`<p class="quiet">List ${money(price.list)}, discount ${money(price.discount)}.</p>`}`;
  }
}

customElements.define("alms-runway", Runway);
