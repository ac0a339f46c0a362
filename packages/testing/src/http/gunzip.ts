import { Readable } from "node:stream";
import { createGunzip } from "node:zlib";

/** A response without its gzip encoding, of which its body may have several members (RFC 1952, section 2.2). */
export function gunzip(response: Response): Response {
  if (response.headers.get("content-encoding") !== "gzip" || response.body === null) return response;
  const source = Readable.fromWeb(response.body as Parameters<typeof Readable.fromWeb>[0]);
  const output = createGunzip();
  source.on("error", (error) => output.destroy(error));
  output.on("close", () => source.destroy());
  source.pipe(output);
  return new Response(Readable.toWeb(output) as ReadableStream<Uint8Array>, response);
}
