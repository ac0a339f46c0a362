import { inspect } from "node:util";

/** What the program can learn from an error. */
export interface ErrorFacts {
  readonly name: string;
  readonly message: string;
  /** Texts and numbers of the error and of what it holds, with the name of each; no stacks. */
  readonly facts: readonly (readonly [key: string, value: string | number])[];
  /** In which form of the error, as programs log it, the credential is. */
  readonly shows: readonly string[];
}

/** The entries of an object that keeps them behind methods or getters. */
function entriesOf(value: object): [string, unknown][] {
  if (value instanceof Headers || value instanceof Map)
    return [...value.entries()].map(([key, one]) => [String(key), one]);
  if (value instanceof Response)
    return [
      ["status", value.status],
      ["url", value.url],
      ["headers", value.headers],
    ];
  if (value instanceof Request)
    return [
      ["method", value.method],
      ["url", value.url],
    ];
  if (value instanceof URL) return [["url", value.href]];
  const names = Object.getOwnPropertyNames(value).filter((name) => name !== "stack");
  return names.map((name) => {
    try {
      return [name, (value as Record<string, unknown>)[name]];
    } catch {
      return [name, undefined];
    }
  });
}

function collect(error: unknown): ErrorFacts["facts"] {
  const facts: (readonly [string, string | number])[] = [];
  const seen = new Set<unknown>();
  let level: [string, unknown][] = [["error", error]];
  // Level by level, so that what is near the error comes before what a socket holds.
  for (let depth = 0; depth < 5 && facts.length < 4_000; depth += 1) {
    const next: [string, unknown][] = [];
    for (const [key, value] of level) {
      if (typeof value === "string") facts.push([key, value.slice(0, 2_000)]);
      else if (typeof value === "number") facts.push([key, value]);
      else if (typeof value === "object" && value !== null && !ArrayBuffer.isView(value) && !seen.has(value)) {
        seen.add(value);
        if (Array.isArray(value)) facts.push([`${key}.length`, value.length]);
        next.push(...entriesOf(value));
      }
    }
    level = next;
  }
  return facts.slice(0, 4_000);
}

function textOf(write: () => string | undefined): string {
  try {
    return write() ?? "";
  } catch {
    return "";
  }
}

/** Reads an error as a program that logs it does. */
export function errorFacts(error: unknown, secrets: readonly string[]): ErrorFacts {
  const { name = "", message = "" } = (error ?? {}) as Partial<Error>;
  const forms = {
    "the message": String(message),
    "console.error()": textOf(() => inspect(error)),
    "JSON.stringify()": textOf(() => JSON.stringify(error)),
  };
  const shows = Object.entries(forms).filter(([, text]) => secrets.some((secret) => text.includes(secret)));
  return {
    name: String(name),
    message: String(message).slice(0, 300),
    facts: collect(error),
    shows: shows.map(([form]) => form),
  };
}
