/** The outer form of CSV: where records begin and end. What they mean, the library says. */

/** A part of a file with the titles on top. */
export interface Part {
  readonly text: string;
  /** How many lines to add to the part's line numbers. */
  readonly linesBefore: number;
  /** Where it ends in the file. */
  readonly end: number;
}

/** Cuts a file between records into parts of about `length` characters. */
export function* parts(text: string, length: number): Generator<Part> {
  const titlesEnd = recordEnd(text, 0);
  const titles = text.slice(0, titlesEnd);
  const titleLines = linesIn(titles);
  let line = titleLines;
  for (let start = titlesEnd; start < text.length; ) {
    const end = cut(text, start, length);
    const body = text.slice(start, end);
    yield { text: titles + body, linesBefore: line - titleLines, end };
    line += linesIn(body);
    start = end;
  }
}

/** The end of the first record that ends `length` characters on or later. */
function cut(text: string, start: number, length: number): number {
  let end = start + length;
  if (end >= text.length) return text.length;
  end = lineEnd(text, end);
  // An odd number of quotes: the line break is within a cell.
  while (end < text.length && quotesIn(text, start, end) % 2 === 1) end = lineEnd(text, end);
  return end;
}

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

function linesIn(text: string): number {
  let count = 0;
  for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", at + 1)) count += 1;
  return count;
}

/** The records that begin in the wanted lines, by line. */
export function records(text: string, wanted: ReadonlySet<number>): ReadonlyMap<number, string> {
  const found = new Map<number, string>();
  let line = 1;
  for (let start = 0; start < text.length && found.size < wanted.size; line += 1) {
    const end = lineEnd(text, start);
    if (wanted.has(line)) found.set(line, text.slice(start, recordEnd(text, start)).replace(/\r?\n$/, ""));
    start = end;
  }
  return found;
}

/** The cells of a record, for display. */
export function cellsOf(record: string, separator: string): readonly string[] {
  if (record === "") return [];
  const text = record.replace(/^\uFEFF/, "");
  const cells: string[] = [];
  let cell = "";
  let quoted = false;
  for (const character of text) {
    if (character === '"') quoted = !quoted;
    else if (character === separator && !quoted) {
      cells.push(cell.trim());
      cell = "";
    } else cell += character;
  }
  return [...cells, cell.trim()];
}

/** Which of the usual separators the line of titles has the most of. */
export function separatorOf(text: string): string {
  const counts = [",", ";", "\t"].map((separator) => ({ separator, count: text.split(separator).length }));
  return counts.reduce((most, one) => (one.count > most.count ? one : most)).separator;
}
