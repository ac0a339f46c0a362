// The goals of the benchmarks as bars: how far each figure is from what its goal allows, from benchmarks/GOALS.json.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../repository.ts";
import { box, label, svg } from "./svg.ts";

/** A goal, as `pnpm bench` records it. */
export interface RecordedGoal {
  readonly section: string;
  readonly name: string;
  readonly target: string;
  readonly met: boolean;
  /** What was measured as a part of what the goal allows. */
  readonly share?: number;
}

const readGoals = (): readonly RecordedGoal[] =>
  (JSON.parse(readFileSync(join(root, "benchmarks/GOALS.json"), "utf8")) as { goals: RecordedGoal[] }).goals;

const left = 640;
const width = 240;
const row = 20;
// The ends of the axis: a tenth of what a goal allows, and ten times that.
const most = 10;
const middle = left + width / 2;

/** Where a share is on the axis, which is logarithmic, and whose middle is what a goal allows. */
const atX = (share: number) =>
  middle + (Math.log(Math.min(most, Math.max(1 / most, share))) / Math.log(most)) * (width / 2);

function bar({ name, target, met, share }: RecordedGoal, y: number): string {
  const text = label(`${name}: ${target}`, { x: left - 10, y: y + 14, anchor: "end" });
  if (share === undefined) return text + label("not measured", { x: middle + 6, y: y + 14 });
  const x = atX(share);
  const area = { x: Math.min(x, middle), y: y + 3, width: Math.max(1, Math.abs(x - middle)), height: 14 };
  return text + box(area, met ? "#8fcea0" : "#e5a29b") + label(`${share}x`, { x: left + width + 10, y: y + 14 });
}

/** The chart: of each section its goals, with a bar to the left where one is met and to the right where it is not. */
export function goalsPicture(goals: readonly RecordedGoal[] = readGoals()): string {
  const sections = [...new Set(goals.map(({ section }) => section))];
  const parts: string[] = [];
  let y = 34;
  for (const section of sections) {
    parts.push(label(section, { x: 10, y: y + 14 }));
    y += row;
    for (const goal of goals.filter((one) => one.section === section)) {
      parts.push(bar(goal, y));
      y += row;
    }
  }
  const axis = [
    label("a tenth", { x: left, y: 20, anchor: "middle" }),
    label("what the goal allows", { x: middle, y: 20, anchor: "middle" }),
    label("ten times", { x: left + width, y: 20, anchor: "middle" }),
    `<path d="M${middle} 28V${y}" stroke="#1a1d21"/>`,
  ];
  return svg({ width: 960, height: y + 10 }, "Each goal of the benchmarks, and how near to it the figure is", [
    ...parts,
    ...axis,
  ]);
}
