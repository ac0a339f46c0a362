import { CodegenError } from "../../errors/codegen-error.js";
import { fieldOf, isJsonObject, type JsonObject, objectIn, stringIn } from "../document/json.js";
import { type GeneratorAuth, readAuthScheme } from "./auth-scheme.js";
import { readEnvironments } from "./environments.js";
import { type Fail, type ListStyle, readListStyles } from "./list-style.js";
import { oneOf } from "./one-of.js";
import { readOrigin, readUrl } from "./read-url.js";

export type { CursorTarget, ItemsLocation, JsonPath, ListStyle } from "./list-style.js";

/** The body forms that a profile can name. */
export const BODY_FORMS = ["json", "form-brackets", "form-repeat", "form-json", "multipart", "raw"] as const;
/** How a value is encoded in a request body. */
export type BodyForm = (typeof BODY_FORMS)[number];

/** The query styles that a profile can name. */
export const QUERY_STYLES = ["repeat", "comma", "space", "pipe", "brackets", "json"] as const;
/** How an array or object is encoded in a query. */
export type QueryStyle = (typeof QUERY_STYLES)[number];

/** What a profile can name for a 64-bit integer that a number does not hold. */
export const INT64_FORMS = ["string", "bigint"] as const;

/** The part of a provider's profile that the generator uses. */
export interface GeneratorProfile {
  readonly id: string;
  readonly baseUrl: string;
  /** Whether addresses have variables, which come with an account. */
  readonly hasVariables: boolean;
  readonly origins: readonly string[];
  /** The base URLs of the other environments; undefined where there is one environment. */
  readonly environments: readonly string[] | undefined;
  readonly auth: GeneratorAuth;
  /** Names of path parameters that a call may leave out. */
  readonly pathDefaults: ReadonlySet<string>;
  /** Names of path parameters whose values may contain slashes, in addition to those that the document marks. */
  readonly multiSegment: readonly string[];
  readonly headers: JsonObject;
  readonly versionHeader: string | undefined;
  /** The media type that the profile asks for in all operations. */
  readonly accept: string | undefined;
  readonly body: BodyForm;
  readonly query: QueryStyle;
  /** Writes are deduplicated by a header or by a field of their JSON. */
  readonly idempotency:
    | { readonly header: string | undefined; readonly field: string | undefined; readonly methods: readonly string[] }
    | undefined;
  /** The object that successes are wrapped in: its member, and what else it may have. */
  readonly envelope: { readonly field: string; readonly beside: readonly string[] } | undefined;
  /** Whether errors have several shapes, or their texts are in maps. */
  readonly errorShapes: boolean;
  /** Whether values of headers have limits of their own. */
  readonly tenantHeaders: boolean;
  readonly pagination: readonly ListStyle[];
  /** Where responses report quotas: in the standard header, in headers that the profile names (some with durations or dates), or nowhere. */
  readonly quota: "standard" | "named" | "text" | "none";
  /** Whether responses report quotas in their JSON. */
  readonly bodyQuotas: boolean;
  /** Whether it limits the points that operations cost. */
  readonly pointCosts: boolean;
  /** Whether operations cost points of quotas that responses report. */
  readonly quotaCosts: boolean;
  /** Whether responses name the quota that they count against, and whether path parameters have quotas of their own. */
  readonly quotaNames: { readonly named: boolean; readonly parameters: boolean };
  /** Whether a limit counts for each value of a parameter. */
  readonly limitsByParameter: boolean;
  /** Whether numbers of requests at once are documented. */
  readonly concurrency: boolean;
  /** Whether dates are formatted as Unix seconds instead of ISO 8601. */
  readonly unixDates: boolean;
  /** What a 64-bit integer of a response is where a number does not hold all its digits. */
  readonly int64: (typeof INT64_FORMS)[number];
  /** Whether a header of responses says whether to send again. */
  readonly shouldRetryHeader: boolean;
}

/**
 * Reads the part of a profile that the generator uses.
 * @throws CodegenError that names the first field that is missing or not valid.
 */
