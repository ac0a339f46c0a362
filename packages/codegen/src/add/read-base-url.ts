import { arrayIn } from "../generate/document/json.js";
import { readServerUrl } from "../generate/facts/server-url.js";
import type { Drafted, DraftInput } from "./draft.js";

// Relative URLs are resolved against it, so that they can be recognized.
const RELATIVE_BASE = "https://relative.invalid";

/** The base URL of the API: the first absolute https URL among the servers of the document. */
export function readBaseUrl({ id, document, operations }: DraftInput): Drafted<string> {
  const servers = [...arrayIn(document.json, "servers"), ...operations.flatMap((operation) => operation.servers)];
  const urls = servers.map((server) => readServerUrl(server, RELATIVE_BASE)).filter((url) => url !== undefined);
  const absolute = urls.filter((url) => !url.startsWith(RELATIVE_BASE) && !isLocal(url));
  const secure = absolute.find((url) => url.startsWith("https:"));
  if (secure !== undefined) return { value: secure, todos: [] };
  const [insecure] = absolute;
  if (insecure !== undefined) {
    const todos = ["the document has this URL with http. Check that it is served over https, too."];
    return { value: insecure.replace(/^http:/, "https:"), todos };
  }
  const relative = urls.find((url) => url.startsWith(RELATIVE_BASE));
  const path = relative?.slice(RELATIVE_BASE.length) ?? "";
  const documentOrigin = originOf(document.origin);
  if (documentOrigin !== undefined && relative !== undefined) {
    const todos = ["the document has only a path. Check the host: it is the one that the document was fetched from."];
    return { value: documentOrigin + path, todos };
  }
  return {
    value: `https://api.${id}.example${path}`,
    todos: ["the document has no server URL. Enter the base URL of the API."],
  };
}

/** The other origins that single operations are served from. */
export function readOrigins({ operations }: DraftInput, baseUrl: string): Drafted<readonly string[]> {
  const urls = operations
    .filter(({ servers }) => !servers.some((server) => readServerUrl(server, baseUrl) === baseUrl))
    .flatMap(({ servers }) => servers.slice(0, 1).map((server) => readServerUrl(server, baseUrl)));
  const origins = new Set(urls.flatMap((url) => (url === undefined ? [] : [new URL(url).origin])));
  origins.delete(new URL(baseUrl).origin);
  return {
    value: [...origins].sort(),
    todos:
      origins.size > 0 ? ["single operations have these servers. Keep those that may receive the credential."] : [],
  };
}

function isLocal(url: string): boolean {
  return /^(localhost|127\.|\[::1\]|0\.0\.0\.0)/.test(new URL(url).host);
}

function originOf(origin: string): string | undefined {
  return /^https:/.test(origin) ? new URL(origin).origin : undefined;
}
