import { expect, test } from "vitest";
import { loadedDocument, readNamed } from "../../../test/sample-input.js";

const names = (...documents: ReturnType<typeof loadedDocument>[]) =>
  Object.fromEntries(readNamed(documents).map(({ method, path, name }) => [`${method} ${path}`, name]));
const paths = (ids: Record<string, string | undefined>) =>
  Object.fromEntries(
    Object.entries(ids).map(([path, operationId]) => [path, { get: operationId === undefined ? {} : { operationId } }]),
  );

test("operations that share an id are all named by method and path, in whatever order they come", () => {
  const ids = { "/a": "list", "/b/{id}": "list", "/c": "find" };
  const want = { "GET /a": "GetA", "GET /b/{id}": "GetBById", "GET /c": "Find" };
  expect(names(loadedDocument({ paths: paths(ids) }))).toEqual(want);
  expect(names(loadedDocument({ paths: paths(Object.fromEntries(Object.entries(ids).reverse())) }))).toEqual(want);
});

test("ids that differ only in punctuation collide", () => {
  expect(names(loadedDocument({ paths: paths({ "/a": "list-all", "/b": "list_all" }) }))).toEqual({
    "GET /a": "GetA",
    "GET /b": "GetB",
  });
});

test("names that are equal even with method and path get a hash of them as a suffix", () => {
  const found = names(loadedDocument({ paths: paths({ "/a-b": undefined, "/a_b": undefined }) }));
  expect(found["GET /a-b"]).toMatch(/^GetAB_[0-9a-f]{8}$/);
  expect(found["GET /a_b"]).toMatch(/^GetAB_[0-9a-f]{8}$/);
  expect(found["GET /a-b"]).not.toBe(found["GET /a_b"]);
});

test("with several documents, only colliding names get the document's name as a prefix", () => {
  const contacts = loadedDocument({ paths: paths({ "/contacts": "list", "/contacts/merge": "merge" }) }, "contacts");
  const deals = loadedDocument({ paths: paths({ "/deals": "list" }) }, "2-deals");
  expect(names(contacts, deals)).toEqual({
    "GET /contacts": "ContactsList",
    "GET /contacts/merge": "Merge",
    "GET /deals": "Document2DealsList",
  });
});

test("a colliding name does not take the name of another operation", () => {
  const found = names(loadedDocument({ paths: paths({ "/a": "list", "/b": "list", "/c": "GetA" }) }));
  expect(new Set(Object.values(found)).size).toBe(3);
});

test("the same method and path in two documents throws an error that names both documents", () => {
  const one = loadedDocument({ paths: paths({ "/a": "x" }) }, "one");
  const two = loadedDocument({ paths: paths({ "/a": "y" }) }, "two");
  expect(() => names(one, two)).toThrow(/GET \/a is in two documents: "one" and "two"/);
});

test("operations are sorted by path and method", () => {
  const document = loadedDocument({ paths: { "/b": { get: {} }, "/a": { post: {}, delete: {} }, "/B": { get: {} } } });
  expect(readNamed([document]).map(({ method, path }) => `${method} ${path}`)).toEqual([
    "GET /B",
    "DELETE /a",
    "POST /a",
    "GET /b",
  ]);
});
