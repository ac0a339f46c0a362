import assert from "node:assert/strict";
import { test } from "node:test";
import { partOf } from "./parts.ts";

test("code belongs to the part of a call that its place says", () => {
  const core = "file:///x/node_modules/@connectry/core/dist";
  for (const [functionName, url, part] of [
    ["send", `${core}/shared.cjs`, "Connectry: pipeline"],
    ["", `${core}/undici/index.cjs`, "Connectry: transport"],
    ["parseJson", `${core}/shared.cjs`, "JSON.parse"],
    ["concatBytes", `${core}/shared.cjs`, "bytes of the body"],
    ["append", "node:internal/deps/undici/undici", "Headers"],
    ["dispatch", "file:///x/node_modules/undici/lib/dispatcher/client.js", "undici"],
    ["setTimeout", "node:timers", "timers and the clock"],
    ["writeLatin1String", "", "writes to the socket"],
    ["onSocket", "node:_http_client", "node:http and sockets"],
    ["runMicrotasks", "", "promises"],
    ["lane", "file:///x/profiled-process.ts", "other"],
  ] as const)
    assert.equal(partOf({ functionName, url }), part, `${functionName} of ${url}`);
  assert.equal(partOf({ functionName: "(idle)", url: "" }), undefined);
});
