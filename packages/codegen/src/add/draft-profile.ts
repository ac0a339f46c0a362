import { type GeneratorProfile, readGeneratorProfile } from "../generate/generator-profile.js";
import type { DraftField, DraftInput } from "./draft.js";
import { type AuthDraft, readAuth } from "./read-auth.js";
import { readBaseUrl, readOrigins } from "./read-base-url.js";
import { readBodyForm, readQueryStyle } from "./read-bodies.js";
import { readErrors } from "./read-errors.js";
import { readIdempotency } from "./read-idempotency.js";
import { readPagination } from "./read-pagination.js";
import { readRateLimitHeaders } from "./read-rate-limit-headers.js";

/** What somebody who knows the provider said where the document is silent. */
export interface Answers {
  readonly baseUrl?: string;
  readonly auth?: AuthDraft;
  readonly message?: readonly string[];
}

/** Reads a whole profile from a document, field by field, in the order in which connectors write them. */
export function draftProfile(input: DraftInput, name: string, answers: Answers = {}): DraftField[] {
  const baseUrl = answers.baseUrl === undefined ? readBaseUrl(input) : { value: answers.baseUrl, open: [] };
  const origins = readOrigins(input, baseUrl.value);
  const auth = answers.auth === undefined ? readAuth(input) : { value: answers.auth, open: [] };
  const errors = answers.message === undefined ? readErrors(input) : { value: { message: answers.message }, open: [] };
  const known: DraftField[] = [
    { name: "id", value: input.id, open: [] },
    { name: "name", value: name, open: [] },
    { name: "baseUrl", ...baseUrl },
    ...(origins.value.length > 0 ? [{ name: "origins", ...origins }] : []),
    { name: "auth", ...auth },
  ];
  const plain = asProfile([...known, { name: "body", value: "json", open: [] }]);
  const body = readBodyForm(input, plain);
  const query = readQueryStyle(input, { ...plain, body });
  const idempotency = readIdempotency(input);
  const rateLimitHeaders = readRateLimitHeaders(input);
  const pagination = readPagination(input, { ...plain, body, query });
  return [
    ...known,
    { name: "body", value: body, open: [] },
    ...(query === "repeat" ? [] : [{ name: "query", value: query, open: [] }]),
    ...(idempotency === undefined ? [] : [{ name: "idempotency", value: idempotency, open: [] }]),
    ...(rateLimitHeaders === undefined ? [] : [{ name: "rateLimitHeaders", ...rateLimitHeaders }]),
    ...(pagination.length === 0 ? [] : [{ name: "pagination", value: pagination, open: [] }]),
    { name: "errors", ...errors },
  ];
}

/** The fields as the plain data that a profile is. */
export function profileData(fields: readonly DraftField[]): Record<string, unknown> {
  return Object.fromEntries(fields.map(({ name, value }) => [name, value]));
}

function asProfile(fields: readonly DraftField[]): GeneratorProfile {
  return readGeneratorProfile({ ...profileData(fields), errors: { message: ["message"] } });
}
