import { fileURLToPath } from "node:url";
import { connectorSubjects, connectorsWithoutPaths } from "./connectors.ts";
import { httpSubjects } from "./http-clients.ts";
import { providerSubjects } from "./providers.ts";
import type { Subject } from "./subject.ts";

const root = fileURLToPath(new URL("../../../..", import.meta.url));

/** Our connectors by each transport. */
export const ourSubjects = (): Promise<Subject[]> => connectorSubjects(root);

/** Our connectors that the scorecard leaves out. */
export const leftOutConnectors = (): Promise<string[]> => connectorsWithoutPaths(root);

/** Every client of the scorecard, ours first. */
export async function allSubjects(): Promise<Subject[]> {
  return [...(await ourSubjects()), ...providerSubjects, ...httpSubjects];
}
