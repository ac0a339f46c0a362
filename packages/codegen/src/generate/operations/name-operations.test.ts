import { expect, test } from "vitest";
import { readNamed, sampleDocument } from "../testing/sample-input.js";

const names = (...documents: ReturnType<typeof sampleDocument>[]) =>
  Object.fromEntries(readNamed(documents).map(({ method, path, name }) => [`${method} ${path}`, name]));
const paths = (ids: Record<string, string | undefined>) =>
  Object.fromEntries(
    Object.entries(ids).map(([path, operationId]) => [path, { get: operationId === undefined ? {} : { operationId } }]),
  );

test("operations that share an id are all named by method and path, whichever comes first", () => {
  const ids = { "/a": "list", "/b/{id}": "list", "/c": "find" };
  const want = { "GET /a": "GetA", "GET /b/{id}": "GetBById", "GET /c": "Find" };
  expect(names(sampleDocument({ paths: paths(ids) }))).toEqual(want);
  expect(names(sampleDocument({ paths: paths(Object.fromEntries(Object.entries(ids).reverse())) }))).toEqual(want);
});

test("ids that differ in punctuation alone collide too", () => {
  expect(names(sampleDocument({ paths: paths({ "/a": "list-all", "/b": "list_all" }) }))).toEqual({
    "GET /a": "GetA",
    "GET /b": "GetB",
  });
});

test("where even method and path read the same, a hash of them tells them apart", () => {
  const found = names(sampleDocument({ paths: paths({ "/a-b": undefined, "/a_b": undefined }) }));
  expect(found["GET /a-b"]).toMatch(/^GetAB_[0-9a-f]{8}$/);
  expect(found["GET /a_b"]).toMatch(/^GetAB_[0-9a-f]{8}$/);
  expect(found["GET /a-b"]).not.toBe(found["GET /a_b"]);
});

test("with several documents the document's name stands in front where names collide, and nowhere else", () => {
  const contacts = sampleDocument({ paths: paths({ "/contacts": "list", "/contacts/merge": "merge" }) }, "contacts");
  const deals = sampleDocument({ paths: paths({ "/deals": "list" }) }, "2-deals");
  expect(names(contacts, deals)).toEqual({
    "GET /contacts": "ContactsList",
    "GET /contacts/merge": "Merge",
    "GET /deals": "Document2DealsList",
  });
});

test("a name that a colliding one would move to makes it move on", () => {
  const found = names(sampleDocument({ paths: paths({ "/a": "list", "/b": "list", "/c": "GetA" }) }));
  expect(new Set(Object.values(found)).size).toBe(3);
});

test("the same method and path in two documents is an error that names both", () => {
  const one = sampleDocument({ paths: paths({ "/a": "x" }) }, "one");
  const two = sampleDocument({ paths: paths({ "/a": "y" }) }, "two");
  expect(() => names(one, two)).toThrow(/GET \/a is in two documents: "one" and "two"/);
});

test("operations come sorted by path and method", () => {
  const document = sampleDocument({ paths: { "/b": { get: {} }, "/a": { post: {}, delete: {} }, "/B": { get: {} } } });
  expect(readNamed([document]).map(({ method, path }) => `${method} ${path}`)).toEqual([
    "GET /B",
    "DELETE /a",
    "POST /a",
    "GET /b",
  ]);
});
