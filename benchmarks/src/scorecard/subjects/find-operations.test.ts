import assert from "node:assert/strict";
import { test } from "node:test";
import { findOperations } from "./find-operations.ts";

const surface = (...lines: string[]) => lines.map((line) => `${line}  Name  0a1b2c3d`).join("\n");

test("an object that is created and read is taken, the one with the shortest path", () => {
  const text = surface(
    "GET /v1/balance",
    "POST /v1/a",
    "POST /v1/plans",
    "GET /v1/plans/{plan}",
    "GET /v1/customers/{id}",
    "POST /v1/customers",
  );
  assert.deepEqual(findOperations(text, "{}"), { read: "/v1/plans/{plan}", write: "/v1/plans" });
});

test("a suffix of the path does not hide that the two belong together", () => {
  const text = surface("POST /Messages.json", "GET /Messages/{Sid}.json");
  assert.deepEqual(findOperations(text, "{}"), { read: "/Messages/{Sid}.json", write: "/Messages.json" });
});

test("an operation that the facts mention is left out", () => {
  const text = surface("POST /files", "GET /files/{file}", "POST /longer", "GET /longer/{id}");
  assert.deepEqual(findOperations(text, '{"POST /files":{}}'), { read: "/longer/{id}", write: "/longer" });
});

test("where nothing belongs together any read and any write are taken, and where one is missing nothing is", () => {
  assert.deepEqual(findOperations(surface("GET /api.test", "POST /pins.add"), "{}"), {
    read: "/api.test",
    write: "/pins.add",
  });
  assert.equal(findOperations(surface("POST /graphql.json"), "{}"), undefined);
});
