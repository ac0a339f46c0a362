import type { LoadedDocument } from "../../document/loaded-document.js";
import { arrayIn, stringIn } from "../document/json.js";
import type { GeneratorProfile } from "../generator-profile.js";
import { isAllowedServer, readServerUrl } from "./server-url.js";

/** Where whole documents are served from. */
export interface DocumentServers {
  /** The server of a document's operations, where it is not the profile's base URL. */
  serverOf(document: LoadedDocument): string | undefined;
  /** A sentence for each document whose servers are overruled by the profile. */
  readonly warnings: readonly string[];
}

/**
 * Decides between documents and profile. A document's server counts beside another document that is served from the
 * base URL, and where the profile allows it. Otherwise the profile wins: it is written by hand, and documents name
 * test hosts and plain http.
 */
export function readDocumentServers(documents: readonly LoadedDocument[], profile: GeneratorProfile): DocumentServers {
  const foreign = new Map<LoadedDocument, string>();
  for (const document of documents) {
    const url = foreignServer(document, profile);
    if (url !== undefined) foreign.set(document, url);
  }
  const isBaseUrlKnown = foreign.size < documents.length;
  const isFollowed = (url: string) => isBaseUrlKnown && isAllowedServer(url, profile);
  return {
    serverOf: (document) => {
      const url = foreign.get(document);
      return url !== undefined && isFollowed(url) ? url : undefined;
    },
    warnings: [...foreign]
      .filter(([, url]) => !isFollowed(url))
      .map(
        ([{ name }, url]) =>
          `Document "${name}" names the server ${url}; its calls go to ${profile.baseUrl}, as the profile says.`,
      ),
  };
}

function foreignServer(document: LoadedDocument, profile: GeneratorProfile): string | undefined {
  const servers = arrayIn(document.json, "servers").filter((server) => /^https?:/i.test(stringIn(server, "url") ?? ""));
  const urls = servers.map((server) => readServerUrl(server, profile.baseUrl));
  return urls.includes(profile.baseUrl) ? undefined : urls[0];
}
