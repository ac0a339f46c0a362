import { createParser } from "eventsource-parser";
import { describe, expect, test } from "vitest";
import type { EventMessage } from "./event-message.js";
import { readLines } from "./read-lines.js";
import { serverSentEvents } from "./read-server-sent-events.js";

const read = serverSentEvents(createParser);

async function* piecesOf(text: string, length: number) {
  for (let at = 0; at < text.length; at += length) yield text.slice(at, at + length);
}

async function readAll(text: string, { length = text.length || 1, maxLength = 1_000, reader = read } = {}) {
  const waits: number[] = [];
  let isCut = false;
  const sink = {
    onRetry: (waitMs: number) => waits.push(waitMs),
    onCut: () => {
      isCut = true;
    },
  };
  const messages: EventMessage[] = [];
  for await (const message of reader(piecesOf(text, length), maxLength, sink)) messages.push(message);
  return { messages, waits, isCut };
}

const message = (data: string, id?: string, type = "message") => ({ type, id, data });

// The first six are the examples of https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation
const streams: readonly [title: string, text: string, messages: readonly EventMessage[], isCut?: boolean][] = [
  ["lines of data are joined", "data: YHOO\ndata: +2\ndata: 10\n\n", [message("YHOO\n+2\n10")]],
  [
    "an id holds until the next one, and an empty one resets it",
    ": test stream\n\ndata: first event\nid: 1\n\ndata:second event\nid\n\ndata:  third event\n\n",
    [message("first event", "1"), message("second event", ""), message(" third event", "")],
  ],
  [
    "data without a colon is empty, and the last event, without its empty line, was cut",
    "data\n\ndata\ndata\n\ndata:",
    [message(""), message("\n")],
    true,
  ],
  [
    "one space after the colon is not part of the data",
    "data:test\n\ndata: test\n\n",
    [message("test"), message("test")],
  ],
  [
    "events have types",
    "event: add\ndata: 73857293\n\nevent: remove\ndata: 2153\n\n",
    [message("73857293", undefined, "add"), message("2153", undefined, "remove")],
  ],
  ["an event without data is ignored", "event: add\n\ndata: a\n\n", [message("a")]],
  ["lines end in CR, LF or both", "data: a\r\rdata: b\r\n\r\ndata: c\n\n", [message("a"), message("b"), message("c")]],
  ["comments and unknown fields are ignored", ":\n: ping\nfoo: bar\ndat\ndata: a\n\n: bye\n", [message("a")]],
  ["half a line at the end was cut", "data: a\n\ndat", [message("a")], true],
  ["a line at the end without its empty line was cut", 'data: a\n\ndata: {"a":', [message("a")], true],
  ["nothing is not cut", "", []],
];

describe.each([1, 2, 3, 7, 1_000])("server-sent events that arrive by %d characters", (length) => {
  test.each(streams)("%s", async (...[, text, messages, isCut = false]) => {
    expect(await readAll(text, { length })).toMatchObject({ messages, isCut });
  });
});

test("the provider's wait before the next connection is reported, where it is a whole number", async () => {
  expect((await readAll("retry: 250\n\nretry: soon\n\nretry: 10\n\n")).waits).toEqual([250, 10]);
});

test.each([
  ["one line", `data: ${"x".repeat(101)}\n\n`],
  ["many lines", `${"data: xxxxxxxxxx\n".repeat(11)}\n`],
  ["a line without an end", "x".repeat(300)],
])("an event longer than allowed throws, in %s", async (_, text) => {
  for (const length of [1, 50, 1_000]) {
    await expect(readAll(text, { length, maxLength: 100 })).rejects.toThrow(RangeError);
  }
});

test("many events are not one long event", async () => {
  const text = `data: ${"x".repeat(80)}\n\n`.repeat(50);
  expect((await readAll(text, { maxLength: 100 })).messages).toHaveLength(50);
});

describe.each([1, 5, 1_000])("lines of JSON that arrive by %d characters", (length) => {
  test.each<[text: string, data: string[], isCut: boolean]>([
    ['{"a":1}\n{"a":2}\n', ['{"a":1}', '{"a":2}'], false],
    ['{"a":1}\r\n\r\n{"a":2}', ['{"a":1}\r', '{"a":2}'], false],
    ['{"a":1}\n{"a":', ['{"a":1}'], true],
    ["", [], false],
  ])("%j", async (text, data, isCut) => {
    const all = await readAll(text, { length, reader: readLines });
    expect(all.messages.map((one) => one.data)).toEqual(data);
    expect(all.isCut).toBe(isCut);
  });

  test("longer than allowed throw", async () => {
    const text = `{"a":"${"x".repeat(100)}"}\n`;
    await expect(readAll(text, { length, maxLength: 100, reader: readLines })).rejects.toThrow(RangeError);
  });
});
