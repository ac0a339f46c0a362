import type { ServerResponse } from "node:http";
import { type EncodedResponse, encodeResponse } from "../http/encode-response.js";
import type { Fault, ResponseProgress, ScriptedFault } from "./fault.js";
import { gzipBomb } from "./gzip-bomb.js";

/** Waits for a delay, or until the client closes the connection. */
function wait(response: ServerResponse, delayMs: number): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      response.off("close", done);
      resolve();
    };
    const timer = setTimeout(done, delayMs);
    response.on("close", done);
  });
}

function write(response: ServerResponse, chunk: Uint8Array): Promise<void> {
  return new Promise((resolve) => {
    if (response.destroyed) return resolve();
    response.once("close", resolve);
    response.write(chunk, () => {
      response.off("close", resolve);
      resolve();
    });
  });
}

function writeHead(response: ServerResponse, encoded: EncodedResponse, length = encoded.body?.byteLength): void {
  const headers = Object.entries(encoded.headers).map(([name, value]) => [
    name,
    typeof value === "string" ? value : [...value],
  ]);
  response.writeHead(encoded.status, {
    ...Object.fromEntries(headers),
    ...(length === undefined ? {} : { "content-length": length }),
  });
}

/** Sends a response up to a point; false where nothing is sent. */
async function sendPart(response: ServerResponse, encoded: EncodedResponse, after: ResponseProgress): Promise<boolean> {
  // A response without a body is complete after its headers, so that the fault must happen before them.
  if (after === "request" || encoded.body === undefined || encoded.body.byteLength === 0) return false;
  writeHead(response, encoded);
  response.flushHeaders();
  if (after === "half-body") await write(response, encoded.body.subarray(0, Math.ceil(encoded.body.byteLength / 2)));
  return true;
}

async function sendDrip(
  response: ServerResponse,
  encoded: EncodedResponse,
  { chunkBytes, everyMs }: Extract<Fault, { kind: "drip" }>,
): Promise<void> {
  writeHead(response, encoded);
  const body = encoded.body ?? new Uint8Array();
  const size = Math.max(1, chunkBytes);
  for (let offset = 0; offset < body.byteLength && !response.destroyed; offset += size) {
    if (offset > 0) await wait(response, everyMs);
    await write(response, body.subarray(offset, offset + size));
  }
  response.end();
}

async function sendGzipBomb(
  response: ServerResponse,
  { status }: EncodedResponse,
  decodedBytes: number,
): Promise<void> {
  response.writeHead(status, { "content-type": "application/json", "content-encoding": "gzip" });
  for (const chunk of gzipBomb(decodedBytes)) {
    if (response.destroyed) return;
    await write(response, chunk);
  }
  response.end();
}

function send(response: ServerResponse, encoded: EncodedResponse): void {
  writeHead(response, encoded);
  response.end(encoded.body);
}

/** Sends a response, changed by a fault. Returns the status that was sent; undefined where none was. */
export async function sendResponse(
  response: ServerResponse,
  encoded: EncodedResponse,
  fault?: ScriptedFault,
): Promise<number | undefined> {
  if (fault?.delayMs !== undefined) await wait(response, fault.delayMs);
  if (response.destroyed) return undefined;
  switch (fault?.kind) {
    case undefined:
    case "latency":
      send(response, encoded);
      return encoded.status;
    case "response": {
      const other = encodeResponse(fault);
      send(response, other);
      return other.status;
    }
    case "reset": {
      const sent = await sendPart(response, encoded, fault.after);
      // A connection with a partial response is closed (FIN), so that the part arrives; otherwise it is reset (RST).
      if (sent) response.socket?.destroySoon();
      else response.socket?.resetAndDestroy();
      return sent ? encoded.status : undefined;
    }
    case "stall":
      return (await sendPart(response, encoded, fault.after)) ? encoded.status : undefined;
    case "truncate": {
      const body = encoded.body?.subarray(0, Math.floor(encoded.body.byteLength / 2));
      send(response, { ...encoded, body });
      return encoded.status;
    }
    case "wrong-length": {
      const body = encoded.body ?? new Uint8Array();
      writeHead(response, encoded, Math.max(0, body.byteLength + fault.by));
      await write(response, body);
      response.socket?.destroySoon();
      return encoded.status;
    }
    case "drip":
      await sendDrip(response, encoded, fault);
      return encoded.status;
    case "gzip-bomb":
      await sendGzipBomb(response, encoded, fault.decodedBytes);
      return encoded.status;
  }
}

/** Whether a fault happens before the provider processes the request, so that a write is not applied. */
export function preventsProcessing(fault: ScriptedFault): boolean {
  switch (fault.kind) {
    case "response":
    case "gzip-bomb":
      return true;
    case "reset":
    case "stall":
      return fault.after === "request" && fault.applied !== true;
    default:
      return false;
  }
}
