import { ConfigurationError } from "../../errors/connectry-error.js";
import { encodeBytes } from "../crypto/encode-bytes.js";
import type { WebhookHandler } from "../handler/endpoint.js";
import { formatOf, type LambdaEvent, type LambdaFormat, toLambdaRequest } from "./lambda-event.js";

/** What a function returns to API Gateway, to a function URL or to an Application Load Balancer. */
export interface LambdaResult {
  statusCode: number;
  headers?: Record<string, string>;
  multiValueHeaders?: Record<string, string[]>;
  cookies?: string[];
  body: string;
  isBase64Encoded: boolean;
}

/** A function of AWS Lambda. */
export type LambdaWebhookHandler = (event: LambdaEvent) => Promise<LambdaResult>;

/** Header fields in the form that the caller of the function reads. */
function fieldsOf(
  response: Response,
  format: LambdaFormat,
  isMultiValue: boolean,
): Omit<LambdaResult, "statusCode" | "body" | "isBase64Encoded"> {
  const headers = Object.fromEntries([...response.headers].filter(([name]) => name !== "set-cookie"));
  const cookies = response.headers.getSetCookie();
  if (format === "api-gateway-2") return { headers, ...(cookies.length > 0 ? { cookies } : {}) };
  const multiValueHeaders: Record<string, string[]> = cookies.length > 0 ? { "set-cookie": cookies } : {};
  if (format === "api-gateway-1") return { headers, ...(cookies.length > 0 ? { multiValueHeaders } : {}) };
  // A load balancer reads only one of the two, by a setting of the target group that shows in the event.
  if (!isMultiValue) return { headers: { ...headers, ...(cookies[0] ? { "set-cookie": cookies[0] } : {}) } };
  const lists = Object.entries(headers).map(([name, value]) => [name, [value]]);
  return { multiValueHeaders: { ...Object.fromEntries(lists), ...multiValueHeaders } };
}

/** The body as text where it is UTF-8, since API Gateway decodes Base64 only for the media types that it is told. */
function textOf(bytes: Uint8Array): { readonly body: string; readonly isBase64Encoded: boolean } {
  try {
    return { body: new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes), isBase64Encoded: false };
  } catch {
    return { body: encodeBytes(bytes, "base64"), isBase64Encoded: true };
  }
}

/**
 * Converts a handler for AWS Lambda: behind API Gateway (payload formats 1.0 and 2.0), a function URL or an Application Load
 * Balancer. A body in Base64 is decoded, repeated headers are kept. Behind API Gateway in the format 1.0 the query arrives decoded
 * and is encoded again: where the provider signs a URL with an unusual query, set `publicUrl`. The function rejects with a
 * ConfigurationError where an event is not one of an HTTP request.
 * @throws ConfigurationError where the handler is missing.
 */
export function toLambdaHandler(handler: WebhookHandler): LambdaWebhookHandler {
  if (typeof handler !== "function") throw new ConfigurationError("toLambdaHandler: pass the handler of an endpoint.");
  return async (event) => {
    const format = formatOf(event);
    const response = await handler(toLambdaRequest(event, format));
    return {
      statusCode: response.status,
      ...fieldsOf(response, format, event.multiValueHeaders != null),
      ...textOf(new Uint8Array(await response.arrayBuffer())),
    };
  };
}
