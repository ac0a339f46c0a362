import { undiciTransport } from "@connectry/core/undici";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { acmeDocument, acmeProfile } from "../../test/acme.js";
import { noFacts } from "../../test/contract-providers.js";
import {
  acmeClient,
  createWidget,
  getWidget,
  listWidgets,
  newFile,
  readJson,
  readText,
  widget,
} from "../../test/recording-client.js";
import type { ScriptedFault } from "../faults/fault.js";
import { faultServer } from "../faults/fault-server.js";
import { fakeHandler } from "../provider/fake-handler.js";
import { RecordingError, recorder } from "./index.js";

beforeEach(() => {
  vi.stubEnv("CI", "");
  vi.stubEnv("CONNECTRY_RECORD", "");
});
afterEach(() => void vi.unstubAllEnvs());

/** Sends nothing: whatever is replayed comes from the file. */
const noNetwork = () => Promise.reject(new Error("a request was sent"));
const replaying = (file: string | URL) => recorder({ file, mode: "replay", transport: noNetwork });

describe("a 429 and the 200 after it are replayed as such, recorded through", () => {
  const limited: ScriptedFault = { kind: "response", status: 429, headers: { "retry-after": "7" } };

  const check = async (
    file: string,
    record: (run: (tape: ReturnType<typeof recorder>) => Promise<void>) => unknown,
  ) => {
    const seen: unknown[] = [];
    const callBy = async (tape: ReturnType<typeof recorder>, options = {}) => {
      const { data, response } = await acmeClient({ transport: tape, ...options }).call(getWidget, widget("w_1"));
      seen.push({ data, attempts: response.attempts.map(({ status, waitedMs }) => [status, waitedMs]) });
      await tape.done();
    };
    await record((tape) => callBy(tape));
    await callBy(replaying(file));
    expect(seen[1]).toEqual(seen[0]);
    expect(seen[0]).toMatchObject({
      attempts: [
        [429, expect.any(Number)],
        [200, undefined],
      ],
    });
  };

  test("a fakeHandler", async () => {
    const fake = fakeHandler({ document: acmeDocument, profile: acmeProfile, facts: noFacts });
    fake.seed("/widgets", [{ id: "w_1" }]);
    fake.faults.push(limited);
    const file = newFile();
    await check(file, (run) => run(recorder({ file, fetch: fake.fetch })));
  });

  test.each([
    ["node:http", undefined],
    ["undici", undiciTransport()],
  ])("%s", async (_, transport) => {
    await using server = await faultServer([limited], { response: { body: { id: "w_1" } } });
    const file = newFile();
    const tape = recorder({ file, transport });
    const { data } = await acmeClient({ baseUrl: server.url, transport: tape }).call(getWidget, widget("w_1"));
    await tape.done();
    expect(data).toEqual({ id: "w_1" });
    // At the provider's address, so that it is replayed without the server.
    expect(readJson(file).recordings).toEqual([
      {
        request: { operation: "GET /widgets/{id}", method: "GET", url: "https://api.acme.test/v2/widgets/w_1" },
        responses: [
          expect.objectContaining({ status: 429, headers: expect.objectContaining({ "retry-after": "7" }) }),
          { status: 200, headers: { "content-type": "application/json" }, json: { id: "w_1" } },
        ],
      },
    ]);
    const replayed = replaying(file);
    const again = await acmeClient({ transport: replayed }).call(getWidget, widget("w_1"));
    expect(again.response.attempts.map(({ status }) => status)).toEqual([429, 200]);
    await replayed.done();
  });
});

test("calls that overlap give the same file, whichever response comes first", async () => {
  const files = await Promise.all(
    [0, 1].map(async (round) => {
      const file = newFile();
      let requests = 0;
      const tape = recorder({
        file,
        fetch: async (input) => {
          requests += 1;
          const number = requests;
          // The last response comes first in the second round.
          for (let turns = 0; turns < (round === 0 ? number : 9 - number); turns += 1) await Promise.resolve();
          return Response.json({ id: String(input).slice(-3) }, { headers: { date: new Date().toUTCString() } });
        },
      });
      const acme = acmeClient({ transport: tape });
      const ids = ["w_3", "w_1", "w_2", "w_1"];
      await Promise.all(ids.map((id) => acme.call(getWidget, widget(id))));
      await tape.done();
      return file;
    }),
  );
  const [first = "", second = ""] = files;
  expect(readText(second)).toBe(readText(first));
  expect(readText(first)).not.toContain("date");
  const tape = replaying(first);
  const acme = acmeClient({ transport: tape });
  const ids = ["w_2", "w_1", "w_1", "w_3"];
  const replies = await Promise.all(ids.map((id) => acme.call(getWidget, widget(id))));
  expect(replies.map(({ data }) => data)).toEqual(ids.map((id) => ({ id })));
  await tape.done();
});

