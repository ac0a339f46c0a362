import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  allStrategies,
  type ConnectorOptions,
  createConnector,
  type PathIndex,
  type ProviderFacts,
  type ProviderProfile,
} from "@connectry/core";
import { instantClock } from "../src/clock/instant-clock.js";
import type { ContractConnector } from "../src/contract/contract-options.js";
import { acmeProfile } from "./acme.js";
import { noFacts } from "./contract-providers.js";

/** The credential of the client: not a real one, but in the format of one. */
export const secret = "sk_test_4eC39HqLyjWDarjtT1zdp7dc";

/** A client of Acme that waits for nothing. */
export function acmeClient(
  options: ConnectorOptions,
  profile: ProviderProfile = acmeProfile,
  facts: ProviderFacts = noFacts,
): ContractConnector {
  const definition = { profile, facts, strategies: allStrategies(profile) };
  const defaults = { auth: secret as never, random: () => 0, clock: instantClock(), rateLimit: false as const };
  return createConnector<PathIndex>(definition, { ...defaults, ...options }) as unknown as ContractConnector;
}

export const getWidget = { method: "GET", path: "/widgets/{id}" } as const;
export const listWidgets = { method: "GET", path: "/widgets" } as const;
export const createWidget = { method: "POST", path: "/widgets" } as const;

/** The path parameters of a widget. */
export const widget = (id: string) => ({ params: { path: { id }, query: {}, header: {}, cookie: {} } });

/** A file for recordings that does not exist yet. */
export function newFile(): string {
  return join(mkdtempSync(join(tmpdir(), "recordings-")), "nested", "acme.json");
}

export const readText = (file: string): string => readFileSync(file, "utf8");
export const readJson = (file: string) => JSON.parse(readText(file));
