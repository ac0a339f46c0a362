import { expect, onTestFinished, test, vi } from "vitest";
import { createAcme } from "../../../test/acme.js";
import { rejection } from "../../../test/call.js";
import { listen } from "../../../test/listen.js";
import { resettingServer } from "../../../test/tls-server.js";
import type { ApiError, NetworkError } from "../../index.js";

/** The platform's `fetch` as the user may give it, and a function around it. */
const fetches = [
  ["globalThis.fetch", globalThis.fetch],
  ["a function around it", ((...given) => fetch(...given)) as typeof fetch],
] as const;

/** A server that responds with 421 so many times, and then with 200, and counts its requests. */
async function misdirecting(times: number) {
  const received = { count: 0 };
  const baseUrl = await listen((request, response) => {
    received.count += 1;
    const status = received.count > times ? 200 : 421;
    request.resume().on("end", () => response.writeHead(status, { "content-type": "application/json" }).end("{}"));
  });
  return { baseUrl, received };
}

test.each(fetches)(
  "R6: by %s, a reset in the TLS handshake was never sent, and a write is sent again",
  async (_, fetch) => {
    const acme = createAcme({ fetch, baseUrl: await resettingServer(), random: () => 0 });
    const error = await rejection<NetworkError>(acme.PATCH("/things", { body: {} }));
    expect(error).toMatchObject({ name: "NetworkError", code: "ECONNRESET", maybeSent: false, outcome: "not-applied" });
    expect(error.attempts).toHaveLength(3);
  },
);

test.each(fetches)("a connection that is closed after the request has an unknown outcome, by %s", async (_, fetch) => {
  const baseUrl = await listen((_, response) => void response.socket?.destroy());
  const error = await rejection(createAcme({ fetch, baseUrl }).PATCH("/things", { body: {} }));
  expect(error).toMatchObject({ name: "OutcomeUnknownError", attempts: [{ status: undefined }] });
});

test.each(fetches)("the request that %s sends again after a 421 is counted, whatever it responds", async (_, fetch) => {
  const { baseUrl, received } = await misdirecting(2);
  const acme = createAcme({ fetch, baseUrl });
  const error = await rejection<ApiError>(acme.PATCH("/things", { body: {} }));
  expect(error).toMatchObject({ status: 421, outcome: "not-applied", attempts: [{ status: 421, requests: 2 }] });
  expect(received.count).toBe(2);
  const again = await misdirecting(1);
  const { response } = await createAcme({ fetch, baseUrl: again.baseUrl }).PATCH("/things", { body: {} });
  expect(response.attempts).toMatchObject([{ status: 200, requests: 2 }]);
  expect(again.received.count).toBe(2);
});

test("a body that is a stream is sent once", async () => {
  const { baseUrl, received } = await misdirecting(2);
  const acme = createAcme({ fetch, baseUrl }, { body: "raw" });
  const body = new Blob(["one"]).stream();
  const error = await rejection<ApiError>(acme.POST("/things", { body, headers: { "content-type": "text/plain" } }));
  expect(error).toMatchObject({ status: 421, attempts: [{ status: 421, requests: undefined }] });
  expect(received.count).toBe(1);
});

test("calls at once are counted apart", async () => {
  const [misdirected, served] = [await misdirecting(9), await misdirecting(0)];
  const attemptsOf = (baseUrl: string) => createAcme({ fetch, baseUrl }).safe.GET("/things");
  const [first, second] = await Promise.all([misdirected, served].map(({ baseUrl }) => attemptsOf(baseUrl)));
  expect(first?.response?.attempts).toMatchObject([{ requests: 2 }]);
  expect(second?.response?.attempts).toMatchObject([{ requests: undefined }]);
});

test("by node:http nothing is sent again after a 421", async () => {
  const { baseUrl, received } = await misdirecting(2);
  const acme = createAcme({ transport: undefined, baseUrl });
  expect(await rejection(acme.GET("/things"))).toMatchObject({ status: 421, attempts: [{ requests: undefined }] });
  expect(received.count).toBe(1);
});

test("a replaced globalThis.fetch is observed, too", async () => {
  const platform = globalThis.fetch;
  vi.stubGlobal("fetch", (...given: Parameters<typeof fetch>) => platform(...given));
  onTestFinished(() => void vi.unstubAllGlobals());
  const { baseUrl } = await misdirecting(2);
  const error = await rejection(createAcme({ transport: undefined, baseUrl }).GET("/things"));
  expect(error).toMatchObject({ status: 421, attempts: [{ requests: 2 }] });
});
