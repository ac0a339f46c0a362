import { listen } from "../listen.js";
import { type FakeAuthorizationServer, fakeAuthorizationServer } from "../oauth/fake-authorization-server.js";

/** A provider that keeps account of everything, and of whose responses some are lost or a 503. */
export interface SoakProvider {
  readonly url: string;
  readonly server: FakeAuthorizationServer;
  /** The idempotency keys under which each item was written. */
  readonly items: ReadonlyMap<string, ReadonlySet<string>>;
  /** When each event had its effect. */
  readonly effects: ReadonlyMap<string, readonly number[]>;
  /** When calls of each account arrived. */
  readonly arrivals: ReadonlyMap<string, readonly number[]>;
  readonly counts: { requests: number; priceRequests: number; lost: number; unavailable: number };
}

// Of so many calls each, one response is lost and one is a 503.
const faultEvery = 100;

/** Starts it. Tokens live as long as they say. */
export async function startProvider(lifetimeMs: number, graceMs: number): Promise<SoakProvider> {
  const server = fakeAuthorizationServer({ lifetimeMs, graceMs });
  const items = new Map<string, Set<string>>();
  const effects = new Map<string, number[]>();
  const arrivals = new Map<string, number[]>();
  const counts = { requests: 0, priceRequests: 0, lost: 0, unavailable: 0 };
  const listOf = (lists: Map<string, number[]>, key: string) => {
    const list = lists.get(key) ?? [];
    lists.set(key, list);
    return list;
  };

  const url = await listen(async (request, response) => {
    let text = "";
    for await (const chunk of request) text += chunk;
    const path = request.url ?? "";
    const reply = (status: number, body: unknown) =>
      response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
    if (path.startsWith("/effects/")) {
      listOf(effects, path.slice("/effects/".length)).push(Date.now());
      return reply(200, {});
    }
    const { status, body } = server.respond(path, text, request.headers.authorization);
    if (!path.startsWith("/api/") || status !== 200) return reply(status, body);
    counts.requests += 1;
    listOf(arrivals, (body as { account: string }).account).push(Date.now());
    if (counts.requests % faultEvery === 0) {
      counts.unavailable += 1;
      return reply(503, {});
    }
    if (path.startsWith("/api/prices/")) {
      counts.priceRequests += 1;
      return reply(200, { atMs: Date.now() });
    }
    const { id } = JSON.parse(text) as { id: string };
    const keys = items.get(id) ?? new Set();
    items.set(id, keys.add(String(request.headers["idempotency-key"])));
    if (counts.requests % faultEvery === 1) {
      counts.lost += 1;
      return request.socket.destroy();
    }
    return reply(200, { id });
  });
  return { url, server, items, effects, arrivals, counts };
}
