// Makes calls of all kinds, 200 at once, and prints as JSON what became of each write, and what is left in the process:
// <address> <transport> <calls>. It never calls `process.exit`.
import { Readable } from "node:stream";
import { seededRandom } from "../../../testing/src/clock/seeded-random.js";
import { CallError, reopenable } from "../../src/index.js";
import { fetchTransport } from "../../src/transport/fetch-transport.js";
import { nodeTransport } from "../../src/transport/node/node-transport.js";
import { undiciTransport } from "../../src/undici/index.js";
import { createAcme } from "../acme.js";
import { heldBytes } from "../heap.js";

const [baseUrl = "", name = "", count = "0"] = process.argv.slice(2);
const transports = { "node:http": nodeTransport, fetch: fetchTransport(), undici: undiciTransport() };
const acme = createAcme({
  baseUrl,
  transport: transports[name as keyof typeof transports],
  concurrency: 200,
  attemptTimeoutMs: 1_000,
  idleTimeoutMs: 1_000,
  deadlineMs: 10_000,
  rateLimit: false,
});
const random = seededRandom(7);
const calls = Number(count);
const unhandled: string[] = [];
process.on("unhandledRejection", (error) => unhandled.push(`rejection: ${error}`));
process.on("uncaughtException", (error) => unhandled.push(`exception: ${error.stack}`));
process.on("warning", (warning) => unhandled.push(`warning: ${warning.stack}`));

const outcomes: Record<string, string> = {};
const errors: Record<string, number> = {};
const opened = new Set<Readable>();

function large(): Readable {
  const stream = Readable.from([Buffer.alloc(40_000), Buffer.alloc(40_000)]);
  opened.add(stream);
  stream.once("close", () => opened.delete(stream));
  return stream;
}

/** Writes that must never be applied twice. */
async function write(id: string, body: unknown, headers: Record<string, string> = {}): Promise<void> {
  try {
    await acme.PATCH("/things", { body, headers: { "x-write": id, ...headers } });
    outcomes[id] = "applied";
  } catch (error) {
    outcomes[id] = CallError.isInstance(error) ? error.outcome : `${error}`;
    throw error;
  }
}

const kinds: readonly ((id: string) => Promise<unknown>)[] = [
  () => acme.GET("/things"),
  () => acme.GET("/things", { params: { query: { page: 1 } } }),
  (id) => write(id, { a: 1 }),
  (id) => write(id, { a: 1 }),
  (id) => write(id, reopenable(large, { size: 80_000 }), { "x-large": "1" }),
  (id) => write(id, large(), { "x-large": "1" }),
  () => acme.POST("/things", { body: { a: 1 } }),
  async () => new Response((await acme.stream.GET("/things")).data).text(),
  // Streams that nobody reads to their end.
  async () => (await acme.stream.GET("/things")).data.cancel(),
  () => {
    const controller = new AbortController();
    setTimeout(() => controller.abort(new Error("aborted by the caller")), random() * 5);
    return acme.GET("/things", { signal: controller.signal });
  },
];

let begun = 0;
const heapBytes: number[] = [];

async function work(): Promise<void> {
  while (begun < calls) {
    begun += 1;
    // With as many calls under way: after the first fifth everything that is kept is there.
    if (begun === calls / 5 || begun === calls) heapBytes.push(heldBytes());
    const call = kinds[Math.floor(random() * kinds.length)]!;
    await call(`write-${begun}`).catch((error: Error) => {
      // An error of no class of its own says what went wrong in its message.
      const label = CallError.isInstance(error) && error.name !== "CallError" ? error.name : error.message;
      errors[label] = (errors[label] ?? 0) + 1;
    });
  }
}

await Promise.all(Array.from({ length: 200 }, work));
process.once("beforeExit", () => {
  const left = process.getActiveResourcesInfo().filter((resource) => !/Pipe|TTY/.test(resource));
  const [before = 0, after = 0] = heapBytes;
  // What is noted here of each write, since then.
  const grownBytes = after - before - JSON.stringify(outcomes).length * 0.8;
  console.log(JSON.stringify({ outcomes, errors, unhandled, left, open: opened.size, grownBytes, calls: begun }));
});
