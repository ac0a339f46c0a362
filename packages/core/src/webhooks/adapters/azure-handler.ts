import { ConfigurationError } from "../../errors/connectry-error.js";
import type { Bytes } from "../../platform/bytes.js";
import type { WebhookHandler } from "../handler/endpoint.js";
import { toBufferedRequest } from "./buffered-request.js";

/** The part of an `HttpRequest` of Azure Functions, programming model 4, that is used. */
export interface AzureLikeRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Iterable<[string, string]>;
  readonly bodyUsed: boolean;
  arrayBuffer(): Promise<ArrayBuffer>;
}

/** An `HttpResponseInit` of Azure Functions. */
export interface AzureResponse {
  status: number;
  headers: [string, string][];
  body?: Bytes;
}

const bodyAdvice = "In Azure Functions pass the request to the handler before request.json(), text() or formData().";

/**
 * Converts a handler for an HTTP trigger of Azure Functions, programming model 4:
 * `app.http("stripe", { methods: ["POST"], authLevel: "anonymous", handler: toAzureHandler(handler) })`.
 * @throws ConfigurationError where the handler is missing.
 */
export function toAzureHandler(handler: WebhookHandler): (request: AzureLikeRequest) => Promise<AzureResponse> {
  if (typeof handler !== "function") throw new ConfigurationError("toAzureHandler: pass the handler of an endpoint.");
  return async (request) => {
    // Azure has received the body, and limits its size.
    const body = request.bodyUsed ? undefined : new Uint8Array(await request.arrayBuffer());
    const { method, url } = request;
    const headers = new Headers([...request.headers]);
    const response = await handler(toBufferedRequest({ method, url, headers, body, bodyAdvice }));
    return {
      status: response.status,
      headers: [...response.headers],
      ...(response.body === null ? {} : { body: new Uint8Array(await response.arrayBuffer()) }),
    };
  };
}
