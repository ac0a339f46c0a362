import type { Fault } from "../faults/fault.js";
import { type EncodedResponse, encodeResponse } from "../http/encode-response.js";
import { type ReceivedRequest, splitTarget } from "../http/recorded-request.js";
import type { FakeCore } from "./fake.js";

/** The header by which a request asks for a fault. */
export const faultHeader = "connectry-fault";

const kinds: readonly Fault["kind"][] = [
  "response",
  "latency",
  "reset",
  "stall",
  "truncate",
  "wrong-length",
  "drip",
  "gzip-bomb",
];

/** The fault that a request asks for: a status, or the JSON of a fault. What is neither is a 400 that says so. */
export function requestedFault({ headers }: Pick<ReceivedRequest, "headers">): Fault | undefined {
  const text = headers[faultHeader];
  if (text === undefined) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === "number" && value >= 200 && value <= 599) return { kind: "response", status: value };
    if (kinds.includes((value as Fault | null)?.kind as Fault["kind"])) return value as Fault;
  } catch {
    // It is not JSON.
  }
  const message = `the header ${faultHeader} must be a status or the JSON of a fault: {"kind":"reset","after":"request"}`;
  return { kind: "response", status: 400, body: { error: message } };
}

/** The response to a request that controls the server; undefined for one to the provider. */
export async function respondToControl(
  fake: FakeCore,
  received: ReceivedRequest,
): Promise<EncodedResponse | undefined> {
  const { method, target } = received;
  const { path } = splitTarget(target);
  if (method === "POST" && path === "/-/reset") {
    fake.reset();
    return encodeResponse({ status: 204 });
  }
  if (method === "GET" && path === "/-/requests") return encodeResponse({ body: fake.requests });
  if (method === "GET" && path === "/-/deliveries") return encodeResponse({ body: fake.deliveries });
  if (method === "POST" && path === "/-/events") return postEvent(fake, received);
  return undefined;
}

async function postEvent({ postEvent: post }: FakeCore, received: ReceivedRequest): Promise<EncodedResponse> {
  const reject = (status: number, error: string) => encodeResponse({ status, body: { error } });
  if (post === undefined) return reject(409, "there is no endpoint: start the server with `webhooks`, or --webhook");
  try {
    const delivery = await post(received);
    return delivery === undefined ? reject(409, "a reset ended the delivery") : encodeResponse({ body: delivery });
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return reject(400, "the body must be an event as the provider sends it: JSON, or a form with its content-type");
  }
}
