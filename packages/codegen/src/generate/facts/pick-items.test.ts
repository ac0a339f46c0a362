import { expect, test } from "vitest";
import { onlyOperation, readProfile } from "../../../test/sample-input.js";
import { findPage } from "./find-pages.js";

const text = { type: "string" };
const list = { type: "array", items: { type: "object", properties: { id: text } } };
const object = (properties: object) => ({ type: "object", properties });
const query = (...names: string[]) => names.map((name) => ({ name, in: "query" }));
const response = (schema: object) => ({ 200: { content: { "application/json": { schema } } } });

const byPath = { kind: "link-header", items: "by-path" };
const two = object({ total: {}, check_runs: list, other: list });

test.each([
  ["a page that is itself a list", { path: "/repos/{owner}/keys", schema: list }, []],
  [
    "the list that has the name of the path, among others",
    { path: "/repos/{ref}/check-runs", schema: two },
    ["check_runs"],
  ],
  [
    "the list that has the name of the segment before a placeholder",
    { path: "/CheckRuns/{id}", schema: two },
    ["check_runs"],
  ],
  ["the list that has the name of the path without .json", { path: "/check_runs.json", schema: two }, ["check_runs"]],
  ["the only list if none has that name", { path: "/runs", schema: object({ check_runs: list }) }, ["check_runs"]],
  [
    "no list if several have other names",
    { path: "/jobs", schema: object({ total: {}, runs: list, others: list }) },
    undefined,
  ],
  [
    "the list named like a segment before the last",
    { path: "/runs/{id}/list", schema: object({ runs: list, others: list }) },
    ["runs"],
  ],
  [
    "the list named like the path in other letters",
    { path: "/BankTransactions", schema: object({ Warnings: list, BankTransactions: list }) },
    ["BankTransactions"],
  ],
  ...["items", "data", "results", "entries"].map((name): [string, { path: string; schema: object }, string[]] => [
    `the list with the name ${name}, which lists of any API have`,
    { path: "/search/issues", schema: object({ lexical_fallback_reason: list, [name]: list }) },
    [name],
  ]),
  ...["errors", "order", "links", "included", "warnings"].map(
    (name): [string, { path: string; schema: object }, string[]] => [
      `the other list of a page with ${name}`,
      { path: "/jobs", schema: object({ [name]: list, rows: list }) },
      ["rows"],
    ],
  ),
  ["no list if the only one has the name errors", { path: "/jobs", schema: object({ errors: list }) }, undefined],
  ["the list named errors if the path is, too", { path: "/errors", schema: object({ errors: list }) }, ["errors"]],
  [
    "a list inside of an object",
    { path: "/articles/search", schema: object({ data: object({ articles: list, highlights: list }) }) },
    ["data", "articles"],
  ],
  [
    "a page that is one of several lists",
    { path: "/stargazers", schema: { anyOf: [list, { type: "array", items: text }] } },
    [],
  ],
])("with items by path, findPage finds %s", (_title, { path, schema }, items) => {
  const operation = onlyOperation({ parameters: query("page"), responses: response(schema) }, { path });
  expect(findPage(operation, readProfile({ pagination: [byPath] }))?.items).toEqual(items);
});
