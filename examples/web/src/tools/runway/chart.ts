/** The balance after each month end, down to the one to buy by. */
import type { Forecast } from "alms";

import { colour } from "../../ui/chart.ts";
import type { Config } from "../../ui/chart.ts";
import { month } from "../../ui/format.ts";

export function balanceChart(balance: number, on: string, { month_ends }: Forecast): () => Config {
  const values = [balance, ...month_ends.map((end) => end.balance)];
  return () => ({
    type: "bar",
    data: {
      labels: [on, ...month_ends.map((end) => month(end.date.slice(0, 7)))],
      datasets: [
        {
          data: values,
          // Below zero the account is suspended.
          backgroundColor: values.map((value) => colour(value < 0 ? "bad" : "basic")),
          maxBarThickness: 48,
        },
      ],
    },
    options: {
      plugins: { legend: { display: false } },
      scales: {
        x: { grid: { display: false } },
        y: {
          title: { display: true, text: "tokens at the month's end" },
          grid: { color: ({ tick }) => colour(tick.value === 0 ? "text-quiet" : "line") },
        },
      },
    },
  });
}
