import { encodeResponse, type ScriptedResponse } from "../http/encode-response.js";
import { startLoopbackServer } from "../http/loopback-server.js";
import { type RecordedRequest, recordRequest } from "../http/recorded-request.js";
import type { ScriptedFault } from "./fault.js";
import { sendResponse } from "./send-response.js";
import { takeFault } from "./take-fault.js";

/** A server with scripted faults. */
export interface FaultServer {
  /** `http://127.0.0.1:49152`. */
  readonly url: string;
  /** Every request, in the order of arrival. */
  readonly requests: readonly RecordedRequest[];
  /** The faults that have not happened yet; push more at any time. Empty where the script is a function. */
  readonly faults: ScriptedFault[];
  close(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

/** How a fault server responds to requests without a fault. */
export interface FaultServerOptions {
  /** @default `{ status: 200, body: { ok: true } }` */
  readonly response?: ScriptedResponse | ((request: RecordedRequest) => ScriptedResponse);
}

/**
 * Starts a server without a document. Each request takes the next fault that applies to it; without one, it gets
 * `response`. A script that is a function returns the fault of each request.
 */
export async function faultServer(
  script: readonly ScriptedFault[] | ((request: RecordedRequest) => ScriptedFault | undefined) = [],
  { response = { body: { ok: true } } }: FaultServerOptions = {},
): Promise<FaultServer> {
  const requests: RecordedRequest[] = [];
  const faults = typeof script === "function" ? [] : [...script];
  const server = await startLoopbackServer(async (received, outgoing) => {
    const request = recordRequest(received);
    requests.push(request);
    const fault = takeFault(faults, request) ?? (typeof script === "function" ? script(request) : undefined);
    const encoded = encodeResponse(typeof response === "function" ? response(request) : response);
    request.status = await sendResponse(outgoing, encoded, fault);
  });
  return { url: server.url, requests, faults, close: server.close, [Symbol.asyncDispose]: server.close };
}
