import { inspect } from "node:util";

/** The encoding in which a secret was found; `raw` is the secret itself. */
export type LeakEncoding = "raw" | "base64" | "base64url" | "hex" | "percent";

/** A place where a secret is visible. */
export interface Leak {
  readonly encoding: LeakEncoding;
  /** `message`, `cause.headers.authorization`, `inspect()`, `JSON` ... */
  readonly at: string;
}

interface SearchText {
  readonly encoding: LeakEncoding;
  readonly text: string;
  readonly ignoreCase: boolean;
}

const minCanaryLength = 8;

// The base64 text of a secret depends on its offset within the encoded bytes, modulo three. The characters at both ends
// are left out, since they also encode bits of the adjacent bytes.
function base64Variants(secret: string): string[] {
  return [0, 1, 2].map((offset) => {
    const encoded = Buffer.concat([Buffer.alloc(offset), Buffer.from(secret)])
      .toString("base64")
      .replace(/=+$/, "");
    const endsOnBoundary = (offset + Buffer.byteLength(secret)) % 3 === 0;
    return encoded.slice(offset === 0 ? 0 : offset + 1, endsOnBoundary ? undefined : -1);
  });
}

function searchTextsFor(secret: string): SearchText[] {
  const base64 = base64Variants(secret);
  const hex = Buffer.from(secret).toString("hex");
  const percent = [encodeURIComponent(secret), hex.replace(/../g, "%$&")];
  return [
    { encoding: "raw", text: secret, ignoreCase: false },
    ...base64.map((text): SearchText => ({ encoding: "base64", text, ignoreCase: false })),
    ...base64.map(
      (text): SearchText => ({
        encoding: "base64url",
        text: text.replaceAll("+", "-").replaceAll("/", "_"),
        ignoreCase: false,
      }),
    ),
    { encoding: "hex", text: hex, ignoreCase: true },
    ...percent.map((text): SearchText => ({ encoding: "percent", text: text.toLowerCase(), ignoreCase: true })),
  ];
}

function findEncoding(searchTexts: readonly SearchText[], text: string): LeakEncoding | undefined {
  const lower = text.toLowerCase();
  return searchTexts.find((one) => (one.ignoreCase ? lower : text).includes(one.text))?.encoding;
}

/** Every string that can be reached from a value, with its path. */
function* stringsIn(sink: unknown, at: string, seen: Set<object>): Generator<readonly [at: string, text: string]> {
  if (typeof sink === "string") yield [at, sink];
  if (typeof sink !== "object" || sink === null || seen.has(sink)) return;
  seen.add(sink);
  if (ArrayBuffer.isView(sink))
    return yield [at, Buffer.from(sink.buffer, sink.byteOffset, sink.byteLength).toString("latin1")];
  const memberPath = (name: string) => (at === "" ? name : `${at}.${name}`);
  const entries: Iterable<readonly [unknown, unknown]> =
    sink instanceof Map || sink instanceof Headers || sink instanceof URLSearchParams || sink instanceof FormData
      ? sink.entries()
      : sink instanceof Set
        ? sink.entries()
        : [...Object.entries(sink), ...errorMembers(sink)];
  for (const [key, value] of entries) {
    yield [at, String(key)];
    yield* stringsIn(value, memberPath(String(key)), seen);
  }
}

// Members of errors that are not enumerable, but visible in logs.
function errorMembers(sink: object): [string, unknown][] {
  if (!(sink instanceof Error)) return [];
  const members: [string, unknown][] = [
    ["message", sink.message],
    ["stack", sink.stack],
    ["cause", sink.cause],
  ];
  return sink instanceof AggregateError ? [...members, ["errors", sink.errors]] : members;
}

function toJson(sink: unknown): string {
  try {
    return JSON.stringify(sink) ?? "";
  } catch {
    return "";
  }
}

/**
 * Searches a string, an error, a log record or any other value for a secret: unencoded, and in base64, base64url, hex and
 * percent-encoding, also as a part of a longer encoded text. Returns the places where it was found, so that a test expects
 * an empty list. Throws a RangeError for a secret of fewer than 8 characters, which might be found by chance.
 */
export function canaryScan(secret: string, sink: unknown): Leak[] {
  if (secret.length < minCanaryLength)
    throw new RangeError(`secret must have at least ${minCanaryLength} characters, got ${secret.length}`);
  const searchTexts = searchTextsFor(secret);
  const leaks = new Map<string, Leak>();
  const record = (at: string, text: string) => {
    const encoding = findEncoding(searchTexts, text);
    if (encoding !== undefined && !leaks.has(at)) leaks.set(at, { encoding, at });
  };
  for (const [at, text] of stringsIn(sink, "", new Set())) record(at, text);
  if (typeof sink === "object" && sink !== null) {
    record(
      "inspect()",
      inspect(sink, {
        depth: Number.POSITIVE_INFINITY,
        maxArrayLength: null,
        maxStringLength: null,
        breakLength: Number.POSITIVE_INFINITY,
      }),
    );
    record("JSON", toJson(sink));
  }
  return [...leaks.values()];
}
