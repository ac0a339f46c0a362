import { fieldOf } from "../generate/document/json.js";
import type { DraftInput } from "./draft.js";

/** Writes that the provider deduplicates, in the words of a profile. */
export interface IdempotencyDraft {
  readonly header: string;
  readonly methods: readonly string[];
  readonly maxLength?: number;
}

// The key that the client makes where its caller gives none; a smaller bound could not be kept.
const UUID_LENGTH = 36;
const WRITES = ["POST", "PUT", "PATCH"];

/** The header that carries an idempotency key, and the methods most of whose operations declare it. */
export function readIdempotency({ operations }: DraftInput): IdempotencyDraft | undefined {
  const keyOf = (parameters: (typeof operations)[number]["parameters"]) =>
    parameters.find(({ place, name }) => place === "header" && /^(x-)?idempot(ency|ent)-?key$/i.test(name));
  const methods = WRITES.filter((method) => {
    const all = operations.filter((operation) => operation.method === method);
    return 2 * all.filter(({ parameters }) => keyOf(parameters) !== undefined).length > all.length;
  });
  const key = operations
    .filter(({ method }) => methods.includes(method))
    .map(({ parameters }) => keyOf(parameters))
    .find((parameter) => parameter !== undefined);
  if (key === undefined) return undefined;
  const maxLength = fieldOf(fieldOf(key.json, "schema"), "maxLength");
  return {
    header: key.name.toLowerCase(),
    methods,
    ...(typeof maxLength === "number" && maxLength >= UUID_LENGTH && { maxLength }),
  };
}
