import assert from "node:assert/strict";
import type { Call, ConnectorOptions, ProviderProfile, Transport } from "@connectry/core";
import { ApiError } from "@connectry/core";
import type { VerifyOptions, WebhookRequest } from "@connectry/core/webhooks";
import { instantClock } from "../clock/instant-clock.js";
import { longTimeouts } from "../clock/long-timeouts.js";
import {
  isConfirmed,
  type ResponseCall,
  type VendorDelivery,
  type VendorError,
  type VendorPages,
  type VendorResponse,
  type VendorResponses,
} from "./vendor-responses.js";

/** A check of a connector by a response of the vendor. */
export interface ResponseCheck {
  /** A sentence for the title of a test. */
  readonly name: string;
  /** Which response it is: `400`, `5xx`, `lists.0`, `webhook`. */
  readonly response: string;
  /** Rejects with an Error that says what differs. */
  run(): Promise<void>;
}

/** The webhooks of a connector, of any types. */
export interface VerifiesDeliveries {
  /** How it is signed: with a passcode, or where fields of the body alone are, a delivery is accepted whatever else it has. */
  readonly scheme?: { readonly algorithm: { readonly kind: string }; readonly signed: readonly unknown[] };
  verify(
    request: WebhookRequest,
    options: VerifyOptions,
  ): Promise<{ readonly events: readonly { readonly type: string }[] }>;
}

/** The connector under test. */
export interface ResponseChecksOptions {
  /** The function that creates the connector: `createStripe`. */
  readonly create: (options: never) => object;
  readonly responses: VendorResponses;
  /** The webhooks of the connector, where it has some. A function creates those of a provider whose keys are fetched. */
  readonly webhooks?:
    | VerifiesDeliveries
    | ((options: { readonly fetch: typeof globalThis.fetch }) => VerifiesDeliveries)
    | undefined;
}

interface Callable {
  call(operation: { method: string; path: string }, init: object): Promise<unknown>;
  paginate(path: string, init: object): AsyncIterable<unknown>;
}

const maxAttempts = 2;

function toTransportResponse({ status, headers, body }: VendorResponse): Awaited<ReturnType<Transport>> {
  const text = body === undefined || typeof body === "string" ? body : JSON.stringify(body);
  return {
    status,
    headers: new Headers({ "content-type": "application/json", ...headers }),
    body: text ? [new TextEncoder().encode(text)] : null,
  };
}

const operationOf = ({ operation }: ResponseCall) => {
  const [method = "", path = ""] = operation.split(" ");
  return { method, path };
};
const initOf = ({ params = {}, body }: ResponseCall) => ({ params, ...(body !== undefined && { body }) });

function connect({ create, responses }: ResponseChecksOptions, transport: Transport): Callable {
  const options: ConnectorOptions = {
    auth: responses.credential as never,
    ...responses.variables,
    transport,
    clock: instantClock(),
    random: () => 0,
    rateLimit: false,
    maxAttempts,
    // What the vendor asks for is waited for, however long it is: the clock waits for nothing.
    ...longTimeouts,
  };
  return create(options as never) as Callable;
}

/** The JSON that a request sends. */
function readJson(body: Call["body"]): unknown {
  const data = body?.kind === "replayable" ? body.data : "null";
  return JSON.parse(typeof data === "string" ? data : new TextDecoder().decode(data));
}

/** An address with its parameters in one order. */
function normalizeUrl(text: string): string {
  const url = new URL(text);
  url.searchParams.sort();
  return url.href;
}

async function checkError(options: ResponseChecksOptions, { call, response, expect }: VendorError): Promise<void> {
  const connector = connect(options, async () => toTransportResponse(response));
  const error: unknown = await connector.call(operationOf(call), initOf(call)).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  assert.ok(ApiError.isInstance(error), `the call must reject with an ApiError, got ${String(error)}`);
  const waitedMs = error.attempts[0]?.waitedMs ?? 0;
  assert.deepEqual(
    {
      error: error.name,
      status: error.status,
      code: error.code ?? null,
      requestId: error.requestId ?? null,
      attempts: error.attempts.map(({ verdict }) => verdict),
    },
    {
      error: expect.error,
      status: response.status,
      code: expect.code,
      requestId: expect.requestId,
      attempts: expect.attempts,
    },
  );
  if (expect.message !== null) {
    assert.ok(error.message.includes(expect.message), `"${error.message}" must contain "${expect.message}"`);
  }
  if (response.body !== undefined && typeof response.body !== "string") assert.deepEqual(error.body, response.body);
  if (expect.waitMs === undefined) return;
  // Jitter may lengthen it; nothing may shorten it.
  assert.ok(
    waitedMs >= expect.waitMs && waitedMs <= expect.waitMs + 2_000,
    `the second attempt must come after ${expect.waitMs} to ${expect.waitMs + 2_000} ms, got ${waitedMs} ms`,
  );
}

