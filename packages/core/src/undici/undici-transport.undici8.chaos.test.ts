import { vi } from "vitest";

// The times that hold with undici 7 hold with undici 8.
vi.mock("undici", () => import("undici8"));
await import("./undici-transport.chaos.test.js");
