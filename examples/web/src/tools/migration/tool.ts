/** `<alms-migration>`: what a migration does to every system and every token of a legacy account. */
import type { Explanation } from "alms";
import { html, nothing } from "lit";
import type { TemplateResult } from "lit";

import { ask } from "../../engine/client.ts";
import type { Correction } from "../../engine/csv.ts";
import type { CompareReport, Download, FileReport, Page, PlanReport, Progress } from "../../engine/protocol.ts";
import { PACKED_LENGTH_MAX, pack, unpack } from "../../state/packed.ts";
import { Tool, problemOf } from "../../state/tool.ts";
import type { Config } from "../../ui/chart.ts";
import { callout, problem } from "../../ui/parts.ts";
import { fileName, save } from "../../ui/save.ts";
import { badRows, notes } from "./bad-rows.ts";
import { comparison } from "./comparison.ts";
import { consent } from "./consent.ts";
import { EXAMPLES } from "./examples.ts";
import { account, COMPARE_PARAMS, dateOrder, DEFAULTS, otherScenario, scenario, view, VIEW_PARAMS } from "./params.ts";
import type { Name } from "./params.ts";
import { results } from "./results.ts";
import { settings } from "./settings.ts";
import { source } from "./source.ts";
import { systemsTable } from "./systems-table.ts";
import { takeAlong } from "./take-along.ts";
import { tokenChart, timelineChart } from "./charts.ts";
import { why } from "./why.ts";

/** More systems than this are for a file, not for paper. */
const CONSENT_SYSTEMS_MAX = 2_000;
const TYPES: Readonly<Record<Download, readonly [name: string, type: string]>> = {
  plan_json: ["plan.json", "application/json"],
  plan_csv: ["plan.csv", "text/csv"],
  deleted_csv: ["deleted-systems.csv", "text/csv"],
  renewals_ics: ["renewals.ics", "text/calendar"],
};

/** A file of one's own, and how the address names it. */
interface ChosenFile {
  readonly content: Blob;
  readonly name: string;
  /** Its text, compressed; empty for a large one. */
  readonly packed: string;
}

class Migration extends Tool<Name> {
  protected readonly tool = "migration";
  protected readonly defaults = DEFAULTS;

  #file: ChosenFile | null = null;
  #report: FileReport | null = null;
  #plan: PlanReport | null = null;
  #page: Page | null = null;
  #charts: { readonly tokens: () => Config; readonly timeline: () => Config } | null = null;
  #comparison: CompareReport | null = null;
  #explanation: Explanation | null = null;
  #consentRows: Page | null = null;
  #progress: Progress | null = null;
  /** What was read last: the content, and in which order its dates are. */
  #read: { readonly content: Blob | string; readonly dates: string } | null = null;

  readonly #get = (name: Name): string => this.get(name);
  readonly #set = (changes: Partial<Record<Name, string>>): void => this.set(changes);

