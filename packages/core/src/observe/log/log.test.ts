import { PassThrough } from "node:stream";
import { canaryScan, instantClock } from "@connectry/testing";
import { pino } from "pino";
import { describe, expect, test } from "vitest";
import { createLogger, transports } from "winston";
import { createAcme, secret } from "../../../test/acme.js";
import { stubFetch } from "../../../test/stub-fetch.js";
import { harness, paid, secret as webhookSecret } from "../../../test/webhooks/harness.js";
import { signWebhook, stripe } from "../../webhooks/index.js";
import { consoleLog, type Observer, pinoLog, winstonLog } from "../index.js";

/** A console that keeps its lines. */
function keptConsole() {
  const lines: [level: string, text: string][] = [];
  const at = (level: string) => (text: string) => void lines.push([level, text]);
  return { lines, console: { debug: at("debug"), info: at("info"), warn: at("warn"), error: at("error") } };
}

const statuses = [200, 402, 429, 500];

/** Makes a call for each status; the provider repeats the credential everywhere. */
async function callEach(observe: Observer, count = statuses.length) {
  const echo = { error: { message: `bad ${secret}`, code: `code_${secret}` } };
  const { fetch } = stubFetch((_, number) =>
    Response.json(echo, {
      status: statuses[(number - 1) % statuses.length] ?? 200,
      headers: { "request-id": `req_${number}` },
    }),
  );
  const client = createAcme({ fetch, clock: instantClock(), maxAttempts: 1, rateLimit: false, observe });
  for (let number = 0; number < count; number += 1)
    await client.safe.GET("/things/{id}", { params: { path: { id: "x" } } });
}

describe("consoleLog", () => {
  test("prints one line for each call, at the level of its outcome", async () => {
    const { lines, console } = keptConsole();
    await callEach(consoleLog({ console }));
    expect(lines).toEqual([
      ["info", "acme GET /things/{id}: 200 in 0 ms, request req_1"],
      ["warn", "acme GET /things/{id}: ApiError code_*** in 0 ms, request req_2"],
      ["warn", "acme GET /things/{id}: RateLimitError code_*** in 0 ms, request req_3"],
      ["error", "acme GET /things/{id}: InternalServerError code_*** in 0 ms, request req_4"],
    ]);
  });

  test("prints one line for each webhook; a rejected one is a line of debugging, because anyone can send it", async () => {
    const { lines, console } = keptConsole();
    for (const minLevel of ["info", "debug"] as const) {
      const { handler } = harness(stripe, { observe: consoleLog({ console, minLevel }) });
      await handler(await signWebhook(stripe, paid, { secret: webhookSecret }));
      await handler(await signWebhook(stripe, paid, { secret: "whsec_another" }));
    }
    const texts = lines.map(([level, text]) => [level, text.replace(/\d+ ms/, "n ms")]);
    expect(texts).toEqual([
      ["info", "stripe webhook invoice.paid: processed in n ms"],
      ["info", "stripe webhook invoice.paid: processed in n ms"],
      ["debug", "stripe webhook (wrong-secret): rejected in n ms"],
    ]);
  });

  test("leaves out what is less important than `minLevel`, and what `level` does not name", async () => {
    const { lines, console } = keptConsole();
    await callEach(consoleLog({ console, minLevel: "error" }));
    await callEach(consoleLog({ console, level: ({ status }) => (status === 429 ? "warn" : undefined) }));
    expect(lines.map(([level]) => level)).toEqual(["error", "warn"]);
  });

  test("writes JSON where it is asked to", async () => {
    const { lines, console } = keptConsole();
    await callEach(consoleLog({ console, json: true }), 1);
    expect(lines.map(([, text]) => JSON.parse(text))).toEqual([
      {
        level: "info",
        message: "acme GET /things/{id}: 200 in 0 ms, request req_1",
        provider: "acme",
        operation: "GET /things/{id}",
        outcome: "success",
        status: 200,
        requestId: "req_1",
        durationMs: 0,
        attempts: 1,
        queueMs: 0,
        permitMs: 0,
        backoffMs: 0,
        providerMs: 0,
        requestBytes: 0,
        responseBytes: expect.any(Number),
        deadlineLeftMs: 60_000,
      },
    ]);
  });
});

/** The lines that a program writes to a stream. */
async function linesOf(write: (stream: PassThrough) => Promise<void>) {
  const stream = new PassThrough();
  const chunks: string[] = [];
  stream.on("data", (chunk) => void chunks.push(String(chunk)));
  await write(stream);
  await new Promise(setImmediate);
  const text = chunks.join("");
  return {
    text,
    lines: text
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line)),
  };
}

describe.each<[name: string, create: (stream: PassThrough) => Observer, levels: readonly (number | string)[]]>([
  ["pino", (stream) => pinoLog(pino({ level: "debug" }, stream)), [30, 40, 40, 50]],
  [
    "winston",
    (stream) => winstonLog(createLogger({ transports: [new transports.Stream({ stream })] })),
    ["info", "warn", "warn", "error"],
  ],
])("a logger of %s", (_, create, levels) => {
  test("has one line for each call, at its level, and R44: no line shows the credential", async () => {
    const { text, lines } = await linesOf((stream) => callEach(create(stream)));
    expect(
      lines.map(({ level, provider, status, error, attempts }) => [level, provider, status, error, attempts]),
    ).toEqual([
      [levels[0], "acme", 200, undefined, 1],
      [levels[1], "acme", 402, "ApiError", 1],
      [levels[2], "acme", 429, "RateLimitError", 1],
      [levels[3], "acme", 500, "InternalServerError", 1],
    ]);
    expect(canaryScan(secret, text)).toEqual([]);
  });
});
