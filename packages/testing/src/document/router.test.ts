import { expect, test } from "vitest";
import { readOperations } from "./operation.js";
import { createRouter } from "./router.js";

const paths = [
  "/v1/customers",
  "/v1/customers/search",
  "/v1/customers/{customer}",
  "/v1/customers/{customer}/sources/{id}",
  "/Accounts/{Sid}.json",
  "/Accounts/{Sid}/Calls.json",
  "/compare/{base}...{head}",
  "/files/{path}",
  "/files/{path}/history",
  "/{property}:run",
];
const operations = readOperations({
  openapi: "3.0.0",
  servers: [{ url: "https://x.test/base" }],
  paths: Object.fromEntries(paths.map((path) => [path, { get: {}, delete: {} }])),
});
const route = createRouter(operations, {
  basePaths: ["/api"],
  multiSegment: ({ path }) =>
    path.startsWith("/files") ? ["path"] : path.startsWith("/{property}") ? ["property"] : [],
});

test.each([
  ["/v1/customers", "/v1/customers", {}],
  ["/v1/customers/search", "/v1/customers/search", {}],
  ["/v1/customers/cus_1", "/v1/customers/{customer}", { customer: "cus_1" }],
  ["/v1/customers/a%2Fb%20c", "/v1/customers/{customer}", { customer: "a/b c" }],
  ["/v1/customers/c/sources/s", "/v1/customers/{customer}/sources/{id}", { customer: "c", id: "s" }],
  ["/Accounts/AC1.json", "/Accounts/{Sid}.json", { Sid: "AC1" }],
  ["/Accounts/AC1/Calls.json", "/Accounts/{Sid}/Calls.json", { Sid: "AC1" }],
  ["/compare/main...dev", "/compare/{base}...{head}", { base: "main", head: "dev" }],
  ["/files/a/b/c.txt", "/files/{path}", { path: "a/b/c.txt" }],
  ["/files/", "/files/{path}", { path: "" }],
  ["/files/a/b.txt/history", "/files/{path}/history", { path: "a/b.txt" }],
  ["/properties/123:run", "/{property}:run", { property: "properties/123" }],
  ["/base/v1/customers", "/v1/customers", {}],
  ["/api/v1/customers/cus_1", "/v1/customers/{customer}", { customer: "cus_1" }],
])("path %s matches %s", (path, template, params) => {
  const found = route("GET", path);
  expect(found).toMatchObject({ kind: "operation", operation: { path: template }, params });
});

test.each([
  "/v1/customers/..",
  "/v1/customers/%2e%2e",
  "/v1/customers/.",
  "/files/a/../b",
  "/files/a/%2E%2E/b",
  "/v1/customers/%zz",
])("R43: path %s matches no operation", (path) => {
  expect(route("GET", path).kind).toBe("unknown");
});

test("the root of a tree is not matched by an operation that writes", () => {
  expect(route("DELETE", "/files/a").kind).toBe("operation");
  expect(route("DELETE", "/files/").kind).toBe("unknown");
});

test("a path without the method names the methods that it has", () => {
  expect(route("POST", "/v1/customers")).toEqual({
    kind: "other-method",
    path: "/v1/customers",
    allowed: ["GET", "DELETE"],
  });
});

test.each([
  ["/v1/custmers", "/v1/customers"],
  ["/v1/customer/cus_1", "/v1/customers/{customer}"],
  ["/v1/customers/c/source/s", "/v1/customers/{customer}/sources/{id}"],
  ["/Accounts/AC1/Cals.json", "/Accounts/{Sid}/Calls.json"],
])("the nearest template to %s is %s", (path, nearest) => {
  expect(route("GET", path)).toEqual({ kind: "unknown", nearest });
});

// A backtracking engine would try more ways to divide the text than there are atoms.
test.each([
  [
    "adjacent placeholders",
    `/x/${Array.from({ length: 40 }, (_, index) => `{a${index}}`).join("")}/end`,
    "a".repeat(5_000),
  ],
  [
    "placeholders with separators",
    `/x/${Array.from({ length: 40 }, (_, index) => `{a${index}}`).join("-")}.json`,
    "-".repeat(5_000),
  ],
  ["placeholders with slashes", "/x/{path}/a/{path}/b/{path}/c/{path}/d/{path}/end", "a/b/c/d/".repeat(1_000)],
])("a long path is decided for a template with %s", (_, path, text) => {
  const found = createRouter(readOperations({ openapi: "3.0.0", paths: { [path]: { get: {} } } }), {
    basePaths: [],
    multiSegment: () => (path.includes("{path}") ? ["path"] : []),
  });
  expect(found("GET", `/x/${text}`)).toMatchObject({ kind: "unknown" });
});

test("placeholders without a separator get at least one character each", () => {
  const operations = readOperations({ openapi: "3.0.0", paths: { "/x/{a}{b}": { get: {} } } });
  const found = createRouter(operations, { basePaths: [], multiSegment: () => [] });
  expect(found("GET", "/x/abc")).toMatchObject({ kind: "operation", params: { a: "a", b: "bc" } });
  expect(found("GET", "/x/a")).toMatchObject({ kind: "unknown" });
});
