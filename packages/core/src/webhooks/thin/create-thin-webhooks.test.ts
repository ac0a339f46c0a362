import { fakeClock } from "@connectry/testing";
import { expect, expectTypeOf, onTestFinished, test, vi } from "vitest";
import { createAcme } from "../../../test/acme.js";
import { deferred } from "../../../test/deferred.js";
import { serveWith } from "../../../test/serve.js";
import { createThinWebhooks, mollieClassic, type ThinWebhookHandlerOptions, type WebhookEvent } from "../index.js";

interface Payment {
  readonly id: string;
  readonly status: string;
}

const paymentId = "tr_5B8cwPMGnU6qLbRvo7qEZo";
/** The request of https://docs.mollie.com/reference/webhooks */
const notify = (body = `id=${paymentId}`, type = "application/x-www-form-urlencoded") =>
  new Request("https://webshop.example.org/payments/webhook", {
    method: "POST",
    headers: { "user-agent": "Mollie HTTP client/1.0", "content-type": type },
    body,
  });

/** An endpoint whose payments come from a connector's calls to a server, and what it processed and reported. */
async function setUp(
  respond: (id: string) => { status: number; body: unknown },
  options: Partial<ThinWebhookHandlerOptions<{ readonly payment: Payment }>> = {},
) {
  const asked: string[] = [];
  const server = await serveWith(({ path }) => {
    const id = path.split("/").at(-1) ?? "";
    asked.push(id);
    return respond(id);
  });
  const mollie = createAcme({ baseUrl: server.url, maxAttempts: 1 });
  const webhooks = createThinWebhooks(mollieClassic, {
    payment: {
      fetch: async (id, signal) =>
        (await mollie.GET("/payments/{id}", { params: { path: { id } }, signal })).data as Payment,
      state: ({ status }) => status,
    },
  });
  const processed: WebhookEvent[] = [];
  const errors: unknown[] = [];
  const handler = webhooks.handler({
    on: { payment: (event) => void processed.push(event) },
    onError: (error) => void errors.push(error),
    ...options,
  });
  return { webhooks, handler, processed, errors, asked };
}

test("a notification is processed with the payment that the API has, and not with what the request says", async () => {
  const { handler, processed, asked } = await setUp((id) => ({ status: 200, body: { id, status: "open" } }));
  const response = await handler(notify(`id=${paymentId}&status=paid`));
  expect([response.status, await response.text()]).toEqual([200, ""]);
  expect(asked).toEqual([paymentId]);
  expect(processed).toMatchObject([
    {
      type: "payment",
      id: `${paymentId}.open`,
      payload: { id: paymentId, status: "open" },
      provider: "mollie-classic",
      signedAtMs: undefined,
    },
  ]);
});

test("each state of a payment is processed once, whatever arrives how often", async () => {
  let status = "open";
  const { handler, processed } = await setUp((id) => ({ status: 200, body: { id, status } }));
  for (const next of ["open", "open", "paid", "paid"]) {
    status = next;
    expect((await handler(notify())).status).toBe(200);
  }
  expect(processed.map(({ id }) => id)).toEqual([`${paymentId}.open`, `${paymentId}.paid`]);
});

test("without `state`, every notification is processed", async () => {
  const webhooks = createThinWebhooks(mollieClassic, { payment: { fetch: async (id) => ({ id }) } });
  const ids: [string, boolean][] = [];
  const handler = webhooks.handler({ on: { payment: ({ id, isIdentified }) => void ids.push([id, isIdentified]) } });
  for (let count = 0; count < 2; count += 1) await handler(notify());
  expect(new Set(ids.map(([id]) => id)).size).toBe(2);
  expect(ids.every(([, isIdentified]) => !isIdentified)).toBe(true);
});

test.each([404, 410])("a payment for which the API responds with %i gets a 200, and no event", async (status) => {
  const { handler, processed, errors } = await setUp(() => ({ status, body: { title: "Not Found" } }));
  expect((await handler(notify())).status).toBe(200);
  expect([processed, errors]).toEqual([[], []]);
});

test("where the API cannot be asked, Mollie notifies again", async () => {
  const { handler, processed, errors } = await setUp(() => ({ status: 401, body: { title: "Unauthorized" } }));
  const response = await handler(notify());
  expect([response.status, response.headers.get("retry-after"), await response.json()]).toEqual([
    503,
    "10",
    { error: "object-unavailable" },
  ]);
  expect(errors).toMatchObject([
    { message: "Mollie: the payment could not be fetched.", cause: { name: "AuthenticationError" } },
  ]);
  expect(processed).toEqual([]);
});

test.each([
  ["another id", "id=ord_kEn1PlbGa"],
  ["a path", "id=tr_../../customers"],
  ["an id in another place", `payment=${paymentId}`],
  ["several ids", `id=${paymentId}&id=tr_other1`],
  ["a long id", `id=tr_${"a".repeat(65)}`],
  ["a line break", `id=${paymentId}%0a`],
  ["an invalid escape", "id=tr_%zz"],
  ["nothing", ""],
  ["no JSON", "{", "application/json"],
  ["an object", '{"id":{"a":1}}', "application/json"],
  ["null", "null", "application/json"],
])("R37: %s is rejected without a call", async (_, body, type = "application/x-www-form-urlencoded") => {
  const { handler, asked, errors, processed } = await setUp(() => ({ status: 200, body: {} }));
  expect((await handler(notify(body, type))).status).toBe(401);
  expect(errors).toMatchObject([{ reason: "malformed", message: "Mollie: the body has no id of `payment` at `id`." }]);
  expect([asked, processed]).toEqual([[], []]);
});

