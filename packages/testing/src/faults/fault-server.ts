import { type AnswerInit, createAnswer } from "../server/answer.js";
import { startLoopbackServer } from "../server/loopback-server.js";
import { type RecordedRequest, recordRequest } from "../server/recorded-request.js";
import { deliver } from "./deliver.js";
import type { ScriptedFault } from "./fault.js";
import { takeFault } from "./take-fault.js";

/** A server that misbehaves on a script. */
export interface FaultServer {
  /** `http://127.0.0.1:49152`. */
  readonly url: string;
  /** Every request, in the order of arrival. */
  readonly requests: readonly RecordedRequest[];
  /** What is still to strike; push more at any time. Empty where the script is a function. */
  readonly faults: ScriptedFault[];
  close(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

/** What a fault server answers when nothing is wrong. */
export interface FaultServerOptions {
  /** @default `{ status: 200, body: { ok: true } }` */
  readonly answer?: AnswerInit | ((request: RecordedRequest) => AnswerInit);
}

/**
 * Starts a server without a document: each request takes the next fault that is for it, and is answered soundly once
 * the script is empty. A function as the script decides for each request.
 */
export async function faultServer(
  script: readonly ScriptedFault[] | ((request: RecordedRequest) => ScriptedFault | undefined) = [],
  { answer = { body: { ok: true } } }: FaultServerOptions = {},
): Promise<FaultServer> {
  const requests: RecordedRequest[] = [];
  const faults = typeof script === "function" ? [] : [...script];
  const server = await startLoopbackServer(async (incoming, response, bytes) => {
    const request = recordRequest(incoming, bytes);
    requests.push(request);
    const fault = takeFault(faults, request) ?? (typeof script === "function" ? script(request) : undefined);
    const sound = createAnswer(typeof answer === "function" ? answer(request) : answer);
    request.status = await deliver(response, sound, fault);
  });
  return { url: server.url, requests, faults, close: server.close, [Symbol.asyncDispose]: server.close };
}
