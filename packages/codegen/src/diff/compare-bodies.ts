import type { NamedOperation } from "../generate/operations/api-operation.js";
import { type Media, type MediaKind, readMedia } from "../generate/operations/media-type.js";
import type { Sign } from "./change.js";
import type { SchemaComparison } from "./compare-schemas.js";
import type { Owner, Recorder } from "./recorder.js";
import { bodyRules } from "./rules/body-rules.js";

// As the generator chooses where the profile does not: what is given as an object before what is given as it is.
const PREFERENCE: readonly MediaKind[] = ["json", "form", "multipart", "text", "bytes"];
const AS_OBJECT: readonly MediaKind[] = ["json", "form", "multipart"];

/** Compares the bodies that two versions of an operation take. */
export function compareBodies(
  old: NamedOperation,
  now: NamedOperation,
  owner: Owner,
  recorder: Recorder,
  schemas: SchemaComparison,
): void {
  const note = (rule: keyof typeof bodyRules, detail = "", sign?: Sign) =>
    recorder.note(owner, "request", rule, bodyRules[rule], "body", detail, sign);
  const [was, is] = [old.body, now.body];
  if (was === undefined && is === undefined) return;
  if (is === undefined) return void note("body-removed", "", { kind: "gives", name: "body", place: "body" });
  const omitted = { kind: "omits", name: "body", place: "body" } as const;
  if (was === undefined) return void note(is.required ? "required-body-added" : "optional-body-added", "", omitted);
  if (!was.required && is.required) note("body-became-required", "", omitted);
  if (was.required && !is.required) note("body-became-optional");

  const [before, after] = [sentMedia(readMedia(old.document, was.json)), sentMedia(readMedia(now.document, is.json))];
  if (before === undefined || after === undefined) return;
  if (before.kind !== after.kind) {
    const isAlike = AS_OBJECT.includes(before.kind) && AS_OBJECT.includes(after.kind);
    note(isAlike ? "body-form-changed" : "body-kind-changed", `${before.key}, now ${after.key}`, { kind: "always" });
  }
  schemas.compare(before.schema, after.schema, { owner, side: "request", place: "body", isTop: true });
}

function sentMedia(media: readonly Media[]): Media | undefined {
  return PREFERENCE.map((kind) => media.find((one) => one.kind === kind)).find((one) => one !== undefined);
}
