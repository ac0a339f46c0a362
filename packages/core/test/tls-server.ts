import { type AddressInfo, createServer as createTcpServer, type Server, type Socket } from "node:net";
import { createServer } from "node:tls";
import { generate } from "selfsigned";
import { onTestFinished } from "vitest";

/** Lets a server listen until the end of the test, and returns its address. */
async function listenOn(server: Server): Promise<string> {
  const sockets = new Set<Socket>();
  server.on("connection", (socket) => sockets.add(socket));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.close();
    for (const socket of sockets) socket.destroy();
  });
  return `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** Starts a TLS server whose certificate nobody has signed; returns its address. What it receives is passed to `received`. */
export async function untrustedTlsServer(received: (bytes: Buffer) => void = () => {}): Promise<string> {
  const { private: key, cert } = await generate([{ name: "commonName", value: "localhost" }]);
  const server = createServer({ key, cert }, (socket) => socket.on("data", received));
  server.on("tlsClientError", () => {});
  return await listenOn(server);
}

/** Starts a server that resets each connection as soon as its client begins the TLS handshake. */
export async function resettingServer(): Promise<string> {
  const server = createTcpServer((socket) => socket.on("error", () => {}).once("data", () => socket.resetAndDestroy()));
  return await listenOn(server);
}
