import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { createWebhookHandler, type KoaLikeContext, stripe, toAzureHandler, toKoaMiddleware } from "../index.js";

/** A context as Koa has it, which records what is set. */
function contextOf(req: KoaLikeContext["req"]) {
  const headers: Record<string, unknown> = {};
  const context: KoaLikeContext = {
    req,
    href: "https://hooks.example.com/stripe?a=1",
    request: {},
    status: 404,
    body: undefined,
    set(name, value) {
      headers[name] = value;
    },
  };
  return { context, headers };
}

/** A context whose request came over a socket. */
async function receive(): Promise<ReturnType<typeof contextOf>> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  const { port } = server.address() as AddressInfo;
  fetch(`http://127.0.0.1:${port}/inside`, { method: "POST", body: "{}" }).catch(() => {});
  const [request] = await once(server, "request");
  return contextOf(request);
}

test("the middleware passes on the URL that Koa knows, and sets status, body, headers and cookies", async () => {
  const { context, headers } = await receive();
  await toKoaMiddleware(async (request) => {
    const response = new Response(`${request.url} ${await request.text()}`, { status: 202, headers: { "x-a": "1" } });
    for (const cookie of ["a=1", "b=2"]) response.headers.append("set-cookie", cookie);
    return response;
  })(context);
  expect([context.status, String(context.body)]).toEqual([202, "https://hooks.example.com/stripe?a=1 {}"]);
  expect(headers).toEqual({ "x-a": "1", "content-type": "text/plain;charset=UTF-8", "set-cookie": ["a=1", "b=2"] });
});

test("a body that is too large closes the connection", async () => {
  const { context, headers } = await receive();
  const options = { secrets: "whsec_test", otherwise: () => {}, maxBodyBytes: 1, onError: () => {} };
  await toKoaMiddleware(createWebhookHandler(stripe, options))(context);
  expect([context.status, headers.connection]).toEqual([413, "close"]);
});

test("missing handlers are a ConfigurationError", () => {
  expect(() => toKoaMiddleware(undefined as never)).toThrow(/toKoaMiddleware: pass the handler/);
  expect(() => toAzureHandler(undefined as never)).toThrow(/toAzureHandler: pass the handler/);
});
