import type { Socket } from "node:net";

/** A request as it arrived. */
export interface WireRequest {
  readonly method: string;
  readonly path: string;
  /** Names in lower case; a repeated header is joined by commas. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly atMs: number;
  /** Which connection it came over, counted from 1. */
  readonly connection: number;
}

interface Head {
  readonly method: string;
  readonly path: string;
  readonly headers: Record<string, string>;
  readonly end: number;
}

function readHead(bytes: Buffer): Head | undefined {
  const end = bytes.indexOf("\r\n\r\n");
  if (end < 0) return undefined;
  const [line = "", ...fields] = bytes.toString("latin1", 0, end).split("\r\n");
  const [method = "", path = ""] = line.split(" ");
  const headers: Record<string, string> = {};
  for (const field of fields) {
    const colon = field.indexOf(":");
    const name = field.slice(0, colon).trim().toLowerCase();
    const value = field.slice(colon + 1).trim();
    headers[name] = name in headers ? `${headers[name]}, ${value}` : value;
  }
  return { method, path, headers, end: end + 4 };
}

/** The body of a request and where it ends; undefined until it is complete. */
function readBody(bytes: Buffer, { headers, end }: Head): { body: string; end: number } | undefined {
  if (!/chunked/i.test(headers["transfer-encoding"] ?? "")) {
    const to = end + Number(headers["content-length"] ?? 0);
    return bytes.length < to ? undefined : { body: bytes.toString("utf8", end, to), end: to };
  }
  const pieces: Buffer[] = [];
  for (let at = end; ; ) {
    const line = bytes.indexOf("\r\n", at);
    if (line < 0) return undefined;
    const size = Number.parseInt(bytes.toString("latin1", at, line), 16);
    const next = line + 2 + size + 2;
    if (bytes.length < next) return undefined;
    if (size === 0) return { body: Buffer.concat(pieces).toString("utf8"), end: next };
    pieces.push(bytes.subarray(line + 2, line + 2 + size));
    at = next;
  }
}

/** Reads the requests of a connection one after another, and calls `onRequest` with each that is complete. */
export function readRequests(
  socket: Socket,
  connection: number,
  onRequest: (request: WireRequest) => Promise<void>,
): void {
  let bytes: Buffer = Buffer.alloc(0);
  let isBusy = false;
  const take = async () => {
    if (isBusy) return;
    const head = readHead(bytes);
    const body = head && readBody(bytes, head);
    if (!head || !body) return;
    bytes = bytes.subarray(body.end);
    isBusy = true;
    const { method, path, headers } = head;
    await onRequest({ method, path, headers, body: body.body, atMs: performance.now(), connection });
    isBusy = false;
    await take();
  };
  socket.on("data", (chunk: Buffer) => {
    bytes = Buffer.concat([bytes, chunk]);
    void take();
  });
}
