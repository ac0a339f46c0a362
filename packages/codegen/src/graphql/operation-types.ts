import { codegen } from "@graphql-codegen/core";
import * as typescriptOperations from "@graphql-codegen/typescript-operations";
import {
  type DefinitionNode,
  type GraphQLSchema,
  isScalarType,
  isSpecifiedScalarType,
  Kind,
  type OperationDefinitionNode,
  parse,
} from "graphql";
import { findKeyVariables, type IdempotencyDirective } from "./describe-operation.js";
import type { ProjectDocuments } from "./read-documents.js";
import type { Scalars } from "./scalar-type.js";

/** What the types depend on besides schema and documents. */
export interface TypeOptions {
  readonly scalars: Scalars;
  readonly idempotency: IdempotencyDirective | undefined;
}

/** The types of all scalars that the schema defines. Ids are text; what is not known can be anything. */
function scalarConfig(schema: GraphQLSchema, scalars: Scalars) {
  const own = Object.values(schema.getTypeMap()).filter((type) => isScalarType(type) && !isSpecifiedScalarType(type));
  const pairs = own.map(({ name }) => {
    const type = scalars[name] ?? "unknown";
    return [name, type === "date" ? { input: "string | Date", output: "string" } : { input: type, output: type }];
  });
  return { ...Object.fromEntries(pairs), ID: { input: "string", output: "string" } };
}

/** The operation as its caller sees it: the variable for an idempotency key may be left out. */
function withOptionalKey(
  operation: OperationDefinitionNode,
  facts: IdempotencyDirective | undefined,
): OperationDefinitionNode {
  const keys = findKeyVariables(operation, facts);
  const variableDefinitions = (operation.variableDefinitions ?? []).map((definition) => {
    const { type, variable } = definition;
    return keys.has(variable.name.value) && type.kind === Kind.NON_NULL_TYPE
      ? { ...definition, type: type.type }
      : definition;
  });
  return { ...operation, variableDefinitions };
}

/** Removes what TypeScript would have to instantiate for nothing: `Exact<T>` is T. */
function withoutHelpers(text: string): string {
  const plain = text
    .replace(/^type Exact<.*\n/m, "")
    .replaceAll(/= Exact<\{ \[key: string\]: never; \}>;/g, "= Readonly<Record<string, never>>;")
    .replaceAll(
      /= Exact<\{\n([\s\S]*?)\n\}>;/g,
      (_, fields: string) => `= {\n${fields.replaceAll(/^ {2}(?=\w)/gm, "  readonly ")}\n};`,
    );
  const isUsed = (plain.match(/\bIncremental</g)?.length ?? 0) > 1;
  return (isUsed ? plain : plain.replace(/^export type Incremental<.*\n/m, ""))
    .replaceAll(/^\/\*\* Internal type.*\n(?!export type Incremental)/gm, "")
    .replaceAll(/\n{3,}/g, "\n\n")
    .trim();
}

/**
 * The types of operations and fragments, and of the inputs and enums that they use, as text: `<Name>Query`, `<Name>QueryVariables`
 * and the like, by GraphQL Code Generator.
 */
export async function operationTypes(
  { operations, fragments }: ProjectDocuments,
  schema: GraphQLSchema,
  { scalars, idempotency }: TypeOptions,
): Promise<string> {
  const definitions: DefinitionNode[] = [
    ...operations.map((operation) => withOptionalKey(operation, idempotency)),
    ...fragments.values(),
  ];
  const text = await codegen({
    filename: "operations.ts",
    // It only reads `schemaAst`.
    schema: parse("type Query { unused: Int }"),
    schemaAst: schema,
    documents: [{ location: "operations.graphql", document: { kind: Kind.DOCUMENT, definitions } }],
    plugins: [{ operations: {} }],
    pluginMap: { operations: typescriptOperations },
    // They are valid, and the variable of a key would not be.
    skipDocumentsValidation: true,
    config: {
      scalars: scalarConfig(schema, scalars),
      namingConvention: "keep",
      immutableTypes: true,
      // Members of a union with the same fields are one.
      mergeFragmentTypes: true,
      arrayInputCoercion: false,
    },
  });
  return withoutHelpers(text);
}
