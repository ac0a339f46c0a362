import { type GraphQLSchema, Kind, type OperationDefinitionNode, visit } from "graphql";
import type { ProjectDocuments } from "./read-documents.js";
import { type FieldStep, type SelectedField, selectedFields } from "./selected-fields.js";

/** The list of a query, and how it goes on. */
export interface FoundPage {
  readonly items: readonly FieldStep[];
  readonly cursor: readonly FieldStep[];
  readonly more: readonly FieldStep[];
  /** The variable that takes the cursor. */
  readonly into: string;
}

/** The directive by which a provider deduplicates a mutation, and its argument: `@idempotent(key: $key)`. */
export interface IdempotencyDirective {
  readonly directive: string;
  readonly argument: string;
}

const named = (fields: readonly SelectedField[], name: string) => fields.find(({ node }) => node.name.value === name);

function allFields(fields: readonly SelectedField[]): readonly SelectedField[] {
  return fields.flatMap((field) => [field, ...allFields(field.fields)]);
}

/** The variable that a field takes as its argument `after`. */
function afterOf({ node }: SelectedField): string | undefined {
  const value = node.arguments?.find(({ name }) => name.value === "after")?.value;
  return value?.kind === Kind.VARIABLE ? value.name.value : undefined;
}

/**
 * The one connection of a query whose `after` is a variable, where it selects `endCursor` and `hasNextPage` of its `pageInfo`, and
 * `nodes` or `edges` (https://relay.dev/graphql/connections.htm). Undefined where there are several, or it is inside of a list.
 */
export function findPage(
  operation: OperationDefinitionNode,
  schema: GraphQLSchema,
  documents: ProjectDocuments,
): FoundPage | undefined {
  const [field, ...others] = allFields(selectedFields(operation, schema, documents)).filter(afterOf);
  if (field === undefined || others.length > 0 || field.isInList || field.isList) return undefined;
  const pageInfo = named(field.fields, "pageInfo")?.fields ?? [];
  const [cursor, more] = [named(pageInfo, "endCursor"), named(pageInfo, "hasNextPage")];
  const items = named(field.fields, "nodes") ?? named(field.fields, "edges");
  if (!cursor || !more || !items?.isList) return undefined;
  return { items: items.steps, cursor: cursor.steps, more: more.steps, into: afterOf(field) ?? "" };
}

/** Where the result of a mutation reports what the provider rejected: `userErrors`, `mediaUserErrors` and the like. */
export function findUserErrors(
  operation: OperationDefinitionNode,
  schema: GraphQLSchema,
  documents: ProjectDocuments,
): readonly (readonly FieldStep[])[] {
  return selectedFields(operation, schema, documents)
    .filter(({ isList }) => !isList)
    .flatMap(({ fields }) => fields)
    .filter(({ node, isList }) => isList && /userErrors$/i.test(node.name.value))
    .map(({ steps }) => steps);
}

/** The variables that a mutation passes to the directive by which the provider deduplicates it. */
export function findKeyVariables(
  operation: OperationDefinitionNode,
  facts: IdempotencyDirective | undefined,
): ReadonlySet<string> {
  const found = new Set<string>();
  if (facts === undefined) return found;
  visit(operation, {
    Directive({ name, arguments: given = [] }) {
      const value = given.find((one) => one.name.value === facts.argument)?.value;
      if (name.value === facts.directive && value?.kind === Kind.VARIABLE) found.add(value.name.value);
    },
  });
  return found;
}
