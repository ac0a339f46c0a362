import { AskedProcess } from "../measure/asked-process.ts";
import type { Entry } from "../subjects/roll.ts";
import type { Target } from "./caller.ts";
import type { Slice, SliceRequest } from "./caller-process.ts";

const program = new URL("caller-process.ts", import.meta.url);

/** A client in its own process, ready to make calls for some time: `ask(request)`. */
export type Calling = AskedProcess<SliceRequest, Slice>;

/** Starts the process; rejects where its first call does not return the expected object. */
export const startCalling = async ({ subject }: Entry, target: Target): Promise<Calling> =>
  (await AskedProcess.start<SliceRequest, Slice>(program, [subject.name, JSON.stringify(target)])).process;
