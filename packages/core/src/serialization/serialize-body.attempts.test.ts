import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import { createAcme } from "../../test/acme.js";
import { rejection } from "../../test/call.js";
import { serve } from "../../test/serve.js";

describe("R7: each attempt sends the same bytes", () => {
  const bytes = new Uint8Array(70_000).map((_, i) => i * 31);
  const data = new FormData();
  data.append("file", new Blob([bytes]), "a.bin");
  data.append("name", "ä");
  test.each<[string, unknown]>([
    ["JSON", { a: "ä".repeat(1_000) }],
    ["FormData", data],
    ["a Blob", new Blob([bytes])],
    ["bytes", bytes],
    ["URLSearchParams", new URLSearchParams({ a: "b c" })],
  ])("where the body is %s", async (_, body) => {
    const server = await serve([
      { kind: "response", status: 503 },
      { kind: "reset", after: "request" },
    ]);
    await createAcme({ baseUrl: server.url, random: () => 0 }).POST("/things", { body });
    const hashes = server.requests.map((request) => createHash("sha256").update(request.bytes).digest("hex"));
    expect(hashes).toHaveLength(3);
    expect(new Set(hashes).size).toBe(1);
    expect(new Set(server.requests.map(({ headers }) => headers["content-type"])).size).toBe(1);
    expect(server.requests[0]?.bytes.length).toBeGreaterThan(0);
  });

  test("where the caller changes its bytes after the call", async () => {
    const server = await serve([{ kind: "response", status: 503 }]);
    const own = new Uint8Array([65, 66, 67]);
    const call = createAcme({ baseUrl: server.url, random: () => 0 }).POST("/things", { body: own });
    await expect.poll(() => server.requests.length).toBeGreaterThan(0);
    own.fill(0);
    await call;
    expect(server.requests.map(({ bytes }) => Buffer.from(bytes).toString())).toEqual(["ABC", "ABC"]);
  });

  test("but a stream is sent once, and the call ends in the first error", async () => {
    const server = await serve([{ kind: "response", status: 503 }]);
    const body = new Response("abc").body;
    const error = await rejection(createAcme({ baseUrl: server.url }).POST("/things", { body }));
    expect(error).toMatchObject({ name: "InternalServerError", status: 503 });
    expect(server.requests.map(({ bytes }) => Buffer.from(bytes).toString())).toEqual(["abc"]);
  });
});
