import { findBreakingChanges, findDangerousChanges, type GraphQLSchema } from "graphql";
import { schemaContract } from "../graphql/schema-contract.js";
import type { Change } from "./changes/change.js";
import type { Versions } from "./changes/versions.js";
import type { Level } from "./rules/rule.js";

function changeOf(
  rule: string,
  level: Level,
  { owner, text }: { readonly owner: string; readonly text: string },
): Change {
  const side = "operation";
  return { rule, level, side, owner, location: "", text, operations: [], affectedCalls: { kind: "unknown" } };
}

/** `Field Product.bodyHtml was removed.` as a change of `GraphQL`, whose text goes on after the owner. */
const textOf = (description: string) => description.replace(/\.$/, "");
const ruleOf = (type: string) => type.toLowerCase().replaceAll("_", "-");

/**
 * Compares two versions of a schema of GraphQL. What graphql-js finds to break documents is breaking; what it finds dangerous, such as a
 * new value of an enum, is additive, and so are new queries, mutations and types.
 */
export function compareGraphqlSchemas({ old, new: current }: Versions<GraphQLSchema>): readonly Change[] {
  const found = (
    [
      ["breaking", findBreakingChanges(old, current)],
      ["additive", findDangerousChanges(old, current)],
    ] as const
  ).flatMap(([level, changes]) =>
    changes.map(({ type, description }) =>
      changeOf(ruleOf(type), level, { owner: "GraphQL", text: textOf(description) }),
    ),
  );
  const [before, after] = [old, current].map(
    (schema) => new Map(schemaContract(schema).map(({ title, contract }) => [title, JSON.stringify(contract)])),
  ) as [Map<string, string>, Map<string, string>];
  // Fields that were added to a type, and whatever else only adds to it.
  const isNamed = (title: string) => {
    const name = title.split(" ")[1] as string;
    return found.some(({ text }) => new RegExp(`\\b${name}\\b`).test(text));
  };
  const added = [...after].flatMap(([title, contract]) => {
    if (!before.has(title)) return [changeOf("graphql-added", "additive", { owner: title, text: "was added" })];
    if (before.get(title) === contract || isNamed(title)) return [];
    return [changeOf("graphql-extended", "additive", { owner: title, text: "was extended" })];
  });
  return [...found, ...added];
}
