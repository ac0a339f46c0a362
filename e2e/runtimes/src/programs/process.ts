// For Node, Bun and Deno: addresses are in the environment, and outcomes are written as one line of JSON.
import process from "node:process";
import { runChecks } from "./check.ts";
import { checks } from "./index.ts";

console.log(JSON.stringify(await runChecks(checks, JSON.parse(process.env.ADDRESSES ?? ""))));
