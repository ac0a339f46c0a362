import { arrayIn } from "../generate/document/json.js";
import { readServerUrl } from "../generate/facts/server-url.js";
import { withoutBraces } from "../generate/profile/without-braces.js";
import { accountVariables, type DraftVariables } from "./account-variables.js";
import type { Drafted, DraftInput } from "./draft.js";
import { type DraftedEnvironments, readEnvironments } from "./read-environments.js";

// Relative URLs are resolved against it, so that they can be recognized.
const RELATIVE_BASE = "https://relative.invalid";

/** A base URL, and the variables that come with an account. */
export interface DraftedBaseUrl extends Drafted<string> {
  readonly variables: DraftVariables | undefined;
  readonly environments: DraftedEnvironments["environments"];
}

/**
 * The base URL of the API: the first absolute https URL among the servers of the document, of those for real data where it says which.
 * Where its host has variables of which the document has no value, or an obvious sample, they are those of an account.
 */
export function readBaseUrl(input: DraftInput): DraftedBaseUrl {
  const { main, environments, variables: others, todos: open } = readEnvironments(input);
  const { url, variables: own } = accountVariables(main);
  const variables = { ...own, ...others };
  const names = Object.keys(variables);
  const { value, todos } = own === undefined ? readFixedUrl(input, main) : { value: url, todos: [] };
  const check = `the host comes with the account: check ${names.join(", ")} and the pattern, so that no value leads to a foreign host.`;
  return {
    value,
    todos: [...todos, ...(names.length > 0 ? [check] : []), ...open],
    variables: names.length > 0 ? variables : undefined,
    environments,
  };
}

/** The first absolute https URL among the servers of the document, with the defaults of variables. */
function readFixedUrl({ id, document, operations }: DraftInput, main: unknown): Drafted<string> {
  const servers = [main, ...arrayIn(document.json, "servers"), ...operations.flatMap((operation) => operation.servers)];
  const urls = servers.map((server) => readServerUrl(server, RELATIVE_BASE)).filter((url) => url !== undefined);
  const absolute = urls.filter((url) => !url.startsWith(RELATIVE_BASE) && !isLocal(url));
  const secure = absolute.find((url) => url.startsWith("https:"));
  if (secure !== undefined) return { value: secure, todos: isPlaceholder(secure) ? [PLACEHOLDER] : [] };
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

/** The other origins that single operations are served from, which are not those of environments. */
export function readOrigins({ operations }: DraftInput, baseUrls: readonly string[]): Drafted<readonly string[]> {
  const [baseUrl = ""] = baseUrls;
  const urls = operations
    .filter(({ servers }) => !servers.some((server) => baseUrls.some((one) => readServerUrl(server, one) === one)))
    .flatMap(({ servers }) => servers.slice(0, 1).map((server) => readServerUrl(server, baseUrl)));
  const origins = new Set(urls.flatMap((url) => (url === undefined ? [] : [new URL(withoutBraces(url)).origin])));
  origins.delete(new URL(withoutBraces(baseUrl)).origin);
  return {
    value: [...origins].sort(),
    todos:
      origins.size > 0 ? ["single operations have these servers. Keep those that may receive the credential."] : [],
  };
}

const PLACEHOLDER = "the host is a placeholder. Enter the base URL of the API.";

/** Whether a host is reserved for documentation (RFC 2606), or obviously one to be replaced. */
function isPlaceholder(url: string): boolean {
  return /(^|\.)(example\.(com|net|org)|invalid)$|(^|[.-])(your|yourdomain|my-?domain|placeholder)([.-]|$)/i.test(
    new URL(url).hostname,
  );
}

function isLocal(url: string): boolean {
  return /^(localhost|127\.|\[::1\]|0\.0\.0\.0)/.test(new URL(url).host);
}

function originOf(origin: string): string | undefined {
  return /^https:/.test(origin) ? new URL(origin).origin : undefined;
}
