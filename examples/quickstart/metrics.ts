import { readFile, writeFile } from "node:fs/promises";
import { telemetry } from "@connectry/core/telemetry";

const file = new URL("../documents/quickstart-telemetry.json", import.meta.url);

/** Counts the calls of all tours. They are kept in a file, where `pnpm dashboard` finds them; a service would keep them in Redis. */
export const metrics = telemetry({
  store: {
    publish: (text) => writeFile(file, text),
    read: async () => [await readFile(file, "utf8")],
  },
});