async function checkPages(options: ResponseChecksOptions, { call, pages, items }: VendorPages): Promise<void> {
  const requested: string[] = [];
  const connector = connect(options, async ({ url, body }) => {
    const page = pages[requested.length];
    requested.push(normalizeUrl(url));
    if (page?.body !== undefined) assert.deepEqual(readJson(body), page.body);
    assert.ok(page, `the last page was passed: ${url} was requested`);
    return toTransportResponse(page.response);
  });
  const values: unknown[] = [];
  for await (const item of connector.paginate(operationOf(call).path, initOf(call)))
    values.push((item as Readonly<Record<string, unknown>>)[items.member]);
  assert.deepEqual(
    requested,
    pages.map(({ request }) => normalizeUrl(request)),
  );
  assert.deepEqual(values, items.values);
}

/** A `fetch` that gets what the vendor publishes. */
const fetchOf =
  (fetched: Readonly<Record<string, unknown>>): typeof globalThis.fetch =>
  async (input) => {
    const found = fetched[String(input)];
    if (found === undefined) return new Response(null, { status: 404 });
    return typeof found === "string" ? new Response(found) : Response.json(found);
  };

/** Whether a part of what is signed is a field of the body, or the text between two of them. */
const isField = (part: unknown) => typeof part === "object" && part !== null && ("body" in part || "text" in part);

/** Another secret of the same form: its last letter or digit is another one. */
const otherSecret = (secret: string) =>
  secret.replace(/[0-9A-Za-z](?=[^0-9A-Za-z]*$)/, (last) => (last === "0" ? "1" : "0"));

async function checkDelivery(
  { webhooks: given }: ResponseChecksOptions,
  { secret, signedAt, request, events, fetched = {} }: VendorDelivery,
): Promise<void> {
  const webhooks = typeof given === "function" ? given({ fetch: fetchOf(fetched) }) : given;
  assert.ok(webhooks, "the webhooks of the connector must be given");
  const clock = { now: () => (signedAt === undefined ? Date.now() : Date.parse(signedAt)) };
  const verify = (body: string, secrets = secret) =>
    webhooks.verify({ method: "POST", ...request, body }, { secrets, clock });
  const delivery = await verify(request.body);
  assert.deepEqual(
    delivery.events.map(({ type }) => type),
    events,
  );
  const { algorithm, signed = [] } = webhooks.scheme ?? {};
  const isOfFields = signed.length > 0 && signed.every(isField);
  const isSigned = algorithm?.kind !== "passcode" && !isOfFields;
  const changed = isSigned ? verify(`${request.body} `) : verify(request.body, otherSecret(secret));
  await assert.rejects(changed, { name: "WebhookVerificationError", reason: "wrong-secret" });
}

/**
 * Checks of a connector by responses as the vendor publishes them, through a plain transport, without a fake: the class, code, message,
 * request id and retry of each error, the requests for the pages of a list, and the signature of a webhook.
 */
export function responseChecks(profile: ProviderProfile, options: ResponseChecksOptions): readonly ResponseCheck[] {
  const { errors, lists, webhook } = options.responses;
  return [
    ...Object.entries(errors).flatMap(([status, error]) =>
      isConfirmed<VendorError>(error)
        ? [
            {
              name: `a ${status} of ${profile.name}, as published, is read and retried as the vendor says`,
              response: status,
              run: () => checkError(options, error),
            },
          ]
        : [],
    ),
    ...lists.flatMap((list, index) =>
      isConfirmed<VendorPages>(list)
        ? [
            {
              name: `the published pages of ${list.call.operation} are requested from the first to the last`,
              response: `lists.${index}`,
              run: () => checkPages(options, list),
            },
          ]
        : [],
    ),
    ...(isConfirmed<VendorDelivery>(webhook)
      ? [
          {
            name: `a published delivery of ${profile.name} is verified, and rejected where it was changed`,
            response: "webhook",
            run: () => checkDelivery(options, webhook),
          },
        ]
      : []),
  ];
}