test("a write is recognized by its body, whatever the order of its members, and without its idempotency key", async () => {
  const file = newFile();
  const fetch = async () => Response.json({ id: "w_1" }, { status: 201 });
  const tape = recorder({ file, fetch });
  const body = { name: "Ada", color: "red" };
  await acmeClient({ transport: tape }).call(createWidget, { body });
  await tape.done();
  expect(readJson(file).recordings[0].request.json).toEqual(body);

  const again = replaying(file);
  await acmeClient({ transport: again }).call(createWidget, { body: { color: "red", name: "Ada" } });
  await again.done();
});

describe("a request that was not recorded", () => {
  const record = async () => {
    const file = newFile();
    const tape = recorder({ file, fetch: async () => Response.json({ results: [] }) });
    const acme = acmeClient({ transport: tape });
    const query = { limit: 10, color: "red" };
    await acme.call(listWidgets, { params: { path: {}, query, header: {}, cookie: {} } });
    await acme.call(createWidget, { body: { name: "Ada", tags: ["a", "b"] } });
    await tape.done();
    return file;
  };

  test("fails at once, with the nearest recording and what differs", async () => {
    const file = await record();
    const tape = replaying(file);
    const acme = acmeClient({ transport: tape });
    const query = { limit: 20, color: "red" };
    const error = await acme
      .call(listWidgets, { params: { path: {}, query, header: {}, cookie: {} } })
      .catch((reason: unknown) => reason);
    expect(RecordingError.isInstance(error)).toBe(true);
    expect((error as Error).message).toBe(
      [
        "no recording of GET https://api.acme.test/v2/widgets?limit=20&color=red (GET /widgets). The nearest is GET https://api.acme.test/v2/widgets?limit=10&color=red (GET /widgets):",
        '  - query.limit: recorded "10", sent "20"',
        `Record it with CONNECTRY_RECORD=1 (${file}).`,
      ].join("\n"),
    );
    const write = await acme.call(createWidget, { body: { name: "Ada", tags: ["a", "c"], size: 3 } }).catch(String);
    expect(write).toContain('  - json.tags.1: recorded "b", sent "c"\n  - json.size: recorded nothing, sent 3\n');
    // Also where a program has caught the errors.
    await expect(tape.done()).rejects.toThrow(
      /- no recording of GET [\s\S]*- no recording of POST [\s\S]*- not used: GET /,
    );
  });

  test("of another path names the nearest path", async () => {
    const tape = replaying(await record());
    const failed = acmeClient({ transport: tape }).call({ method: "GET", path: "/widget" });
    await expect(failed).rejects.toThrow("The nearest is GET https://api.acme.test/v2/widgets?");
  });

  test("again says how often it was recorded", async () => {
    const tape = replaying(await record());
    const acme = acmeClient({ transport: tape });
    const body = { name: "Ada", tags: ["a", "b"] };
    await acme.call(createWidget, { body });
    await expect(acme.call(createWidget, { body })).rejects.toThrow(
      "it was recorded 1 times, and all of them were replayed",
    );
  });
});

test("recordings that were not used are reported", async () => {
  const file = newFile();
  const tape = recorder({ file, fetch: async () => Response.json({}) });
  const acme = acmeClient({ transport: tape });
  for (const id of ["w_1", "w_1", "w_2"]) await acme.call(getWidget, widget(id));
  await tape.done();

  const replayed = replaying(file);
  await acmeClient({ transport: replayed }).call(getWidget, widget("w_1"));
  await expect(replayed.done()).rejects.toThrow(
    "- not used: GET https://api.acme.test/v2/widgets/w_1 (GET /widgets/{id}), 1 of 2 responses\n- not used: GET https://api.acme.test/v2/widgets/w_2 (GET /widgets/{id}), 1 of 1 responses\n",
  );
});

test("what ended without a response is not recorded", async () => {
  await using server = await faultServer([{ kind: "reset", after: "request" }], { response: { body: { id: "w_1" } } });
  const file = newFile();
  const tape = recorder({ file });
  await acmeClient({ baseUrl: server.url, transport: tape }).call(getWidget, widget("w_1"));
  await tape.done();
  expect(readJson(file).recordings[0].responses).toHaveLength(1);
});
