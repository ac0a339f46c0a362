import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";

/** A server that returns a list of prices of the requested size after a delay, and counts requests. */
export interface PriceServer {
  readonly url: string;
  /** Requests so far. */
  readonly count: number;
  close(): void;
}

function listOf(bytes: number): string {
  const data: object[] = [];
  const text = () => JSON.stringify({ object: "list", has_more: false, data });
  while (data.length === 0 || text().length + 170 < bytes) {
    const id = `price_${data.length}`;
    data.push({
      id,
      object: "price",
      active: true,
      currency: "usd",
      unit_amount: 1_000 + data.length,
      nickname: `No. ${id}`,
    });
  }
  return text();
}

/** Starts a server whose responses take `delayMs` milliseconds. */
export async function priceServer(delayMs: number): Promise<PriceServer> {
  const lists = new Map<string, string>();
  let count = 0;
  const server: Server = createServer((request, response) => {
    count += 1;
    const size = new URL(request.url ?? "/", "http://localhost").searchParams.get("limit") ?? "200";
    const list = lists.get(size) ?? listOf(Number(size));
    lists.set(size, list);
    const headers = { "content-type": "application/json", "cache-control": "max-age=600" };
    setTimeout(() => response.writeHead(200, headers).end(list), delayMs);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", 1_024, resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    get count() {
      return count;
    },
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
