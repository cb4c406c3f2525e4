/** What the four tools have in common: parameters in the address, and an answer that follows them. */
import { LitElement } from "lit";

import { Refused } from "../engine/client.ts";
import type { Problem } from "../engine/protocol.ts";
import { parse, write } from "./fragment.ts";
import type { Params, ToolName } from "./fragment.ts";

const ADDRESS_DELAY_MS = 150;

export abstract class Tool<Name extends string> extends LitElement {
  protected abstract readonly tool: ToolName;
  /** Every parameter with the value that is left out of the address. */
  protected abstract readonly defaults: Readonly<Record<Name, string>>;
  /** What went wrong with the last answer. */
  protected problem: Problem | null = null;

  #params: Params = {};
  /** A change that is not in the address yet. */
  #unwritten: ReturnType<typeof setTimeout> | null = null;
  /** Answers that come after a newer question are dropped. */
  #question = 0;

  /** The page's styles apply: there is no shadow. */
  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    window.addEventListener("hashchange", this.#onAddress);
    window.addEventListener("click", this.#writeAddress, { capture: true });
    this.#onAddress();
  }

  override disconnectedCallback(): void {
    window.removeEventListener("hashchange", this.#onAddress);
    window.removeEventListener("click", this.#writeAddress, { capture: true });
    super.disconnectedCallback();
  }

  protected get(name: Name): string {
    return this.#params[name] ?? this.defaults[name];
  }

  /** Changes parameters, the address with them, and computes anew. */
  protected set(changes: Partial<Record<Name, string>>): void {
    this.#params = { ...this.#params, ...changes } as Params;
    // Browsers refuse an address that changes with every key of a fast typist.
    this.#unwritten ??= setTimeout(this.#writeAddress, ADDRESS_DELAY_MS);
    this.requestUpdate();
    void this.#compute(Object.keys(changes));
  }

  /** Computes what follows from the parameters; `changed` is null when all may have changed. */
  protected abstract compute(changed: readonly string[] | null): Promise<void>;

  /** Whether a newer question was asked since; an answer to the older one is of no use. */
  protected newer(question: number): boolean {
    return question !== this.#question;
  }

  protected get question(): number {
    return this.#question;
  }

  /** At once before a click, which may leave the tool or copy the link. */
  #writeAddress = (): void => {
    if (this.#unwritten === null) return;
    clearTimeout(this.#unwritten);
    this.#unwritten = null;
    // Replaced, not pushed: the back button leaves the tool, it does not undo key by key.
    history.replaceState(null, "", write(this.tool, this.#params, this.defaults));
  };

  #onAddress = (): void => {
    const { tool, params } = parse(location.hash);
    if (tool !== this.tool) return;
    if (this.#unwritten !== null) clearTimeout(this.#unwritten);
    this.#unwritten = null;
    this.#params = params;
    this.requestUpdate();
    void this.#compute(null);
  };

  async #compute(changed: readonly string[] | null): Promise<void> {
    const question = (this.#question += 1);
    try {
      await this.compute(changed);
      if (this.newer(question)) return;
      this.problem = null;
    } catch (error) {
      if (this.newer(question)) return;
      this.problem = problemOf(error);
    }
    this.requestUpdate();
  }
}

export function problemOf(error: unknown): Problem {
  if (error instanceof Refused) return error.problem;
  return { code: "fault", rule: null, path: "", message: error instanceof Error ? error.message : String(error) };
}
