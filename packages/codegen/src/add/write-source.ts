import { toPascalCase } from "../generate/operations/operation-name.js";
import type { ConnectorPlace } from "./connector-place.js";

/** A connector as its files speak of it. */
export interface ConnectorNames {
  readonly id: string;
  /** As people write it. */
  readonly name: string;
  /** `Acme`: what types are called, as the generator calls them. */
  readonly type: string;
  /** `createAcme` */
  readonly create: string;
  /** The environment variables that hold the credential. */
  readonly environment: readonly string[];
}

/** Makes the names of a connector from its id. */
export function connectorNames(id: string, name: string, environment: readonly string[]): ConnectorNames {
  const type = toPascalCase(id);
  return { id, name, type, create: `create${type}`, environment };
}

/** index.ts: the connector's function and types, and the errors that callers tell apart. */
export function writeIndex({ id, name, type, create, environment }: ConnectorNames): string {
  const variables = environment.join(" and ");
  const noun = environment.length > 1 ? "variables" : "variable";
  return `import { type Connector, type ConnectorOptions, type CredentialOf, createConnector } from "@connectry/core";
import { facts } from "./generated/facts.js";
import type { ${type}Paths } from "./generated/paths.js";
import { strategies } from "./generated/strategies.js";
import { profile } from "./profile.js";

export {
  ApiError,
  AuthenticationError,
  BadRequestError,
  CircuitOpenError,
  ConfigurationError,
  ConflictError,
  ConnectryError,
  circuitBreaker,
  InternalServerError,
  NetworkError,
  NotFoundError,
  OutcomeUnknownError,
  PermissionDeniedError,
  QuotaExceededError,
  RateLimitError,
  TimeoutError,
  toFetch,
  UnprocessableEntityError,
} from "@connectry/core";
export type { components } from "./generated/schemas/${id}.js";
export { facts, profile };

/** What \`${create}\` takes. */
export type ${type}Options = ConnectorOptions<CredentialOf<typeof profile.auth>>;

/** A typed client of the API of ${name}. */
export type ${type} = Connector<${type}Paths>;

/**
 * Makes a client of the API of ${name}. Without \`auth\` the credential is read from the environment ${noun}
 * ${variables}.
 * Throws ConfigurationError for a missing credential, an unknown option or an unsafe base URL.
 */
export function ${create}(options: ${type}Options = {}): ${type} {
  return createConnector<${type}Paths>(profile, facts, strategies, options);
}
`;
}

/** contract.test.ts: what every connector promises, checked against a fake provider made from the document. */
export function writeContractTest({ id, create }: ConnectorNames, runner: ConnectorPlace["runner"]): string {
  const imports =
    runner === "vitest"
      ? `import { loadDocuments } from "@connectry/codegen";
import { connectorContract } from "@connectry/testing";
import { test } from "vitest";
`
      : `import { test } from "node:test";
import { loadDocuments } from "@connectry/codegen";
import { connectorContract } from "@connectry/testing";
`;
  const run = runner === "vitest" ? "test(name, run, 60_000)" : "test(name, { timeout: 60_000 }, run)";
  return `${imports}import { ${create}, facts, profile } from "./index.js";

const documents = (await loadDocuments("${id}")).map(({ json }) => json);

for (const { name, run } of connectorContract(profile, { create: ${create}, facts, documents }))
  ${run};
`;
}
