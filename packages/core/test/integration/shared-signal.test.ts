import { expect, test } from "vitest";
import { runProgram } from "../run-program.js";

// From 11 listeners on, Node 20 warns of a leak: https://nodejs.org/api/events.html#eventssetmaxlistenersn-eventtargets
test.each([20, 24] as const)("on Node %i, 30 calls at once on one signal print no warning", async (node) => {
  const file = new URL("../shared-signal.program.ts", import.meta.url);
  expect(await runProgram(file, { node, flags: ["--trace-warnings"] })).toEqual({
    code: 0,
    signal: null,
    out: "480\n",
    errors: "",
  });
});
