/** The account that the worker holds: its systems, its plan, and what is asked about them. */
import { callJson, compareMigrations, explainMigration } from "alms";
import type { Explanation, Plan, System } from "alms";

import { planToCsv, deletedToCsv, groups, renewals } from "./exports.ts";
import { readSystems } from "./file.ts";
import type {
  AccountFields,
  CompareReport,
  DateOrder,
  Download,
  FileReport,
  FleetGroup,
  OtherScenario,
  Page,
  PlanReport,
  Progress,
  ScenarioFields,
  View,
} from "./protocol.ts";
import { monthCounts, selectPage } from "./view.ts";

/** More differing systems than anyone reads stay in the worker. */
const DIFFERENCES_MAX = 200;
/** Smaller accounts are planned before anyone could read what is being done. */
const ANNOUNCED_SYSTEMS_MIN = 20_000;

interface Planned {
  readonly fields: AccountFields;
  readonly scenario: ScenarioFields;
  readonly plan: Plan;
  /** The plan as the library wrote it, byte for byte. */
  readonly text: string;
}

export class Account {
  #systems: readonly System[] = [];
  /** The systems as JSON, written once for all plans. */
  #systemsText = "[]";
  #planned: Planned | null = null;

  async read(file: Blob, dates: DateOrder, onProgress: (progress: Progress) => void): Promise<FileReport> {
    this.#planned = null;
    const { systems, report } = await readSystems(file, dates, onProgress);
    this.#systems = systems;
    this.#systemsText = JSON.stringify(systems);
    return report;
  }

  plan(
    fields: AccountFields,
    scenario: ScenarioFields,
    view: View,
    onProgress: (progress: Progress) => void,
  ): PlanReport {
    this.#announce("Planning", onProgress);
    const text = callJson("migration.plan", this.#request(fields, scenario));
    // The library's own text, in the form that its types declare.
    const plan = JSON.parse(text) as Plan;
    this.#planned = { fields, scenario, plan, text };
    const { systems, ...rest } = plan;
    return { plan: rest, systems: systems.length, months: monthCounts(systems), page: this.page(view) };
  }

  page(view: View): Page {
    const planned = this.#planned;
    return planned === null ? { total: 0, rows: [] } : selectPage(this.#systems, planned.plan.systems, view);
  }

  explain(serial: string): Explanation {
    const { fields, scenario } = this.#required();
    return explainMigration(this.#document(fields), serial, scenario);
  }

  compare({ until, ...other }: OtherScenario, onProgress: (progress: Progress) => void): CompareReport {
    const { fields, scenario } = this.#required();
    this.#announce("Comparing", onProgress);
    const scenarios = [
      { name: "As planned", ...scenario },
      { name: "Instead", ...other },
    ];
    const result = compareMigrations(this.#document(fields), scenarios, { until });
    const differing = result.scenarios[1]?.differences.length ?? 0;
    return {
      scenarios: result.scenarios.map((one) => ({ ...one, differences: one.differences.slice(0, DIFFERENCES_MAX) })),
      differing,
    };
  }

  download(kind: Download): string {
    const { fields, plan, text } = this.#required();
    switch (kind) {
      case "plan_json":
        return text;
      case "plan_csv":
        return planToCsv(plan.systems);
      case "deleted_csv":
        return deletedToCsv(this.#systems, plan.systems);
      case "renewals_ics":
        return renewals(this.#systems, plan, fields.name);
    }
  }

  fleet(): readonly FleetGroup[] {
    return groups(this.#required().plan.systems);
  }

  #announce(doing: string, onProgress: (progress: Progress) => void): void {
    const count = this.#systems.length;
    if (count < ANNOUNCED_SYSTEMS_MIN) return;
    onProgress({ doing: `${doing} ${count.toLocaleString("en")} systems`, part: null });
  }

  #required(): Planned {
    if (this.#planned === null) throw new Error("there is no plan yet; choose a file of systems first");
    return this.#planned;
  }

  #document(fields: AccountFields) {
    return { ...fields, format: "legacy" as const, systems: this.#systems };
  }

  #request(fields: AccountFields, { on, policy }: ScenarioFields): string {
    const head = JSON.stringify({ ...fields, format: "legacy" }).slice(0, -1);
    return `{"account":${head},"systems":${this.#systemsText}},"on":${JSON.stringify(on)},"policy":${JSON.stringify(policy)}}`;
  }
}
