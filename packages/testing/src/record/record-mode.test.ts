import { writeFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { acmeClient, getWidget, newFile, readJson, widget } from "../../test/recording-client.js";
import { recorder } from "./index.js";
import { resolveRecordMode } from "./record-mode.js";

beforeEach(() => {
  vi.stubEnv("CI", "");
  vi.stubEnv("CONNECTRY_RECORD", "");
});
afterEach(() => void vi.unstubAllEnvs());

test.each([
  ["auto", {}, "auto"],
  ["record", {}, "record"],
  ["replay", {}, "replay"],
  ["auto", { CI: "true" }, "replay"],
  ["replay", { CI: "true" }, "replay"],
  ["auto", { CI: "false" }, "auto"],
  ["replay", { CONNECTRY_RECORD: "1" }, "record"],
  ["auto", { CONNECTRY_RECORD: "0" }, "auto"],
  ["auto", { CONNECTRY_RECORD: "1", CI: "true" }, "record"],
] as const)("mode %s with %j is %s", (mode, environment, expected) => {
  expect(resolveRecordMode(mode, environment)).toBe(expected);
});

test("CI does not record without the variable, and an unknown mode is refused", () => {
  expect(() => resolveRecordMode("record", { CI: "true" })).toThrow("would send requests in CI");
  expect(() => resolveRecordMode("rewind" as never, {})).toThrow('got "rewind"');
});

describe("mode auto", () => {
  const respond = (id: string) => async () => Response.json({ id });
  const read = async (file: string | URL, ids: readonly string[], fetch: typeof globalThis.fetch) => {
    const tape = recorder({ file, fetch });
    const acme = acmeClient({ transport: tape });
    const data: unknown[] = [];
    for (const id of ids) data.push((await acme.call(getWidget, widget(id))).data);
    await tape.done();
    return data;
  };

  test("replays what the file has, and adds what it lacks", async () => {
    const file = newFile();
    await read(pathToFileURL(file), ["w_1"], respond("first"));
    expect(await read(file, ["w_1", "w_2", "w_1"], respond("second"))).toEqual([
      { id: "first" },
      { id: "second" },
      { id: "second" },
    ]);
    expect(readJson(file).recordings.map(({ responses }: { responses: unknown[] }) => responses.length)).toEqual([
      2, 1,
    ]);
    expect(await read(file, ["w_1", "w_1", "w_2"], respond("third"))).toEqual([
      { id: "first" },
      { id: "second" },
      { id: "second" },
    ]);
  });

  test("sends nothing in CI, and says so", async () => {
    const file = newFile();
    await read(file, ["w_1"], respond("first"));
    vi.stubEnv("CI", "true");
    const fetch = vi.fn(respond("second"));
    await expect(read(file, ["w_2"], fetch)).rejects.toThrow("CONNECTRY_RECORD=1");
    expect(fetch).not.toHaveBeenCalled();
    expect(() => recorder({ file: newFile() })).toThrow("there are no recordings at");
  });

  test("CONNECTRY_RECORD=1 replaces the file by what is sent now", async () => {
    const file = newFile();
    await read(file, ["w_1", "w_2"], respond("first"));
    vi.stubEnv("CONNECTRY_RECORD", "1");
    expect(await read(file, ["w_1"], respond("second"))).toEqual([{ id: "second" }]);
    expect(readJson(file).recordings).toHaveLength(1);
  });
});

test("a file that is not one of recordings is refused", () => {
  const file = `${import.meta.dirname}/../../package.json`;
  expect(() => recorder({ file, mode: "replay" })).toThrow("is not a file of recordings");
  const broken = newFile().replace(/nested.*/, "broken.json");
  writeFileSync(broken, "{");
  expect(() => recorder({ file: broken, mode: "replay" })).toThrow("is not JSON");
});
