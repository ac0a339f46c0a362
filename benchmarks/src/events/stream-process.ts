// One client in a process of its own: it reads streams from the server whose address it is given.
import { type Stream, streamClients } from "./stream-clients.ts";

/** What the parent asks for: streams one after another, each of so many events. */
export interface StreamRequest {
  readonly streams: number;
  readonly events: number;
}

/** What came of them. */
export interface StreamResult {
  /** From each call to its first event, in milliseconds. */
  readonly firstMs: readonly number[];
  readonly events: number;
  readonly ms: number;
  /** Processor time of all threads. */
  readonly cpuMs: number;
}

async function read(stream: Stream, { streams, events }: StreamRequest): Promise<StreamResult> {
  const firstMs: number[] = [];
  const [startedAt, before] = [performance.now(), process.cpuUsage()];
  let read = 0;
  for (let count = 0; count < streams; count += 1) {
    const calledAt = performance.now();
    let own = 0;
    for await (const event of await stream(events)) {
      if (own === 0) firstMs.push(performance.now() - calledAt);
      if ((event as { choices?: unknown }).choices === undefined) throw new Error("an event is not what was sent");
      own += 1;
    }
    if (own !== events) throw new Error(`${own} events of ${events} arrived`);
    read += own;
  }
  const { user, system } = process.cpuUsage(before);
  return { firstMs, events: read, ms: performance.now() - startedAt, cpuMs: (user + system) / 1_000 };
}

const [name = "", baseUrl = ""] = process.argv.slice(2);
const create = streamClients[name];
if (create === undefined) throw new Error(`There is no client called ${name}.`);
const stream = await create(baseUrl);
process.on("message", async (request: StreamRequest) => process.send?.(await read(stream, request)));
process.send?.("ready");
