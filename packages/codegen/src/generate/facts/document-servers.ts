import type { LoadedDocument } from "../../document/loaded-document.js";
import { arrayIn, stringIn } from "../document/json.js";
import type { GeneratorProfile } from "../profile/generator-profile.js";
import { isAllowedServer, isBaseUrl, readServerUrl } from "./server-url.js";

/** The servers of whole documents. */
export interface DocumentServers {
  /** The server of a document's operations, if it is not that of an environment of the profile. */
  serverOf(document: LoadedDocument): string | undefined;
  /** A sentence for each document whose servers are ignored in favor of the profile. */
  readonly warnings: readonly string[];
}

/**
 * Chooses between the servers of documents and the profile. A document's server is used if another document is served
 * from the profile's `baseUrl` and the profile allows the server. Otherwise the profile takes precedence: it is written
 * by hand, while documents name test hosts and plain http.
 */
export function readDocumentServers(documents: readonly LoadedDocument[], profile: GeneratorProfile): DocumentServers {
  const foreign = new Map<LoadedDocument, string>();
  for (const document of documents) {
    const url = foreignServer(document, profile);
    if (url !== undefined) foreign.set(document, url);
  }
  const isBaseUrlServed = foreign.size < documents.length;
  const isUsed = (url: string) => isBaseUrlServed && isAllowedServer(url, profile);
  return {
    serverOf: (document) => {
      const url = foreign.get(document);
      return url !== undefined && isUsed(url) ? url : undefined;
    },
    warnings: [...foreign]
      .filter(([, url]) => !isUsed(url))
      .map(
        ([{ name }, url]) =>
          `Document "${name}" names the server ${url}, but its calls go to ${profile.baseUrl}, the profile's baseUrl.`,
      ),
  };
}

function foreignServer(document: LoadedDocument, profile: GeneratorProfile): string | undefined {
  const servers = arrayIn(document.json, "servers").filter((server) => /^https?:/i.test(stringIn(server, "url") ?? ""));
  if (servers.some((server) => isBaseUrl(server, profile))) return undefined;
  return servers.length > 0 ? readServerUrl(servers[0], profile.baseUrl) : undefined;
}
