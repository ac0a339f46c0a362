import assert from "node:assert/strict";
import { test } from "node:test";
import { listsSection } from "./lists-report.ts";

test("the section has a row for each document with lists, their sum, and the reasons with some of their operations", () => {
  const section = listsSection(
    [
      {
        document: "box",
        walk: {
          existing: 3,
          found: 2,
          lists: 2,
          walked: 1,
          valid: 2,
          reasons: { "ends after the first page": ["GET /a"] },
        },
      },
      { document: "none", walk: { existing: 0, found: 0, lists: 0, walked: 0, valid: 0, reasons: {} } },
      {
        document: "xero",
        walk: {
          existing: 4,
          found: 1,
          lists: 1,
          walked: 1,
          valid: 1,
          reasons: { "not found: why": ["GET /b", "GET /c", "GET /d"] },
        },
      },
    ],
    "2 documents",
  );
  const rows = section.split("\n").filter((line) => line.startsWith("| "));
  assert.deepEqual(rows.slice(1), [
    "| box | 2 | 3 | 1 | 2 | 2 |",
    "| xero | 1 | 4 | 1 | 1 | 1 |",
    "| all | 3 | 7 | 2 | 3 | 3 |",
  ]);
  assert.match(section, /^- box: `GET \/a`: ends after the first page$/m);
  assert.match(section, /^- xero: `GET \/b`, `GET \/c` and 1 more: not found: why$/m);
});
