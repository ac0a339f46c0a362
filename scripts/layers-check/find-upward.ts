import type { ImportGraph } from "./import-graph.ts";
import type { Layers } from "./read-layers.ts";

/** The first-level folder of a file; undefined for a file that is in none. */
const folderOf = (file: string) => (file.includes("/") ? file.split("/")[0] : undefined);

/** Every import that does not lead to a lower floor, as a sentence. The root index is above all floors. */
export function findUpward(graph: ImportGraph, layers: Layers): string[] {
  const sentences: string[] = [];
  for (const [file, imported] of graph) {
    for (const other of imported) {
      const [from, to] = [folderOf(file), folderOf(other)];
      if (to === undefined) sentences.push(`${file} imports ${other}, which is above all floors`);
      else if (from !== undefined && from !== to) {
        const [fromFloor, toFloor] = [layers.get(from), layers.get(to)];
        if (fromFloor === undefined || toFloor === undefined || toFloor >= fromFloor) {
          sentences.push(`${file} (floor ${fromFloor}) imports ${other} (floor ${toFloor})`);
        }
      }
    }
  }
  return sentences;
}
