import type { IncomingMessage, ServerResponse } from "node:http";
import { listen } from "./listen.js";

/** What a server of events does with its `count`th request. */
export type ServeEvents = (response: ServerResponse, request: IncomingMessage, count: number) => unknown;

/** A server whose responses are events, and the requests that it got. */
export async function eventServer(serve: ServeEvents, type = "text/event-stream") {
  const requests: IncomingMessage[] = [];
  const url = await listen((request, response) => {
    requests.push(request);
    response.setHeader("content-type", type);
    serve(response, request, requests.length);
  });
  return { url, requests };
}

/** Events whose data is JSON. */
export const sse = (...data: readonly unknown[]) => data.map((one) => `data: ${JSON.stringify(one)}\n\n`).join("");

/** What a stream yields, and what it throws then. */
export async function collect<T>(stream: AsyncIterable<T>): Promise<{ seen: T[]; error?: unknown }> {
  const seen: T[] = [];
  try {
    for await (const one of stream) seen.push(one);
  } catch (error) {
    return { seen, error };
  }
  return { seen };
}
