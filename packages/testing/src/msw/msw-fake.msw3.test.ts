import { expect, test, vi } from "vitest";

// What holds with MSW 2 holds with MSW 3: the same tests, with the other version.
vi.mock("msw", () => import("msw3"));
vi.mock("msw/node", () => import("msw3/node"));
await import("./msw-fake.test.js");

test("these tests run with MSW 3", async () => {
  expect((await import("msw")).http).toBe((await import("msw3")).http);
});
