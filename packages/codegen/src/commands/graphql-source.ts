import { buildClientSchema, type GraphQLSchema, getIntrospectionQuery, type IntrospectionQuery } from "graphql";
import { importFrom } from "../doctor/import-from.js";
import { CodegenError } from "../errors/codegen-error.js";
import { loadSchema } from "../graphql/load-schema.js";
import { cacheFolder, createDocumentCache } from "../source/document-cache.js";
import { documentFolder } from "../source/document-folder.js";
import { fetchDocument } from "../source/fetch-document.js";
import { loadNpmSettings } from "../source/npm-settings.js";
import { pullDocuments } from "../source/pull-documents.js";
import { parseSource } from "../source/source.js";
import type { GraphqlFacts } from "../spec/graphql-facts.js";
import { findPackage, selectSpecs } from "../spec/select-specs.js";
import type { CommandContext } from "./command-context.js";
import { loadConnector } from "./load-connector.js";
import type { GraphqlCommandOptions } from "./parsed-command.js";

/** A schema, and what it does not say. */
export interface GraphqlSource extends Omit<GraphqlFacts, "schema"> {
  readonly schema: GraphQLSchema;
}

const isSchemaName = (name: string) => /^(npm:|https?:)/.test(name) || /\.(json|graphqls?|gql)(\.gz)?$/i.test(name);

/** Sends the introspection query of the specification through the connector, as its user does. */
async function introspect(
  { name, specs, baseUrl, environment }: GraphqlCommandOptions,
  context: CommandContext,
): Promise<GraphQLSchema> {
  const [spec] = await selectSpecs([name], { cwd: context.cwd, specs });
  if (spec === undefined) throw new CodegenError(`Unknown provider \`${name}\`.`);
  const folder = findPackage(name, context.cwd);
  const create = await loadConnector({ name, folder, spec }, context);
  const core = (await importFrom(context.cwd, "@connectry/core/graphql")) as {
    readonly graphql: (connector: object, request: object) => Promise<{ readonly data: IntrospectionQuery }>;
  };
  try {
    const query = getIntrospectionQuery({ directiveIsRepeatable: true, specifiedByUrl: true });
    const { data } = await core.graphql(create({ baseUrl, ...(environment !== undefined && { environment }) }), {
      query,
    });
    return buildClientSchema(data, { assumeValid: true });
  } catch (cause) {
    throw new CodegenError(`The schema of ${name} cannot be introspected: ${(cause as Error).message}`, [], { cause });
  }
}

/** The pinned schema of a provider. */
async function pullSchema({ schema: pin }: GraphqlFacts, context: CommandContext): Promise<GraphQLSchema> {
  const results = await pullDocuments([pin], {
    folder: documentFolder(context.env, context.cwd),
    cache: createDocumentCache(cacheFolder(context.env)),
    fallback: "never",
    npmSettings: () => loadNpmSettings(context.env, context.cwd),
    progress: context.progress,
  });
  const result = results.get(pin);
  if (result?.kind !== "pulled") throw result?.error;
  return loadSchema(result.bytes, pin.origin);
}

/**
 * Loads the schema that `connectry graphql` is given: that of a provider by its pin or by introspection, or one of the user's own.
 * @throws CodegenError if there is none, or it cannot be loaded.
 */
export async function loadGraphqlSource(
  options: GraphqlCommandOptions,
  context: CommandContext,
): Promise<GraphqlSource> {
  const { name, specs } = options;
  if (isSchemaName(name)) {
    if (options.introspect) throw new CodegenError("`--introspect` asks a provider: name one instead of a schema.");
    const source = parseSource(name, context.cwd);
    const npmSettings = () => loadNpmSettings(context.env, context.cwd);
    const { bytes } = await fetchDocument(source, { progress: context.progress, npmSettings });
    return { schema: await loadSchema(bytes, name), scalars: {} };
  }
  const [spec] = await selectSpecs([name], { cwd: context.cwd, specs });
  const facts = spec?.graphql;
  if (options.introspect) return { scalars: {}, ...facts, schema: await introspect(options, context) };
  if (facts === undefined)
    throw new CodegenError(`${name} has no pinned schema.`, [
      "Name a schema, such as schema.graphql, or ask the provider for it by --introspect.",
    ]);
  return { ...facts, schema: await pullSchema(facts, context) };
}
