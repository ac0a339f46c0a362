import { Redis } from "ioredis";
import type { Result } from "../src/index.js";
import { poll } from "../src/poll/index.js";
import { nodeTransport } from "../src/transport/node/node-transport.js";
import { createAcme } from "./acme.js";

interface Report {
  readonly id: string;
  readonly status: string;
}

/** Polls a report to its end, as the run of this name, whose id is kept in Redis. Returns the id, or the name of the error. */
export async function run(baseUrl: string, redisUrl: string, { hasKeys }: { hasKeys: boolean }): Promise<string> {
  const keys = hasKeys ? {} : { idempotency: { header: "idempotency-key", methods: [] } };
  const client = createAcme({ baseUrl, transport: nodeTransport }, keys);
  const store = new Redis(redisUrl);
  try {
    const { id } = await poll<Report, Report>(client, {
      start: (init) => client.POST("/reports", { body: {}, ...init }) as Promise<Result<Report>>,
      read: (report, init) => client.GET("/reports/{id}", { ...init, params: { path: { id: report } } }),
      until: ({ status }) => status === "succeeded",
      run: "report",
      store,
      everyMs: 1,
    });
    return id;
  } catch (error) {
    return (error as Error).name;
  } finally {
    store.disconnect();
  }
}
