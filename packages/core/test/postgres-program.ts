import { existsSync, readdirSync } from "node:fs";
import { delimiter, join } from "node:path";

const debian = "/usr/lib/postgresql";

/** The newest version that Debian installed, whose programs are not on the PATH. */
function debianFolder(): string | undefined {
  const versions = existsSync(debian) ? readdirSync(debian).map(Number).filter(Number.isFinite) : [];
  return versions.length > 0 ? join(debian, `${Math.max(...versions)}`, "bin") : undefined;
}

/** Where a program of PostgreSQL is: on the PATH, or where Debian puts it. */
export function postgresProgram(name: "initdb" | "postgres"): string {
  const folders = [...(process.env.PATH ?? "").split(delimiter), debianFolder()];
  const folder = folders.find((one) => one && existsSync(join(one, name)));
  return folder ? join(folder, name) : name;
}
