import type { NamedOperation } from "../generate/operations/api-operation.js";
import type { Media } from "../generate/operations/media-type.js";
import { type ApiResponse, errorResponses, successResponses } from "../generate/operations/response-media.js";
import { contractText, type SchemaComparison } from "./compare-schemas.js";
import type { Owner, Recorder } from "./recorder.js";
import { responseRules } from "./rules/response-rules.js";

/** Compares what two versions of an operation answer: of success, and of errors. */
export function compareResponses(
  old: NamedOperation,
  now: NamedOperation,
  owner: Owner,
  recorder: Recorder,
  schemas: SchemaComparison,
): void {
  const note = (rule: keyof typeof responseRules, place: string, detail = "") =>
    recorder.note(owner, "response", rule, responseRules[rule], place, detail);
  const compareMedia = (was: ApiResponse, is: ApiResponse) => {
    const [before, after] = [bodyOf(was), bodyOf(is)];
    const place = `response ${is.status}`;
    if (before === undefined && after === undefined) return;
    if (after === undefined) return void note("response-body-removed", place);
    if (before === undefined) return void note("response-body-added", place);
    if (before.kind !== after.kind) return void note("response-kind-changed", place, `${before.key}, now ${after.key}`);
    if (before.kind === "json")
      schemas.compare(before.schema, after.schema, { owner, side: "response", place, isTop: false });
  };

  const success = pairUp(successResponses(old), successResponses(now));
  for (const [was, is] of success.pairs) compareMedia(was, is);
  const [lost, found] = [success.gone[0], success.fresh[0]];
  if (lost !== undefined && found !== undefined && success.gone.length === 1 && success.fresh.length === 1) {
    note("success-status-changed", `response ${found.status}`, `${lost.status} before`);
    compareMedia(lost, found);
  } else {
    for (const { status } of success.gone) note("success-removed", `response ${status}`);
    const known = new Set(successResponses(old).map(shapeOf));
    for (const response of success.fresh)
      note(
        known.has(shapeOf(response)) ? "success-like-another-added" : "success-added",
        `response ${response.status}`,
      );
  }

  const errors = pairUp(errorResponses(old), errorResponses(now));
  for (const [was, is] of errors.pairs) compareMedia(was, is);
  for (const { status } of errors.gone) note("error-removed", `response ${status}`);
  for (const { status } of errors.fresh) note("error-added", `response ${status}`);
}

function pairUp(old: readonly ApiResponse[], now: readonly ApiResponse[]) {
  const sameIn = (list: readonly ApiResponse[], { status }: ApiResponse) => list.find((one) => one.status === status);
  return {
    pairs: old.flatMap((was) => {
      const is = sameIn(now, was);
      return is === undefined ? [] : [[was, is] as const];
    }),
    gone: old.filter((one) => sameIn(now, one) === undefined),
    fresh: now.filter((one) => sameIn(old, one) === undefined),
  };
}

/** The body that the client parses: JSON where there is one. */
function bodyOf({ media }: ApiResponse): Media | undefined {
  return media.find(({ kind }) => kind === "json") ?? media[0];
}

function shapeOf(response: ApiResponse): string {
  const body = bodyOf(response);
  return body === undefined ? "" : `${body.kind} ${contractText(body.schema)}`;
}
