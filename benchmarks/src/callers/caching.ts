import { AskedProcess } from "../measure/asked-process.ts";
import type { CachingCaller, CachingTarget } from "./caching-callers.ts";
import type { CachingRequest } from "./caching-process.ts";
import type { Slice } from "./caller-process.ts";

const program = new URL("caching-process.ts", import.meta.url);

/** A client with a cache, in a process of its own. */
export type Caching = AskedProcess<CachingRequest, Slice>;

/** Starts the process; unless the target is `cold`, the response is in its cache then. */
export const startCaching = async ({ name }: CachingCaller, target: CachingTarget): Promise<Caching> =>
  (await AskedProcess.start<CachingRequest, Slice>(program, [name, JSON.stringify(target)])).process;
