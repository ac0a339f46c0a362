import {
  type DocumentNode,
  type FragmentDefinitionNode,
  GraphQLError,
  type GraphQLSchema,
  getLocation,
  Kind,
  NoUnusedFragmentsRule,
  type OperationDefinitionNode,
  parse,
  Source,
  specifiedRules,
  validate,
} from "graphql";
import { CodegenError } from "../errors/codegen-error.js";

/** A file with documents, and its path in messages. */
export interface GraphqlFile {
  readonly path: string;
  readonly text: string;
}

/** An operation with a name. */
export type NamedOperation = OperationDefinitionNode & { readonly name: { readonly value: string } };

/** The operations of all files, and the fragments that they share, sorted by their names. */
export interface ProjectDocuments {
  readonly operations: readonly NamedOperation[];
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
}

const maxShown = 30;
// Words that cannot be the name of a constant of a module: https://tc39.es/ecma262/#prod-ReservedWord
const reserved = new Set(
  "arguments await break case catch class const continue debugger default delete do else enum eval export extends false finally for function if implements import in instanceof interface let new null package private protected public return static super switch this throw true try typeof undefined var void while with yield".split(
    " ",
  ),
);

function describe({ message, source, positions, nodes }: GraphQLError): string {
  const location = nodes?.[0]?.loc;
  const from = source ?? location?.source;
  const at = positions?.[0] ?? location?.start;
  if (from === undefined || at === undefined) return message;
  const { line, column } = getLocation(from, at);
  return `${from.name}:${line}:${column}: ${message}`;
}

/** What the specification allows and a program cannot use. */
function findUnusable(operation: OperationDefinitionNode): string | undefined {
  if (operation.operation === "subscription") return "A subscription cannot be sent by a call: remove it.";
  if (operation.name === undefined) return "An operation must have a name, which its constant gets.";
  if (reserved.has(operation.name.value)) return `"${operation.name.value}" cannot be the name of a constant.`;
  return undefined;
}

const byName = (one: { readonly name: { readonly value: string } }, other: typeof one) =>
  one.name.value < other.name.value ? -1 : 1;

/**
 * Parses and validates the documents of a project, all together: a fragment may be in another file.
 * @throws CodegenError that lists all problems, each with its file, line and column.
 */
export function readDocuments(files: readonly GraphqlFile[], schema: GraphQLSchema): ProjectDocuments {
  const errors: GraphQLError[] = [];
  const definitions = files.flatMap(({ path, text }) => {
    // A file with comments alone is not a document.
    if (text.replaceAll(/#.*|[\s,\uFEFF]/g, "") === "") return [];
    try {
      return parse(new Source(text, path)).definitions;
    } catch (error) {
      errors.push(error as GraphQLError);
      return [];
    }
  });
  const document: DocumentNode = { kind: Kind.DOCUMENT, definitions };
  const operations = definitions.filter((one) => one.kind === Kind.OPERATION_DEFINITION);
  const fragments = definitions.filter((one) => one.kind === Kind.FRAGMENT_DEFINITION);
  if (errors.length === 0) {
    const rules = specifiedRules.filter((rule) => rule !== NoUnusedFragmentsRule);
    errors.push(...validate(schema, document, rules));
    for (const operation of operations) {
      const problem = findUnusable(operation);
      if (problem !== undefined) errors.push(new GraphQLError(problem, { nodes: [operation] }));
    }
  }
  if (errors.length > 0) {
    const lines = errors.slice(0, maxShown).map(describe);
    if (errors.length > maxShown) lines.push(`and ${errors.length - maxShown} more`);
    throw new CodegenError("The GraphQL documents are not valid:", lines);
  }
  return {
    operations: (operations as NamedOperation[]).sort(byName),
    fragments: new Map(fragments.sort(byName).map((fragment) => [fragment.name.value, fragment])),
  };
}
