import { randomBytes } from "node:crypto";
import { expect, test } from "vitest";
import { serve } from "../../test/local-server.js";
import { publish, registryHandler } from "../../test/npm-registry.js";
import { testEnvironment } from "../../test/run-cli.js";
import { tempFolder } from "../../test/temp-folder.js";
import { loadNpmSettings } from "./npm-settings.js";
import { fetchFromTarball } from "./npm-source.js";

const task = { add: () => {}, end: () => {} };
const chunkBytes = 64 * 1024;

/** A registry that sends tarballs at once, or each chunk in a turn of its own. */
async function serveTarball(tarball: Buffer, isSlow: boolean) {
  const acme = { ...(await publish("acme", "1.0.0", {})), tarball, integrity: "" };
  const respond = registryHandler([acme]);
  return serve((request, response) => {
    if (!isSlow || !request.url?.endsWith(".tgz")) return respond(request, response);
    let sent = 0;
    const sendNext = () => {
      response.write(tarball.subarray(sent, sent + chunkBytes));
      sent += chunkBytes;
      if (sent < tarball.length) setImmediate(sendNext);
      else response.end();
    };
    // The headers go first, so that the body arrives at a stream that is already waiting.
    response.flushHeaders();
    setImmediate(sendNext);
  });
}

test.each([40, 4_000, 70_000, 300_000, 5_000_000])(
  "four cold fetches of a document of %i bytes, from fast and slow registries, each return all of it",
  async (bytes) => {
    // Random bytes, because gzip would make the tarball of others small.
    const document = randomBytes(bytes);
    const { tarball } = await publish("acme", "1.0.0", { "doc.json": document });
    for (const isSlow of [false, true, false, true]) {
      const registry = await serveTarball(tarball, isSlow);
      const folder = await tempFolder();
      const settings = await loadNpmSettings(testEnvironment(folder, registry.url), folder);
      const acme = { package: "acme", version: "1.0.0", integrity: undefined };
      const files = await fetchFromTarball(acme, ["doc.json"], { settings, task });
      expect(Buffer.compare(files.get("doc.json") as Buffer, document)).toBe(0);
    }
  },
);
