import {
  astFromValue,
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputField,
  type GraphQLNamedType,
  type GraphQLSchema,
  isAbstractType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isIntrospectionType,
  isObjectType,
  isSpecifiedScalarType,
  print,
} from "graphql";

/** What callers rely on, without descriptions: `products`, and what it promises. */
export interface ContractEntry {
  /** `QUERY products`, `MUTATION productCreate`, `type Product`. */
  readonly title: string;
  readonly contract: unknown;
}

const byName = <T extends { readonly name: string }>(items: Iterable<T>) =>
  [...items].sort((one, other) => (one.name < other.name ? -1 : 1));

function describeInput({ name, type, defaultValue, deprecationReason }: GraphQLArgument | GraphQLInputField) {
  const ast = defaultValue === undefined ? undefined : astFromValue(defaultValue, type);
  return [name, String(type), ast ? print(ast) : null, deprecationReason != null];
}

function describeField({ name, type, args, deprecationReason }: GraphQLField<unknown, unknown>) {
  return [name, String(type), byName(args).map(describeInput), deprecationReason != null];
}

function describeType(schema: GraphQLSchema, type: GraphQLNamedType): unknown {
  if (isEnumType(type))
    return byName(type.getValues()).map(({ name, deprecationReason }) => [name, deprecationReason != null]);
  if (isInputObjectType(type)) return byName(Object.values(type.getFields())).map(describeInput);
  const possible = isAbstractType(type) ? byName(schema.getPossibleTypes(type)).map(({ name }) => name) : [];
  if (isObjectType(type) || isInterfaceType(type)) {
    const interfaces = byName(type.getInterfaces()).map(({ name }) => name);
    return { fields: byName(Object.values(type.getFields())).map(describeField), interfaces, possible };
  }
  return { possible };
}

/** The queries, mutations and types of a schema, each with its contract: it changes when callers may notice. */
export function schemaContract(schema: GraphQLSchema): readonly ContractEntry[] {
  const roots = [
    ["QUERY", schema.getQueryType()],
    ["MUTATION", schema.getMutationType()],
  ] as const;
  const operations = roots.flatMap(([kind, type]) =>
    byName(Object.values(type?.getFields() ?? {})).map((field) => ({
      title: `${kind} ${field.name}`,
      contract: describeField(field),
    })),
  );
  const isRoot = (type: GraphQLNamedType) => roots.some(([, root]) => root === type);
  const types = byName(Object.values(schema.getTypeMap())).filter(
    (type) => !isRoot(type) && !isIntrospectionType(type) && !isSpecifiedScalarType(type),
  );
  return [
    ...operations,
    ...types.map((type) => ({
      title: `type ${type.name}`,
      contract: [type.constructor.name, describeType(schema, type)],
    })),
  ];
}
