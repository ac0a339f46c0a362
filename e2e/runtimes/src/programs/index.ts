import { calls } from "./calls.ts";
import type { Checks } from "./check.ts";
import { webhooks } from "./webhooks.ts";

/** Every check of the matrix: a program of its own for each part of the packages. */
export const checks: Checks = { ...calls, ...webhooks };
