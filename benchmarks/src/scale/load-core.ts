import { mkdir } from "node:fs/promises";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "esbuild";
import type * as Cache from "../../../packages/core/src/cache/index.ts";
import type * as Main from "../../../packages/core/src/index.ts";
import type * as Oauth from "../../../packages/core/src/oauth/index.ts";
import type { systemClock } from "../../../packages/core/src/platform/clock.ts";
import type * as Redis from "../../../packages/core/src/redis/index.ts";

/** What the simulation and the real processes use of core. */
export interface Core {
  readonly allStrategies: typeof Main.allStrategies;
  readonly createConnector: typeof Main.createConnector;
  readonly tieredCache: typeof Cache.tieredCache;
  readonly oauthAccounts: typeof Oauth.oauthAccounts;
  readonly createRedisConnection: typeof Redis.createRedisConnection;
  readonly ioredis: typeof Redis.ioredis;
  readonly redisCacheStore: typeof Redis.redisCacheStore;
  readonly redisRateLimits: typeof Redis.redisRateLimits;
  readonly redisTokens: typeof Redis.redisTokens;
  readonly systemClock: typeof systemClock;
}

const source = (file: string) => fileURLToPath(new URL(`../../../packages/core/src/${file}`, import.meta.url));
const folder = fileURLToPath(new URL("../../.cache/scale", import.meta.url));

/** Bundles core from its sources, as the package is, into a file that one process or several import. Returns its path. */
export async function bundleCore(): Promise<string> {
  await mkdir(folder, { recursive: true });
  const outfile = `${folder}/core-${process.pid}.mjs`;
  const contents = `
    export { allStrategies, createConnector } from "./index.js";
    export { tieredCache } from "./cache/index.js";
    export { oauthAccounts } from "./oauth/index.js";
    export {
      createRedisConnection, ioredis, redisCacheStore, redisRateLimits, redisTokens,
    } from "./redis/index.js";
    export { systemClock } from "./platform/clock.js";`;
  await build({
    stdin: { contents, resolveDir: source("") },
    outfile,
    bundle: true,
    platform: "node",
    format: "esm",
    alias: {
      "#default-transport": source("transport/node/default-transport.ts"),
      "#upload": source("upload/index.ts"),
    },
    // Packages of other clients and stores are loaded where they are used, which here they are not.
    external: ["undici", "jose", "cli-progress", "pino", "winston", "@opentelemetry/api"],
    logLevel: "warning",
  });
  return outfile;
}

/** Imports a bundle. */
export const importCore = async (file: string): Promise<Core> => (await import(pathToFileURL(file).href)) as Core;
