import { test } from "vitest";
import { fuzzHandlers } from "../../test/webhooks/fuzz-handlers.js";

test("R38: 5,000 fuzzed requests are answered each, without an exception and without work", { timeout: 60_000 }, () =>
  fuzzHandlers(5_000),
);
