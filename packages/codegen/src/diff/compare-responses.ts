import { essenceOf, type Media } from "../generate/operations/media-type.js";
import { type ApiResponse, errorResponses, successResponses } from "../generate/operations/response-media.js";
import { changedMedia } from "./changed-media.js";
import type { FindingDetails } from "./changes/recorder.js";
import type { Versions } from "./changes/versions.js";
import { compareHeaders } from "./compare-headers.js";
import type { OperationComparison } from "./operation-comparison.js";
import { responseRules } from "./rules/response-rules.js";
import { contractText } from "./schemas/compare-schemas.js";

/** Compares the success and error responses of two versions of an operation. */
export function compareResponses(comparison: OperationComparison): void {
  const { old, new: current } = comparison;
  const record = (ruleName: keyof typeof responseRules, { status }: ApiResponse, detail?: string) =>
    recordResponse(comparison, ruleName, { location: `response ${status}`, detail });

  const success = pairByStatus({ old: successResponses(old), new: successResponses(current) });
  for (const pair of success.pairs) compareResponse(comparison, pair);
  const [removed, added] = [success.removed[0], success.added[0]];
  const isReplacement = success.removed.length === 1 && success.added.length === 1;
  if (isReplacement && removed !== undefined && added !== undefined) {
    record("success-status-changed", added, `${removed.status} before`);
    compareResponse(comparison, { old: removed, new: added });
  } else {
    for (const response of success.removed) record("success-removed", response);
    const knownBodies = new Set(successResponses(old).map(bodyKey));
    for (const response of success.added)
      record(knownBodies.has(bodyKey(response)) ? "success-like-another-added" : "success-added", response);
  }

  const errors = pairByStatus({ old: errorResponses(old), new: errorResponses(current) });
  for (const pair of errors.pairs) compareResponse(comparison, pair);
  for (const response of errors.removed) record("error-removed", response);
  for (const response of errors.added) record("error-added", response);
}

function recordResponse(
  { owner, recorder }: OperationComparison,
  ruleName: keyof typeof responseRules,
  where: { readonly location: string; readonly detail?: string | undefined },
): void {
  recorder.record(owner, { side: "response", ruleName, rule: responseRules[ruleName], ...where });
}

function compareMediaTypes(
  { owner, recorder }: OperationComparison,
  { old, new: current }: Versions<ApiResponse>,
  read: Versions<Media>,
): void {
  const record = (ruleName: keyof typeof responseRules, details: FindingDetails) =>
    recorder.record(owner, {
      side: "response",
      ruleName,
      rule: responseRules[ruleName],
      location: `response ${current.status}`,
      ...details,
    });
  const [from, to] = [essenceOf(read.old.key), essenceOf(read.new.key)];
  if (from !== to) record("response-media-type-changed", { detail: `${from}, now ${to}` });
  const { removed, added } = changedMedia({ old: old.media, new: current.media });
  const affectedCalls = { kind: "passing", name: "accept", location: "headers" } as const;
  for (const key of removed) if (key !== from) record("response-media-type-removed", { detail: key, affectedCalls });
  for (const key of added) if (key !== to) record("response-media-type-added", { detail: key });
}

/** Compares one status of two versions: its headers and its body. */
function compareResponse(comparison: OperationComparison, responses: Versions<ApiResponse>): void {
  compareHeaders(comparison, responses);
  compareResponseBodies(comparison, responses);
}

function compareResponseBodies(comparison: OperationComparison, responses: Versions<ApiResponse>): void {
  const [before, after] = [bodyOf(responses.old), bodyOf(responses.new)];
  const location = `response ${responses.new.status}`;
  if (before === undefined && after === undefined) return;
  if (after === undefined) return void recordResponse(comparison, "response-body-removed", { location });
  if (before === undefined) return void recordResponse(comparison, "response-body-added", { location });
  if (before.kind !== after.kind) {
    const detail = `${before.key}, now ${after.key}`;
    return void recordResponse(comparison, "response-kind-changed", { location, detail });
  }
  compareMediaTypes(comparison, responses, { old: before, new: after });
  if (before.kind !== "json") return;
  const site = { owner: comparison.owner, side: "response", location, isTopLevel: false } as const;
  comparison.schemas.start({ old: before.schema, new: after.schema }, site);
}

function pairByStatus(responses: Versions<readonly ApiResponse[]>) {
  const sameIn = (list: readonly ApiResponse[], { status }: ApiResponse) => list.find((one) => one.status === status);
  return {
    pairs: responses.old.flatMap((before): Versions<ApiResponse>[] => {
      const after = sameIn(responses.new, before);
      return after === undefined ? [] : [{ old: before, new: after }];
    }),
    removed: responses.old.filter((one) => sameIn(responses.new, one) === undefined),
    added: responses.new.filter((one) => sameIn(responses.old, one) === undefined),
  };
}

/** The body that the client parses: JSON where there is one. */
function bodyOf({ media }: ApiResponse): Media | undefined {
  return media.find(({ kind }) => kind === "json") ?? media[0];
}

/** The same for responses whose bodies have the same contract. */
function bodyKey(response: ApiResponse): string {
  const body = bodyOf(response);
  return body === undefined ? "" : `${body.kind} ${contractText(body.schema)}`;
}
