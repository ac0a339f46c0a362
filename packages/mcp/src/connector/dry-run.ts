import type { DocumentSource } from "@connectry/testing";
import type { CallingConnector, ConnectorParts } from "./connector-parts.js";
import { createTwin } from "./twin.js";

/** A connector whose calls are sent to a fake of the provider, in this process. */
export async function createDryRun(
  parts: ConnectorParts,
  document: DocumentSource | readonly DocumentSource[],
): Promise<CallingConnector> {
  // Loaded with the first dry run: it brings a generator of samples and a validator.
  const { fakeHandler } = await import("@connectry/testing");
  const { variables, ...profile } = parts.profile;
  const baseUrl = profile.baseUrl.replace(/[{}]/g, "");
  const fake = fakeHandler({ document, profile: { ...profile, baseUrl }, facts: parts.facts, unknownIds: "sample" });
  return createTwin(parts, { fetch: fake.fetch });
}
