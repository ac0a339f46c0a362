// What programs of READMEs declare, because a reader has it: sources of secrets, clients of other libraries, documents of GraphQL.
import { allStrategies, createConnector, type ProviderProfile } from "@connectry/core";

const list = (field: string) => ({
  type: "query",
  name: field,
  text: `query ${field}($after: String) { ${field}(after: $after) { nodes { name title } pageInfo { hasNextPage endCursor } } }`,
});

const page = (...path: string[]) => ({
  items: [...path, "nodes"],
  cursor: [...path, "pageInfo", "endCursor"],
  more: [...path, "pageInfo", "hasNextPage"],
  into: "after",
});

const profileOf = (id: string, baseUrl: string): ProviderProfile => ({
  id,
  name: id,
  baseUrl,
  auth: { kind: "bearer", env: "TOKEN_OF_THE_READER" },
  body: "json",
  errors: { message: ["message"] },
});

const facts = { version: "", operations: {}, pages: {} };

const connectorOf = (profile: ProviderProfile) =>
  createConnector({ profile, facts, strategies: allStrategies(profile) }, { auth: "any" });

/** The declared names, and what they are here. */
export function declaredNames(boxUrl: string): Readonly<Record<string, unknown>> {
  return {
    fromVault: async () => "sk_test_of_the_vault",
    aws: { getSecretValue: async () => ({ SecretString: "sk_test_of_aws" }) },
    signatureOf: async (text: string) => `signature of ${text.length} characters`,
    confirm: async () => true,
    mollie: { GET: async () => ({ data: { id: "tr_1", status: "paid" } }) },
    Stars: { ...list("user"), page: page("user", "stars") },
    Products: { ...list("products"), page: page("products") },
    box: connectorOf(profileOf("box", boxUrl)),
    openai: connectorOf(profileOf("openai", "https://api.openai.com/v1")),
  };
}