test("R54: a body of more than 16 KiB is not read", async () => {
  const { handler, asked } = await setUp(() => ({ status: 200, body: {} }));
  expect((await handler(notify(`id=${paymentId}&a=${"a".repeat(16_384)}`))).status).toBe(413);
  expect(asked).toEqual([]);
});

test("R54: no more than `maxFetches` objects are fetched at once, and the others come again", async () => {
  const gate = deferred();
  let running = 0;
  let most = 0;
  const webhooks = createThinWebhooks(mollieClassic, {
    payment: {
      async fetch(id) {
        running += 1;
        most = Math.max(most, running);
        await gate.opened;
        running -= 1;
        return { id };
      },
    },
  });
  const handler = webhooks.handler({ otherwise: () => {}, onError: () => {}, maxFetches: 3 });
  const responses = Array.from({ length: 20 }, () => handler(notify()));
  await vi.waitFor(() => expect(running).toBe(3));
  gate.go();
  const statuses = (await Promise.all(responses)).map(({ status }) => status);
  expect(statuses.filter((status) => status === 200)).toHaveLength(3);
  expect(statuses.filter((status) => status === 503)).toHaveLength(17);
  expect(most).toBe(3);
  // Its place is free again.
  expect((await handler(notify())).status).toBe(200);
});

test("a fetch that takes too long is aborted, and Mollie notifies again", async () => {
  const clock = fakeClock(0);
  const signals: AbortSignal[] = [];
  const webhooks = createThinWebhooks(mollieClassic, {
    payment: {
      fetch(_, signal) {
        signals.push(signal);
        return new Promise<undefined>(() => {});
      },
    },
  });
  const handler = webhooks.handler({ otherwise: () => {}, onError: () => {}, fetchTimeoutMs: 2_000, clock });
  const response = handler(notify());
  await vi.waitFor(() => expect(signals).toHaveLength(1));
  await clock.advance(1_999);
  expect(signals[0]?.aborted).toBe(false);
  await clock.advance(1);
  expect([(await response).status, signals[0]?.aborted, clock.pendingTimers]).toEqual([503, true, 0]);
});

test("`read` fetches the object for a route of one's own", async () => {
  const { webhooks } = await setUp((id) => ({ status: id === paymentId ? 200 : 404, body: { id, status: "paid" } }));
  const event = await webhooks.read(notify());
  expect(event).toMatchObject({ type: "payment", payload: { status: "paid" } });
  if (event?.type === "payment") expectTypeOf(event.payload).toEqualTypeOf<Payment>();
  await expect(webhooks.read(notify("id=tr_another"))).resolves.toBeUndefined();
  await expect(webhooks.read(notify("id=1"))).rejects.toMatchObject({ reason: "malformed" });
});

test("the events can be queued", async () => {
  const queued: WebhookEvent[] = [];
  const add = async (event: WebhookEvent) => void queued.push(event);
  const { handler } = await setUp((id) => ({ status: 200, body: { id, status: "paid" } }), {
    on: undefined,
    queue: { add },
  });
  expect((await handler(notify())).status).toBe(200);
  expect(queued).toMatchObject([{ names: ["payment"], payload: { status: "paid" } }]);
});

test("a rejection that is not verified is printed at most once in a minute, without its body", async () => {
  const warn = vi.spyOn(console, "warn").mockImplementation(() => {});
  onTestFinished(() => warn.mockRestore());
  const { handler } = await setUp(() => ({ status: 200, body: {} }), { onError: undefined, clock: fakeClock(0) });
  for (let count = 0; count < 5; count += 1) await handler(notify("id=a_secret"));
  expect(warn.mock.calls).toHaveLength(1);
  expect(String(warn.mock.calls)).not.toContain("a_secret");
});

test("sources for no object, and for one that the scheme does not have, are a ConfigurationError", () => {
  expect(() => createThinWebhooks(mollieClassic, {})).toThrow("Mollie: no source of objects: pass `payment`.");
  const order = { order: { fetch: async () => ({}) } };
  expect(() => createThinWebhooks(mollieClassic, order as never)).toThrow("Mollie: it has no objects `order`");
});

test("a scheme of one's own adds objects, whose types are those of their sources", () => {
  const scheme = { ...mollieClassic, objects: { ...mollieClassic.objects, order: /^ord_[A-Za-z0-9]{4,64}$/ } };
  const webhooks = createThinWebhooks(scheme, {
    payment: { fetch: async (id): Promise<Payment> => ({ id, status: "open" }) },
    order: { fetch: async (id) => ({ id, lines: 1 }) },
  });
  webhooks.handler({
    on: {
      payment: ({ payload }) => expectTypeOf(payload).toEqualTypeOf<Payment>(),
      order: ({ payload }) => expectTypeOf(payload).toEqualTypeOf<{ id: string; lines: number }>(),
    },
  });
});
