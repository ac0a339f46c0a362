// A plot of lines over one axis, both of them linear or logarithmic.
import { label, svg } from "./svg.ts";

/** A line of a plot. */
export interface Series {
  readonly name: string;
  readonly points: readonly (readonly [x: number, y: number])[];
}

/** An axis: what it counts, its marks in ascending order from one end to the other, and whether they are powers. */
export interface Axis {
  readonly title: string;
  readonly marks: readonly number[];
  readonly isLogarithmic?: boolean;
  /** How a mark is written. @default with commas */
  readonly format?: (mark: number) => string;
}

const colors = ["#1f6feb", "#2da44e", "#bf5600", "#8250df"];
const area = { x: 80, y: 20, width: 440, height: 240 };
const size = { width: 740, height: 310 };

/** Where a value is between the first mark and the last, from 0 to 1. */
export function positionOf({ marks, isLogarithmic = false }: Axis, value: number): number {
  const scale = isLogarithmic ? Math.log : (one: number) => one;
  const [first = 0] = marks;
  const last = marks.at(-1) ?? 1;
  return (scale(value) - scale(first)) / (scale(last) - scale(first));
}

const line = (from: readonly [number, number], to: readonly [number, number], color: string) =>
  `<path d="M${from.map((at) => at.toFixed(1)).join(" ")}L${to.map((at) => at.toFixed(1)).join(" ")}" stroke="${color}" fill="none"/>`;

/** The picture of a plot. Throws where a point is outside of its axes. */
export function plot(
  title: string,
  { x, y }: { readonly x: Axis; readonly y: Axis },
  series: readonly Series[],
): string {
  const atX = (value: number) => area.x + positionOf(x, value) * area.width;
  const atY = (value: number) => area.y + (1 - positionOf(y, value)) * area.height;
  const text = ({ format = (mark: number) => mark.toLocaleString("en-US") }: Axis, mark: number) => format(mark);
  const bottom = area.y + area.height;
  const right = area.x + area.width;
  const grid = [
    ...x.marks.flatMap((mark) => [
      line([atX(mark), area.y], [atX(mark), bottom], "#e5e8ec"),
      label(text(x, mark), { x: atX(mark), y: bottom + 18, anchor: "middle" }),
    ]),
    ...y.marks.flatMap((mark) => [
      line([area.x, atY(mark)], [right, atY(mark)], "#e5e8ec"),
      label(text(y, mark), { x: area.x - 8, y: atY(mark) + 4, anchor: "end" }),
    ]),
    label(x.title, { x: area.x + area.width / 2, y: bottom + 40, anchor: "middle" }),
    label(y.title, { x: area.x, y: 13 }),
  ];
  const lines = series.flatMap(({ name, points }, index) => {
    const color = colors[index % colors.length]!;
    const outside = points.find(([px, py]) =>
      [positionOf(x, px), positionOf(y, py)].some((at) => !(at >= 0 && at <= 1)),
    );
    if (outside) throw new Error(`the plot "${title}" has no room for ${outside.join(", ")} of ${name}`);
    const at = points.map(([px, py]) => `${atX(px).toFixed(1)} ${atY(py).toFixed(1)}`);
    const legendY = area.y + 12 + index * 22;
    return [
      `<path d="M${at.join("L")}" stroke="${color}" stroke-width="2" fill="none"/>`,
      ...at.map((one) => {
        const [cx, cy] = one.split(" ");
        return `<circle cx="${cx}" cy="${cy}" r="3" fill="${color}"/>`;
      }),
      `<rect x="${right + 16}" y="${legendY - 9}" width="12" height="4" fill="${color}"/>`,
      label(name, { x: right + 34, y: legendY - 2 }),
    ];
  });
  return svg(size, title, [...grid, ...lines]);
}
