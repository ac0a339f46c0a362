import { bulk, fileLog } from "../src/bulk/index.js";
import { nodeTransport } from "../src/transport/node/node-transport.js";
import { createAcme } from "./acme.js";

/** Sends the items 0 to `count` - 1, as one run, and returns how many outcomes there were of each kind. */
export async function run(baseUrl: string, { file, count, name }: { file: string; count: number; name?: string }) {
  // Without a name, a provider without idempotency keys.
  const keys = name === undefined ? { idempotency: { header: "idempotency-key", methods: [] } } : {};
  const client = createAcme({ baseUrl, transport: nodeTransport }, keys);
  const statuses: Record<string, number[]> = { fulfilled: [], rejected: [], unknown: [] };
  const items = Array.from({ length: count }, (_, index) => index);
  const send = (item: number, init: object) => client.POST("/things", { ...init, body: { item } });
  for await (const { status, item } of bulk(items, send, { concurrency: 4, run: name, done: fileLog(file) })) {
    statuses[status]?.push(item);
  }
  return statuses;
}
