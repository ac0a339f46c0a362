import { mkdtemp, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { canaryScan } from "@connectry/testing";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createAcme } from "../../test/acme.js";
import { rejection } from "../../test/call.js";
import { stubFetch } from "../../test/stub-fetch.js";
import type { AuthScheme } from "../provider/profile.js";
import { fromFile } from "./from-file.js";

let folder: string;
let path: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "connectry-secret-"));
  path = join(folder, "key");
});
afterEach(() => rm(folder, { recursive: true }));

/** A provider that accepts a key, and the keys that it was sent. */
function provider(accepted: () => string) {
  const { fetch, requests } = stubFetch(({ headers }) =>
    Response.json({}, { status: headers.get("authorization") === `Bearer ${accepted()}` ? 200 : 401 }),
  );
  return { fetch, sent: () => requests.map(({ headers }) => headers.get("authorization")?.slice(7)) };
}

test("a key is read from a file, without the line break at its end", async () => {
  await writeFile(path, "sk_1\n");
  const { fetch, sent } = provider(() => "sk_1");
  const acme = createAcme({ fetch, auth: fromFile(path, { id: "acct_7" }) });
  await acme.GET("/things");
  await acme.GET("/things");
  expect(sent()).toEqual(["sk_1", "sk_1"]);
});

test("a file that was replaced is read after a 401, as where Kubernetes replaces a mounted secret", async () => {
  await writeFile(path, "sk_1");
  let accepted = "sk_1";
  const { fetch, sent } = provider(() => accepted);
  const acme = createAcme({ fetch, auth: fromFile(path, { id: "acct_7" }) });
  await acme.GET("/things");
  await writeFile(`${path}.new`, "sk_2");
  await rename(`${path}.new`, path);
  accepted = "sk_2";
  await acme.GET("/things");
  expect(sent()).toEqual(["sk_1", "sk_1", "sk_2"]);
});

test("a credential of several values is parsed", async () => {
  const auth: AuthScheme = {
    kind: "basic",
    username: { name: "sid", env: "ACME_SID" },
    password: { name: "token", env: "ACME_TOKEN" },
  };
  await writeFile(path, JSON.stringify({ sid: "a", token: "b" }));
  const { fetch, requests } = stubFetch(() => Response.json({}));
  const source = fromFile(path, { id: "a", parse: (text) => JSON.parse(text) as { sid: string; token: string } });
  await createAcme({ fetch, auth: source }, { auth }).GET("/things");
  expect(atob(requests[0]?.headers.get("authorization")?.slice(6) ?? "")).toBe("a:b");
});

test("a file that is missing names its path and the reason", async () => {
  const acme = createAcme({ auth: fromFile(path, { id: "a" }) });
  expect(await rejection(acme.GET("/things"))).toMatchObject({
    name: "ConfigurationError",
    message: expect.stringContaining(`Cannot read the secret ${path}: ENOENT.`),
  });
});

test("a file that cannot be parsed is not shown", async () => {
  const key = "sk_live_4eC39HqLyjWDarjtT1zdp7dc";
  await writeFile(path, key);
  const acme = createAcme({ auth: fromFile(path, { id: "a", parse: (text) => JSON.parse(text) as string }) });
  const error = await rejection(acme.GET("/things"));
  expect([String(error).includes("Cannot parse the secret"), canaryScan(key, error)]).toEqual([true, []]);
});
