/** What is ordered: which systems, for how long, at what prices. */
import { html } from "lit";
import type { TemplateResult } from "lit";

import { choice, input } from "../../ui/field.ts";
import { rows } from "../../ui/rows.ts";
import { PRICE_TITLES, rowsOf, textOf } from "./params.ts";
import type { Get, Name, Set } from "./params.ts";

export function order(get: Get, set: Set): TemplateResult {
  const field = (name: Name) => ({ value: get(name), onChange: (value: string) => set({ [name]: value }) });
  return html`<section aria-labelledby="order-title" class="panel">
    <h2 id="order-title">2. The order</h2>
    <div class="fields">
      ${input({ label: "Day of the order", type: "date", ...field("on") })}
      ${input({
        label: "Renew what ends up to",
        type: "date",
        ...field("due_until"),
        hint: "What has ended already is included.",
      })}
      ${choice({
        label: "Renew",
        options: [
          ["years", "each system by one term"],
          ["until", "at least until a day, by the cheapest terms"],
        ],
        ...field("renew"),
      })}
      ${get("renew") === "until"
        ? input({ label: "At least until", type: "date", ...field("until") })
        : choice({
            label: "Term",
            options: [
              ["1", "1 year"],
              ["3", "3 years"],
              ["5", "5 years"],
            ],
            ...field("years"),
          })}
      ${choice({
        label: "A late renewal runs from (SUB-4)",
        options: [
          ["from_order", "the day of the order"],
          ["from_end", "the lapsed end date"],
          ["backdated", "the order within 10 days, else the end, at most 180 days back"],
        ],
        ...field("late"),
      })}
      ${choice({
        label: "Discount as",
        options: [
          ["percent", "percent of every line"],
          ["amount", "amount for the order"],
        ],
        ...field("discount_kind"),
      })}
      ${input({ label: "Discount", ...field("discount"), placeholder: "0" })}
      ${input({ label: "Currency", ...field("currency") })}
    </div>
    <h3>Your prices for one system</h3>
    <p class="quiet">
      The sources publish no prices for offers. A term without a price is not bought; a month is only used to align.
    </p>
    ${rows({
      label: "Prices",
      columns: [{ title: "Offer", list: "offers" }, ...PRICE_TITLES.map((title) => ({ title }))],
      rows: rowsOf(get("prices")),
      fresh: ["AirLink Complete", "", "", "", ""],
      add: "Add an offer",
      onChange: (all) => set({ prices: textOf(all) }),
    })}
  </section>`;
}
