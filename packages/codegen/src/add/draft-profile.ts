import { type GeneratorProfile, readGeneratorProfile } from "../generate/profile/generator-profile.js";
import type { DraftField, DraftInput } from "./draft.js";
import { type AuthDraft, readAuth } from "./read-auth.js";
import { readBaseUrl, readOrigins } from "./read-base-url.js";
import { readBodyForm, readQueryStyle } from "./read-bodies.js";
import { readEnvelope } from "./read-envelope.js";
import { readErrors } from "./read-errors.js";
import { readIdempotency } from "./read-idempotency.js";
import { readMultiSegment } from "./read-multi-segment.js";
import { readPagination } from "./read-pagination.js";
import { readRateLimitBody } from "./read-rate-limit-body.js";
import { readRateLimitHeaders } from "./read-rate-limit-headers.js";
import { readTenantHeaders } from "./read-tenant-headers.js";
import { readUnsendable } from "./read-unsendable.js";
import { readVersionHeader } from "./read-version-header.js";

/** Values that the user entered for what the document does not say. */
export interface EnteredFields {
  readonly baseUrl?: string;
  readonly auth?: AuthDraft;
  /** The path of the message in an error body. */
  readonly message?: readonly string[];
}

/** Drafts a profile from a document. The fields are in the order that all connectors have. */
export function draftProfile(input: DraftInput, name: string, entered: EnteredFields = {}): DraftField[] {
  const baseUrl =
    entered.baseUrl === undefined
      ? readBaseUrl(input)
      : { value: entered.baseUrl, todos: [], variables: undefined, environments: undefined };
  const others = Object.values(baseUrl.environments?.value ?? {}).flatMap((one) => one.baseUrl ?? []);
  const origins = readOrigins(input, [baseUrl.value, ...others]);
  const auth = entered.auth === undefined ? readAuth(input) : { value: entered.auth, todos: [] };
  const errors = entered.message === undefined ? readErrors(input) : { value: { message: entered.message }, todos: [] };
  const known: DraftField[] = [
    { name: "id", value: input.id, todos: [] },
    { name: "name", value: name, todos: [] },
    { name: "baseUrl", value: baseUrl.value, todos: baseUrl.todos },
    ...(baseUrl.variables === undefined ? [] : [{ name: "variables", value: baseUrl.variables, todos: [] }]),
    ...(origins.value.length > 0 ? [{ name: "origins", ...origins }] : []),
    ...(baseUrl.environments === undefined ? [] : [{ name: "environments", ...baseUrl.environments }]),
    { name: "auth", ...auth },
  ];
  const headers = readVersionHeader(input);
  // The readers below need a profile with at least these fields.
  const basics = toGeneratorProfile([...known, { name: "body", value: "json", todos: [] }]);
  const body = readBodyForm(input, basics);
  const query = readQueryStyle(input, { ...basics, body });
  const unsendable = readUnsendable(input);
  const multiSegment = readMultiSegment(input);
  const idempotency = readIdempotency(input);
  const rateLimitHeaders = readRateLimitHeaders(input);
  const rateLimitBody = readRateLimitBody(input);
  const tenantHeaders = readTenantHeaders(input);
  const envelope = readEnvelope(input);
  const pagination = readPagination(input, { ...basics, body, query });
  return [
    ...known,
    ...(multiSegment === undefined ? [] : [{ name: "multiSegment", ...multiSegment }]),
    ...(headers === undefined ? [] : [{ name: "headers", ...headers }]),
    { name: "body", value: body, todos: [] },
    ...(query === "repeat" && unsendable.length === 0 ? [] : [{ name: "query", value: query, todos: unsendable }]),
    ...(idempotency === undefined ? [] : [{ name: "idempotency", value: idempotency, todos: [] }]),
    ...(rateLimitHeaders === undefined ? [] : [{ name: "rateLimitHeaders", ...rateLimitHeaders }]),
    ...(rateLimitBody === undefined ? [] : [{ name: "rateLimitBody", ...rateLimitBody }]),
    ...(tenantHeaders === undefined ? [] : [{ name: "tenantHeaders", ...tenantHeaders }]),
    ...(pagination === undefined ? [] : [{ name: "pagination", ...pagination }]),
    ...(envelope === undefined ? [] : [{ name: "envelope", ...envelope }]),
    { name: "errors", ...errors },
  ];
}

/** The fields as the plain data of a profile. */
export function profileData(fields: readonly DraftField[]): Record<string, unknown> {
  return Object.fromEntries(fields.map(({ name, value }) => [name, value]));
}

function toGeneratorProfile(fields: readonly DraftField[]): GeneratorProfile {
  return readGeneratorProfile({ ...profileData(fields), errors: { message: ["message"] } });
}
