import type { Finding } from "./finding.js";
import { importFrom } from "./import-from.js";

/** How long facts about a provider's OAuth are taken as they were read. */
const reviewAfterDays = 180;
const dayMs = 86_400_000;

interface Source {
  readonly page: string;
  readonly readOn: string;
}

const sourcesOf = (value: unknown) => (Object(value) as { readonly sources?: readonly Source[] }).sources ?? [];

/** Checks when the facts of a connector's entry `oauth` were read last; no finding where it has no such entry. */
export async function checkOauthFacts(name: string, cwd: string, nowMs: number): Promise<readonly Finding[]> {
  let module: Readonly<Record<string, unknown>>;
  try {
    module = await importFrom(cwd, `${name}/oauth`);
  } catch (error) {
    const { code } = error as { readonly code?: unknown };
    if (code === "ERR_PACKAGE_PATH_NOT_EXPORTED" || code === "MODULE_NOT_FOUND") return [];
    throw error;
  }
  const sources = Object.values(module).flatMap(sourcesOf);
  if (sources.length === 0) return [];
  const check = "oauth facts";
  const old = sources.filter(({ readOn }) => nowMs - Date.parse(readOn) > reviewAfterDays * dayMs);
  const oldest = sources.map(({ readOn }) => readOn).sort()[0];
  if (old.length === 0) return [{ check, level: "ok", message: `read on ${oldest} or later` }];
  const pages = [...new Set(old.map(({ page }) => page))].join(", ");
  const message = `last read on ${oldest}, more than ${reviewAfterDays} days ago`;
  return [{ check, level: "warning", message, advice: `Install a newer ${name}, or compare with ${pages}` }];
}
