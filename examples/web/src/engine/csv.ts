/** The outer form of CSV: where records begin and end. What they mean, the library says. */

function recordEnd(text: string, start: number): number {
  let end = lineEnd(text, start);
  while (end < text.length && quotesIn(text, start, end) % 2 === 1) end = lineEnd(text, end);
  return end;
}

function lineEnd(text: string, from: number): number {
  const at = text.indexOf("\n", from);
  return at === -1 ? text.length : at + 1;
}

function quotesIn(text: string, start: number, end: number): number {
  let count = 0;
  for (let at = text.indexOf('"', start); at !== -1 && at < end; at = text.indexOf('"', at + 1)) count += 1;
  return count;
}

/** Where a record is, without its line break. */
interface Place {
  readonly start: number;
  readonly end: number;
}

/** The records that begin in the wanted lines, by line. */
function places(text: string, wanted: ReadonlySet<number>): ReadonlyMap<number, Place> {
  const found = new Map<number, Place>();
  let line = 1;
  for (let start = 0; start < text.length && found.size < wanted.size; line += 1) {
    if (wanted.has(line)) {
      const record = text.slice(start, recordEnd(text, start)).replace(/\r?\n$/, "");
      found.set(line, { start, end: start + record.length });
    }
    start = lineEnd(text, start);
  }
  return found;
}

/** The texts of the records that begin in the wanted lines. */
export function records(text: string, wanted: ReadonlySet<number>): ReadonlyMap<number, string> {
  const all = [...places(text, wanted)];
  return new Map(all.map(([line, { start, end }]) => [line, text.slice(start, end)]));
}

/** The cells of a record, for display. */
export function cellsOf(record: string, separator: string): readonly string[] {
  if (record === "") return [];
  return rawCells(record.replace(/^\uFEFF/, ""), separator).map((raw) => {
    const cell = raw.trim();
    return cell.startsWith('"') ? cell.replace(/^"|"$/g, "").replaceAll('""', '"') : cell;
  });
}

/** The cells as they are written, with their quotes. */
function rawCells(record: string, separator: string): readonly string[] {
  const cells: string[] = [];
  let start = 0;
  let isQuoted = false;
  for (let at = 0; at < record.length; at += 1) {
    const character = record[at];
    if (character === '"') isQuoted = !isQuoted;
    if (character !== separator || isQuoted) continue;
    cells.push(record.slice(start, at));
    start = at + 1;
  }
  return [...cells, record.slice(start)];
}

/** Which of the usual separators the line of titles has the most of. */
export function separatorOf(text: string): string {
  const counts = [",", ";", "\t"].map((separator) => ({ separator, count: text.split(separator).length }));
  return counts.reduce((most, one) => (one.count > most.count ? one : most)).separator;
}

/** A cell that is to hold another value. Lines and columns count from 1. */
export interface Correction {
  readonly line: number;
  readonly column: number;
  readonly value: string;
}

/** The file with other values in some cells; everything else stays as it is. */
export function correct(text: string, corrections: readonly Correction[]): string {
  const separator = separatorOf(records(text, new Set([1])).get(1) ?? "");
  const found = places(text, new Set(corrections.map(({ line }) => line)));
  const parts: string[] = [];
  let done = 0;
  for (const [line, { start, end }] of found) {
    const cells = [...rawCells(text.slice(start, end), separator)];
    for (const { column, value } of corrections.filter((one) => one.line === line)) {
      cells[column - 1] = written(value, separator);
    }
    parts.push(text.slice(done, start), cells.join(separator));
    done = end;
  }
  return parts.join("") + text.slice(done);
}

function written(value: string, separator: string): string {
  return value.includes(separator) || /["\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
}
