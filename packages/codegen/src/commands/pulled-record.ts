import { join } from "node:path";
import { writeIfChanged } from "../output/write-if-changed.js";
import type { PulledProvider } from "./load-providers.js";

/**
 * Writes pulled.txt next to a spec.yaml: the hash of each document that is there, pinned or fallback, or `unavailable`. A task that
 * caches what is generated has it as an input, because the documents at hand may be others than on the machine that filled the cache.
 */
export async function writePulled({ spec, pulled }: PulledProvider): Promise<void> {
  const lines = pulled.map(
    ([{ name }, result]) => `${name} ${result.kind === "pulled" ? result.pin.sha256 : "unavailable"}\n`,
  );
  await writeIfChanged(join(spec.folder, "pulled.txt"), lines.join(""));
}
