import type { GraphQLSchema } from "graphql";
import type { LoadedDocument } from "../document/loaded-document.js";
import { CodegenError } from "../errors/codegen-error.js";
import type { WebhookFacts } from "../spec/webhook-facts.js";
import { withoutClientFields } from "./client-fields.js";
import { stringIn } from "./document/json.js";
import { readDocumentServers } from "./facts/document-servers.js";
import { nestsInt64 } from "./facts/nests-int64.js";
import { readFacts } from "./facts/read-facts.js";
import type { NamedOperation } from "./operations/api-operation.js";
import { type GeneratorProfile, readGeneratorProfile } from "./profile/generator-profile.js";
import { cleanDocument } from "./schemas/clean-document.js";
import { toCommentText } from "./schemas/document-text.js";
import { countNullableReferences } from "./schemas/reference-siblings.js";
import { writeSchemaTypes } from "./schemas/schema-types.js";
import { writeSurface } from "./surface/write-surface.js";
import { verifyOutput } from "./verify-output.js";
import { writeWebhooks } from "./webhooks/write-webhooks.js";
import { GENERATED } from "./write/header.js";
import { nameSchemaModules } from "./write/schema-modules.js";
import { writeByPath } from "./write/write-by-path.js";
import { writeFacts } from "./write/write-facts.js";
import { writeOperations } from "./write/write-operations.js";
import { writePaths } from "./write/write-paths.js";
import { writeSchema } from "./write/write-schema.js";
import { writeStrategies } from "./write/write-strategies.js";
import { writeTypes } from "./write/write-types.js";

/** What a client is generated from. */
export interface GenerateInput {
  /** The provider's name in specs/, for messages. */
  readonly provider: string;
  /** Parsed, with their overlays applied, and every `$ref` resolvable. */
  readonly documents: readonly LoadedDocument[];
  /** The provider's profile, as plain data. */
  readonly profile: unknown;
  /** Where the first document describes the events that the provider delivers. */
  readonly webhooks?: WebhookFacts | undefined;
  /** The schema of its GraphQL API. Its types are generated for each program, of its own operations; the surface lists it. */
  readonly schema?: GraphQLSchema | undefined;
}

/** The texts of a client: the same bytes for the same input. */
export interface GenerateOutput {
  /** By path in the output folder, with `/` on every system. */
  readonly files: ReadonlyMap<string, string>;
  /** One line for each operation and each component that they reach, for review. */
  readonly surface: string;
  readonly operations: number;
  /** Sentences about what the documents lack, and what the profile overrides. */
  readonly warnings: readonly string[];
}

/**
 * Generates the typed client of a provider from its documents: schema types, the index of paths and pages, a constant
 * for each operation, the facts that its profile does not have, and the list of strategies that profile and facts name.
 * @throws CodegenError if profile and documents contradict each other, or a document cannot be used.
 */
export async function generate({
  provider,
  documents: published,
  profile: input,
  webhooks,
  schema,
}: GenerateInput): Promise<GenerateOutput> {
  if (published.length === 0)
    throw new CodegenError(`Provider "${provider}" has no documents. Add at least one to its spec.yaml.`);
  const profile = readGeneratorProfile(input);
  const documents = withoutClientFields(published, profile);
  const modules = nameSchemaModules(documents);
  const { operations, pages, facts } = readFacts(documents, profile);

  const files = new Map<string, string>();
  for (const document of documents) {
    const own = operations.filter((operation) => operation.document === document);
    files.set(modules.fileOf(document), writeSchemaModule(document, own, profile));
  }
  files.set("paths.ts", writePaths({ operations, pages, profile, modules }));
  files.set("schema.ts", writeSchema(documents));
  const schemas = documents.map(({ name }) => ({ name, text: files.get(`schemas/${name}.ts`) ?? "" }));
  files.set("types.ts", writeTypes(schemas));
  files.set("operations.ts", writeOperations(operations));
  files.set("by-path.ts", writeByPath({ operations, pages, profile }));
  files.set("facts.ts", writeFacts(facts));
  // Only types of JSON have this union.
  const sendsInt64 = schemas.some(({ text }) => text.includes("number | bigint")) || nestsInt64(operations, profile);
  files.set("strategies.ts", writeStrategies(profile, facts, { sendsInt64 }));
  if (webhooks !== undefined) files.set("webhooks.ts", writeWebhooks(documents, webhooks, profile));
  for (const [name, text] of files) verifyOutput(name, text);
  return {
    files,
    surface: writeSurface(operations, schema),
    operations: operations.length,
    warnings: collectWarnings(documents, operations, profile),
  };
}

function writeSchemaModule(
  document: LoadedDocument,
  operations: readonly NamedOperation[],
  profile: GeneratorProfile,
): string {
  const origin = toCommentText(document.origin).replaceAll("\n", " ");
  try {
    return `${GENERATED}// From ${origin}\n\n${writeSchemaTypes(cleanDocument(document, operations), profile)}`;
  } catch (error) {
    if (error instanceof CodegenError) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new CodegenError(
      `Types cannot be generated from document "${document.name}" (${document.origin}): ${reason}`,
      [],
      { cause: error },
    );
  }
}

function collectWarnings(
  documents: readonly LoadedDocument[],
  operations: readonly NamedOperation[],
  profile: GeneratorProfile,
): string[] {
  const names = documents.flatMap((document) => {
    const nameless = operations.filter(
      (operation) => operation.document === document && stringIn(operation.json, "operationId") === undefined,
    );
    return nameless.length === 0 ? [] : [namelessWarning(document, nameless.length)];
  });
  const nullable = documents.flatMap((document) => {
    const count = countNullableReferences(document);
    return count === 0 ? [] : [nullableWarning(document, count)];
  });
  return [...names, ...nullable, ...readDocumentServers(documents, profile).warnings];
}

function namelessWarning({ name }: LoadedDocument, count: number): string {
  const subject =
    count === 1
      ? "1 operation has no operationId; its name is derived"
      : `${count} operations have no operationId; their names are derived`;
  return `Document "${name}": ${subject} from method and path.`;
}

function nullableWarning({ name }: LoadedDocument, count: number): string {
  const subject = count === 1 ? "1 reference has" : `${count} references have`;
  return `Document "${name}": ${subject} "nullable: true" beside "$ref", which OpenAPI 3.0 ignores; the types allow null nevertheless.`;
}
