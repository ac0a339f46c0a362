import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { fetchText } from "./fetch-text.js";

test("R54: a key is read up to 64 KiB, and a redirect is not followed", async () => {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url ?? "");
    if (request.url === "/moved") response.writeHead(302, { location: "/elsewhere" }).end();
    else response.end("a".repeat(request.url === "/large" ? 65_537 : 65_536));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  const at = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  expect((await fetchText(`${at}/fits`, {})).text).toHaveLength(65_536);
  await expect(fetchText(`${at}/large`, {})).rejects.toThrow(/larger than 65536 bytes/);
  expect((await fetchText(`${at}/moved`, {})).status).toBe(302);
  expect(asked).toEqual(["/fits", "/large", "/moved"]);
});
