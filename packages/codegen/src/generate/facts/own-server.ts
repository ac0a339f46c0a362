import { CodegenError } from "../../codegen-error.js";
import type { GeneratorProfile } from "../generator-profile.js";
import { type ApiOperation, operationKey } from "../operations/api-operation.js";
import { isAllowedServer, readServerUrl } from "./server-url.js";

/**
 * The server that an operation, or its path, names for itself; undefined where it names none or the base URL.
 * @throws CodegenError where its origin is none that the profile allows.
 */
export function ownServer(operation: ApiOperation, profile: GeneratorProfile): string | undefined {
  const urls = operation.servers.map((server) => readServerUrl(server, profile.baseUrl));
  if (urls.length === 0 || urls.includes(profile.baseUrl)) return undefined;
  const url = urls[0];
  if (url !== undefined && isAllowedServer(url, profile)) return url;
  throw new CodegenError(
    `${operationKey(operation)} is served from ${url ?? "a server whose URL cannot be read"}, which the profile "${profile.id}" does not allow.`,
    [
      "Add its origin to the profile's `origins` if credentials may go there, or remove the server with an overlay.",
      `Document: ${operation.document.name} (${operation.document.origin})`,
    ],
  );
}
