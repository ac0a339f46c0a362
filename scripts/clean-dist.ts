// Empties a package's build, so that a module which moved is not published where it was.
import { rm } from "node:fs/promises";

await rm("dist", { recursive: true, force: true });
