import { expect, test } from "vitest";
import { serve } from "../../test/local-server.js";
import { testEnvironment } from "../../test/run-cli.js";
import { tempFolder } from "../../test/temp-folder.js";
import { loadNpmSettings } from "./npm-settings.js";
import { fetchFromTarball } from "./npm-source.js";
import { UnavailableError } from "./unavailable-error.js";

// npm's own default is 10 s: https://docs.npmjs.com/cli/v11/using-npm/config#fetch-retry-mintimeout
test.each([
  [{}, 300, 3],
  [{ npm_config_fetch_retry_mintimeout: "20000" }, 20_000, 10],
  [{ npm_config_fetch_retry_factor: "2" }, 10_000, 2],
])("with %j, the first retry is after %i ms, and the next after %i times as long", async (env, minTimeout, factor) => {
  const cwd = await tempFolder();
  const settings = await loadNpmSettings({ ...testEnvironment(cwd), ...env, npm_config_fetch_retries: "2" }, cwd);
  expect(settings.retry).toMatchObject({ retries: 2, factor, minTimeout });
});

// By its default of two retries, and the waits above, that is 1.2 s of waiting.
test("a registry that ends each connection is asked three times for a package, and then reported", async () => {
  const registry = await serve((request) => request.socket.destroy());
  const cwd = await tempFolder();
  const settings = await loadNpmSettings({ ...testEnvironment(cwd, registry.url), npm_config_fetch_retries: "2" }, cwd);
  const acme = { package: "acme", version: "1.0.0", integrity: undefined };
  const task = { add: () => {}, end: () => {} };
  const error = await fetchFromTarball(acme, ["doc.json"], { settings, task }).catch((reason) => reason);
  expect(error).toBeInstanceOf(UnavailableError);
  expect(registry.requests).toEqual(["GET /acme", "GET /acme", "GET /acme"]);
});
