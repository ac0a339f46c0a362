import { createHash } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { listen } from "./listen.js";

/** A request, and how many bytes of its body arrived. */
export interface UploadRequest {
  readonly method: string;
  readonly path: string;
  readonly range: string | undefined;
  readonly bytes: number;
  readonly authorization: string | undefined;
}

/** What happens to a request instead of a response: it is cut after so many bytes of its body, its response is lost, or it gets a status. */
export type Mishap =
  | { readonly cutAfter: number }
  | { readonly lost: true }
  | { readonly status: number; readonly headers?: Record<string, string> };

interface Server {
  readonly url: string;
  readonly requests: UploadRequest[];
  /** What happens to the next requests with a body; undefined: nothing. */
  readonly mishaps: (Mishap | undefined)[];
  readonly received: Buffer;
}

type Handle = (
  request: IncomingMessage,
  body: Buffer,
) => { status: number; headers?: Record<string, string | undefined>; json?: unknown };

/** Serves requests whose bytes are kept by `handle`, also those of a request that is cut. */
async function serveUploads(handle: Handle, received: () => Buffer): Promise<Server> {
  const requests: UploadRequest[] = [];
  const mishaps: (Mishap | undefined)[] = [];
  const url = await listen(async (request: IncomingMessage, response: ServerResponse) => {
    const hasBody = request.method === "PUT" && Number(request.headers["content-length"] ?? 0) > 0;
    const mishap = hasBody ? mishaps.shift() : undefined;
    const chunks: Buffer[] = [];
    let bytes = 0;
    const record = () =>
      requests.push({
        method: request.method ?? "",
        path: request.url ?? "",
        range: request.headers["content-range"],
        bytes,
        authorization: request.headers.authorization,
      });
    for await (const chunk of request) {
      chunks.push(chunk);
      bytes += chunk.length;
      if (mishap && "cutAfter" in mishap && bytes >= mishap.cutAfter) {
        bytes = mishap.cutAfter;
        record();
        handle(request, Buffer.concat(chunks).subarray(0, mishap.cutAfter));
        request.socket.destroy();
        return;
      }
    }
    record();
    if (mishap && "status" in mishap) {
      response.writeHead(mishap.status, mishap.headers).end();
      return;
    }
    const { status, headers, json } = handle(request, Buffer.concat(chunks));
    if (mishap) return void request.socket.destroy();
    response.statusCode = status;
    for (const [name, value] of Object.entries({ "content-type": "application/json", ...headers }))
      if (value !== undefined) response.setHeader(name, value);
    response.end(json === undefined ? undefined : JSON.stringify(json));
  });
  return {
    url,
    requests,
    mishaps,
    get received() {
      return received();
    },
  };
}

/** Resumable uploads, as https://developers.google.com/drive/manage-uploads#resumable describes them. */
export async function googleServer(): Promise<Server> {
  let file = Buffer.alloc(0);
  const server: Server = await serveUploads(
    (request, body) => {
      if (request.method === "POST") {
        file = Buffer.alloc(0);
        return {
          status: 200,
          headers: { location: `${server.url}/upload/drive/v3/files?uploadType=resumable&upload_id=s1` },
        };
      }
      if (!request.url?.includes("upload_id=s1")) return { status: 404 };
      const [, start, total] = /^bytes (?:(\d+)-\d+|\*)\/(\d+)$/.exec(request.headers["content-range"] ?? "") ?? [];
      // Bytes that it has already are passed over.
      if (start !== undefined) file = Buffer.concat([file.subarray(0, Number(start)), body]);
      if (file.length === Number(total)) return { status: 200, json: { id: "file-1", size: file.length } };
      return { status: 308, headers: { range: file.length > 0 ? `bytes=0-${file.length - 1}` : undefined } };
    },
    () => file,
  );
  return server;
}

const sha1 = (bytes: Buffer, encoding: "hex" | "base64") => createHash("sha1").update(bytes).digest(encoding);

/** Chunked uploads, as https://developer.box.com/guides/uploads/chunked describes them, with parts of `partBytes`. */
export async function boxServer(partBytes: number, { commitsLater = 0 } = {}): Promise<Server> {
  const parts = new Map<number, { part_id: string; offset: number; size: number; sha1: string; bytes: Buffer }>();
  let later = commitsLater;
  const whole = () => Buffer.concat([...parts.values()].sort((a, b) => a.offset - b.offset).map(({ bytes }) => bytes));
  const shown = ({ bytes: _, ...part }: { bytes: Buffer }) => part;
  return serveUploads((request, body) => {
    const session = { id: "S1", type: "upload_session", part_size: partBytes };
    const [path = ""] = request.url?.split("?") ?? [];
    if (path.endsWith("/commit")) {
      const file = whole();
      if (request.headers.digest !== `sha=${sha1(file, "base64")}`) return { status: 412 };
      const listed = JSON.parse(body.toString()).parts as { offset: number; size: number }[];
      if (listed.reduce((sum, { size }) => sum + size, 0) !== file.length) return { status: 400 };
      later -= 1;
      if (later >= 0) return { status: 202, headers: { "retry-after": "3" } };
      return { status: 201, json: { total_count: 1, entries: [{ id: "file-1", sha1: sha1(file, "hex") }] } };
    }
    if (path.endsWith("/parts"))
      return { status: 200, json: { entries: [...parts.values()].map(shown), total_count: parts.size } };
    if (request.method !== "PUT") return { status: request.method === "POST" ? 201 : 200, json: session };
    const [, start, end, total] = /^bytes (\d+)-(\d+)\/(\d+)$/.exec(request.headers["content-range"] ?? "") ?? [];
    const [offset, size] = [Number(start), Number(end) - Number(start) + 1];
    // Of a request that was cut nothing is kept.
    if (body.length !== size || (size !== partBytes && Number(end) + 1 !== Number(total)) || offset % partBytes !== 0)
      return { status: 400 };
    if (request.headers.digest !== `sha=${sha1(body, "base64")}`) return { status: 412 };
    if (parts.has(offset)) return { status: 409, json: { code: "range_overlaps_existing_range" } };
    const part = { part_id: `P${offset}`, offset, size, sha1: sha1(body, "hex"), bytes: body };
    parts.set(offset, part);
    return { status: 200, json: { part: shown(part) } };
  }, whole);
}
