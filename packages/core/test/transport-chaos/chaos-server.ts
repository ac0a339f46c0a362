import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { gzipSync } from "node:zlib";
import { seededRandom } from "@connectry/testing";

type Fault = (request: IncomingMessage, response: ServerResponse) => void;

const json = '{"ok":true}';
const large = JSON.stringify({ text: "x".repeat(20_000) });
const gzipped = gzipSync(large);
const status =
  (code: number, headers: Record<string, string> = {}): Fault =>
  (_, response) =>
    void response.writeHead(code, { "content-type": "application/json", ...headers }).end('{"error":{}}');

// What a provider may do to a request that it has received, and may have applied.
const afterReceipt: readonly Fault[] = [
  status(500),
  status(503, { connection: "close" }),
  // Reset before a response, within its headers, and within its body.
  (request) => void request.socket.resetAndDestroy(),
  (request) => void request.socket.end("HTTP/1.1 200 O"),
  (request) => void request.socket.end("no HTTP at all\r\n\r\n"),
  (_, response) => {
    response.writeHead(200, { "content-length": "100" }).write(json);
    setTimeout(() => response.destroy(), 1);
  },
  (_, response) => void response.writeHead(200, { "content-encoding": "gzip" }).end(gzipped.subarray(0, -8)),
  // No response, or one that begins and stops.
  () => {},
  (_, response) => void response.writeHead(200, { "content-type": "application/json" }).write('{"ok":'),
];

const success: readonly Fault[] = [
  (_, response) => void response.writeHead(200, { "content-type": "application/json" }).end(json),
  (_, response) => {
    response.writeEarlyHints({ link: "</a>; rel=preload" });
    response.writeHead(200, { "content-type": "application/json", "content-encoding": "gzip" }).end(gzipped);
  },
  (_, response) => {
    response.writeHead(200, { "content-type": "application/json" }).write(large.slice(0, 10_000));
    setTimeout(() => response.end(large.slice(10_000)), 2);
  },
];

/** A provider with random faults. */
export interface ChaosServer {
  readonly url: string;
  /** How often the write with this id was received completely and not rejected: each time it may have been applied. */
  readonly applied: ReadonlyMap<string, number>;
  readonly faults: () => number;
  close(): void;
}

/** Starts a server that does something else with each request, in a sequence that depends on the seed. */
export async function startChaosServer(seed: number): Promise<ChaosServer> {
  const random = seededRandom(seed);
  const applied = new Map<string, number>();
  let faults = 0;
  const pick = <T>(list: readonly T[]) => list[Math.floor(random() * list.length)] as T;

  const respond: Fault = (request, response) => {
    const chance = random();
    if (chance < 0.14) faults += 1;
    // Nothing of these was applied.
    if (chance < 0.02) return status(429)(request, response);
    if (chance < 0.03) return status(422)(request, response);
    if (chance < 0.05) return void response.writeHead(307, { location: `${request.url}` }).end();
    const id = `${request.headers["x-write"]}`;
    applied.set(id, (applied.get(id) ?? 0) + 1);
    return pick(chance < 0.14 ? afterReceipt : success)(request, response);
  };

  const server = createServer((request, response) => {
    request.on("error", () => {});
    response.on("error", () => {});
    // Rejected before its body was received.
    if (request.headers["x-large"] && random() < 0.3) return status(413, { connection: "close" })(request, response);
    request.on("end", () => respond(request, response)).resume();
  });
  // Connections that clients keep are closed while they are idle, and some as soon as they are there.
  server.keepAliveTimeout = 20;
  server.on("connection", (socket: Socket) => void (random() < 0.01 && socket.destroy()));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    applied,
    faults: () => faults,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}
