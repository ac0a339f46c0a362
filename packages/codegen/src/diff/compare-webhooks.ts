import type { LoadedDocument } from "../document/loaded-document.js";
import { fieldOf, objectIn } from "../generate/document/json.js";
import { followReference } from "../generate/document/reference.js";
import { readMedia } from "../generate/operations/media-type.js";
import { readEvents } from "../generate/webhooks/read-events.js";
import type { WebhookFacts } from "../spec/webhook-facts.js";
import type { Recorder } from "./changes/recorder.js";
import type { Versions } from "./changes/versions.js";
import { webhookRules } from "./rules/webhook-rules.js";
import type { SchemaComparison } from "./schemas/compare-schemas.js";

/** What the comparison of webhooks needs. */
export interface WebhookComparison {
  readonly documents: Versions<LoadedDocument>;
  readonly facts: WebhookFacts | undefined;
  readonly recorder: Recorder;
  readonly schemas: SchemaComparison;
}

/**
 * Compares the events of two documents: their names, and what a delivery contains. A program reads a delivery, so it is compared like
 * a response.
 */
export function compareWebhooks({ documents, facts, recorder, schemas }: WebhookComparison): void {
  const record = (name: string, ruleName: keyof typeof webhookRules) =>
    recorder.record(ownerOf(name), { side: "response", ruleName, rule: webhookRules[ruleName], location: "" });
  if (facts?.kind === "names") {
    const names = (document: LoadedDocument) => new Set(readEvents(document, facts).map(({ name }) => name));
    const [before, after] = [names(documents.old), names(documents.new)];
    for (const name of before) if (!after.has(name)) record(name, "webhook-removed");
    for (const name of after) if (!before.has(name)) record(name, "webhook-added");
    return;
  }
  const [before, after] = [entriesOf(documents.old), entriesOf(documents.new)];
  for (const [name, entry] of before) {
    const same = after.get(name);
    if (same === undefined) {
      record(name, "webhook-removed");
      continue;
    }
    const site = { owner: ownerOf(name), side: "response", location: "body", isTopLevel: false } as const;
    schemas.start({ old: deliveryOf(documents.old, entry), new: deliveryOf(documents.new, same) }, site);
  }
  for (const name of after.keys()) if (!before.has(name)) record(name, "webhook-added");
}

function ownerOf(name: string) {
  // Shared schemas name it among those that they affect.
  return { title: `webhook ${name}`, isOperation: true };
}

/** `webhooks` of OpenAPI 3.1, and `x-webhooks`, which documents of 3.0 have. */
function entriesOf({ json }: LoadedDocument): ReadonlyMap<string, unknown> {
  return new Map(Object.entries({ ...objectIn(json, "x-webhooks"), ...objectIn(json, "webhooks") }));
}

function deliveryOf(document: LoadedDocument, entry: unknown): unknown {
  const operation = followReference(document, fieldOf(followReference(document, entry), "post"));
  const media = readMedia(document, followReference(document, fieldOf(operation, "requestBody")));
  return (media.find(({ kind }) => kind === "json") ?? media[0])?.schema;
}
