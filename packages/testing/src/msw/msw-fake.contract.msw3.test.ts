import { vi } from "vitest";

// What holds with MSW 2 holds with MSW 3: the same tests, with the other version.
vi.mock("msw", () => import("msw3"));
vi.mock("msw/node", () => import("msw3/node"));
await import("./msw-fake.contract.test.js");
await import("./msw-fake.undici.test.js");
