import type { Pagination } from "@connectry/core";
import { describe, expect, test } from "vitest";
import { fakeProvider } from "../../src/provider/fake-provider.js";
import { independentValidator } from "../independent-validator.js";
import { documentOf, list, parameter, profileOf, responsesOf, text } from "../paged-list.js";

const flag = { type: "boolean" };
const whole = { type: "integer" };
const object = (properties: object, required: readonly string[] = []) => ({
  type: "object",
  properties,
  required,
  additionalProperties: false,
});
const byCursor: Pagination = {
  kind: "cursor",
  items: ["data"],
  from: { body: ["next"] },
  into: { in: "query", name: "after" },
};
const byOffset: Pagination = { kind: "offset", items: ["data"], into: { in: "query", name: "offset" }, size: "limit" };
const byNumber: Pagination = { kind: "page-number", items: ["data"], into: { in: "query", name: "page" }, first: 1 };
const links = { type: "array", items: object({ rel: text, href: text }, ["rel", "href"]) };

describe("each page of a fake provider is valid by its document, as ajv reads it", () => {
  test.each<[title: string, pagination: Pagination, parameters: object[], schema: object]>([
    ["a cursor", byCursor, [parameter("after", text)], object({ data: list, next: text }, ["data", "next"])],
    [
      "a cursor or null",
      byCursor,
      [parameter("after", text)],
      object({ data: list, next: { ...text, nullable: true } }, ["next"]),
    ],
    [
      "a cursor that is a number in the page alone",
      byCursor,
      [parameter("after", text)],
      object({ data: list, next: whole }),
    ],
    [
      "more",
      { ...byCursor, more: ["has_more"] },
      [parameter("after", text)],
      object({ data: list, next: text, has_more: flag }),
    ],
    [
      "an offset with total and last",
      { ...byOffset, total: ["meta", "total"], last: ["meta", "last"] },
      [parameter("offset"), parameter("limit")],
      object({ data: list, meta: object({ total: whole, last: flag }) }, ["meta"]),
    ],
    ["numbered pages", { ...byNumber, pages: ["pages"] }, [parameter("page")], object({ data: list, pages: whole })],
    [
      "a list of links",
      { kind: "next-url", items: ["data"], next: ["links"], link: { rel: "rel", href: "href" } },
      [parameter("page")],
      object({ data: list, links }, ["links"]),
    ],
  ])("%s", async (...[, pagination, parameters, schema]) => {
    const document = documentOf(parameters, schema);
    const validate = independentValidator(document);
    await using server = await fakeProvider({ document, profile: profileOf(pagination), listLength: 5, pageSize: 2 });
    const position = "into" in pagination ? pagination.into.name : "page";
    for (const value of [undefined, ...(pagination.kind === "cursor" ? ["2", "4"] : ["1", "2", "3"])]) {
      const query = value === undefined ? "" : `?${position}=${value}`;
      const response = await fetch(`${server.url}/things${query}`, { headers: { authorization: "Bearer x" } });
      const body = await response.json();
      expect(response.status, JSON.stringify(body)).toBe(200);
      expect(validate(body, schema)).toBeUndefined();
    }
  });
});

test.each<[title: string, next: object]>([
  ["an object", object({ starting_after: text })],
  ["a list", list],
  ["a boolean", flag],
])("where the document has %s for the cursor, the fake provider does not invent a text", async (_, next) => {
  const document = {
    openapi: "3.0.3",
    paths: {
      "/things": {
        get: { parameters: [parameter("after", text)], responses: responsesOf(object({ data: list, next })) },
      },
    },
  };
  await using server = await fakeProvider({ document, profile: profileOf(byCursor), listLength: 5, pageSize: 2 });
  const response = await fetch(`${server.url}/things`, { headers: { authorization: "Bearer x" } });
  expect(response.status).toBe(500);
  expect(JSON.stringify(await response.json())).toMatch(
    /the document does not allow .*cursor_2.* at next of a page: its type is (object|array|boolean)/,
  );
});
