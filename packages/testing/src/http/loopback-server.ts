import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Bytes } from "@connectry/core";
import type { ReceivedRequest } from "./recorded-request.js";

/** Responds to one request whose body has been read. */
export type Handler = (request: ReceivedRequest, response: ServerResponse) => void | Promise<void>;

/** A server on a free port of the loopback interface. */
export interface LoopbackServer {
  /** `http://127.0.0.1:49152`. */
  readonly url: string;
  /** Closes every connection, also those that a fault left open, and resolves when the port is free. */
  close(): Promise<void>;
}

const maxBodyBytes = 64 * 1024 * 1024;

async function readBytes(request: IncomingMessage): Promise<Bytes | undefined> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Uint8Array>) {
    length += chunk.byteLength;
    if (length > maxBodyBytes) return undefined;
    chunks.push(chunk);
  }
  const bytes = new Uint8Array(length);
  let offset = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, offset);
    offset += chunk.byteLength;
  }
  return bytes;
}

function received({ method = "GET", url = "/", headers }: IncomingMessage, bytes: Bytes): ReceivedRequest {
  const fields = Object.entries(headers).map(([name, value = ""]) => [
    name,
    Array.isArray(value) ? value.join(", ") : value,
  ]);
  const origin = `http://${headers.host ?? ""}`;
  return { method, origin, target: url, headers: Object.fromEntries(fields), bytes };
}

async function serve(handler: Handler, request: IncomingMessage, response: ServerResponse): Promise<void> {
  try {
    const bytes = await readBytes(request);
    if (bytes === undefined) response.writeHead(413, { connection: "close" }).end();
    else await handler(received(request, bytes), response);
  } catch (error) {
    // The client closed the connection, so that nothing can be sent.
    if (response.destroyed || request.destroyed) return;
    const message = error instanceof Error ? error.message : String(error);
    if (response.headersSent) response.destroy();
    else response.writeHead(500, { "content-type": "text/plain; charset=utf-8" }).end(`test server failed: ${message}`);
  }
}

/** Where a server listens. */
interface ListenOptions {
  readonly port?: number | undefined;
  readonly host?: string | undefined;
}

/** Starts an HTTP server, by default on a free port of 127.0.0.1. Rejects where it cannot listen there. */
export async function startLoopbackServer(
  handler: Handler,
  { port = 0, host = "127.0.0.1" }: ListenOptions = {},
): Promise<LoopbackServer> {
  const server = createServer((request, response) => void serve(handler, request, response));
  // No keep-alive timeout: a connection that the server closes while a client reuses it would be an unscripted fault.
  server.keepAliveTimeout = 0;
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, resolve);
  });
  let closed: Promise<void> | undefined;
  return {
    url: `http://${host === "0.0.0.0" ? "127.0.0.1" : host}:${(server.address() as AddressInfo).port}`,
    close: () => {
      closed ??= new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
      return closed;
    },
  };
}
