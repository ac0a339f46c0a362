import axios from "axios";
import ky from "ky";
import { describe, expect, test } from "vitest";
import { toFetch } from "../../../src/index.js";
import { createAcme, secret } from "../../acme.js";
import { rejection } from "../../call.js";
import { serve, serveWith } from "../../serve.js";

type Fetch = ReturnType<typeof toFetch>;

/** A client whose own retries are off. */
interface HttpClient {
  get(path: string): Promise<unknown>;
  post(path: string, json: unknown): Promise<unknown>;
}

const clients: Record<string, (fetch: Fetch) => HttpClient> = {
  ky: (fetch) => {
    const client = ky.create({ fetch: fetch as typeof globalThis.fetch, prefix: "https://api.acme.test", retry: 0 });
    return { get: (path) => client(path).json(), post: (path, json) => client.post(path, { json }).json() };
  },
  axios: (fetch) => {
    const client = axios.create({
      adapter: "fetch",
      env: { fetch: fetch as typeof globalThis.fetch },
      baseURL: "https://api.acme.test",
    });
    return {
      get: async (path) => (await client.get(path)).data,
      post: async (path, json) => (await client.post(path, json)).data,
    };
  },
};

describe.each(Object.entries(clients))("%s", (_, create) => {
  test("reads and writes with the connector's credential", async () => {
    const server = await serve();
    const client = create(toFetch(createAcme({ baseUrl: server.url })));
    expect(await client.get("things?a=1")).toEqual({ ok: true });
    expect(await client.post("things", { b: 2 })).toEqual({ ok: true });
    expect(server.requests).toMatchObject([
      { method: "GET", path: "/things", query: { a: "1" } },
      { method: "POST", path: "/things", body: { b: 2 } },
    ]);
    for (const { headers } of server.requests) expect(headers.authorization).toBe(`Bearer ${secret}`);
  });

  test("throws its own error for a failed response, after one request", async () => {
    const server = await serveWith(() => ({ status: 503, body: { error: "down" } }));
    const client = create(toFetch(createAcme({ baseUrl: server.url })));
    const error = await rejection<{ response: Response }>(client.get("things"));
    expect(error.response.status).toBe(503);
    expect(server.requests).toHaveLength(1);
  });

  test("reports a refused address as what it is", async () => {
    const client = create((_input, init) => toFetch(createAcme())("https://evil.test/", init));
    const error = await rejection(client.get("things"));
    expect(`${error} ${error.cause}`).toContain("toFetch: the address must be on the origin https://api.acme.test");
  });
});

test("ky retries as it would without us, each of its attempts being one of ours", async () => {
  const server = await serveWith(() => ({ status: 503, body: {} }));
  const fetch = toFetch(createAcme({ baseUrl: server.url })) as typeof globalThis.fetch;
  const retry = { limit: 2, delay: () => 1 };
  await rejection(ky("https://api.acme.test/things", { fetch, retry }).json());
  expect(server.requests).toHaveLength(3);
});

test("ky follows the progress of a download", async () => {
  const server = await serve([], { body: { text: "x".repeat(200_000) } });
  const fetch = toFetch(createAcme({ baseUrl: server.url })) as typeof globalThis.fetch;
  const seen: number[] = [];
  const onDownloadProgress = ({ transferredBytes }: { transferredBytes: number }) => void seen.push(transferredBytes);
  await ky("https://api.acme.test/things", { fetch, onDownloadProgress }).json();
  expect(seen.length).toBeGreaterThan(2);
  expect(seen.at(-1)).toBeGreaterThan(200_000);
});

test("axios receives a stream", async () => {
  const server = await serve([], { body: { text: "x".repeat(200_000) } });
  const fetch = toFetch(createAcme({ baseUrl: server.url })) as typeof globalThis.fetch;
  const url = "https://api.acme.test/things";
  const { data } = await axios.get(url, { adapter: "fetch", env: { fetch }, responseType: "stream" });
  expect(await new Response(data).json()).toEqual({ text: "x".repeat(200_000) });
});
