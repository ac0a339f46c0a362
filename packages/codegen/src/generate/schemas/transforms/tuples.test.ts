import { describe } from "vitest";
import { testTypes } from "../../../../test/type-cases.js";

const prefixItems = [{ type: "string" }, { type: "number" }];

describe("tuples", () => {
  testTypes([
    {
      title: "prefixItems are a closed tuple",
      it: { type: "array", prefixItems },
      accepts: ['["a", 1]'],
      refuses: ['["a"]', '["a", 1, 2]', '[1, "a"]'],
    },
    {
      title: "items beside prefixItems are the type of the rest",
      it: { type: "array", prefixItems, items: { type: "boolean" } },
      accepts: ['["a", 1]', '["a", 1, true, false]'],
      refuses: ['["a", 1, 2]'],
    },
    {
      title: "elements after minItems can be left out",
      it: { type: "array", prefixItems, items: false, minItems: 1 },
      accepts: ['["a"]', '["a", 1]'],
      refuses: ["[]", '["a", 1, 2]'],
    },
    {
      title: "a tuple or null is one",
      it: { type: ["array", "null"], prefixItems },
      accepts: ["null", '["a", 1]'],
      refuses: ["[]"],
    },
    {
      title: "a list of schemas in items is a tuple, as JSON Schema had it before",
      it: { type: "array", items: prefixItems, additionalItems: { type: "null" } },
      accepts: ['["a", 1, null]'],
      refuses: ['["a", 1, 2]'],
    },
  ]);
});
