import { gzipSync } from "node:zlib";

/** What the server does with a connection, in order. */
export type Step =
  /** Bytes as they are, whether or not they are HTTP. A text that is one of the words below is one of them. */
  | string
  | Uint8Array
  | { readonly waitMs: number }
  /** Sends a piece again and again, with a pause before each, until the client leaves. */
  | { readonly drip: string; readonly everyMs: number }
  /** Nothing more, and the connection stays open. */
  | "stall"
  /** FIN. */
  | "close"
  /** RST. */
  | "reset";

/** One response of the server, right or wrong. */
export interface WireReply {
  readonly steps: readonly Step[];
  /** Whether a write has an effect before the steps begin. @default whether its status is 2xx */
  readonly applies?: boolean;
  /** How long it asks the client to wait, where it does. */
  readonly asksMs?: number;
}

/** What a correct response has. */
export interface ResponseInit {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
  readonly body?: string | Uint8Array;
}

/** The object of every success: it has what each client of the scorecard reads, and `w_1` proves that it arrived. */
export const widget = {
  id: "w_1",
  sid: "w_1",
  ok: true,
  object: "widget",
  name: "Steam engine",
  properties: { email: "ada@example.com" },
};

/** The id of a request, in the header or the field of each provider: Stripe, GitHub, Slack, Twilio, OpenAI, HubSpot. */
export const requestId = "req_score_4711";
const idHeaders = ["request-id", "x-github-request-id", "x-slack-req-id", "twilio-request-id", "x-request-id"];

/** The body of an error, in the form of each provider at once. */
export function errorBody(status: number, message = "The engine is out of steam."): string {
  return JSON.stringify({
    ok: false,
    error: { message, type: "api_error", code: "out_of_steam" },
    message,
    code: 20_000 + status,
    status,
    category: "OUT_OF_STEAM",
    correlationId: requestId,
    errors: [],
    // HubSpot's client retries a 429 by the name of its limit.
    ...(status === 429 && { policyName: "TEN_SECONDLY_ROLLING" }),
  });
}

const reasons: Readonly<Record<number, string>> = { 200: "OK", 201: "Created", 302: "Found", 401: "Unauthorized" };

/** The head of a response, with the headers as given. */
export function head(status: number, headers: NonNullable<ResponseInit["headers"]>): string {
  const lines = Object.entries(headers).flatMap(([name, value]) => [value].flat().map((one) => `${name}: ${one}`));
  return `HTTP/1.1 ${status} ${reasons[status] ?? "Status"}\r\n${lines.map((line) => `${line}\r\n`).join("")}\r\n`;
}

/** The headers of every JSON response. */
export function jsonHeaders(
  more: NonNullable<ResponseInit["headers"]> = {},
): Record<string, string | readonly string[]> {
  const ids = Object.fromEntries(idHeaders.map((name) => [name, requestId]));
  return { "content-type": "application/json", ...ids, ...more };
}

/** A correct response with a length; by default the widget. */
export function respond({ status = 200, headers = {}, body }: ResponseInit = {}): WireReply {
  const text = body ?? (status < 300 ? JSON.stringify(widget) : errorBody(status));
  const bytes = typeof text === "string" ? Buffer.from(text) : text;
  const all = { ...jsonHeaders({ "content-length": String(bytes.length) }), ...headers };
  return { steps: [Buffer.concat([Buffer.from(head(status, all)), bytes])], applies: status < 300 };
}

/** A response whose body is compressed; `cutAt` keeps so many of its bytes, with a `content-length` that agrees. */
export function respondGzip(body: string | Uint8Array, cutAt?: number): WireReply {
  return respond({ body: gzipSync(body).subarray(0, cutAt), headers: { "content-encoding": "gzip" } });
}

/** The widget's JSON, padded to a size at which it takes several packets. */
export function longWidget(bytes: number): string {
  return JSON.stringify({ ...widget, padding: "x".repeat(bytes) });
}
