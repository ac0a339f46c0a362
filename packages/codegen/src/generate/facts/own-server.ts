import { CodegenError } from "../../errors/codegen-error.js";
import { type ApiOperation, operationKey } from "../operations/api-operation.js";
import type { GeneratorProfile } from "../profile/generator-profile.js";
import { isAllowedServer, readServerUrl } from "./server-url.js";

/**
 * The server that an operation or its path item names; undefined if it names none, or the profile's `baseUrl`.
 * @throws CodegenError if the profile does not allow its origin.
 */
export function ownServer(operation: ApiOperation, profile: GeneratorProfile): string | undefined {
  const urls = operation.servers.map((server) => readServerUrl(server, profile.baseUrl));
  if (urls.length === 0 || urls.includes(profile.baseUrl)) return undefined;
  const url = urls[0];
  if (url !== undefined && isAllowedServer(url, profile)) return url;
  throw new CodegenError(
    `${operationKey(operation)} is served from ${url ?? "a server whose URL is not valid"}, which the profile "${profile.id}" does not allow.`,
    [
      "Add its origin to the profile's `origins` if credentials may be sent there, or remove the server with an overlay.",
      `Document: ${operation.document.name} (${operation.document.origin})`,
    ],
  );
}
