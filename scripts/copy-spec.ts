// Puts a connector's pins and repairs beside its code, so that whoever installs it can pull the same document.
import { copyFile, mkdir } from "node:fs/promises";
import { basename, join } from "node:path";

const connector = process.cwd();
const specs = join(import.meta.dirname, "../specs", basename(connector));
await mkdir(join(connector, "spec"), { recursive: true });
await copyFile(join(specs, "spec.yaml"), join(connector, "spec/spec.yaml"));
await copyFile(join(specs, "overlay.yaml"), join(connector, "spec/overlay.yaml")).catch(
  (error: NodeJS.ErrnoException) => {
    if (error.code !== "ENOENT") throw error;
  },
);
