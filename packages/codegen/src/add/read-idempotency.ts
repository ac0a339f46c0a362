import { fieldOf } from "../generate/document/json.js";
import { propertiesOf } from "../generate/facts/schema-shape.js";
import { readMedia } from "../generate/operations/media-type.js";
import type { DraftInput } from "./draft.js";
import { schemaAt } from "./schema-paths.js";

/** How the provider deduplicates writes: the field `idempotency` of a profile. */
export interface IdempotencyDraft {
  readonly header?: string;
  readonly field?: string;
  readonly methods: readonly string[];
  readonly maxLength?: number;
  readonly with?: Readonly<Record<string, boolean>>;
}

// The client generates a UUID where the caller passes no key, so a smaller maximum of a header could not be respected.
const UUID_LENGTH = 36;
const WRITES = ["POST", "PUT", "PATCH"];

/** The header for the idempotency key, or else the field of bodies that has it. */
export function readIdempotency(input: DraftInput): IdempotencyDraft | undefined {
  return readHeader(input) ?? readField(input);
}

/** The header, and the methods of which most operations declare it: none where only single operations do. */
function readHeader({ operations }: DraftInput): IdempotencyDraft | undefined {
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

/**
 * The field, `idempotency_key` or one beside which there is a switch, such as `nonce` and `enforce_nonce`. The operations that have it
 * are in the facts.
 */
function readField({ document, operations }: DraftInput): IdempotencyDraft | undefined {
  const bodies = operations
    .filter(({ method, body }) => WRITES.includes(method) && body !== undefined)
    .flatMap(({ body }) => readMedia(document, body?.json ?? {}).filter(({ kind }) => kind === "json"));
  const found = bodies.flatMap(({ schema }) => {
    const properties = propertiesOf(document, schema);
    const names = [...properties.keys()];
    const field = names.find(
      (name) =>
        /^idempotency_?key$/i.test(name) || (properties.has(`enforce_${name}`) && /nonce|key|token/i.test(name)),
    );
    if (field === undefined) return [];
    const maxLengths = [schemaAt(document, schema, [field])].flatMap((property) => [
      fieldOf(property, "maxLength"),
      ...[fieldOf(property, "oneOf"), fieldOf(property, "anyOf")].flat().map((member) => fieldOf(member, "maxLength")),
    ]);
    return [{ field, properties, maxLengths: maxLengths.filter((length) => typeof length === "number") }];
  });
  const [first] = found;
  if (first === undefined) return undefined;
  const same = found.filter(({ field }) => field === first.field);
  const lengths = same.flatMap(({ maxLengths }) => maxLengths).filter((length) => length > 0);
  return {
    field: first.field,
    methods: [],
    ...(lengths.length > 0 && { maxLength: Math.min(...lengths) }),
    ...(first.properties.has(`enforce_${first.field}`) && { with: { [`enforce_${first.field}`]: true } }),
  };
}
