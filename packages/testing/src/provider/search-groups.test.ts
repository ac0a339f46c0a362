import { expect, test } from "vitest";
import { matchesSearch } from "./search-groups.js";

const item = { id: "1", properties: { email: "ada@example.com", age: "36", name: "Ada Lovelace", city: "" } };

// The operators of https://developers.hubspot.com/docs/api-reference/latest/crm/search-the-crm
test.each<[filter: object, found: boolean]>([
  [{ propertyName: "name", operator: "EQ", value: "ADA LOVELACE" }, true],
  [{ propertyName: "name", operator: "NEQ", value: "Grace" }, true],
  [{ propertyName: "city", operator: "NEQ", value: "London" }, false],
  [{ propertyName: "age", operator: "LT", value: "100" }, true],
  [{ propertyName: "age", operator: "LTE", value: "36" }, true],
  [{ propertyName: "age", operator: "GT", value: "36" }, false],
  [{ propertyName: "age", operator: "GTE", value: "36" }, true],
  [{ propertyName: "age", operator: "BETWEEN", value: "30", highValue: "40" }, true],
  [{ propertyName: "name", operator: "IN", values: ["grace", "ada lovelace"] }, true],
  [{ propertyName: "name", operator: "NOT_IN", values: ["ada lovelace"] }, false],
  [{ propertyName: "email", operator: "HAS_PROPERTY" }, true],
  [{ propertyName: "city", operator: "NOT_HAS_PROPERTY" }, true],
  [{ propertyName: "name", operator: "CONTAINS_TOKEN", value: "lovelace" }, true],
  [{ propertyName: "name", operator: "CONTAINS_TOKEN", value: "love" }, false],
  [{ propertyName: "email", operator: "CONTAINS_TOKEN", value: "*@example.com" }, true],
  [{ propertyName: "name", operator: "NOT_CONTAINS_TOKEN", value: "grace" }, true],
])("the filter %j finds the item: %s", (filter, found) => {
  expect(matchesSearch(item, { filterGroups: [{ filters: [filter] }] })).toBe(found);
});

test("all filters of a group must match, and one of the groups is enough", () => {
  const yes = { propertyName: "age", operator: "EQ", value: "36" };
  const no = { propertyName: "age", operator: "EQ", value: "1" };
  expect(matchesSearch(item, { filterGroups: [{ filters: [yes, no] }] })).toBe(false);
  expect(matchesSearch(item, { filterGroups: [{ filters: [no] }, { filters: [yes] }] })).toBe(true);
  expect(matchesSearch(item, { filterGroups: [] })).toBe(true);
  expect(matchesSearch(item, undefined)).toBe(true);
});
