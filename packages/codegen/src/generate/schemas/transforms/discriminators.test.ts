import { describe } from "vitest";
import { testTypes } from "../../../../test/type-cases.js";

const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const text = { type: "string" };
const object = (properties: object, required: string[] = []) => ({ type: "object", properties, required });
const mapping = { cat: "#/components/schemas/Cat", dog: "Dog" };

describe("discriminators", () => {
  testTypes([
    {
      title: "without a mapping, schemas keep their own literals",
      schemas: { A: object({ kind: { enum: ["alpha"] }, a: text }), B: object({ kind: { const: "beta" }, b: text }) },
      it: { oneOf: [ref("A"), ref("B")], discriminator: { propertyName: "kind" } },
      accepts: ['{ kind: "alpha", a: "a" }', '{ kind: "beta", b: "b" }'],
      refuses: ['{ kind: "A", a: "a" }', '{ a: "a" }', '{ kind: "alpha", b: "b" }'],
      reads: ['if (it.kind === "alpha") it.a?.length; else it.b?.length;'],
    },
    {
      title: "without a mapping or literals, the value is the name of the schema",
      schemas: { A: object({ kind: text, a: text }), B: object({ kind: text, b: text }) },
      it: { anyOf: [ref("A"), ref("B")], discriminator: { propertyName: "kind" } },
      accepts: ['{ kind: "A", a: "a" }'],
      refuses: ['{ kind: "alpha" }'],
    },
    {
      title: "a mapping names the values",
      schemas: { Cat: object({ kind: text, lives: text }), Dog: object({ kind: text }) },
      it: { oneOf: [ref("Cat"), ref("Dog")], discriminator: { propertyName: "kind", mapping } },
      accepts: ['{ kind: "cat", lives: "9" }', '{ kind: "dog" }'],
      refuses: ['{ kind: "Cat" }', '{ kind: "dog", lives: "9" }'],
    },
    {
      title: "allOf over a mapped union keeps its alternatives apart",
      schemas: {
        Cat: object({ kind: text, lives: text }),
        Dog: object({ kind: text, breed: text }),
        Pet: { oneOf: [ref("Cat"), ref("Dog")], discriminator: { propertyName: "kind", mapping } },
      },
      it: { allOf: [ref("Pet"), object({ owner: text }, ["owner"])] },
      accepts: ['{ kind: "cat", lives: "9", owner: "o" }'],
      refuses: [
        '{ kind: "cat", lives: "9" }',
        '{ kind: "cow", owner: "o" }',
        '{ kind: "dog", lives: "9", owner: "o" }',
      ],
      reads: ['if (it.kind === "cat") it.lives?.length; else it.breed?.length;'],
    },
    {
      title: "a schema in a mapped and in an unmapped union is not never",
      schemas: {
        Base: {
          ...object({ type: text }, ["type"]),
          discriminator: { propertyName: "type", mapping: { external: "External" } },
        },
        External: { allOf: [ref("Base"), object({ url: text })] },
        Other: { oneOf: [ref("External")], discriminator: { propertyName: "type", mapping: { external: "External" } } },
      },
      it: ref("External"),
      accepts: ['{ type: "external", url: "u" }'],
      refuses: ['{ type: "External" }', '{ url: "u" }'],
    },
    {
      title: "children of a schema with a discriminator have their names, or the keys of the mapping",
      schemas: {
        Pet: { ...object({ petType: text }, ["petType"]), discriminator: { propertyName: "petType" } },
        Cat: { allOf: [ref("Pet"), object({ lives: text })] },
      },
      it: ref("Cat"),
      accepts: ['{ petType: "Cat", lives: "9" }'],
      refuses: ['{ petType: "cat" }', '{ lives: "9" }'],
    },
    {
      title: "a property that lists the values of all children has that of its child",
      schemas: {
        Kind: { enum: ["Cat", "Dog"] },
        Pet: { ...object({ petType: ref("Kind") }, ["petType"]), discriminator: { propertyName: "petType" } },
        Cat: { allOf: [ref("Pet"), object({ lives: text })] },
      },
      it: ref("Cat"),
      accepts: ['{ petType: "Cat" }'],
      refuses: ['{ petType: "Dog" }'],
    },
    {
      title: "a discriminator that is a number stays one",
      schemas: { A: object({ kind: { type: "integer", enum: [1] } }) },
      it: { oneOf: [ref("A")], discriminator: { propertyName: "kind", mapping: { "1": "A" } } },
      accepts: ["{ kind: 1 }"],
      refuses: ['{ kind: "1" }'],
    },
  ]);
});
