import { expect, test } from "vitest";
import { onlyOperation, readProfile } from "../../../test/sample-input.js";
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

test.each<[string, object, string | undefined, string[] | undefined]>([
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
  ["POST", { 200: json, 202: none }, undefined, ["POST"]],
  ["DELETE", { 204: none }, undefined, ["DELETE"]],
  ["DELETE", { 200: none, 404: json }, undefined, ["DELETE"]],
])(
  "a %s with the responses %j has the response form %j, and the methods with empty responses are %j",
  (method, ...[responses, form, methods]) => {
    expect(factsOf(method, responses)).toEqual([form, methods]);
  },
);
