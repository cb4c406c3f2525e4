/** `<alms-chart>`: a chart of the chart library in the colours of the theme, with its content in words beside it. */
import {
  BarController,
  BarElement,
  CategoryScale,
  Chart,
  Legend,
  LineController,
  LineElement,
  LinearScale,
  PointElement,
  Tooltip,
} from "chart.js";
import type { ChartConfiguration } from "chart.js";
import { LitElement, html } from "lit";

Chart.register(
  BarController,
  BarElement,
  CategoryScale,
  Legend,
  LineController,
  LineElement,
  LinearScale,
  PointElement,
  Tooltip,
);
Chart.defaults.animation = false;
Chart.defaults.maintainAspectRatio = false;
Chart.defaults.font.family = "system-ui, sans-serif";

export type Config = ChartConfiguration<"bar" | "line", (number | null)[], string>;

/** A colour of the page's style sheet. */
export function colour(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
}

const dark = window.matchMedia("(prefers-color-scheme: dark)");

export class AlmsChart extends LitElement {
  static override properties = { label: {}, height: { type: Number }, config: { attribute: false } };

  /** What the chart shows, for those who do not see it. */
  declare label: string;
  declare height: number;
  /** Makes the chart's configuration, with the colours of the moment. */
  declare config: (() => Config) | null;

  #chart: Chart<"bar" | "line", (number | null)[], string> | null = null;

  constructor() {
    super();
    this.label = "";
    this.height = 220;
    this.config = null;
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    dark.addEventListener("change", this.#redraw);
    if (this.hasUpdated) this.#redraw();
  }

  override disconnectedCallback(): void {
    dark.removeEventListener("change", this.#redraw);
    this.#clear();
    super.disconnectedCallback();
  }

  protected override render() {
    return html`<div class="canvas" style="height:${this.height}px">
      <canvas role="img" aria-label=${this.label}></canvas>
    </div>`;
  }

  protected override updated(): void {
    // After the frame with the numbers: the picture may come one later.
    requestAnimationFrame(() => setTimeout(this.#redraw));
  }

  #redraw = (): void => {
    const canvas = this.querySelector("canvas");
    if (canvas === null || this.config === null || !this.isConnected) return;
    this.#clear();
    Chart.defaults.color = colour("text-quiet");
    Chart.defaults.borderColor = colour("line");
    this.#chart = new Chart(canvas, this.config());
  };

  #clear(): void {
    this.#chart?.destroy();
    this.#chart = null;
  }
}

customElements.define("alms-chart", AlmsChart);
