import { Elysia } from "elysia";
import { readBody as readBodyOfH3, serve } from "h3";
import { createApp, createRouter, eventHandler, fromWebHandler, readBody, toNodeListener } from "h3v1";
import { createRequestHandler, type ServerBuild } from "react-router";
import { afterEach, expect, onTestFinished, test, vi } from "vitest";
import { captureLog, listen, mistaken, post, signed } from "../test/deliveries.ts";

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});

test("examples/webhooks/h3.ts accepts Stripe's events, and readBody(event) before the handler is named", async () => {
  const lines = captureLog();
  const { app } = await import("./h3.ts");
  const { handler, messages } = mistaken();
  app.post("/parsed", async (event) => {
    await readBodyOfH3(event);
    return handler(event.req);
  });
  const server = serve(app, { port: 0, hostname: "127.0.0.1", silent: true });
  onTestFinished(() => server.close(true));
  await server.ready();
  const at = (path: string) => new URL(path, server.url).href;
  expect(await post(await signed("evt_1"), at("/webhooks/stripe"))).toBe(204);
  expect(await post(await signed("evt_2", "whsec_wrong"), at("/webhooks/stripe"))).toBe(401);
  expect(lines).toEqual(["in_evt_1 is paid"]);
  expect(await post(await signed("evt_3"), at("/parsed"))).toBe(500);
  expect(messages).toEqual([expect.stringMatching(/in h3 call it before readBody\(event\)/)]);
});

test("examples/webhooks/nuxt.ts accepts Stripe's events, also after readBody(event), which h3 1 remembers", async () => {
  const lines = captureLog();
  const { default: route } = await import("./nuxt.ts");
  const { handler, messages } = mistaken();
  const parsed = eventHandler(async (event) => {
    await readBody(event);
    return fromWebHandler(handler)(event);
  });
  const router = createRouter().post("/webhooks/stripe", route).post("/parsed/stripe", parsed);
  const url = await listen(toNodeListener(createApp().use(router)));
  expect([await post(await signed("evt_1"), url), await post(await signed("evt_2", "whsec_wrong"), url)]).toEqual([
    204, 401,
  ]);
  expect(lines).toEqual(["in_evt_1 is paid"]);
  expect([await post(await signed("evt_3"), url.replace("webhooks", "parsed")), messages]).toEqual([204, []]);
});

test('examples/webhooks/elysia.ts accepts Stripe\'s events, and a route without parse: "none" is named', async () => {
  const lines = captureLog();
  const { app } = await import("./elysia.ts");
  const deliver = async (delivery: Request, path: string) => {
    const url = `http://localhost${path}`;
    return (
      await app.handle(new Request(url, { method: "POST", headers: delivery.headers, body: await delivery.text() }))
    ).status;
  };
  const { handler, messages } = mistaken();
  app.use(new Elysia().post("/parsed", ({ request, body }) => handler(body === undefined ? request : request)));
  expect(await deliver(await signed("evt_1"), "/webhooks/stripe")).toBe(204);
  expect(await deliver(await signed("evt_2", "whsec_wrong"), "/webhooks/stripe")).toBe(401);
  expect(lines).toEqual(["in_evt_1 is paid"]);
  expect(await deliver(await signed("evt_3"), "/parsed")).toBe(500);
  expect(messages).toEqual([expect.stringMatching(/In Elysia give the route \{ parse: "none" \}/)]);
});

test("examples/webhooks/react-router.ts accepts Stripe's events, and an action that reads the body before is named", async () => {
  const lines = captureLog();
  const { action } = await import("./react-router.ts");
  const { handler, messages } = mistaken();
  const route = (path: string, module: object) => ({ id: path, path, module: { default: undefined, ...module } });
  // What the compiler of React Router makes of app/routes.
  const build = {
    entry: { module: { default: () => new Response() } },
    routes: {
      "webhooks/stripe": route("webhooks/stripe", { action }),
      "webhooks/parsed": route("webhooks/parsed", {
        action: async ({ request }: { readonly request: Request }) => {
          await request.json();
          return handler(request);
        },
      }),
    },
    assets: { entry: { module: "", imports: [] }, routes: {}, url: "", version: "" },
    publicPath: "/",
    assetsBuildDirectory: "",
    future: {},
    ssr: true,
    isSpaMode: false,
    prerender: [],
    routeDiscovery: { mode: "initial" },
  } as unknown as ServerBuild;
  const handle = createRequestHandler(build, "production");
  const deliver = async (delivery: Request, path: string) => {
    const url = `https://example.com/webhooks/${path}`;
    return (await handle(new Request(url, { method: "POST", headers: delivery.headers, body: await delivery.text() })))
      .status;
  };
  expect([
    await deliver(await signed("evt_1"), "stripe"),
    await deliver(await signed("evt_2", "whsec_wrong"), "stripe"),
  ]).toEqual([204, 401]);
  expect(lines).toEqual(["in_evt_1 is paid"]);
  expect(await deliver(await signed("evt_3"), "parsed")).toBe(500);
  expect(messages).toEqual([expect.stringMatching(/Call the handler before anything that reads the body/)]);
});

test("examples/webhooks/vercel.ts passes the work after the response to the platform", async () => {
  const lines = captureLog();
  const { POST } = await import("./vercel.ts");
  const works: Promise<unknown>[] = [];
  // Where Vercel's runtime has the context of a request, by the source of @vercel/functions (get-context.js).
  const key = Symbol.for("@vercel/request-context");
  Object.assign(globalThis, {
    [key]: { get: () => ({ waitUntil: (work: Promise<unknown>) => void works.push(work) }) },
  });
  onTestFinished(() => void Reflect.deleteProperty(globalThis, key));
  expect((await POST(await signed("evt_1"))).status).toBe(204);
  expect(works).toHaveLength(1);
  await Promise.all(works);
  expect(lines).toEqual(["in_evt_1 is paid"]);
});
