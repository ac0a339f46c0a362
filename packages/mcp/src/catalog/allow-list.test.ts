import { expect, test } from "vitest";
import { allowedOperations } from "./allow-list.js";

const operations = [
  { method: "GET", path: "/v1/customers", safety: "safe" },
  { method: "GET", path: "/v1/customers/{customer}", safety: "safe" },
  { method: "POST", path: "/v1/customers/{customer}", safety: "unsafe" },
  { method: "DELETE", path: "/v1/customers/{customer}", safety: "idempotent" },
  { method: "POST", path: "/v1/refunds", safety: "unsafe" },
  { method: "POST", path: "/v1/refunds/{refund}/cancel", safety: "unsafe" },
  { method: "POST", path: "/v1/search", safety: "safe" },
];

test.each([
  [undefined, [0, 1, 6]],
  [[], []],
  [["GET *"], [0, 1]],
  [["get /v1/customers"], [0]],
  [["POST /v1/refunds"], [4]],
  [
    ["GET *", "POST /v1/refunds"],
    [0, 1, 4],
  ],
  [["* /v1/customers/*"], [1, 2, 3]],
  [["POST /v1/*/cancel"], [5]],
  [["*  *"], [0, 1, 2, 3, 4, 5, 6]],
])("the patterns %j allow the operations %j", (patterns, indexes) => {
  expect([...allowedOperations(operations, patterns)]).toEqual(indexes.map((index) => operations[index]));
});

test.each([
  ["POST /v1/refund", 'allow: no operation matches "POST /v1/refund".'],
  ["/v1/refunds", 'allow: "/v1/refunds" must be a method and a path, such as "GET *" or "POST /v1/refunds".'],
  ["", 'allow: "" must be a method and a path, such as "GET *" or "POST /v1/refunds".'],
  ["POST *funds", 'allow: "POST *funds" must be a method and a path, such as "GET *" or "POST /v1/refunds".'],
  ["POST", 'allow: "POST" must be a method and a path, such as "GET *" or "POST /v1/refunds".'],
])("the pattern %j is an error that says why", (pattern, message) => {
  expect(() => allowedOperations(operations, [pattern])).toThrow(message);
});
