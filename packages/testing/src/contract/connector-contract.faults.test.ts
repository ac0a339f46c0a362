import { describe, expect, test } from "vitest";
import { faultyConnectors } from "../../test/faulty-connectors.js";
import { connectorContract } from "./connector-contract.js";

describe("the contract fails for a connector that", () => {
  test.each(faultyConnectors)("$title", async ({ provider, create, checks: pattern }) => {
    const checks = connectorContract(provider.profile, { ...provider, create }).filter(({ name }) =>
      pattern.test(name),
    );
    expect(checks.length).toBeGreaterThan(0);
    for (const { name, run } of checks) await expect(run(), name).rejects.toThrow();
  });
});
