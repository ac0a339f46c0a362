import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { acmeProfile } from "../../test/acme.js";
import {
  acmeClient,
  createWidget,
  getWidget,
  newFile,
  readJson,
  readText,
  secret,
  widget,
} from "../../test/recording-client.js";
import { canaryScan } from "../secrets/canary-scan.js";
import { recorder } from "./index.js";

beforeEach(() => {
  vi.stubEnv("CI", "");
  vi.stubEnv("CONNECTRY_RECORD", "");
});
afterEach(() => void vi.unstubAllEnvs());

test("the credential of a call is in no recording, however the provider encodes it", async () => {
  const file = newFile();
  const echo = {
    raw: `Bearer ${secret}`,
    base64: Buffer.from(`user:${secret}`).toString("base64"),
    hex: Buffer.from(secret).toString("hex"),
    [secret]: 1,
    url: `https://api.acme.test/?q=${encodeURIComponent(secret)}`,
  };
  const headers = {
    "x-echo": secret,
    "set-cookie": `session=${secret}`,
    "www-authenticate": `Bearer error="${secret}"`,
  };
  const tape = recorder({ file, fetch: async () => Response.json(echo, { headers }) });
  await acmeClient({ transport: tape }).call(createWidget, { body: { note: `my key is ${secret}` } });
  await tape.done();
  expect(canaryScan(secret, readText(file))).toEqual([]);
  expect(readText(file)).not.toContain("cookie");
  const replayed = recorder({ file, mode: "replay" });
  // By the same credential, and by another one: neither is compared.
  await acmeClient({ transport: replayed, auth: "another_key_of_a_test" as never }).call(createWidget, {
    body: { note: "my key is another_key_of_a_test" },
  });
  await replayed.done();
});

test("a credential in the query is in no recording, and is not compared", async () => {
  const profile = { ...acmeProfile, auth: { kind: "query", name: "api_key", env: "ACME_KEY" } } as const;
  const file = newFile();
  const tape = recorder({ file, fetch: async () => Response.json({ next: `/widgets?after=2&api_key=${secret}` }) });
  await acmeClient({ transport: tape }, profile).call(getWidget, widget("w_1"));
  await tape.done();
  expect(canaryScan(secret, readText(file))).toEqual([]);
  expect(readJson(file).recordings[0].request.query).toEqual({ api_key: "***" });
  const replayed = recorder({ file, mode: "replay" });
  await acmeClient({ transport: replayed, auth: "short" as never }, profile).call(getWidget, widget("w_1"));
  await replayed.done();
});

test("a token in a body is hidden by its name, and by its value wherever it comes again", async () => {
  const tokens = { access_token: "at_5Kq81mPw0vTz", client_secret: "pi_1_secret_J7xq2", apiKey: "ak_93hfPq1Lm0" };
  const file = newFile();
  const send = async (auto: boolean) => {
    const tape = recorder({
      file,
      mode: auto ? "auto" : "replay",
      fetch: async (input) =>
        String(input).endsWith("/widgets")
          ? Response.json({ ...tokens, nested: [{ password: "hunter2hunter2" }], next_page_token: "page_2_of_9" })
          : Response.json({ seen: `for ${tokens.access_token}` }),
    });
    const acme = acmeClient({ transport: tape });
    const { data } = await acme.call(createWidget, { body: { name: "Ada", client_secret: "cs_of_the_request" } });
    await acme.call(getWidget, widget((data as typeof tokens).access_token));
    await tape.done();
    return data;
  };
  await send(true);
  for (const value of [...Object.values(tokens), "hunter2hunter2", "cs_of_the_request"])
    expect(canaryScan(value, readText(file))).toEqual([]);
  // A cursor is not a secret: the next page needs it.
  expect(await send(false)).toMatchObject({ access_token: "***", next_page_token: "page_2_of_9" });
});

test("further secrets and a function of the test's own are applied to what is recorded and replayed", async () => {
  const file = newFile();
  const options = {
    file,
    secrets: ["whsec_9fK2mQ71xZ"],
    redact: (text: string) => text.replaceAll(/\w+@\w+\.\w+/g, "someone"),
  };
  const body = { name: "ada@example.com", note: "whsec_9fK2mQ71xZ" };
  const tape = recorder({ ...options, fetch: async () => Response.json({ by: body.name, in: body.note }) });
  await acmeClient({ transport: tape }).call(createWidget, { body });
  await tape.done();
  expect(readText(file)).not.toMatch(/ada@|whsec_/);
  const replayed = recorder({ ...options, mode: "replay" });
  const { data } = await acmeClient({ transport: replayed }).call(createWidget, { body });
  expect(data).toEqual({ by: "someone", in: "***" });
  await replayed.done();
});
