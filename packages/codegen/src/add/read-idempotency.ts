import { fieldOf } from "../generate/document/json.js";
import type { DraftInput } from "./draft.js";

/** How the provider deduplicates writes: the field `idempotency` of a profile. */
export interface IdempotencyDraft {
  readonly header: string;
  readonly methods: readonly string[];
  readonly maxLength?: number;
}

// The client generates a UUID where the caller passes no key, so a smaller maximum could not be respected.
const UUID_LENGTH = 36;
const WRITES = ["POST", "PUT", "PATCH"];

/** The header for the idempotency key, and the methods of which most operations declare it: none where only single operations do. */
export function readIdempotency({ operations }: DraftInput): IdempotencyDraft | undefined {
  const keyOf = (parameters: (typeof operations)[number]["parameters"]) =>
    parameters.find(({ place, name }) => place === "header" && /^(x-)?idempot(ency|ent)-?key$/i.test(name));
  const methods = WRITES.filter((method) => {
    const all = operations.filter((operation) => operation.method === method);
    return 2 * all.filter(({ parameters }) => keyOf(parameters) !== undefined).length > all.length;
  });
  // Where only few declare it, no method has it by default: those operations have it by their facts.
  const key = operations
    .filter(({ method }) => WRITES.includes(method) && (methods.length === 0 || methods.includes(method)))
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
