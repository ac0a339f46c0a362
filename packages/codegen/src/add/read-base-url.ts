import { arrayIn } from "../generate/document/json.js";
import { readServerUrl } from "../generate/facts/server-url.js";
import type { DraftInput, Reading } from "./draft.js";

// Relative addresses are resolved against it, and thereby known for what they are.
const NOWHERE = "https://relative.invalid";

/** Where the API is served: the first https address that the document names in full. */
export function readBaseUrl({ id, document, operations }: DraftInput): Reading<string> {
  const servers = [...arrayIn(document.json, "servers"), ...operations.flatMap((operation) => operation.servers)];
  const urls = servers.map((server) => readServerUrl(server, NOWHERE)).filter((url) => url !== undefined);
  const absolute = urls.filter((url) => !url.startsWith(NOWHERE) && !isLocal(url));
  const secure = absolute.find((url) => url.startsWith("https:"));
  if (secure !== undefined) return { value: secure, open: [] };
  const [plain] = absolute;
  if (plain !== undefined) {
    const open = ["the document names this address with http only; credentials go over https."];
    return { value: plain.replace(/^http:/, "https:"), open };
  }
  const relative = urls.find((url) => url.startsWith(NOWHERE));
  const path = relative?.slice(NOWHERE.length) ?? "";
  const from = originOf(document.origin);
  if (from !== undefined && relative !== undefined) {
    return { value: from + path, open: ["the document names a path only; this is the host that it came from."] };
  }
  return {
    value: `https://api.${id}.example${path}`,
    open: ["the document does not say where the API is served. Write its address here."],
  };
}

/** The other origins that single operations are served from, as far as they can be read. */
export function readOrigins({ operations }: DraftInput, baseUrl: string): Reading<readonly string[]> {
  const urls = operations
    .filter(({ servers }) => !servers.some((server) => readServerUrl(server, baseUrl) === baseUrl))
    .flatMap(({ servers }) => servers.slice(0, 1).map((server) => readServerUrl(server, baseUrl)));
  const origins = new Set(urls.flatMap((url) => (url === undefined ? [] : [new URL(url).origin])));
  origins.delete(new URL(baseUrl).origin);
  return {
    value: [...origins].sort(),
    open: origins.size > 0 ? ["single operations name these servers. Keep those that may see the credential."] : [],
  };
}

function isLocal(url: string): boolean {
  return /^(localhost|127\.|\[::1\]|0\.0\.0\.0)/.test(new URL(url).host);
}

function originOf(origin: string): string | undefined {
  return /^https:/.test(origin) ? new URL(origin).origin : undefined;
}
