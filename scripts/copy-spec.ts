// Copies a connector's pins and overlay into its package, so that its users can pull the same document.
import { copyFile, mkdir, readdir, rm } from "node:fs/promises";
import { basename, join } from "node:path";

const connector = process.cwd();
const source = join(import.meta.dirname, "../specs", basename(connector));
const target = join(connector, "spec");
await rm(target, { recursive: true, force: true });
await mkdir(target);
for (const file of await readdir(source)) {
  if (file.endsWith(".yaml")) await copyFile(join(source, file), join(target, file));
}
