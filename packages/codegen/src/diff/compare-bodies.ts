import { essenceOf, type Media, type MediaKind, readMedia } from "../generate/operations/media-type.js";
import { changedMedia } from "./changed-media.js";
import type { FindingDetails } from "./changes/recorder.js";
import type { OperationComparison } from "./operation-comparison.js";
import { bodyRules } from "./rules/body-rules.js";

// The order in which the generator chooses where the profile does not: media types that take an object come first.
const PREFERENCE: readonly MediaKind[] = ["json", "form", "multipart", "text", "bytes"];
const OBJECT_KINDS: readonly MediaKind[] = ["json", "form", "multipart"];

/** Compares the request bodies of two versions of an operation. */
export function compareBodies({ old, new: current, owner, recorder, schemas }: OperationComparison): void {
  const record = (ruleName: keyof typeof bodyRules, details: FindingDetails = {}) =>
    recorder.record(owner, { side: "request", ruleName, rule: bodyRules[ruleName], location: "body", ...details });
  const [before, after] = [old.body, current.body];
  if (before === undefined && after === undefined) return;
  if (after === undefined)
    return void record("body-removed", { affectedCalls: { kind: "passing", name: "body", location: "body" } });
  const affectedCalls = { kind: "omitting", name: "body", location: "body" } as const;
  if (before === undefined)
    return void record(after.required ? "required-body-added" : "optional-body-added", { affectedCalls });
  if (!before.required && after.required) record("body-became-required", { affectedCalls });
  if (before.required && !after.required) record("body-became-optional");

  const media = { old: readMedia(old.document, before.json), new: readMedia(current.document, after.json) };
  const { removed, added } = changedMedia(media);
  const keyed = (key: string) => media.new.find((one) => essenceOf(one.key) === key);
  const [oldMedia, fallback] = [preferredMedia(media.old), preferredMedia(media.new)];
  // What was sent is sent as before, where it still can be.
  const kept = oldMedia && keyed(essenceOf(oldMedia.key));
  const newMedia = kept?.kind === oldMedia?.kind ? (kept ?? fallback) : fallback;
  if (oldMedia === undefined || newMedia === undefined) return;
  for (const key of removed)
    if (key !== essenceOf(oldMedia.key))
      record("body-media-type-removed", {
        detail: key,
        affectedCalls: { kind: "passing", name: "content-type", location: "headers" },
      });
  for (const key of added) if (key !== essenceOf(newMedia.key)) record("body-media-type-added", { detail: key });
  if (oldMedia.kind !== newMedia.kind || essenceOf(oldMedia.key) !== essenceOf(newMedia.key)) {
    const takesSameObject =
      oldMedia.kind === newMedia.kind || [oldMedia, newMedia].every(({ kind }) => OBJECT_KINDS.includes(kind));
    record(takesSameObject ? "body-form-changed" : "body-kind-changed", {
      detail: `${oldMedia.key}, now ${newMedia.key}`,
      affectedCalls: { kind: takesSameObject ? "unknown" : "all" },
    });
  }
  const site = { owner, side: "request", location: "body", isTopLevel: true } as const;
  schemas.start({ old: oldMedia.schema, new: newMedia.schema }, site);
}

function preferredMedia(media: readonly Media[]): Media | undefined {
  return PREFERENCE.map((kind) => media.find((one) => one.kind === kind)).find((one) => one !== undefined);
}
