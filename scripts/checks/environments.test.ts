import { afterEach, expect, test, vi } from "vitest";
import { consumerEnvironment, networkEnvironment } from "../environments.ts";

afterEach(() => vi.unstubAllEnvs());

const network = [
  "NPM_CONFIG_REGISTRY",
  "npm_config_@acme:registry",
  "npm_config_https_proxy",
  "npm_config_noproxy",
  "npm_config_cafile",
  "npm_config_userconfig",
  "npm_config_//registry.example/:_authToken",
];
const others = [
  "npm_config_frozen_lockfile",
  "npm_lifecycle_event",
  "npm_config_local_prefix",
  "PNPM_SCRIPT_SRC_DIR",
  "NODE_PATH",
];

test("a consumer's environment has none of npm's settings and tools, and everything else", () => {
  for (const name of [...network, ...others, "STRIPE_URL"]) vi.stubEnv(name, "set");
  const names = Object.keys(consumerEnvironment());
  expect(names.filter((name) => [...network, ...others].includes(name))).toEqual([]);
  expect(names).toEqual(expect.arrayContaining(["PATH", "STRIPE_URL"]));
});

test("the environment for network access has the settings of the machine's registry, and no other of npm", () => {
  for (const name of [...network, ...others]) vi.stubEnv(name, "set");
  const names = Object.keys(networkEnvironment());
  expect(names.filter((name) => others.includes(name))).toEqual([]);
  expect(names).toEqual(expect.arrayContaining(["PATH", ...network]));
});
