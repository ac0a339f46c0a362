import { setTimeout as wait } from "node:timers/promises";
import { expect, test } from "vitest";
import { serve } from "../testing/local-server.js";
import { fetchFromUrl } from "./url-source.js";

const task = { add: () => {}, end: () => {} };

test("stops at the limit, and hangs up on a server that never ends", async () => {
  let tellClosed = () => {};
  const closed = new Promise<string>((resolve) => {
    tellClosed = () => resolve("closed");
  });
  const { url } = await serve((_, response) => {
    const timer = setInterval(() => response.write("x".repeat(100_000)), 1);
    response.on("close", () => {
      clearInterval(timer);
      tellClosed();
    });
  });
  await expect(fetchFromUrl(`${url}/endless.json`, {}, task, 1024 * 1024)).rejects.toThrow(
    /endless\.json is larger than 1 MB, more than any API's document/,
  );
  expect(await Promise.race([closed, wait(2_000, "still open")])).toBe("closed");
});

test("a connection that breaks half-way is told as such", async () => {
  const { url } = await serve((_, response) => {
    response.writeHead(200, { "content-length": "1000" });
    response.write("half");
    setTimeout(() => response.destroy(), 20);
  });
  await expect(fetchFromUrl(`${url}/half.json`, { fetchRetries: 0 }, task)).rejects.toMatchObject({
    name: "CodegenError",
  });
});

test("tells the progress in bytes", async () => {
  const { url } = await serve((_, response) => response.end("x".repeat(5_000)));
  let bytes = 0;
  await fetchFromUrl(`${url}/a.json`, {}, { add: (more) => (bytes += more), end: () => {} });
  expect(bytes).toBe(5_000);
});