export function readGeneratorProfile(profile: unknown): GeneratorProfile {
  if (!isJsonObject(profile)) throw new CodegenError("The profile is not an object. Does its file export `profile`?");
  const id = stringIn(profile, "id") ?? "";
  // The id becomes part of type names, so no other character is allowed.
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(id)) {
    throw new CodegenError(
      `The profile's id must be lower-case words joined by "-", such as "stripe", got ${JSON.stringify(fieldOf(profile, "id"))}.`,
    );
  }
  const fail = (field: string, wanted: string): never => {
    const value = valueAt(profile, field);
    const problem = value === undefined ? "is missing: it must be" : "must be";
    const got = value === undefined ? "" : `, got ${JSON.stringify(value)}`;
    throw new CodegenError(`Profile "${id}": ${field} ${problem} ${wanted}${got}.`);
  };
  const idempotency = fieldOf(profile, "idempotency");
  const baseUrl = readUrl(stringIn(profile, "baseUrl")) ?? fail("baseUrl", "an absolute URL");
  const environments = readEnvironments(profile, fail);
  for (const { name, facts } of environments) readOrigins(facts, `environments.${name}.origins`, fail);
  return {
    id,
    baseUrl,
    hasVariables: readVariables(profile, [baseUrl, ...environments.flatMap(({ addresses }) => addresses)], fail),
    origins: readOrigins(profile, "origins", fail),
    environments: environments.length > 0 ? environments.map((one) => one.baseUrl ?? baseUrl) : undefined,
    auth: readAuthScheme(fieldOf(profile, "auth"), fail),
    pathDefaults: new Set(Object.keys(objectIn(profile, "pathDefaults"))),
    multiSegment: readStrings(fieldOf(profile, "multiSegment") ?? [], "multiSegment", fail),
    headers: objectIn(profile, "headers"),
    accept: Object.entries(objectIn(profile, "headers"))
      .flatMap(([name, value]) => (name.toLowerCase() === "accept" && typeof value === "string" ? [value] : []))
      .at(0),
    versionHeader: stringIn(profile, "versionHeader"),
    body: BODY_FORMS.find((form) => form === fieldOf(profile, "body")) ?? fail("body", oneOf(BODY_FORMS)),
    query:
      QUERY_STYLES.find((style) => style === (fieldOf(profile, "query") ?? "repeat")) ??
      fail("query", oneOf(QUERY_STYLES)),
    idempotency: isJsonObject(idempotency)
      ? {
          field: stringIn(idempotency, "field"),
          header:
            stringIn(idempotency, "header") ??
            (stringIn(idempotency, "field") === undefined
              ? fail("idempotency.header", "the name of a header, or else idempotency.field that of a field")
              : undefined),
          methods: readStrings(fieldOf(idempotency, "methods"), "idempotency.methods", fail),
        }
      : undefined,
    envelope: readEnvelope(fieldOf(profile, "envelope"), fail),
    errorShapes: /"otherShapes"|"\*"/.test(JSON.stringify(fieldOf(profile, "errors") ?? "")),
    tenantHeaders: readStrings(fieldOf(profile, "tenantHeaders") ?? [], "tenantHeaders", fail).length > 0,
    pagination: readListStyles(fieldOf(profile, "pagination"), fail),
    unixDates: fieldOf(profile, "dates") === "unix-seconds",
    int64:
      INT64_FORMS.find((form) => form === (fieldOf(profile, "int64") ?? "string")) ?? fail("int64", oneOf(INT64_FORMS)),
    shouldRetryHeader: stringIn(objectIn(profile, "retry"), "shouldRetryHeader") !== undefined,
    quota: readQuota(fieldOf(profile, "rateLimitHeaders"), fail),
    bodyQuotas: fieldOf(profile, "rateLimitBody") !== undefined,
    pointCosts: fieldOf(profile, "costLimit") !== undefined,
    quotaCosts: fieldOf(profile, "quotaCost") !== undefined,
    quotaNames: {
      named: fieldOf(fieldOf(profile, "quotaNames"), "header") !== undefined,
      parameters: fieldOf(fieldOf(profile, "quotaNames"), "parameters") !== undefined,
    },
    limitsByParameter: [profile, ...environments.map(({ facts }) => facts)].some((one) =>
      readLimits(fieldOf(one, "rateLimits") ?? [], fail),
    ),
    concurrency: [profile, ...environments.map(({ facts }) => facts)].some(
      (one) => fieldOf(one, "concurrency") !== undefined,
    ),
  };
}

/** Whether there are variables: those of the addresses, and each with a pattern. */
function readVariables(profile: JsonObject, addresses: readonly string[], fail: Fail): boolean {
  const wanted = addresses.flatMap((one) => [...one.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? ""));
  for (const name of new Set([...wanted, ...Object.keys(objectIn(profile, "variables"))])) {
    const field = `variables.${name}`;
    if (!wanted.includes(name)) return fail(field, "a variable of baseUrl, or of an address of an environment");
    const pattern = stringIn(valueAt(profile, field), "pattern");
    if (!pattern || !isPattern(pattern)) return fail(field, "{ pattern }, a regular expression");
  }
  return wanted.length > 0;
}

function readOrigins(holder: unknown, field: string, fail: Fail): readonly string[] {
  return readStrings(fieldOf(holder, "origins") ?? [], field, fail).map(
    (origin, index) => readOrigin(origin) ?? fail(`${field}.${index}`, 'an origin, such as "https://files.acme.com"'),
  );
}

function readEnvelope(value: unknown, fail: Fail): GeneratorProfile["envelope"] {
  if (value === undefined) return undefined;
  return {
    field: stringIn(value, "field") || fail("envelope.field", "the name of a member"),
    beside: readStrings(fieldOf(value, "beside") ?? [], "envelope.beside", fail),
  };
}

function isPattern(text: string): boolean {
  try {
    return Boolean(new RegExp(text));
  } catch {
    return false;
  }
}

function readLimits(value: unknown, fail: Fail): boolean {
  if (!Array.isArray(value)) return fail("rateLimits", "a list of limits");
  return value.some((limit, index) => {
    const per = fieldOf(limit, "per");
    if (per === undefined || per === "operation") return false;
    return Boolean(stringIn(per, "parameter")) || fail(`rateLimits.${index}.per`, '"operation" or { parameter }');
  });
}

function readQuota(value: unknown, fail: Fail): GeneratorProfile["quota"] {
  if (value === undefined) return "standard";
  if (value === "none") return value;
  const listed: readonly unknown[] = Array.isArray(value) ? value : [value];
  if (!listed.every(isJsonObject)) return fail("rateLimitHeaders", 'the names of headers, or "none"');
  const units = listed.map((one) => stringIn(fieldOf(one, "reset"), "unit"));
  return units.includes("duration") || units.includes("date") ? "text" : "named";
}

function readStrings(value: unknown, field: string, fail: Fail): readonly string[] {
  const areStrings = Array.isArray(value) && value.every((one) => typeof one === "string");
  return areStrings ? (value as string[]) : fail(field, "a list of strings");
}

function valueAt(profile: JsonObject, field: string): unknown {
  return field
    .split(".")
    .reduce<unknown>((value, step) => (Array.isArray(value) ? value[Number(step)] : fieldOf(value, step)), profile);
}
