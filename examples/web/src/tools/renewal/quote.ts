/** The quote: order lines, total, what falls due when, the dates after. */
import type { Quote, QuotedSystem, SkipReason } from "alms";
import { html, nothing } from "lit";
import type { TemplateResult } from "lit";

import { colour } from "../../ui/chart.ts";
import type { Config } from "../../ui/chart.ts";
import { count, counted, date, money, month, term } from "../../ui/format.ts";
import { rule, table } from "../../ui/parts.ts";

const REASONS: Readonly<Record<SkipReason, string>> = {
  not_due: "end later",
  covered: "last long enough already",
  inventory: "are in inventory",
  renews_by_itself: "renew by themselves",
  terminated: "are terminated",
  term_over_before_order: "would be over before the order",
};

export function quote(found: Quote, chart: () => Config): TemplateResult {
  const { lines, total, lapsed } = found;
  const rows = lines.map((line) => [
    line.offer,
    term(line.months),
    count(line.quantity),
    money(line.unit_price),
    money(line.list),
    money(line.discount),
    money(line.total),
  ]);
  const sum = ["Total", "", "", "", money(total.list), money(total.discount), money(total.total)];
  return html`<section aria-labelledby="quote-title" class="panel">
    <h2 id="quote-title">3. The quote</h2>
    <p class="headline">
      ${counted(found.systems.length, "system is", "systems are")} renewed for
      <span data-total>${money(total.total)}</span>.
    </p>
    ${lines.length === 0
      ? nothing
      : table(
          "Order lines",
          ["Offer", "Term", "Quantity", "Price", "List", "Discount", "To pay"],
          [...rows, sum],
          [2, 3, 4, 5, 6],
        )}
    ${lapsed.systems === 0
      ? nothing
      : html`<p>
          ${counted(lapsed.systems, "of them has", "of them have")} ended already: ${money(lapsed.list)} at list prices.
          ${rule("SUB-4")}
        </p>`}
    ${skipped(found)} ${dates(found.systems)} ${due(found, chart)}
  </section>`;
}

function skipped({ skipped: all }: Quote): TemplateResult | typeof nothing {
  if (all.length === 0) return nothing;
  const counts = new Map<SkipReason, number>();
  for (const { reason } of all) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  const words = [...counts].map(([reason, number]) => `${count(number)} ${REASONS[reason]}`);
  const needed = Math.max(...all.map((one) => one.months_needed ?? 0));
  return html`<p data-skipped>
    Not renewed: ${words.join(", ")}.
    ${needed === 0
      ? nothing
      : html`A term is not sold if it is over on the day of its order; ${term(needed)} or more would last.
        ${rule("SUB-4")}`}
  </p>`;
}

/** The dates after, by what changes alike. */
function dates(systems: readonly QuotedSystem[]): TemplateResult | typeof nothing {
  const alike = new Map<string, { one: QuotedSystem; number: number }>();
  for (const one of systems) {
    const key = [one.offer, one.end_date, one.new_end_date, one.reactivated].join();
    const group = alike.get(key) ?? { one, number: 0 };
    group.number += 1;
    alike.set(key, group);
  }
  if (alike.size === 0) return nothing;
  const rows = [...alike.values()].map(({ one, number }) => [
    one.offer,
    count(number),
    date(one.end_date),
    html`<strong>${date(one.new_end_date)}</strong> ${rule(one.rules[0] ?? null)}${one.reactivated
        ? " reactivated"
        : ""}`,
  ]);
  return html`<h3>The dates after</h3>
    ${table("End dates after the renewal", ["Offer", "Systems", "Ends now", "Ends then"], rows, [1])}`;
}

function due({ months }: Quote, chart: () => Config): TemplateResult | typeof nothing {
  if (months.length === 0) return nothing;
  const words = months.map((one) => `${month(one.month)}: ${counted(one.systems, "system")}, ${money(one.list)}`);
  return html`<h3>What falls due when</h3>
    <alms-chart .label=${words.join("; ")} .height=${200} .config=${chart}></alms-chart>
    <details class="plain">
      <summary>The same in numbers</summary>
      ${table(
        "Due by month",
        ["Month", "Systems", "List price"],
        months.map((one) => [month(one.month), count(one.systems), money(one.list)]),
        [1, 2],
      )}
    </details>`;
}

export function dueChart({ months }: Quote): () => Config {
  return () => ({
    type: "bar",
    data: {
      labels: months.map((one) => month(one.month)),
      datasets: [{ data: months.map(({ systems }) => systems), backgroundColor: colour("basic"), maxBarThickness: 48 }],
    },
    options: {
      plugins: {
        legend: { display: false },
        tooltip: {
          callbacks: { afterLabel: ({ dataIndex }) => money(months[dataIndex]?.list ?? { amount: "0", currency: "" }) },
        },
      },
      scales: {
        x: { grid: { display: false } },
        y: { ticks: { precision: 0 }, title: { display: true, text: "systems due" } },
      },
    },
  });
}
