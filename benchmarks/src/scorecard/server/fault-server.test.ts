import assert from "node:assert/strict";
import { request } from "node:http";
import { text } from "node:stream/consumers";
import { test } from "node:test";
import { createCertificates } from "./certificates.ts";
import { startFaultServer } from "./fault-server.ts";
import { respond } from "./reply.ts";

const pages = { kind: "link-header", items: "by-path" } as const;
const certificates = createCertificates().of;

function send(url: string, method: string, body = ""): Promise<{ status: number | undefined; body: string }> {
  return new Promise((resolve, reject) => {
    const call = request(url, { method, agent: false }, async (response) =>
      resolve({ status: response.statusCode, body: await text(response) }),
    );
    call.on("error", reject);
    // Without a length node:http sends chunks.
    if (body) call.write(body.slice(0, 3));
    call.end(body.slice(3));
  });
}

test("responds request by request, repeats the last reply, and logs what arrived", async () => {
  const server = await startFaultServer({ replies: [respond({ status: 503 }), respond()] }, { certificates, pages });
  try {
    assert.equal((await send(`${server.url}/a`, "GET")).status, 503);
    assert.equal(JSON.parse((await send(`${server.url}/b`, "POST", '{"a":1}')).body).id, "w_1");
    assert.equal((await send(`${server.url}/c`, "GET")).status, 200);
    const { requests, busySockets } = server.log();
    assert.deepEqual(
      requests.map(({ method, path, body, status, applied }) => [method, path, body, status, applied]),
      [
        ["GET", "/a", "", 503, false],
        ["POST", "/b", '{"a":1}', 200, true],
        ["GET", "/c", "", 200, true],
      ],
    );
    assert.equal(busySockets, 0);
  } finally {
    server.close();
  }
});

test("a reset is a reset, and not a text", async () => {
  const server = await startFaultServer({ replies: [{ steps: ["reset"], applies: true }] }, { certificates, pages });
  try {
    await assert.rejects(send(server.url, "POST", "body"), { code: "ECONNRESET" });
    assert.deepEqual(
      server.log().requests.map(({ applied, status }) => [applied, status]),
      [[true, undefined]],
    );
  } finally {
    server.close();
  }
});
