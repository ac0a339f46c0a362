import { expect, test } from "vitest";
import { bestOfMs } from "../../test/best-of.js";
import { detectOtherFormat } from "./openapi-version.js";

test.each([
  ["quotes", '""'.repeat(500_000)],
  ["descriptions", '"""a"""\n'.repeat(100_000)],
])(
  "a text of a million characters of %s is scanned in less than a second more than it is split into lines",
  (_, text) => {
    const controlMs = bestOfMs(() => text.split("\n"));
    expect(bestOfMs(() => detectOtherFormat(text))).toBeLessThan(1_000 + controlMs);
  },
);