  protected override async compute(changed: readonly string[] | null): Promise<void> {
    const only = (names: ReadonlySet<string>): boolean =>
      changed !== null && this.#plan !== null && changed.every((name) => names.has(name));
    if (only(VIEW_PARAMS)) return this.#turn();
    if (only(new Set(["why"]))) return this.#explain();
    if (only(COMPARE_PARAMS)) return this.#compare();
    if (only(new Set(["consent"]))) return this.#prepareConsent();
    const { question } = this;
    await this.#readFile();
    if (this.newer(question)) return;
    await this.#makePlan(question);
    if (this.newer(question) || this.#plan === null) return;
    this.requestUpdate();
    await Promise.all([this.#compare(), this.#explain(), this.#prepareConsent()]);
  }

  /** Reads the file, unless that was done. */
  async #readFile(): Promise<void> {
    const dates = this.get("dates");
    const content = EXAMPLES[this.get("example")]?.address ?? (await this.#chosen());
    if (content === this.#read?.content && dates === this.#read.dates) return;
    this.#read = null;
    this.#report = null;
    this.#plan = null;
    if (content === null) return;
    const file = typeof content === "string" ? await (await fetch(content)).blob() : content;
    try {
      this.#report = await ask("read", { file, dates: dateOrder(this.#get) }, this.#onProgress);
      this.#read = { content, dates };
    } finally {
      this.#progress = null;
    }
  }

  /** The file that was chosen, or that is in the address. */
  async #chosen(): Promise<Blob | null> {
    const packed = this.get("systems");
    if (packed === "") return this.#isLost() ? null : (this.#file?.content ?? null);
    if (this.#file?.packed === packed) return this.#file.content;
    const text = await unpack(packed).catch(() => {
      throw new Error("the systems in the address cannot be read, part of the link is missing; choose the file again");
    });
    this.#file = { content: new Blob([text]), name: this.get("file"), packed };
    return this.#file.content;
  }

  /** Whether the address names a large file that is not here. */
  #isLost(): boolean {
    return this.get("systems") === "" && this.get("file") !== (this.#file?.name ?? "");
  }

  async #makePlan(question: number): Promise<void> {
    const report = this.#report;
    const stopped = report === null || report.systems === 0 || (report.badRows > 0 && this.get("skip_bad_rows") === "");
    if (stopped || this.#isUnsaid()) {
      this.#plan = null;
      return;
    }
    try {
      const asked = { account: account(this.#get), scenario: scenario(this.#get), view: view(this.#get) };
      const plan = await ask("plan", asked, this.#onProgress);
      if (this.newer(question)) return;
      this.#plan = plan;
      this.#page = plan.page;
      this.#charts = { tokens: tokenChart(plan.plan.tokens), timeline: timelineChart(plan.months) };
    } catch (error) {
      // A plan of other values would be taken for that of these.
      this.#plan = null;
      throw error;
    } finally {
      this.#progress = null;
    }
  }

  /** Whether the stock or the date is still to be given. */
  #isUnsaid(): boolean {
    return this.get("tokens") === "" || this.get("on") === "";
  }

  async #turn(): Promise<void> {
    this.#page = await ask("page", { view: view(this.#get) });
  }

  async #explain(): Promise<void> {
    const serial = this.get("why");
    this.#explanation = null;
    if (serial !== "" && this.#plan !== null) this.#explanation = await ask("explain", { serial });
  }

  async #compare(): Promise<void> {
    if (this.get("compare") === "" || this.#plan === null) {
      this.#comparison = null;
      return;
    }
    try {
      this.#comparison = await ask("compare", otherScenario(this.#get), this.#onProgress);
    } catch (error) {
      this.#comparison = null;
      throw error;
    } finally {
      this.#progress = null;
    }
  }

  async #prepareConsent(): Promise<void> {
    if (this.get("consent") === "" || this.#plan === null) return;
    const all = {
      outcomes: [],
      query: "",
      sort: "file",
      descending: false,
      from: 0,
      count: CONSENT_SYSTEMS_MAX,
    } as const;
    this.#consentRows = await ask("page", { view: all });
  }

  #onProgress = (progress: Progress): void => {
    this.#progress = progress;
    this.requestUpdate();
  };

  /** A file of one's own; a small one goes into the address, so that a link holds it. */
  async #choose(content: Blob, name: string): Promise<void> {
    const packed = content.size > PACKED_LENGTH_MAX * 8 ? "" : await pack(await content.text());
    const systems = packed.length > PACKED_LENGTH_MAX ? "" : packed;
    this.#file = { content, name, packed: systems };
    this.set({ example: "", file: name, systems, skip_bad_rows: "", why: "", page: "1", consent: "" });
  }

  async #correct(corrections: readonly Correction[]): Promise<void> {
    const file = await this.#chosen();
    if (file === null || corrections.length === 0) return;
    await this.#choose(await ask("correct", { file, corrections }), this.get("file"));
  }

  #showExample(id: string): void {
    const example = EXAMPLES[id];
    if (example === undefined) return;
    this.#file = null;
    const { name, tokens, on } = example;
    this.set({ ...DEFAULTS, example: id, name, uid: `example-${id}`, tokens, on });
  }

  async #download(kind: Download): Promise<void> {
    const [name, type] = TYPES[kind];
    try {
      save(`${fileName(this.get("name"))}-${name}`, type, await ask("download", { kind }));
    } catch (error) {
      this.problem = problemOf(error);
      this.requestUpdate();
    }
  }

  protected override render(): TemplateResult {
    const plan = this.#plan;
    if (this.get("consent") !== "" && plan !== null) {
      return consent(this.#get, this.#set, plan, this.#consentRows?.rows ?? []);
    }
    return html`
      <p class="lead">
        A legacy account pays with tokens. In an AVC account every system has a subscription of its own. See what
        becomes of each system, until when it is paid for, and where every token goes.
      </p>
      ${source(this.#get, this.#set, {
        report: this.#report,
        choose: (file, name) => void this.#choose(file, name),
        showExample: (id) => this.#showExample(id),
        lost: this.#isLost(),
      })}
      ${this.#status()} ${badRows(this.#get, this.#set, this.#report, (all) => void this.#correct(all))}
      ${notes(this.#report)} ${this.#report === null ? nothing : settings(this.#get, this.#set)}
      ${problem(this.problem)}
      ${this.#report !== null && this.#isUnsaid()
        ? callout("brand", "Give the tokens in stock and the migration date, and the plan appears here.")
        : nothing}
      ${plan === null ? nothing : this.#answer(plan)}
    `;
  }

  #answer(plan: PlanReport): TemplateResult {
    const charts = this.#charts;
    if (charts === null) return html``;
    return html`
      ${results(this.#get, this.#set, plan, charts)}
      ${systemsTable(this.#get, this.#set, this.#page ?? plan.page, plan.systems)}
      ${comparison(this.#get, this.#set, this.#comparison)}
      ${takeAlong(this.#set, plan.plan, (kind) => void this.#download(kind))}
      ${why(this.#explanation, () => this.set({ why: "" }))}
    `;
  }

  #status(): TemplateResult {
    const { doing, part } = this.#progress ?? { doing: "", part: null };
    const bar =
      part === null
        ? html`<wa-progress-bar indeterminate label=${doing}></wa-progress-bar>`
        : html`<wa-progress-bar value=${Math.round(part * 100)} label=${doing}></wa-progress-bar>`;
    return html`<div role="status" class="status">
      ${doing === ""
        ? nothing
        : callout(
            "neutral",
            html`<p>${doing} …</p>
              ${bar}`,
          )}
    </div>`;
  }
}

customElements.define("alms-migration", Migration);
