import { describe } from "vitest";
import { testTypes } from "../../../../test/type-cases.js";

const closed = { type: "object", additionalProperties: false };
const a = { type: "object", properties: { a: { type: "string" } } };

describe("objects without properties", () => {
  testTypes([
    { title: "a closed empty object is empty", it: closed, accepts: ["{}"], refuses: ["{ a: 1 }", "42"] },
    { title: "an open empty object is open", it: { type: "object" }, accepts: ["{ a: 1 }"], refuses: ["42"] },
    {
      title: "a closed empty member of allOf does not close the others",
      schemas: { Closed: closed },
      it: { allOf: [{ $ref: "#/components/schemas/Closed" }, a, closed] },
      accepts: ['{ a: "a" }'],
      refuses: ["{ a: 1 }"],
    },
  ]);
});
