/** What the page asks of the worker, and what comes back. The systems of an account stay in the worker. */
import type {
  AlmsErrorObject,
  CivilDate,
  Explanation,
  Instance,
  Kind,
  OperationName,
  Operations,
  Outcome,
  Plan,
  PolicyInput,
  RowError,
  ImportFinding,
  RowNote,
  ScenarioResult,
  SystemState,
} from "alms";

import type { Correction } from "./csv.ts";

/** What dates with slashes mean in a file. */
export type DateOrder = "iso" | "day_first" | "month_first";

/** An account without its systems. */
export interface AccountFields {
  readonly uid: string;
  readonly name: string;
  readonly instance: Instance;
  readonly kind: Kind;
  readonly tokens: number;
}

export interface ScenarioFields {
  readonly on: CivilDate;
  readonly policy: PolicyInput;
}

/** A line of the file with something wrong in it, and its cells. */
export interface BadLine {
  readonly line: number;
  readonly cells: readonly string[];
  readonly errors: readonly RowError[];
}

/** The scenario that stands beside the plan. */
export interface OtherScenario extends ScenarioFields {
  readonly tokens: number;
  /** Whether the systems that would be deleted report before the migration. */
  readonly reporting: "as_is" | "all_deleted";
  /** A date that everyone should reach. */
  readonly until: CivilDate | null;
}

/** What was read. */
export interface FileReport {
  readonly rows: number;
  readonly systems: number;
  /** How many rows cannot be read. */
  readonly badRows: number;
  /** The first of them. */
  readonly badLines: readonly BadLine[];
  readonly titles: readonly string[];
  readonly notes: readonly RowNote[];
  readonly findings: readonly ImportFinding[];
  readonly ignoredColumns: readonly string[];
}

export type SortColumn = "file" | "serial" | "model" | "outcome" | "end_date" | "tokens";

/** Which part of the plan's systems is looked at. */
export interface View {
  /** Empty: all. */
  readonly outcomes: readonly Outcome[];
  readonly query: string;
  readonly sort: SortColumn;
  readonly descending: boolean;
  readonly from: number;
  readonly count: number;
}

/** A system before and after. */
export interface SystemRow {
  readonly serial: string;
  readonly model: string;
  readonly state: SystemState;
  readonly last_communication: CivilDate | null;
  readonly support_end: CivilDate | null;
  readonly outcome: Outcome;
  readonly end_date: CivilDate | null;
  readonly tokens: number;
  readonly rules: readonly string[];
}

export interface Page {
  readonly total: number;
  readonly rows: readonly SystemRow[];
}

/** How many systems of an offer end in a month (`2023-09`). */
export interface MonthCount {
  readonly month: string;
  readonly complete: number;
  readonly basic: number;
}

/** A plan without its systems, and the first page of them. */
export interface PlanReport {
  readonly plan: Omit<Plan, "systems">;
  readonly systems: number;
  readonly months: readonly MonthCount[];
  readonly page: Page;
}

/** Scenarios side by side; of the systems that differ only the first. */
export interface CompareReport {
  readonly scenarios: readonly ScenarioResult[];
  readonly differing: number;
}

export type Download = "plan_json" | "plan_csv" | "deleted_csv" | "renewals_ics";

/** Question and answer by name. */
export interface Questions {
  read: { in: { file: Blob; dates: DateOrder }; out: FileReport };
  correct: { in: { file: Blob; corrections: readonly Correction[] }; out: Blob };
  plan: { in: { account: AccountFields; scenario: ScenarioFields; view: View }; out: PlanReport };
  page: { in: { view: View }; out: Page };
  explain: { in: { serial: string }; out: Explanation };
  compare: { in: OtherScenario; out: CompareReport };
  download: { in: { kind: Download }; out: string };
  /** The plan's systems as subscriptions, by offer and end date. */
  fleet: { in: Record<string, never>; out: readonly FleetGroup[] };
  call: { in: { op: OperationName; input: unknown }; out: unknown };
}

export interface FleetGroup {
  readonly offer: string;
  readonly end_date: CivilDate;
  readonly systems: number;
}

export type QuestionName = keyof Questions;

/** The answer of an operation. */
export type Answer<Op extends OperationName> = Operations[Op]["output"];

export interface Ask<Name extends QuestionName = QuestionName> {
  readonly id: number;
  readonly name: Name;
  readonly input: Questions[Name]["in"];
}

export interface Progress {
  /** What is being done. */
  readonly doing: string;
  /** 0 to 1; null where that is not known. */
  readonly part: number | null;
}

export type Reply =
  | { readonly id: number; readonly progress: Progress }
  | { readonly id: number; readonly output: unknown }
  | { readonly id: number; readonly error: Problem };

/** What went wrong: what the rules refused, or a sentence. */
export type Problem = Pick<AlmsErrorObject<string>, "message" | "code" | "rule" | "path">;
