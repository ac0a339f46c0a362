import { describe, expect, test } from "vitest";
import { readOperations } from "./operation.js";
import { createRouter } from "./router.js";

const header = (name: string, ...values: string[]) => ({
  name,
  in: "header",
  required: true,
  schema: { enum: values },
});
const query = (name: string) => ({ name, in: "query", required: true, schema: { type: "string" } });
const operations = readOperations({
  openapi: "3.0.0",
  paths: {
    "/#Act.One": { post: { parameters: [header("X-Target", "Act.One")] } },
    "/#Act.Two": { post: { parameters: [header("X-Target", "Act.Two")] } },
    "/tags": { get: {} },
    "/tags#keys": { delete: { parameters: [query("keys")] } },
    "/templates": { get: {} },
    "/templates?full=true": { get: {} },
    "/uploads": { put: {} },
    "/uploads#part&id": { put: { parameters: [query("part"), query("id")] } },
  },
});
const route = createRouter(operations, { basePaths: [], multiSegment: () => [] });

/** The path of the operation that `GET /path?query` is routed to. */
function routed(request: string, headers: Record<string, string> = {}): string {
  const [method = "", target = ""] = request.split(" ");
  const [path = "", search = ""] = target.split("?");
  const result = route(method, path, { query: [...new URLSearchParams(search)], headers });
  return result.kind === "operation" ? result.operation.path : result.kind;
}

describe("operations with the same method and path on the wire", () => {
  test.each([
    ["POST /", { "x-target": "Act.One" }, "/#Act.One"],
    ["POST /", { "x-target": "Act.Two" }, "/#Act.Two"],
    ["DELETE /tags?keys=a", {}, "/tags#keys"],
    ["GET /templates", {}, "/templates"],
    ["GET /templates?full=true", {}, "/templates?full=true"],
    ["GET /templates?full=false", {}, "/templates"],
    ["PUT /uploads", {}, "/uploads"],
    ["PUT /uploads?part=1&id=2", {}, "/uploads#part&id"],
    ["PUT /uploads?part=1", {}, "/uploads"],
  ] as const)("%s with headers %j is routed to %s", (request, headers, operation) => {
    expect(routed(request, headers)).toBe(operation);
  });

  test("the first of them is taken for a request that meets the conditions of none", () => {
    expect(routed("POST /", { "x-target": "Act.Three" })).toBe("/#Act.One");
    expect(routed("DELETE /tags")).toBe("/tags#keys");
  });
});
