import type { ServerResponse } from "node:http";
import { type Answer, createAnswer } from "../server/answer.js";
import type { Progress, ScriptedFault } from "./fault.js";
import { gzipBomb } from "./gzip-bomb.js";

/** Waits, but not longer than the client does. */
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

function begin(response: ServerResponse, answer: Answer, length = answer.body?.byteLength): void {
  const headers = Object.entries(answer.headers).map(([name, value]) => [
    name,
    typeof value === "string" ? value : [...value],
  ]);
  response.writeHead(answer.status, {
    ...Object.fromEntries(headers),
    ...(length === undefined ? {} : { "content-length": length }),
  });
}

/** Sends as much of an answer as asked for; false where nothing was sent. */
async function sendPart(response: ServerResponse, answer: Answer, after: Progress): Promise<boolean> {
  // An answer without a body is whole with its headers: there is nothing in it to be cut.
  if (after === "request" || answer.body === undefined || answer.body.byteLength === 0) return false;
  begin(response, answer);
  response.flushHeaders();
  if (after === "half-body") await write(response, answer.body.subarray(0, Math.ceil(answer.body.byteLength / 2)));
  return true;
}

async function drip(response: ServerResponse, answer: Answer, chunkBytes: number, everyMs: number): Promise<void> {
  begin(response, answer);
  const body = answer.body ?? new Uint8Array();
  const size = Math.max(1, chunkBytes);
  for (let offset = 0; offset < body.byteLength && !response.destroyed; offset += size) {
    if (offset > 0) await wait(response, everyMs);
    await write(response, body.subarray(offset, offset + size));
  }
  response.end();
}

async function bomb(response: ServerResponse, answer: Answer, decodedBytes: number): Promise<void> {
  response.writeHead(answer.status, { "content-type": "application/json", "content-encoding": "gzip" });
  for (const chunk of gzipBomb(decodedBytes)) {
    if (response.destroyed) return;
    await write(response, chunk);
  }
  response.end();
}

function send(response: ServerResponse, answer: Answer): void {
  begin(response, answer);
  response.end(answer.body);
}

/** Sends an answer, or what a fault makes of it. Returns the status that went out; undefined where none did. */
export async function deliver(
  response: ServerResponse,
  answer: Answer,
  fault?: ScriptedFault,
): Promise<number | undefined> {
  if (fault?.delayMs !== undefined) await wait(response, fault.delayMs);
  if (response.destroyed) return undefined;
  switch (fault?.kind) {
    case undefined:
    case "latency":
      send(response, answer);
      return answer.status;
    case "answer": {
      const other = createAnswer(fault);
      send(response, other);
      return other.status;
    }
    case "reset": {
      const sent = await sendPart(response, answer, fault.after);
      // After a part of the answer the connection ends (FIN), so that this part surely arrives; before it, it is reset (RST).
      if (sent) response.socket?.destroySoon();
      else response.socket?.resetAndDestroy();
      return sent ? answer.status : undefined;
    }
    case "stall":
      return (await sendPart(response, answer, fault.after)) ? answer.status : undefined;
    case "truncate": {
      const body = answer.body?.subarray(0, Math.floor(answer.body.byteLength / 2));
      send(response, { ...answer, body });
      return answer.status;
    }
    case "wrong-length": {
      const body = answer.body ?? new Uint8Array();
      begin(response, answer, Math.max(0, body.byteLength + fault.by));
      await write(response, body);
      response.socket?.destroySoon();
      return answer.status;
    }
    case "drip":
      await drip(response, answer, fault.chunkBytes, fault.everyMs);
      return answer.status;
    case "gzip-bomb":
      await bomb(response, answer, fault.decodedBytes);
      return answer.status;
  }
}

/** Whether a fault strikes before the provider does anything, so that a write is not applied. */
export function strikesFirst(fault: ScriptedFault): boolean {
  switch (fault.kind) {
    case "answer":
    case "gzip-bomb":
      return true;
    case "reset":
    case "stall":
      return fault.after === "request" && fault.applied !== true;
    default:
      return false;
  }
}
