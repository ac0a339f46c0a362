import { CodegenError } from "../../codegen-error.js";
import type { LoadedDocument } from "../../document/loaded-document.js";
import { arrayIn, fieldOf, objectIn, stringIn } from "../document/json.js";
import type { GeneratorProfile } from "../generator-profile.js";
import { type ApiOperation, operationKey } from "../operations/api-operation.js";

/**
 * Where an operation is served from, if not at the profile's base URL: a server of its own, else of its document.
 * @throws CodegenError where its own server's origin is none that the profile allows.
 */
export function ownServer(operation: ApiOperation, profile: GeneratorProfile): string | undefined {
  if (operation.servers.length === 0) {
    // A foreign server of the whole document is not followed: profiles are written by hand, and documents name test
    // hosts and plain http.
    const url = foreignServer(operation.document, profile);
    return url !== undefined && isAllowed(url, profile) ? url : undefined;
  }
  const urls = operation.servers.map((server) => serverUrl(server, profile.baseUrl));
  if (urls.includes(profile.baseUrl)) return undefined;
  const url = urls[0];
  if (url !== undefined && isAllowed(url, profile)) return url;
  throw new CodegenError(
    `${operationKey(operation)} is served from ${url ?? "a server whose URL cannot be read"}, which the profile "${profile.id}" does not allow.`,
    [
      `Add its origin to the profile's \`origins\` if credentials may go there, or remove the server with an overlay.`,
      `Document: ${operation.document.name} (${operation.document.origin})`,
    ],
  );
}

/** A sentence for a document whose servers are all somewhere else than the profile sends its calls to. */
export function serverWarning(document: LoadedDocument, profile: GeneratorProfile): string | undefined {
  const url = foreignServer(document, profile);
  if (url === undefined || isAllowed(url, profile)) return undefined;
  return `Document "${document.name}" names the server ${url}; calls go to ${profile.baseUrl}, as the profile says.`;
}

function foreignServer(document: LoadedDocument, profile: GeneratorProfile): string | undefined {
  const servers = arrayIn(document.json, "servers").filter((server) => /^https?:/i.test(stringIn(server, "url") ?? ""));
  const urls = servers.map((server) => serverUrl(server, profile.baseUrl));
  return urls.includes(profile.baseUrl) ? undefined : urls[0];
}

function isAllowed(url: string, profile: GeneratorProfile): boolean {
  const { origin } = new URL(url);
  return origin === new URL(profile.baseUrl).origin || profile.origins.includes(origin);
}

/** A server's URL with its variables at their defaults, without a trailing slash, query and fragment. */
function serverUrl(server: unknown, baseUrl: string): string | undefined {
  const variables = objectIn(server, "variables");
  const text = (stringIn(server, "url") ?? "").replace(/\{([^{}]+)\}/g, (all, name: string) => {
    const value = fieldOf(fieldOf(variables, name), "default");
    return typeof value === "string" || typeof value === "number" ? String(value) : all;
  });
  if (text === "" || /[{}]/.test(text) || !URL.canParse(text, `${baseUrl}/`)) return undefined;
  const url = new URL(text, `${baseUrl}/`);
  if (!/^https?:$/.test(url.protocol) || url.username !== "" || url.password !== "") return undefined;
  return (url.origin + url.pathname).replace(/\/+$/, "");
}
