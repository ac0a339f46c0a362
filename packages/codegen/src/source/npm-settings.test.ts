import { expect, test } from "vitest";
import { testEnvironment } from "../../test/run-cli.js";
import { tempFolder } from "../../test/temp-folder.js";
import { loadNpmSettings } from "./npm-settings.js";

// npm's own default is 10 s: https://docs.npmjs.com/cli/v11/using-npm/config#fetch-retry-mintimeout
test.each([
  [{}, 300],
  [{ npm_config_fetch_retry_mintimeout: "20000" }, 20_000],
])(
  "with %j, the first retry is after %i ms, and a registry that is down is reported in seconds",
  async (env, minTimeout) => {
    const cwd = await tempFolder();
    const settings = await loadNpmSettings({ ...testEnvironment(cwd), ...env, npm_config_fetch_retries: "2" }, cwd);
    expect(settings.retry).toMatchObject({ retries: 2, factor: 10, minTimeout });
  },
);
