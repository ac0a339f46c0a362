import { loadDocuments } from "@connectry/codegen";
import {
  type AnyConnector,
  type Credential,
  createConnector,
  type ProviderFacts,
  type ProviderProfile,
} from "@connectry/core";
import { type FakeHandler, fakeHandler } from "@connectry/testing";
import { strategiesOf } from "../src/connector/connector-parts.js";

/** A credential that must appear nowhere; with a slash, as Base64 has them. */
export const canary = "canary_4eC39HqL/yjWDarjtT1zdp7dc";

/** A connector over a fake of its provider. */
export interface FakedProvider {
  readonly name: string;
  readonly profile: ProviderProfile;
  readonly facts: ProviderFacts;
  readonly documents: readonly object[];
  readonly fake: FakeHandler;
  readonly connector: AnyConnector;
}

const repository = new URL("../../../", import.meta.url);

function credentialOf({ auth }: ProviderProfile): Credential {
  if (auth.kind === "basic") return { [auth.username.name]: `AC${"0".repeat(32)}`, [auth.password.name]: canary };
  if (auth.kind !== "parts" || auth.parts.length === 1) return canary;
  return Object.fromEntries(auth.parts.map(({ name }) => [name, canary]));
}

/** Creates a connector of this repository over a fake; it is imported by its URL, since this package depends on none. */
export async function fakedProvider(name: string): Promise<FakedProvider> {
  const folder = new URL(`packages/connectors/${name}/src/`, repository);
  const { profile } = (await import(new URL("profile.ts", folder).href)) as { profile: ProviderProfile };
  const { facts } = (await import(new URL("generated/facts.ts", folder).href)) as { facts: ProviderFacts };
  const documents = (await loadDocuments(name)).map(({ json }) => json);
  const fake = fakeHandler({ document: documents, profile, facts, unknownIds: "sample" });
  const connector = createConnector(
    { profile, facts, strategies: strategiesOf(profile) },
    { auth: credentialOf(profile), fetch: fake.fetch, maxAttempts: 1 },
  );
  return { name, profile, facts, documents, fake, connector };
}
