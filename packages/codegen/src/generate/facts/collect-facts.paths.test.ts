import { expect, test } from "vitest";
import { loadedDocument, readNamed, readProfile } from "../../../test/sample-input.js";
import { collectFacts } from "./collect-facts.js";

const files = "https://files.acme.test";
const verify = "https://verify.acme.test";

/** The facts of operations with these paths and servers; a path parameter in capitals is marked as multi-segment. */
function factsOfPaths(paths: Record<string, string | undefined>, fields: Record<string, unknown> = {}) {
  const profile = readProfile({ origins: ["https://files.acme.test", "https://verify.acme.test"], ...fields });
  const entries = Object.entries(paths).map(([path, server]) => {
    const parameters = [...path.matchAll(/\{([A-Z]+)\}/g)].map((match) => ({
      name: match[1],
      in: "path",
      "x-multi-segment": true,
    }));
    return [path, { get: { parameters, ...(server !== undefined && { servers: [{ url: server }] }) } }];
  });
  const document = loadedDocument({ paths: Object.fromEntries(entries) });
  return collectFacts({ documents: [document], operations: readNamed([document], profile), pages: [], profile });
}

test.each([
  [
    "one with slashes in all operations is listed once",
    ["/a/{REF}", "/b/{REF}/{id}"],
    { multiSegment: ["REF"], operations: {} },
  ],
  ["one without slashes is not listed", ["/a/{ref}"], { multiSegment: undefined, operations: {} }],
  ["several in one path are all listed", ["/a/{REF}/{PATH}"], { multiSegment: ["PATH", "REF"], operations: {} }],
])("path parameters: %s", (_title, paths, want) => {
  const { multiSegment, operations } = factsOfPaths(Object.fromEntries(paths.map((path) => [path, undefined])));
  expect({ multiSegment, operations }).toEqual(want);
});

test("a path parameter with slashes in most operations is listed once, and its exceptions by operation", () => {
  const marked = { name: "ref", in: "path", "x-multi-segment": true };
  const paths = {
    "/a/{ref}": { get: { parameters: [marked] } },
    "/b/{ref}": { get: { parameters: [marked] } },
    "/c/{ref}": { get: {} },
  };
  const factsOfDocument = (json: Record<string, unknown>) => {
    const operations = readNamed([loadedDocument(json)]);
    return collectFacts({ documents: [], operations, pages: [], profile: readProfile() });
  };
  const most = factsOfDocument({ paths });
  expect([most.multiSegment, most.operations]).toEqual([["ref"], { "GET /c/{ref}": { multiSegment: [] } }]);
  const few = { "/a/{ref}": { get: { parameters: [marked] } }, "/b/{ref}": { get: {} }, "/c/{ref}": { get: {} } };
  const rest = factsOfDocument({ paths: few });
  expect([rest.multiSegment, rest.operations]).toEqual([undefined, { "GET /a/{ref}": { multiSegment: ["ref"] } }]);
});

test("a path parameter has slashes where the profile lists its name, too", () => {
  const document = loadedDocument({ paths: { "/a/{ref}": { get: {} }, "/b/{id}": { get: {} } } });
  const factsOf = (fields: Record<string, unknown>) => {
    const profile = readProfile(fields);
    return collectFacts({ documents: [document], operations: readNamed([document], profile), pages: [], profile });
  };
  expect(factsOf({ multiSegment: ["ref"] })).toMatchObject({ multiSegment: ["ref"], operations: {} });
  expect(factsOf({}).multiSegment).toBeUndefined();
  expect(() => factsOf({ multiSegment: "ref" })).toThrow(/multiSegment must be a list of strings/);
});

test.each([
  [
    "an API with a server of its own is one entry for its path prefix",
    { "/v2/a": verify, "/v2/b": verify, "/2010/a": undefined },
    { servers: { "/v2/": verify }, operations: {} },
  ],
  [
    "a single operation is an entry of its own",
    { "/v1/files": files, "/v1/a": undefined },
    { servers: undefined, operations: { "GET /v1/files": { server: files } } },
  ],
  [
    "two APIs are two path prefixes",
    { "/v1/a": files, "/v1/b": files, "/v2/a": verify, "/v2/b": verify },
    { servers: { "/v1/": files, "/v2/": verify }, operations: {} },
  ],
  ["all operations are the path prefix /", { "/a": files, "/b": files }, { servers: { "/": files }, operations: {} }],
  [
    "a path prefix ends at a slash",
    { "/a/x": files, "/a/y": files, "/ab": undefined },
    { servers: { "/a/": files }, operations: {} },
  ],
  [
    "operations without a common prefix are entries of their own",
    { "/a": files, "/ab": undefined, "/c": files, "/cd": undefined },
    { servers: undefined, operations: { "GET /a": { server: files }, "GET /c": { server: files } } },
  ],
])("servers: %s", (_title, paths, want) => {
  const { servers, operations } = factsOfPaths(paths);
  expect({ servers, operations }).toEqual(want);
});
