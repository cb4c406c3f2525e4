/** The month after `2023-12`: `2024-01`. */
export function addMonth(month: string): string {
  const [year = 0, number = 0] = month.split("-").map(Number);
  const next = number === 12 ? [year + 1, 1] : [year, number + 1];
  return next.map((value, index) => String(value).padStart(index === 0 ? 4 : 2, "0")).join("-");
}
