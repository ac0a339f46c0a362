import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { onTestFinished } from "vitest";

/** The URL of a server that responds with the same bytes under a content encoding, closed at the end of the test. */
export async function encodedServer(
  encoding: string,
  bytes: Uint8Array,
  headers: Readonly<Record<string, string>> = {},
): Promise<string> {
  const server = createServer((_, response) => {
    response
      .writeHead(200, { "content-type": "application/json", "content-encoding": encoding, ...headers })
      .end(bytes);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
