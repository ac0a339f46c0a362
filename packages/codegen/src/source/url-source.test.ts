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
  await expect(fetchFromUrl(`${url}/half.json`, { settings: { fetchRetries: 0 }, task })).rejects.toMatchObject({
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
