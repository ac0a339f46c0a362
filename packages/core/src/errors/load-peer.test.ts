import { expect, test } from "vitest";
import { loadPeer } from "./load-peer.js";

const peer = { name: "undici", entry: "@connectry/core/undici" };
const failing = (code: string, message: string) =>
  loadPeer(peer, () => Promise.reject(Object.assign(new Error(message), { code })));

test("a peer that is installed is loaded", async () => {
  expect(await loadPeer(peer, () => Promise.resolve({ Agent: 1 }))).toEqual({ Agent: 1 });
});

// The messages of Node's two module systems, Jest and Bun.
test.each([
  [
    "ERR_MODULE_NOT_FOUND",
    "Cannot find package 'undici' imported from /app/node_modules/@connectry/core/dist/undici/index.js",
  ],
  ["MODULE_NOT_FOUND", "Cannot find module 'undici'\nRequire stack:\n- /app/index.js"],
  ["MODULE_NOT_FOUND", "Cannot find module 'undici' from 'node_modules/@connectry/core/dist/undici/index.cjs'"],
  ["ERR_MODULE_NOT_FOUND", 'Cannot find package "undici" from "/app/index.js"'],
])("a missing peer (%s, %j) is an error with the command that installs it", async (code, message) => {
  await expect(failing(code, message)).rejects.toMatchObject({
    name: "ConfigurationError",
    message: "@connectry/core/undici needs the package undici, which is not installed: npm install undici",
    cause: { message },
  });
});

test.each([
  ["ERR_MODULE_NOT_FOUND", "Cannot find package 'undici-types' imported from /app/node_modules/undici/index.js"],
  ["ERR_UNKNOWN_BUILTIN_MODULE", "No such built-in module: node:sqlite, of which 'undici' has one"],
])("another error of a peer (%s, %j) is thrown as it is", async (code, message) => {
  await expect(failing(code, message)).rejects.toMatchObject({ code, message });
});
