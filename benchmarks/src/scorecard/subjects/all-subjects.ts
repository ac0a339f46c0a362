import { fileURLToPath } from "node:url";
import { connectorSubjects, connectorsWithoutPaths } from "./connectors.ts";
import { httpSubjects } from "./http-clients.ts";
import { providerSubjects } from "./providers.ts";
import type { Subject } from "./subject.ts";

const root = fileURLToPath(new URL("../../../..", import.meta.url));

/** Our connectors by each transport. */
export const ourSubjects = (): Promise<Subject[]> => connectorSubjects(root);

/**
 * What a check of few minutes can run of them: one connector by each transport, and the others by their default one, because what differs
 * between transports is the same code in all connectors.
 */
export async function checkedSubjects(): Promise<Subject[]> {
  return (await ourSubjects()).filter(({ id }) => id.startsWith("stripe-") || id.endsWith("-node-http"));
}

/** Our connectors that the scorecard leaves out. */
export const leftOutConnectors = (): Promise<string[]> => connectorsWithoutPaths(root);

/** Every client of the scorecard, ours first. */
export async function allSubjects(): Promise<Subject[]> {
  return [...(await ourSubjects()), ...providerSubjects, ...httpSubjects];
}
