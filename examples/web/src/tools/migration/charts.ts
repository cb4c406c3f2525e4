/** The pictures of a plan: where each token went, and when the systems end. */
import type { TokenStatement } from "alms";
import { addMonth } from "../../ui/months.ts";
import type { MonthCount } from "../../engine/protocol.ts";
import { colour } from "../../ui/chart.ts";
import type { Config } from "../../ui/chart.ts";
import { count, month } from "../../ui/format.ts";

/** More months than this are drawn without those in which nothing ends. */
const MONTHS_MAX = 120;

/** The parts of the stock, in the order in which they are taken, with their colours. */
export function tokenParts(
  tokens: TokenStatement,
): readonly (readonly [label: string, value: number, colour: string])[] {
  const parts = [
    ["AirLink Complete", tokens.complete, "complete"],
    ["AirLink Basic, whole months", tokens.basic, "basic"],
    ["AirLink Basic, days", tokens.pro_rata, "pro-rata"],
    ["Left over", tokens.unallocated, "left"],
  ] as const;
  return parts.filter(([, value]) => value > 0);
}

/** The whole statement: what there is, and what becomes of it. */
export function tokenRows(tokens: TokenStatement): readonly (readonly [label: string, tokens: string])[] {
  const { opening, written_off, overgranted, shortfall } = tokens;
  const rows: readonly (readonly [string, number])[] = [
    ["Written off: the stock was below zero", written_off],
    ["Granted beyond the stock", overgranted],
    ...tokenParts(tokens).map(([label, value]) => [label, value] as const),
    ["AirLink Complete would have taken as many more", shortfall],
  ];
  const said = rows.filter(([, value]) => value > 0);
  return [["In stock", opening] as const, ...said].map(([label, value]) => [label, count(value)]);
}

export function tokenChart(tokens: TokenStatement): () => Config {
  return () => ({
    type: "bar",
    data: {
      labels: [""],
      datasets: tokenParts(tokens).map(([label, value, name]) => ({
        label: `${label}: ${count(value)}`,
        data: [value],
        backgroundColor: colour(name),
        borderColor: colour("surface"),
        borderWidth: { right: 2 },
        barThickness: 44,
      })),
    },
    options: {
      indexAxis: "y",
      plugins: {
        legend: { position: "bottom", align: "start", labels: { boxWidth: 14, padding: 14 }, onClick: () => undefined },
        tooltip: { callbacks: { label: ({ dataset }) => dataset.label ?? "" } },
      },
      scales: {
        x: {
          stacked: true,
          title: { display: true, text: "tokens" },
          max: tokens.opening + tokens.written_off + tokens.overgranted || 1,
        },
        y: { stacked: true, display: false },
      },
    },
  });
}

export function timelineChart(months: readonly MonthCount[]): () => Config {
  const all = withGaps(months);
  const bars = (label: string, values: readonly number[], name: string) => ({
    label,
    data: [...values],
    backgroundColor: colour(name),
    maxBarThickness: 44,
  });
  return () => ({
    type: "bar",
    data: {
      labels: all.map((one) => month(one.month)),
      datasets: [
        bars(
          "AirLink Complete",
          all.map(({ complete }) => complete),
          "complete",
        ),
        bars(
          "AirLink Basic",
          all.map(({ basic }) => basic),
          "basic",
        ),
      ].filter(({ data }) => data.some((value) => value > 0)),
    },
    options: {
      plugins: { legend: { position: "bottom", align: "start", labels: { boxWidth: 14 }, onClick: () => undefined } },
      scales: {
        x: { stacked: true, grid: { display: false } },
        y: { stacked: true, ticks: { precision: 0 }, title: { display: true, text: "systems that end" } },
      },
    },
  });
}

/** Also the months between, so that distances on the axis are times. */
function withGaps(months: readonly MonthCount[]): readonly MonthCount[] {
  const first = months[0];
  const last = months.at(-1);
  if (first === undefined || last === undefined) return [];
  const known = new Map(months.map((one) => [one.month, one]));
  const all: MonthCount[] = [];
  for (let at = first.month; at <= last.month && all.length <= MONTHS_MAX; at = addMonth(at)) {
    all.push(known.get(at) ?? { month: at, complete: 0, basic: 0 });
  }
  return all.length > MONTHS_MAX ? months : all;
}
