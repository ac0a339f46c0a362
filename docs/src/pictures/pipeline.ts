// The order of the policies, read from the array that is the pipeline.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../repository.ts";
import { box, label, svg } from "./svg.ts";

/** The policies of the default pipeline, outermost first. What only reports (`observation`) is around all of them. */
export function readPipeline(source: string): string[] {
  const [, list] = /const order = \[\n([\s\S]*?)\n {2}\];/.exec(source) ?? [];
  if (list === undefined) throw new Error("default-pipeline.ts has no array named order");
  const names = list
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => !/^(observation|\/\/)/.test(line))
    .map((line) => /^(?:(?:strategies|policies)\??\.)?(?:create)?(\w+)/.exec(line)?.[1] ?? "")
    .map((name) => name.charAt(0).toLowerCase() + name.slice(1));
  return ["observe", ...names, "transport"];
}

/** The picture of the pipeline. */
export function pipelinePicture(): string {
  const names = readPipeline(readFileSync(join(root, "packages/core/src/client/default-pipeline.ts"), "utf8"));
  const row = 34;
  const parts = names.map((name, index) => {
    const area = { x: 20 + index * 12, y: 16 + index * row, width: 300, height: 26 };
    const isOption = name === "perCall" || name === "perAttempt";
    const text = isOption ? `${name} (policies of your own)` : name;
    return (
      box(area, isOption ? "#fbe7c6" : index === names.length - 1 ? "#cfe8d5" : "#dbe7f7") +
      label(text, { x: area.x + 10, y: area.y + 18 })
    );
  });
  const retry = names.indexOf("retry");
  parts.push(
    label("once for a call", { x: 500, y: 34 }),
    label("below retry: once for an attempt", { x: 500, y: 34 + (retry + 1) * row }),
  );
  return svg({ width: 720, height: 32 + names.length * row }, `The order of a call: ${names.join(", then ")}`, parts);
}
