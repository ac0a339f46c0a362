import { expect, test } from "vitest";
import { loadedDocument, onlyOperation, readNamed, readProfile } from "../../../test/sample-input.js";
import { collectFacts } from "./collect-facts.js";

const json = { content: { "application/json": { schema: { type: "object" } } } };
const html = { content: { "text/html": { schema: { type: "string" } } } };
const zip = { content: { "application/zip": { schema: { type: "string", format: "binary" } } } };
const none = { description: "Done" };

function factsOf(method: string, responses: object) {
  const profile = readProfile();
  const found = onlyOperation({ responses }, { method: method.toLowerCase() } as never, profile);
  const { operations, emptyResponses } = collectFacts({
    documents: [found.document],
    operations: [found],
    pages: [],
    profile,
  });
  return [Object.values(operations)[0]?.response, emptyResponses];
}

test.each<[string, object, string | undefined, object | undefined]>([
  ["GET", { 200: json }, undefined, undefined],
  ["GET", { 200: json, 204: none }, undefined, undefined],
  ["GET", { 204: none }, undefined, undefined],
  ["GET", { 200: none }, "any", undefined],
  ["GET", { 200: html }, "any", undefined],
  ["GET", { 200: { content: { ...json.content, ...zip.content } } }, "any", undefined],
  ["GET", { 302: none }, "any", undefined],
  ["GET", { default: json }, undefined, undefined],
  ["POST", { 201: json }, undefined, undefined],
  ["POST", { 200: json, 204: none }, undefined, undefined],
  ["POST", { 200: json, 202: none }, undefined, { POST: { except: [] } }],
  ["DELETE", { 204: none }, undefined, { DELETE: { except: [] } }],
  ["POST", {}, undefined, { POST: { except: [] } }],
  ["POST", { 204: none, default: json }, undefined, { POST: { except: [] } }],
  ["POST", { 200: html }, "any", undefined],
  ["DELETE", { 200: none, 404: json }, undefined, { DELETE: { except: [] } }],
])(
  "a %s with the responses %j has the response form %j, and the writes with empty responses are %j",
  (method, ...[responses, form, empty]) => {
    expect(factsOf(method, responses)).toEqual([form, empty]);
  },
);

test("the writes with empty responses are listed, or those without, whichever are fewer", () => {
  const paths = Object.fromEntries(
    ["/a", "/b", "/c"].map((path, index) => [
      path,
      {
        post: { responses: index === 1 ? { 204: none } : { 201: json } },
        put: { responses: index === 1 ? { 200: json } : { 204: none } },
        patch: { responses: { 200: json } },
      },
    ]),
  );
  const document = loadedDocument({ paths });
  const operations = readNamed([document]);
  const facts = collectFacts({ documents: [document], operations, pages: [], profile: readProfile() });
  expect(facts.emptyResponses).toEqual({ POST: { only: ["/b"] }, PUT: { except: ["/b"] } });
});
