import { type Call, type CallInit, ConfigurationError } from "@connectry/core";
import type { RequestPreview } from "../options/agent-options.js";
import { type ConnectorParts, placeholder } from "./connector-parts.js";
import { createTwin } from "./twin.js";

function textOf(call: Call): string | undefined {
  const { body } = call;
  if (body === undefined) return undefined;
  if (typeof body.data === "string") return body.data;
  return body.data instanceof Uint8Array ? new TextDecoder().decode(body.data) : "(a stream)";
}

/** The headers that say what the request does. Those of the client may hold secrets of its own. */
function shownHeaders({ headers, body }: Call, { profile }: ConnectorParts, own: readonly string[]) {
  const names = [
    "content-type",
    profile.versionHeader,
    profile.idempotency?.header,
    ...own.map((name) => name.toLowerCase()),
  ];
  const entries = Object.entries(headers).filter(
    ([name, value]) => names.includes(name) && !value.includes(placeholder),
  );
  return Object.fromEntries([...entries, ...(body?.contentType ? [["content-type", body.contentType] as const] : [])]);
}

/**
 * The request that a call sends, byte for byte but for its credential: it is serialized as the call is, and goes nowhere.
 * Throws ConfigurationError for what cannot be sent.
 */
export async function previewRequest(
  parts: ConnectorParts,
  { method, path }: { readonly method: string; readonly path: string },
  init: CallInit,
): Promise<RequestPreview> {
  const { baseUrl, providerUrl } = parts.operationOf(method, path);
  let sent: Call | undefined;
  const twin = createTwin(parts, {
    ...(baseUrl !== providerUrl && { baseUrl, allowHttp: true }),
    transport: async (call) => {
      sent = call;
      throw new Error("a preview is not sent");
    },
  });
  const { account, signal, ...rest } = init;
  await twin.safe[method]?.(path, rest);
  const call = sent as Call | undefined;
  if (call === undefined) throw new ConfigurationError(`${method} ${path}: the request could not be shown.`);
  return {
    method: call.operation.method,
    url: call.url.replaceAll(placeholder, "***"),
    headers: shownHeaders(call, parts, Object.keys(init.params?.header ?? {})),
    body: textOf(call),
  };
}
