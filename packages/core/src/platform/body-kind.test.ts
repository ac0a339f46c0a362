import { expect, test } from "vitest";
import { bodyKind } from "./body-kind.js";

test.each([
  [null, "json"],
  ["application/json", "json"],
  ["application/json; charset=utf-8", "json"],
  ["Application/Problem+JSON", "json"],
  ["text/json", "json"],
  ["text/plain", "text"],
  ["TEXT/HTML; charset=utf-8", "text"],
  ["text/csv", "text"],
  ["application/jsonl", "bytes"],
  ["application/octet-stream", "bytes"],
  ["image/png", "bytes"],
  ["application/xml; note=/json", "bytes"],
  ["", "bytes"],
])("a body of type %j is %s", (contentType, kind) => {
  expect(bodyKind(contentType)).toBe(kind);
});
