// The layers of core, read from the table of ARCHITECTURE.md, which a test holds against the imports.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { readLayers } from "../../../scripts/layers-check/read-layers.ts";
import { root } from "../repository.ts";
import { box, label, svg } from "./svg.ts";

const most = 120;

/** The picture of the layers, the lowest at the bottom. */
export function layersPicture(): string {
  const floors = Map.groupBy(readLayers(readFileSync(join(root, "ARCHITECTURE.md"), "utf8")), ([, floor]) => floor);
  const ordered = [...floors].sort(([a], [b]) => b - a);
  const row = 36;
  const parts = ordered.map(([floor, folders], index) => {
    const area = { x: 50, y: 12 + index * row, width: 700, height: 28 };
    const names = folders
      .map(([name]) => name)
      .sort()
      .join(", ");
    const text = names.length > most ? `${names.slice(0, most)} ...` : names;
    return (
      label(String(floor), { x: 30, y: area.y + 19, anchor: "end" }) +
      box(area, floor > 7 ? "#cfe8d5" : "#dbe7f7") +
      label(text, { x: 62, y: area.y + 19 })
    );
  });
  const title = "The layers of core: a folder imports only from folders below it";
  return svg({ width: 770, height: 24 + ordered.length * row }, title, parts);
}
