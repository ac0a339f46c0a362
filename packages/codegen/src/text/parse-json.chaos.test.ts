import { expect, test } from "vitest";
import { bestOfMs } from "../../test/best-of.js";
import { jsonErrorOffset } from "./json-error-offset.js";

test("jsonErrorOffset takes less than a second more for an unterminated string of a million characters than JSON.parse for a terminated one", () => {
  const text = `{"a": "${"\\\\x".repeat(300_000)}`;
  const controlMs = bestOfMs(() => JSON.parse(`${text}"}`));
  expect(bestOfMs(() => jsonErrorOffset(text))).toBeLessThan(1_000 + controlMs);
});
