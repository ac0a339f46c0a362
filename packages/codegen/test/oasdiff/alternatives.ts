import { type CheckPair, documentPairs, schemaPairs } from "./check-pair.js";

const text = { type: "string" };
const flag = { type: "boolean" };
const pets = (discriminator?: object, keyword = "oneOf") => ({
  [keyword]: [{ $ref: "#/components/schemas/Cat" }, { $ref: "#/components/schemas/Dog" }],
  ...(discriminator !== undefined && { discriminator }),
});
const kind = { type: "object", properties: { kind: text, sort: text }, required: ["kind", "sort"] };
const schemas = { Cat: kind, Dog: { ...kind, title: "Dog" } };
const by = (propertyName: string, mapping?: object) => ({ propertyName, ...(mapping !== undefined && { mapping }) });
const cat = "#/components/schemas/Cat";
const dog = "#/components/schemas/Dog";

/** One change of a discriminator, in bodies and in properties. */
function discriminators(
  name: string,
  {
    old,
    current,
    rule,
    level,
  }: { old?: object; current?: object; rule: string; level: "breaking" | "additive" | "invisible" },
  reason?: string,
): CheckPair[] {
  const inProperty = (schema: object) => ({ type: "object", properties: { pet: schema } });
  const side = name.startsWith("request") ? "body" : "response";
  const rest = { expected: [rule, level] as const, ...(reason !== undefined && { reason }) };
  const [before, after] = [pets(old), pets(current)];
  return [
    ...documentPairs(name.replace("*", "body"), {
      old: { schemas, [side]: before },
      current: { schemas, [side]: after },
      ...rest,
    }),
    ...documentPairs(name.replace("*", "property"), {
      old: { schemas, [side]: inProperty(before) },
      current: { schemas, [side]: inProperty(after) },
      ...rest,
    }),
  ];
}

const narrowing = "The types of the alternatives are told apart by the property and its values.";
const both = ["request", "response"] as const;

/** `oneOf`, `anyOf`, `allOf` and discriminators. */
export const alternativePairs: readonly CheckPair[] = [
  ...["one-of", "any-of"].flatMap((name) => {
    const keyword = name === "one-of" ? "oneOf" : "anyOf";
    return [
      ...schemaPairs(
        `request-{body,property}-${name}-added${name === "one-of" ? " response-{body,property}-one-of-added" : ""}`,
        {
          old: { [keyword]: [text, { type: "integer" }] },
          current: { [keyword]: [text, { type: "integer" }, flag] },
          rule: "alternative-added",
          request: "additive",
          response: "breaking",
        },
      ),
      ...schemaPairs(`{request,response}-{body,property}-${name}-removed`, {
        old: { [keyword]: [text, { type: "integer" }, flag] },
        current: { [keyword]: [text, { type: "integer" }] },
        rule: "alternative-removed",
        request: "breaking",
        response: "additive",
      }),
    ];
  }),
  ...schemaPairs("response-{body,property}-any-of-added", {
    old: { anyOf: [text, { type: "integer" }] },
    current: { anyOf: [text, { type: "integer" }, flag] },
    rule: "alternative-added",
    response: "breaking",
    reason: "The type is a union, as that of `oneOf`: code that reads it does not know the new member.",
  }),
  ...schemaPairs("{request,response}-body-wrapped-in-one-of", {
    old: { type: "object", properties: { kind: text } },
    current: {
      oneOf: [
        { type: "object", required: ["kind"] },
        { type: "object", required: ["sort"] },
      ],
    },
    rule: "alternatives-unlike",
    request: "breaking",
    response: "breaking",
  }),
  ...schemaPairs("request-{body,property}-all-of-added", {
    old: { allOf: [{ type: "string", minLength: 1 }, { maxLength: 9 }] },
    current: { allOf: [{ type: "string", minLength: 1 }, { maxLength: 9 }, { pattern: "^a" }] },
    rule: "pattern-changed",
    request: "breaking",
  }),
  ...schemaPairs("request-{body,property}-all-of-removed", {
    old: { allOf: [{ type: "string", minLength: 1 }, { maxLength: 9 }, { pattern: "^a" }] },
    current: { allOf: [{ type: "string", minLength: 1 }, { maxLength: 9 }] },
    rule: "constraint-loosened",
    request: "additive",
    reason: "Schemas are compared by what all members require together; a restriction less accepts more.",
  }),
  ...schemaPairs("response-{body,property}-all-of-added", {
    old: { allOf: [{ type: "string", minLength: 1 }, { maxLength: 9 }] },
    current: { allOf: [{ type: "string", minLength: 1 }, { maxLength: 9 }, { pattern: "^a" }] },
    rule: "pattern-changed",
    response: "invisible",
  }),
  ...schemaPairs("response-{body,property}-all-of-removed", {
    old: { allOf: [{ type: "string", minLength: 1 }, { maxLength: 9 }, { pattern: "^a" }] },
    current: { allOf: [{ type: "string", minLength: 1 }, { maxLength: 9 }] },
    rule: "constraint-loosened",
    response: "additive",
  }),
  ...schemaPairs("{request,response}-{body,property}-all-of-{added,removed}-annotation-only", {
    old: { allOf: [{ type: "string" }, { minLength: 1 }] },
    current: { allOf: [{ type: "string" }, { minLength: 1 }, { description: "A name." }] },
    rule: "schema-text-changed",
    request: "invisible",
    response: "invisible",
  }),
  ...both.flatMap((side) => [
    ...discriminators(`${side}-*-discriminator-added`, {
      current: by("kind"),
      rule: "discriminator-added",
      level: "additive",
    }),
    ...discriminators(
      `${side}-*-discriminator-removed`,
      { old: by("kind"), rule: "discriminator-removed", level: side === "request" ? "additive" : "breaking" },
      side === "request" ? undefined : narrowing,
    ),
    ...discriminators(
      `${side}-*-discriminator-property-name-changed`,
      { old: by("kind"), current: by("sort"), rule: "discriminator-property-changed", level: "breaking" },
      narrowing,
    ),
    ...discriminators(`${side}-*-discriminator-mapping-added`, {
      old: by("kind", { cat, dog }),
      current: by("kind", { cat, dog, kitten: cat }),
      rule: "discriminator-value-added",
      level: "additive",
    }),
    ...discriminators(
      `${side}-*-discriminator-mapping-deleted`,
      {
        old: by("kind", { cat, dog, kitten: cat }),
        current: by("kind", { cat, dog }),
        rule: "discriminator-value-removed",
        level: "breaking",
      },
      narrowing,
    ),
    ...discriminators(
      `${side}-*-discriminator-mapping-changed`,
      {
        old: by("kind", { cat, dog, puppy: cat }),
        current: by("kind", { cat, dog, puppy: dog }),
        rule: "discriminator-value-moved",
        level: "breaking",
      },
      narrowing,
    ),
  ]),
];
