import { test } from "vitest";
import { fuzzHandlers } from "../../../test/webhooks/fuzz-handlers.js";

test("R38: each of 5,000 fuzzed requests gets a response, without an exception and without an event", () =>
  fuzzHandlers(5_000));
