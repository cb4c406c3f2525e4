/** `<alms-app>`: the four tools, one at a time. */
import { LitElement, html } from "lit";
import type { TemplateResult } from "lit";
import { cache } from "lit/directives/cache.js";

import { TOOLS, parse } from "./state/fragment.ts";
import type { ToolName } from "./state/fragment.ts";
import "./tools/account/tool.ts";
import "./tools/migration/tool.ts";
import "./tools/renewal/tool.ts";
import "./tools/runway/tool.ts";

const TITLES: Readonly<Record<ToolName, string>> = {
  migration: "Migration preview",
  runway: "Token runway",
  renewal: "Renewal quote",
  account: "Which account do I need?",
};

const VIEWS: Readonly<Record<ToolName, () => TemplateResult>> = {
  migration: () => html`<alms-migration></alms-migration>`,
  runway: () => html`<alms-runway></alms-runway>`,
  renewal: () => html`<alms-renewal></alms-renewal>`,
  account: () => html`<alms-account></alms-account>`,
};

class App extends LitElement {
  static override properties = { tool: { state: true }, copied: { state: true } };
  declare private tool: ToolName;
  /** What is said after copying. */
  declare private copied: string;

  /** Where each tool was left, so that coming back loses nothing. */
  #left = new Map<ToolName, string>();

  constructor() {
    super();
    this.tool = parse(location.hash).tool;
    this.copied = "";
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    window.addEventListener("hashchange", () => {
      this.tool = parse(location.hash).tool;
    });
  }

  protected override updated(): void {
    document.title = `${TITLES[this.tool]} – ALMS licensing calculator`;
  }

  protected override render(): TemplateResult {
    return html`
      <a class="skip" href="#content" @click=${this.#skip}>Skip to the content</a>
      <header>
        <div class="brand">
          <p class="name">ALMS licensing calculator</p>
          <p class="privacy">
            Everything is computed in this page. Nothing is sent anywhere, and your browser holds it to that; it works
            offline too.
          </p>
          <p class="share">
            <button type="button" @click=${this.#copy}>Copy link</button> <span role="status">${this.copied}</span>
          </p>
        </div>
        <nav aria-label="Tools">${TOOLS.map((tool) => this.#link(tool))}</nav>
      </header>
      <main id="content" tabindex="-1">
        <h1>${TITLES[this.tool]}</h1>
        ${cache(VIEWS[this.tool]())}
      </main>
      <footer>
        <p>
          A preview by the open rules of the library <code>alms</code>: no document of the vendor, and nothing is
          changed in any account. Ids such as <span class="rule">MIG-9</span> name the rule of its rulebook.
        </p>
      </footer>
    `;
  }

  #link(tool: ToolName): TemplateResult {
    const current = tool === this.tool;
    // Where it was left is known on leaving: the address changes without a render.
    const leave = (): void => void this.#left.set(this.tool, location.hash);
    const enter = ({ currentTarget }: Event): void => {
      leave();
      if (currentTarget instanceof HTMLAnchorElement) currentTarget.href = this.#left.get(tool) ?? `#${tool}`;
    };
    return html`<a href="#${tool}" aria-current=${current ? "page" : "false"} @click=${enter}>${TITLES[tool]}</a>`;
  }

  /** What the fields hold stands behind the `#` of the address, which no browser sends. */
  #copy = async (): Promise<void> => {
    const copied = navigator.clipboard.writeText(location.href).then(() => true);
    this.copied = (await copied.catch(() => false)) ? "Copied" : "Copy it from the address bar";
    setTimeout(() => (this.copied = ""), 4_000);
  };

  /** Within the page an address names a tool, so the link moves the focus itself. */
  #skip = (event: Event): void => {
    event.preventDefault();
    this.querySelector<HTMLElement>("#content")?.focus();
  };
}

customElements.define("alms-app", App);
