import uPlot from "uplot";
import { element } from "./elements.js";

/** A line of a plot. */
export interface Line {
  readonly label: string;
  /** The name of a color of the style. */
  readonly color: string;
  readonly values: readonly (number | undefined)[];
}

/** What is plotted. */
export interface PlotContent {
  readonly title: string;
  readonly unit: string;
  readonly timesMs: readonly number[];
  readonly lines: readonly Line[];
}

const colorOf = (name: string) => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();

/** What a screen reader says instead of the plot: the last value of each line. */
function describe({ title, unit, lines }: PlotContent): string {
  const parts = lines.map(({ label, values }) => `${label} ${Math.round((values.at(-1) ?? 0) * 100) / 100} ${unit}`);
  return `${title}, last: ${parts.join(", ")}`;
}

/** Draws a plot into a container, as wide as that. */
export function drawPlot(container: HTMLElement, content: PlotContent): void {
  const { title, unit, timesMs, lines } = content;
  const axis = {
    stroke: colorOf("text"),
    grid: { stroke: colorOf("grid"), width: 1 },
    ticks: { stroke: colorOf("grid"), width: 1 },
  };
  const options: uPlot.Options = {
    width: Math.max(220, container.clientWidth),
    height: 180,
    legend: { live: false },
    cursor: { drag: { x: false, y: false } },
    scales: { y: { range: (_, __, most) => [0, most > 0 ? most * 1.1 : 1] } },
    axes: [axis, { ...axis, size: 64, values: (_, ticks) => ticks.map((tick) => `${tick} ${unit}`) }],
    series: [
      {},
      ...lines.map(({ label, color }) => ({
        label,
        stroke: colorOf(color),
        width: 2,
        points: { show: timesMs.length < 40, size: 5 },
      })),
    ],
  };
  const data = [timesMs.map((ms) => ms / 1_000), ...lines.map(({ values }) => values.map((value) => value ?? null))];
  const box = element("div", { class: "plot", role: "img", "aria-label": describe(content) });
  container.replaceChildren(element("h4", {}, title), box);
  new uPlot(options, data as uPlot.AlignedData, box);
}
