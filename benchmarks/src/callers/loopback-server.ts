// The server of the loopback bench: the same response to every request, in a process of its own.
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { payload, payloadHeaders } from "./payload.ts";

const server = createServer((request, response) => {
  request.resume();
  request.on("end", () => response.writeHead(200, payloadHeaders).end(payload));
});
server.keepAliveTimeout = 60_000;
server.listen(0, "127.0.0.1", () => process.send?.((server.address() as AddressInfo).port));
