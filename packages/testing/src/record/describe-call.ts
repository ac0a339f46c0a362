import type { Call } from "@connectry/core";
import { parseForm, parsePairs } from "../http/parse-form.js";
import { isObject } from "../json/json-object.js";
import { recordRequestBody } from "./recorded-body.js";
import type { RecordedCall } from "./recording-file.js";

/** What of a call identifies it. */
export interface DescribeOptions {
  /** Names of parameters and members of bodies that differ from run to run. */
  readonly ignore: readonly string[];
  /** Names of headers that tell requests apart. */
  readonly matchHeaders: readonly string[];
}

/** A text with the provider's own address where the client uses another one, such as that of a fake on a free port. */
export function toProviderUrl(text: string, { operation: { baseUrl, providerUrl } }: Pick<Call, "operation">): string {
  if (baseUrl === providerUrl) return text;
  return text.replaceAll(baseUrl, providerUrl).replaceAll(new URL(baseUrl).origin, new URL(providerUrl).origin);
}

function withoutMembers(value: unknown, names: readonly string[]): unknown {
  if (Array.isArray(value)) return value.map((item) => withoutMembers(item, names));
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name]) => !names.includes(name))
      .map(([name, member]) => [name, withoutMembers(member, names)]),
  );
}

/** A URL with the names of ignored path parameters in place of their values. */
function withoutParameters(url: URL, template: string, ignore: readonly string[]): string {
  const sent = url.pathname.split("/");
  const expected = template.split("/");
  const offset = sent.length - expected.length;
  for (const [index, segment] of expected.entries()) {
    const name = /^\{(.+?)\}/.exec(segment)?.[1];
    if (offset >= 0 && name !== undefined && ignore.includes(name)) sent[index + offset] = segment;
  }
  // What replaces a secret, once a replayed response has led to the address.
  return url.origin + sent.join("/").replaceAll("%2A", "*");
}

/** Reads a call: what identifies it, and the call with a body that can be sent, since a stream exists once. */
export async function describeCall(
  call: Call,
  { ignore, matchHeaders }: DescribeOptions,
): Promise<{ readonly request: RecordedCall; readonly call: Call }> {
  const { operation, body } = call;
  const bytes = new Uint8Array(await new Response(body?.data).arrayBuffer());
  const url = new URL(toProviderUrl(call.url, call));
  const query = withoutMembers(parseForm(parsePairs(url.search.slice(1)), "repeat"), ignore) as RecordedCall["query"];
  const headers = Object.fromEntries(
    matchHeaders.flatMap((name) => {
      const key = name.toLowerCase();
      const value = call.headers[key];
      return value === undefined ? [] : [[key, value]];
    }),
  );
  const content = recordRequestBody(bytes, body?.contentType ?? call.headers["content-type"] ?? "");
  const request: RecordedCall = {
    operation: operation.id,
    method: operation.method,
    url: withoutParameters(url, operation.path, ignore),
    ...(Object.keys(query ?? {}).length > 0 && { query }),
    ...(Object.keys(headers).length > 0 && { headers }),
    ...(withoutMembers(content, ignore) as object),
  };
  const isStream = body?.kind === "one-shot";
  return {
    request,
    call: isStream ? { ...call, body: { kind: "replayable", contentType: body.contentType, data: bytes } } : call,
  };
}
