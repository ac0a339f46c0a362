import { fieldOf } from "../generate/document/json.js";
import { toPascalCase } from "../generate/operations/operation-name.js";
import type { ConnectorLocation } from "./connector-location.js";

/** The names of a connector in its files. */
export interface ConnectorNames {
  readonly id: string;
  /** The display name of the provider. */
  readonly name: string;
  /** `Acme`: the name of its type, and the prefix of others, as in generated files. */
  readonly type: string;
  /** `createAcme` */
  readonly create: string;
  /** The environment variables with the credential. */
  readonly environment: readonly string[];
  /** The types of core whose options a client has besides those of every client: `EnvironmentOption`. */
  readonly optionTypes: readonly string[];
  /** Whether its credential is exchanged for tokens, so that it has the options of that. */
  readonly exchangesTokens: boolean;
  /** Whether it has the option `unwrap`. */
  readonly unwraps: boolean;
}

/** Derives the names of a connector from its id. */
export function connectorNames(
  { id, name }: Pick<ConnectorNames, "id" | "name">,
  environment: readonly string[],
  profile: Readonly<Record<string, unknown>>,
): ConnectorNames {
  const type = toPascalCase(id);
  const optionTypes = [
    ...(profile.environments === undefined ? [] : ["EnvironmentOption"]),
    ...(profile.variables === undefined ? [] : ["VariableOptions"]),
  ];
  const exchangesTokens = fieldOf(profile.auth, "kind") === "client-credentials";
  const unwraps = profile.envelope !== undefined;
  return { id, name, type, create: `create${type}`, environment, optionTypes, exchangesTokens, unwraps };
}

/** The text of index.ts: the connector's function and types, and the errors that callers distinguish. */
export function writeIndex(names: ConnectorNames): string {
  const { name, type } = names;
  return `${writeImports(names)}
import { facts } from "./generated/facts.js";
import type { ${type}Paths } from "./generated/paths.js";
import { strategies } from "./generated/strategies.js";
import { profile } from "./profile.js";

export * from "@connectry/core/connector";
export type { components } from "./generated/types.js";
export { facts, profile };

/** The options of \`${names.create}\`${names.unwraps ? ", besides `unwrap`" : ""}. */
export type ${type}Options = ${writeOptions(names)};

/** A typed client for the API of ${name}. */
export type ${type} = Connector<${type}Paths>;

${names.unwraps ? writeUnwrappedType(names) : ""}${writeCreate(names)}`;
}

function writeImports({ optionTypes, exchangesTokens, unwraps }: ConnectorNames): string {
  const types = ["Connector", "ConnectorOptions", "CredentialOf", ...optionTypes];
  if (unwraps) types.push("UnwrapOption", "UnwrappedPaths");
  const imported = [...types.map((one) => `type ${one}`), "createConnector"];
  const onOneLine = `import { ${imported.join(", ")} } from "@connectry/core";`;
  const core =
    onOneLine.length <= 120
      ? onOneLine
      : `import {\n${imported.map((one) => `  ${one},\n`).join("")}} from "@connectry/core";`;
  return exchangesTokens ? `${core}\nimport type { TokenExchangeOptions } from "@connectry/core/oauth";` : core;
}

function writeOptions({ optionTypes, exchangesTokens }: ConnectorNames): string {
  const types = [
    "ConnectorOptions<CredentialOf<typeof profile.auth>>",
    ...optionTypes.map((one) => `${one}<typeof profile>`),
    ...(exchangesTokens ? ["TokenExchangeOptions"] : []),
  ];
  return types.join(types.length > 2 ? " &\n  " : " & ");
}

function writeUnwrappedType({ name, type }: ConnectorNames): string {
  return `/** A client for the API of ${name} with the option \`unwrap\`: \`data\` is what the envelope of a response has. */
export type Unwrapped${type} = Connector<UnwrappedPaths<${type}Paths>>;

`;
}

function writeCreate({ name, type, create, environment, unwraps }: ConnectorNames): string {
  const noun = environment.length > 1 ? "variables" : "variable";
  const documentation = `/**
 * Creates a client for the API of ${name}. Without \`auth\` the credential is read from the environment ${noun}
 * ${environment.join(" and ")}.
 * @throws ConfigurationError if the credential is missing, or an option is unknown or invalid.
 */
`;
  const overloads = `${documentation}export function ${create}(options: ${type}Options & UnwrapOption & { readonly unwrap: true }): Unwrapped${type};
export function ${create}(options?: ${type}Options & UnwrapOption & { readonly unwrap?: false | undefined }): ${type};
`;
  const returned = unwraps ? `${type} | Unwrapped${type}` : type;
  return `${unwraps ? overloads : documentation}export function ${create}(options: ${type}Options${unwraps ? " & UnwrapOption" : ""} = {}): ${returned} {
  return createConnector<${type}Paths>({ profile, facts, strategies }, options);
}
`;
}

/** The text of contract.test.ts, which tests the connector against a fake provider that is made from the document. */
export function writeContractTest({ id, create }: ConnectorNames, { runner, kind }: ConnectorLocation): string {
  const isPackage = kind === "package";
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
  // A large document, on a busy machine.
  const run = runner === "vitest" ? "test(name, run, 300_000)" : "test(name, { timeout: 300_000 }, run)";
  const responses = isPackage
    ? `const responses = JSON.parse(await readFile(new URL("../test/responses.json", import.meta.url), "utf8"));
`
    : "";
  const options = [`create: ${create}`, "facts", "documents", ...(isPackage ? ["responses"] : [])].join(", ");
  return `${isPackage ? 'import { readFile } from "node:fs/promises";\n' : ""}${imports}import { ${create}, facts, profile } from "./index.js";

const documents = (await loadDocuments("${id}")).map(({ json }) => json);
${responses}
for (const { name, run } of connectorContract(profile, { ${options} }))
  ${run};
`;
}
