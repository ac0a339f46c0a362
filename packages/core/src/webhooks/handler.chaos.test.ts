import { test } from "vitest";
import { fuzzHandlers } from "../../test/webhooks/fuzz-handlers.js";

test("R38: 50,000 fuzzed requests are answered each, without an exception and without work", () =>
  fuzzHandlers(50_000));
