// Deletes a package's build, so that a module that was moved is not published at its old path.
import { rm } from "node:fs/promises";

await rm("dist", { recursive: true, force: true });
