import type { IncomingHttpHeaders, RequestListener } from "node:http";
import { setTimeout as wait } from "node:timers/promises";
import { expect, test } from "vitest";
import { serve } from "../../test/local-server.js";
import { fetchFromUrl } from "./url-source.js";

const task = { add: () => {}, end: () => {} };

test("fetchFromUrl stops at the maximum size, and closes the connection to a server that never ends", async () => {
  let reportClosed = () => {};
  const closed = new Promise<string>((resolve) => {
    reportClosed = () => resolve("closed");
  });
  const { url } = await serve((_, response) => {
    const timer = setInterval(() => response.write("x".repeat(100_000)), 1);
    response.on("close", () => {
      clearInterval(timer);
      reportClosed();
    });
  });
  await expect(fetchFromUrl(`${url}/endless.json`, { settings: {}, task, maxBytes: 1024 * 1024 })).rejects.toThrow(
    /endless\.json is larger than 1 MB, the maximum size of a document/,
  );
  expect(await Promise.race([closed, wait(2_000, "still open")])).toBe("closed");
});

test("fetchFromUrl rejects with a CodegenError when the connection breaks in the middle", async () => {
  const { url } = await serve((_, response) => {
    response.writeHead(200, { "content-length": "1000" });
    response.write("half");
    setTimeout(() => response.destroy(), 20);
  });
  await expect(fetchFromUrl(`${url}/half.json`, { settings: { retry: { retries: 0 } }, task })).rejects.toMatchObject({
    name: "CodegenError",
  });
});

test("fetchFromUrl reports progress in bytes", async () => {
  const { url } = await serve((_, response) => response.end("x".repeat(5_000)));
  let bytes = 0;
  const counter = { add: (more: number) => (bytes += more), end: () => {} };
  await fetchFromUrl(`${url}/a.json`, { settings: {}, task: counter });
  expect(bytes).toBe(5_000);
});

/** A server that records the headers of its requests. */
async function serveRecorded(respond: RequestListener) {
  const headers: IncomingHttpHeaders[] = [];
  const server = await serve((request, response) => {
    headers.push(request.headers);
    respond(request, response);
  });
  return { ...server, headers };
}

const redirectTo =
  (location: string): RequestListener =>
  (_, response) =>
    response.writeHead(302, { location }).end();

test("fetchFromUrl sends no credential of npm's settings, not to the first host and not after a redirect", async () => {
  const last = await serveRecorded((_, response) => response.end("{}"));
  const first = await serveRecorded(redirectTo(`${last.url}/moved.json`));
  const hosts = [first, last].map(({ url }) => `//${new URL(url).host}/`);
  const settings = {
    registry: `${first.url}/`,
    otp: "123456",
    npmSession: "session",
    ...Object.fromEntries(hosts.map((host) => [`${host}:_authToken`, "secret"])),
  };
  expect(String(await fetchFromUrl(`${first.url}/a.json`, { settings, task }))).toBe("{}");
  const sent = [...first.headers, ...last.headers];
  expect(sent).toHaveLength(2);
  for (const headers of sent)
    expect(Object.keys(headers).filter((name) => name === "authorization" || name.startsWith("npm-"))).toEqual([]);
});

test.each(["0.0.0.0", "host.test"])(
  "fetchFromUrl does not ask the http host %s that a redirect leads to",
  async (host) => {
    const target = await serve((_, response) => response.end("{}"));
    const first = await serve(redirectTo(`http://${host}:${new URL(target.url).port}/latest/meta-data`));
    await expect(fetchFromUrl(`${first.url}/a.json`, { settings: {}, task })).rejects.toThrow(
      /redirects to a URL that is not allowed[\s\S]*is not https/,
    );
    expect(target.requests).toEqual([]);
  },
);

test("fetchFromUrl follows a relative redirect, and gives up after ten", async () => {
  const { url, requests } = await serve((request, response) => {
    if (request.url === "/a/start.json") redirectTo("../moved.json")(request, response);
    else if (request.url === "/moved.json") response.end("moved");
    else redirectTo("loop.json")(request, response);
  });
  expect(String(await fetchFromUrl(`${url}/a/start.json`, { settings: {}, task }))).toBe("moved");
  await expect(fetchFromUrl(`${url}/loop.json`, { settings: {}, task })).rejects.toThrow(
    /redirects more than 10 times/,
  );
  expect(requests.filter((line) => line === "GET /loop.json")).toHaveLength(11);
});

test("fetchFromUrl gives up on a server that never responds", async () => {
  const { url } = await serve(() => {});
  await expect(fetchFromUrl(`${url}/a.json`, { settings: {}, task, maxMs: 50 })).rejects.toThrow(
    /a\.json did not arrive within 0\.05 seconds/,
  );
});
