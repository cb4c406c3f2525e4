/** Reads a file of systems. */
import { AlmsError, systemsFromApi, systemsFromCsv } from "alms";
import type { Import, Json, RowError, System } from "alms";

import { cellsOf, records, separatorOf } from "./csv.ts";
import type { BadLine, DateOrder, FileReport, Progress } from "./protocol.ts";

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
  const marks = `${bytes[0]} ${bytes[1]}`;
  const encoding = marks === "255 254" ? "utf-16le" : marks === "254 255" ? "utf-16be" : "utf-8";
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    const start = new TextDecoder("latin1").decode(bytes.subarray(0, 4096));
    if (isOfAnotherKind(start)) return start;
    throw new Error("the file is not UTF-8 text; save it as CSV in UTF-8 and choose it again");
  }
}

/** The library knows workbooks, archives and pictures by their first bytes, and names them. */
function isOfAnotherKind(start: string): boolean {
  try {
    systemsFromCsv(start);
    return false;
  } catch (error) {
    return error instanceof AlmsError && error.context["reason"] === "unsupported_format";
  }
}

/** The whole file at once: what one row means, such as a date, another one tells. */
function readCsv(text: string, dates: DateOrder, onProgress: OnProgress): Import {
  const found = systemsFromCsv(text, { dates });
  onProgress({ doing: `Read ${found.rows.toLocaleString("en")} rows`, part: 1 });
  return found;
}

function report(found: Import, text: string): FileReport {
  const byLine = new Map<number, RowError[]>();
  for (const error of found.errors) byLine.set(error.line, [...(byLine.get(error.line) ?? []), error]);
  const titles = records(text, new Set([1])).get(1) ?? "";
  const separator = separatorOf(titles);
  return {
    rows: found.rows,
    systems: found.systems.length,
    badRows: found.bad_rows,
    badLines: badLines(byLine, text, separator),
    titles: cellsOf(titles, separator),
    notes: found.notes.slice(0, NOTES_MAX),
    findings: found.findings,
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
