import { ConfigurationError } from "../../errors/connectry-error.js";
import type { Bytes } from "../../platform/bytes.js";
import { toBufferedRequest } from "./buffered-request.js";

/** Fields by name, as Lambda has them. The values of a repeated one are joined, or the last one. */
type Fields = Readonly<Record<string, string | undefined>> | null | undefined;
type MultiFields = Readonly<Record<string, readonly string[] | undefined>> | null | undefined;

/**
 * The part of an event of AWS Lambda that is used: of API Gateway in the payload formats 1.0 and 2.0, of a function URL, and of an
 * Application Load Balancer.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/lambda-functions.html
 */
export interface LambdaEvent {
  readonly httpMethod?: string | undefined;
  readonly path?: string | undefined;
  readonly rawPath?: string | undefined;
  readonly rawQueryString?: string | undefined;
  readonly headers?: Fields;
  readonly multiValueHeaders?: MultiFields;
  readonly queryStringParameters?: Fields;
  readonly multiValueQueryStringParameters?: MultiFields;
  readonly cookies?: readonly string[] | undefined;
  readonly requestContext?: {
    readonly domainName?: string | undefined;
    readonly path?: string | undefined;
    readonly elb?: object | undefined;
    readonly http?: { readonly method: string } | undefined;
  };
  readonly body?: string | null | undefined;
  readonly isBase64Encoded?: boolean | undefined;
}

/** The format of an event. */
export type LambdaFormat = "api-gateway-1" | "api-gateway-2" | "load-balancer";

const bodyAdvice =
  "Remove what parses the body from this function, such as httpJsonBodyParser() of Middy, or exclude this route from it.";

/**
 * The format of an event.
 * @throws ConfigurationError where the event is not one of an HTTP request.
 */
export function formatOf({ httpMethod, requestContext }: LambdaEvent): LambdaFormat {
  if (requestContext?.elb !== undefined) return "load-balancer";
  if (requestContext?.http !== undefined) return "api-gateway-2";
  if (httpMethod !== undefined) return "api-gateway-1";
  throw new ConfigurationError(
    "toLambdaHandler: the event is not an HTTP request of API Gateway, of a function URL or of an Application Load Balancer. In API Gateway, turn on Lambda proxy integration for this method: without it the raw body does not arrive.",
  );
}

function headersOf({ headers, multiValueHeaders, cookies }: LambdaEvent): Headers {
  const result = new Headers();
  for (const [name, value = []] of Object.entries(multiValueHeaders ?? headers ?? {})) {
    for (const one of [value].flat()) result.append(name, one);
  }
  if (cookies !== undefined && cookies.length > 0) result.set("cookie", cookies.join("; "));
  return result;
}

/** The query. API Gateway decodes it in the format 1.0, so it is encoded again; a load balancer passes it on as it is. */
function queryOf(event: LambdaEvent, format: LambdaFormat): string {
  if (format === "api-gateway-2") return event.rawQueryString ?? "";
  const encode = format === "load-balancer" ? (text: string) => text : encodeURIComponent;
  const fields = event.multiValueQueryStringParameters ?? event.queryStringParameters ?? {};
  return Object.entries(fields)
    .flatMap(([name, value = []]) => [value].flat().map((one) => `${encode(name)}=${encode(one)}`))
    .join("&");
}

function urlOf(event: LambdaEvent, format: LambdaFormat, headers: Headers): string {
  const { requestContext, rawPath, path = "/" } = event;
  const scheme = format === "load-balancer" ? (headers.get("x-forwarded-proto") ?? "https") : "https";
  const host = requestContext?.domainName ?? headers.get("host") ?? "localhost";
  const query = queryOf(event, format);
  // `path` lacks the stage, which is a part of the URL.
  return `${scheme}://${host}${rawPath ?? requestContext?.path ?? path}${query === "" ? "" : `?${query}`}`;
}

function decodeBase64(text: string): Bytes {
  let decoded: string;
  try {
    decoded = atob(text);
  } catch (cause) {
    throw new ConfigurationError("toLambdaHandler: `isBase64Encoded` is true, but `body` is not in Base64.", { cause });
  }
  const bytes = new Uint8Array(decoded.length);
  for (let index = 0; index < bytes.length; index += 1) bytes[index] = decoded.charCodeAt(index);
  return bytes;
}

function bodyOf({ body, isBase64Encoded }: LambdaEvent): string | Bytes | undefined {
  // What the types promise, a middleware may have replaced.
  const found: unknown = body ?? "";
  if (typeof found !== "string") return undefined;
  return isBase64Encoded === true ? decodeBase64(found) : found;
}

/**
 * Converts an event to a web `Request`.
 * @throws ConfigurationError where its body is not in Base64, though it says so. TypeError where a header is not valid.
 */
export function toLambdaRequest(event: LambdaEvent, format: LambdaFormat): Request {
  const headers = headersOf(event);
  const method = (event.requestContext?.http?.method ?? event.httpMethod ?? "POST").toUpperCase();
  return toBufferedRequest({ method, url: urlOf(event, format, headers), headers, body: bodyOf(event), bodyAdvice });
}
