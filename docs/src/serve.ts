import { readFile } from "node:fs/promises";
import { createServer, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join, normalize } from "node:path";
import { setTimeout } from "node:timers/promises";

const types: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".css": "text/css",
  ".js": "text/javascript",
  ".json": "application/json",
  ".svg": "image/svg+xml",
  ".png": "image/png",
};

/** Between two pieces: several frames, so that a browser shows each. */
const pauseMs = 40;

/** Serves the files of a folder on this machine. With `slowly`, pages are sent in pieces, small ones first, as over a new connection. */
export async function serveFolder(
  folder: string,
  { port = 0, slowly = false }: { readonly port?: number; readonly slowly?: boolean } = {},
): Promise<{ readonly url: string; readonly server: Server }> {
  const server = createServer(async (request, response) => {
    try {
      const path = normalize(decodeURIComponent(new URL(request.url ?? "/", "http://localhost").pathname));
      const bytes = await readFile(join(folder, path === "/" ? "index.html" : path));
      const type = types[extname(path || ".html")] ?? "text/html; charset=utf-8";
      response.writeHead(200, { "content-type": type });
      if (slowly && type.startsWith("text/html")) await writeSlowly(response, bytes);
      else response.write(bytes);
      response.end();
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, server };
}

async function writeSlowly(response: ServerResponse, bytes: Uint8Array): Promise<void> {
  for (let start = 0, size = 60; start < bytes.length; start += size, size = Math.ceil(size * 1.1)) {
    response.write(bytes.subarray(start, start + size));
    await setTimeout(pauseMs);
  }
}
