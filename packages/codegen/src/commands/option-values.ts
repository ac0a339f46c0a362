import { CodegenError } from "../errors/codegen-error.js";
import { type ScalarType, scalarTypes } from "../graphql/scalar-type.js";
import type { MockOptions } from "./mock.js";

const defaultPort = 4010;

/** The options of a command line: their values, or an empty list for an option without a value. */
export type OptionValues = ReadonlyMap<string, readonly string[]>;

/** `--scalar NAME=TYPE`, each. @throws CodegenError for another form or type. */
export function readScalars(values: OptionValues): Readonly<Record<string, ScalarType>> {
  const pairs = (values.get("scalar") ?? []).map((text) => {
    const [, name = "", value = ""] = /^([_A-Za-z]\w*)=(\w+)$/.exec(text) ?? [];
    const type = scalarTypes.find((one) => one === value);
    if (type === undefined)
      throw new CodegenError(`\`--scalar\` must be NAME=TYPE with one of ${scalarTypes.join(", ")}, got "${text}".`);
    return [name, type] as const;
  });
  return Object.fromEntries(pairs);
}

/** `--webhook` with its secret. @throws CodegenError for one without the other, or what is not a URL. */
export function readWebhook(last: (name: string) => string | undefined): MockOptions["webhook"] {
  const url = last("webhook");
  const secret = last("webhook-secret");
  if (url === undefined && secret === undefined) return undefined;
  if (url === undefined || secret === undefined)
    throw new CodegenError(
      "`--webhook` and `--webhook-secret` belong together: pass the URL of the endpoint and its secret.",
    );
  if (URL.canParse(url) && /^https?:$/.test(new URL(url).protocol)) return { url, secret };
  throw new CodegenError(`\`--webhook\` must be a URL: --webhook http://localhost:3000/hooks, got "${url}".`);
}

/** `--max-calls`. @throws CodegenError for what is not a positive integer. */
export function readMaxCalls(text: string | undefined): number | undefined {
  const calls = text === undefined ? undefined : Number(text);
  if (calls === undefined || (Number.isInteger(calls) && calls > 0)) return calls;
  throw new CodegenError(`\`--max-calls\` must be a positive integer, got "${text}".`);
}

/** `--port`, 4010 by default. @throws CodegenError for what is not a port. */
export function readPort(text: string | undefined): number {
  const port = text === undefined ? defaultPort : Number(text);
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
  throw new CodegenError(`\`--port\` must be a number from 0 (any free port) to 65535, got "${text}".`);
}

/** The value of an option that takes one of several words. @throws CodegenError for another. */
export function oneOf<T extends string>(
  option: string,
  value: string | undefined,
  allowed: readonly T[],
): T | undefined {
  const found = allowed.find((one) => one === value);
  if (value === undefined || found !== undefined) return found;
  throw new CodegenError(`\`--${option}\` must be one of ${allowed.join(", ")}, got "${value}".`);
}
