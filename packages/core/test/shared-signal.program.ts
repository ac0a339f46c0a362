// 30 calls at once on one signal of their caller, by each transport, queued, paginated, streamed, and read from a cache. It
// prints how many were made; a warning goes to stderr.
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { type CacheStore, tieredCache } from "../src/cache/index.js";
import { type ConnectorOptions, toFetch } from "../src/index.js";
import { nodeTransport } from "../src/transport/node/node-transport.js";
import { undiciTransport } from "../src/undici/index.js";
import { createAcme } from "./acme.js";

const server = createServer((_, response) => void response.end('{"data":[{"id":1}]}')).listen(0, "127.0.0.1");
await once(server, "listening");
const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
const { signal } = new AbortController();
const never = new Promise<never>(() => {});
let made = 0;

const many = (call: (index: number) => Promise<unknown>) =>
  Promise.all(
    Array.from({ length: 30 }, async (_, index) => {
      await call(index);
      made += 1;
    }),
  );

const transports: Readonly<Record<string, ConnectorOptions>> = {
  "node:http": { transport: nodeTransport },
  fetch: { fetch: globalThis.fetch },
  undici: { transport: undiciTransport() },
};
for (const options of Object.values(transports)) {
  const acme = createAcme({ baseUrl, ...options });
  await many(() => acme.GET("/things", { signal }));
  await many(async () => new Response((await acme.stream.GET("/things", { signal })).data).text());
  await many(() => acme.POST("/things", { body: new Response("x").body, signal }));
  const queued = createAcme({ baseUrl, concurrency: 2, ...options });
  await many(() => queued.GET("/things", { signal }));
  await many(async () => (await toFetch(acme)("/things", { signal })).text());
}

// A store that never replies: each read waits for it for some milliseconds, under the caller's signal.
const silent = { read: () => never, claim: () => never } as unknown as CacheStore;
const cached = createAcme({ baseUrl, cache: tieredCache({ store: silent, keySecret: "0123456789abcdef" }) });
await many((id) =>
  cached
    .GET("/things", { params: { query: { id } }, signal, cache: { ttlMs: 1_000 }, deadlineMs: 500 })
    .catch(() => {}),
);

console.log(made);
process.exit();
