/** Reads a file of systems. A large one is read in parts, so that its progress can be told. */
import { systemsFromApi, systemsFromCsv } from "alms";
import type { Import, Json, RowError, System } from "alms";

import { cellsOf, parts, records, separatorOf } from "./csv.ts";
import type { BadLine, DateOrder, FileReport, Progress } from "./protocol.ts";

/** Characters of a part: some 10,000 rows. */
const PART_LENGTH = 900_000;
const BAD_LINES_MAX = 50;
const NOTES_MAX = 50;

type OnProgress = (progress: Progress) => void;

export interface ReadSystems {
  readonly systems: readonly System[];
  readonly report: FileReport;
}

export async function readSystems(file: Blob, dates: DateOrder, onProgress: OnProgress): Promise<ReadSystems> {
  const text = decode(new Uint8Array(await file.arrayBuffer()));
  const isApi = /^\s*[[{]/.test(text);
  const found = isApi ? systemsFromApi(JSON.parse(text) as Json) : readCsv(text, dates, onProgress);
  return { systems: found.systems, report: report(found, isApi ? "" : text) };
}

/** UTF-8, or the UTF-16 of spreadsheets. Characters of another encoding would be replaced in silence. */
function decode(bytes: Uint8Array): string {
  const encoding = bytes[0] === 0xff && bytes[1] === 0xfe ? "utf-16le" : "utf-8";
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    throw new Error("the file is no UTF-8 text; save it as CSV in UTF-8 and choose it again");
  }
}

function readCsv(text: string, dates: DateOrder, onProgress: OnProgress): Import {
  if (text.length <= PART_LENGTH) return systemsFromCsv(text, { dates });
  const found: Import[] = [];
  let rows = 0;
  for (const part of parts(text, PART_LENGTH)) {
    const one = systemsFromCsv(part.text, { dates });
    found.push({ ...one, ...moved(one, part.linesBefore) });
    rows += one.rows;
    onProgress({ doing: `Read ${rows.toLocaleString("en")} rows`, part: part.end / text.length });
  }
  const joined = join(found);
  // Which of two rows with one serial is the bad one, only the whole file can tell.
  const unique = new Set(joined.systems.map(({ serial }) => serial)).size === joined.systems.length;
  return unique ? joined : systemsFromCsv(text, { dates });
}

/** Errors and notes with the lines of the whole file; those of a part start at its copy of the titles. */
function moved({ errors, notes }: Import, lines: number): Pick<Import, "errors" | "notes"> {
  const move = <Item extends { line: number }>(item: Item): Item => ({ ...item, line: item.line + lines });
  return { errors: errors.map(move), notes: notes.map(move) };
}

function join(parts: readonly Import[]): Import {
  return {
    rows: parts.reduce((sum, part) => sum + part.rows, 0),
    systems: parts.flatMap(({ systems }) => systems),
    errors: parts.flatMap(({ errors }) => errors),
    notes: parts.flatMap(({ notes }) => notes),
    ignored_columns: parts[0]?.ignored_columns ?? [],
  };
}

function report(found: Import, text: string): FileReport {
  const byLine = new Map<number, RowError[]>();
  for (const error of found.errors) byLine.set(error.line, [...(byLine.get(error.line) ?? []), error]);
  const titles = records(text, new Set([1])).get(1) ?? "";
  const separator = separatorOf(titles);
  return {
    rows: found.rows,
    systems: found.systems.length,
    badRows: found.rows - found.systems.length,
    badLines: badLines(byLine, text, separator),
    titles: cellsOf(titles, separator),
    notes: found.notes.slice(0, NOTES_MAX),
    ignoredColumns: found.ignored_columns,
  };
}

function badLines(
  byLine: ReadonlyMap<number, readonly RowError[]>,
  text: string,
  separator: string,
): readonly BadLine[] {
  const first = [...byLine].slice(0, BAD_LINES_MAX);
  const texts = records(text, new Set(first.map(([line]) => line)));
  return first.map(([line, errors]) => ({ line, errors, cells: cellsOf(texts.get(line) ?? "", separator) }));
}
