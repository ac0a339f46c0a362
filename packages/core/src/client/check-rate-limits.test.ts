import { expect, test } from "vitest";
import { acme, createAcme, noFacts, secret } from "../../test/acme.js";
import { bearerAuth } from "../auth/auth-schemes.js";
import { ConfigurationError } from "../errors/connectry-error.js";
import type { RateLimit } from "../provider/profile.js";
import { createConnector } from "./create-connector.js";

const valid = { bucket: "default", limit: 10, perMs: 1_000 };
const create = (limit: object) => createAcme({ rateLimit: { limits: [valid, { ...valid, ...limit } as RateLimit] } });

test.each<[limit: object, message: RegExp]>([
  [{ bucket: "serch" }, /rateLimit\.limits\[1\]\.bucket must be one of default, got "serch"/],
  [{ bucket: undefined }, /bucket must be one of default, got undefined/],
  [{ limit: 0 }, /limits\[1\]\.limit must be a positive integer, got 0/],
  [{ limit: "10" }, /limit must be a positive integer, got "10"/],
  [{ limit: Infinity }, /limit must be a positive integer/],
  [{ perMs: undefined }, /perMs must be a positive number of milliseconds, got undefined/],
  [{ perMs: -1 }, /perMs must be a positive number of milliseconds, got -1/],
  [{ burst: 11 }, /burst must be from 1 to the limit, got 11/],
  [{ burst: 0 }, /burst must be from 1 to the limit, got 0/],
  [{ window: "fixed" }, /window must be "gcra" or "sliding", got "fixed"/],
  [{ per: "channel" }, /per must be "operation" or \{ parameter: "its name" \}, got "channel"/],
  [{ per: { parameter: "" } }, /per must be "operation" or \{ parameter: "its name" \}/],
  [{ costs: { POST: -1 } }, /costs must be numbers, 0 or more, got \{"POST":-1\}/],
])("a limit of a user with %j is a ConfigurationError that names the field", (limit, message) => {
  expect(() => create(limit)).toThrow(ConfigurationError);
  expect(() => create(limit)).toThrow(message);
});

test.each<[object]>([
  [{}],
  [{ burst: 10, window: "sliding", costs: { POST: 0 } }],
  [{ per: "operation" }],
  [{ per: { parameter: "channel" } }],
])("a limit of a user with %j is valid", (limit) => {
  expect(() => create(limit)).not.toThrow();
});

test("a limit per parameter is an error where the connector cannot read parameters", () => {
  const limits: RateLimit[] = [{ ...valid, per: { parameter: "channel" } }];
  const definition = { profile: acme, facts: noFacts, strategies: { auth: bearerAuth } };
  expect(() => createConnector(definition, { auth: secret, rateLimit: { limits } })).toThrow(
    /limits\[0\]\.per must be "operation": the profile has no limit per parameter/,
  );
});
