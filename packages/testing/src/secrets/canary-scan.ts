import { inspect } from "node:util";

/** In which form a secret was found. */
export type LeakForm = "raw" | "base64" | "base64url" | "hex" | "percent";

/** A place where a secret can be read. */
export interface Leak {
  readonly form: LeakForm;
  /** `message`, `cause.headers.authorization`, `inspect()`, `JSON` ... */
  readonly at: string;
}

interface Needle {
  readonly form: LeakForm;
  readonly text: string;
  readonly ignoreCase: boolean;
}

const minCanaryLength = 8;

// Base64 of a secret depends on where in the encoded text it begins: there are three ways, less the characters at
// both ends that the neighbours share.
function base64Forms(secret: string): string[] {
  return [0, 1, 2].map((offset) => {
    const encoded = Buffer.concat([Buffer.alloc(offset), Buffer.from(secret)])
      .toString("base64")
      .replace(/=+$/, "");
    const whole = (offset + Buffer.byteLength(secret)) % 3 === 0;
    return encoded.slice(offset === 0 ? 0 : offset + 1, whole ? undefined : -1);
  });
}

function needlesOf(secret: string): Needle[] {
  const base64 = base64Forms(secret);
  const hex = Buffer.from(secret).toString("hex");
  const percent = [encodeURIComponent(secret), hex.replace(/../g, "%$&")];
  return [
    { form: "raw", text: secret, ignoreCase: false },
    ...base64.map((text): Needle => ({ form: "base64", text, ignoreCase: false })),
    ...base64.map(
      (text): Needle => ({
        form: "base64url",
        text: text.replaceAll("+", "-").replaceAll("/", "_"),
        ignoreCase: false,
      }),
    ),
    { form: "hex", text: hex, ignoreCase: true },
    ...percent.map((text): Needle => ({ form: "percent", text: text.toLowerCase(), ignoreCase: true })),
  ];
}

function find(needles: readonly Needle[], text: string): LeakForm | undefined {
  const lower = text.toLowerCase();
  return needles.find((needle) => (needle.ignoreCase ? lower.includes(needle.text) : text.includes(needle.text)))?.form;
}

/** Every text that an object shows to whoever walks it, and the way to it. */
function* textsOf(sink: unknown, at: string, seen: Set<object>): Generator<readonly [at: string, text: string]> {
  if (typeof sink === "string") yield [at, sink];
  if (typeof sink !== "object" || sink === null || seen.has(sink)) return;
  seen.add(sink);
  if (ArrayBuffer.isView(sink))
    return yield [at, Buffer.from(sink.buffer, sink.byteOffset, sink.byteLength).toString("latin1")];
  const inside = (name: string) => (at === "" ? name : `${at}.${name}`);
  const entries: Iterable<readonly [unknown, unknown]> =
    sink instanceof Map || sink instanceof Headers || sink instanceof URLSearchParams || sink instanceof FormData
      ? sink.entries()
      : sink instanceof Set
        ? sink.entries()
        : [...Object.entries(sink), ...hiddenOfErrors(sink)];
  for (const [key, value] of entries) {
    yield [at, String(key)];
    yield* textsOf(value, inside(String(key)), seen);
  }
}

// What errors show although it is not enumerable.
function hiddenOfErrors(sink: object): [string, unknown][] {
  if (!(sink instanceof Error)) return [];
  const hidden: [string, unknown][] = [
    ["message", sink.message],
    ["stack", sink.stack],
    ["cause", sink.cause],
  ];
  return sink instanceof AggregateError ? [...hidden, ["errors", sink.errors]] : hidden;
}

function json(sink: unknown): string {
  try {
    return JSON.stringify(sink) ?? "";
  } catch {
    return "";
  }
}

/**
 * Looks for a secret in a text, an error, a log record, any value: as it is, and in base64, base64url, hex and
 * percent-encoding, also inside of a longer encoded text. Returns where it was found; an empty list is what a test
 * wants. Throws a RangeError for a secret so short that it would be found by chance.
 */
export function canaryScan(secret: string, sink: unknown): Leak[] {
  if (secret.length < minCanaryLength)
    throw new RangeError(`A canary has at least ${minCanaryLength} characters; this one has ${secret.length}.`);
  const needles = needlesOf(secret);
  const leaks = new Map<string, Leak>();
  const look = (at: string, text: string) => {
    const form = find(needles, text);
    if (form !== undefined && !leaks.has(at)) leaks.set(at, { form, at });
  };
  for (const [at, text] of textsOf(sink, "", new Set())) look(at, text);
  if (typeof sink === "object" && sink !== null) {
    look(
      "inspect()",
      inspect(sink, {
        depth: Number.POSITIVE_INFINITY,
        maxArrayLength: null,
        maxStringLength: null,
        breakLength: Number.POSITIVE_INFINITY,
      }),
    );
    look("JSON", json(sink));
  }
  return [...leaks.values()];
}
