import { CodegenError } from "../../errors/codegen-error.js";
import { type ApiOperation, operationKey } from "../operations/api-operation.js";
import type { GeneratorProfile } from "../profile/generator-profile.js";
import { isAllowedServer, isBaseUrl, readServerUrl } from "./server-url.js";

/**
 * The server that an operation or its path item names; undefined if it names none, or the base URL of an
 * environment.
 * @throws CodegenError if the profile does not allow its origin.
 */
export function ownServer(operation: ApiOperation, profile: GeneratorProfile): string | undefined {
  const [server] = operation.servers;
  if (server === undefined || operation.servers.some((one) => isBaseUrl(one, profile))) return undefined;
  const url = readServerUrl(server, profile.baseUrl);
  if (url !== undefined && isAllowedServer(url, profile)) return url;
  throw new CodegenError(
    `${operationKey(operation)} is served from ${url ?? "a server whose URL is not valid"}, which the profile "${profile.id}" does not allow.`,
    [
      "Add its origin to the profile's `origins` if credentials may be sent there, or remove the server with an overlay.",
      `Document: ${operation.document.name} (${operation.document.origin})`,
    ],
  );
}
