import { getEventListeners } from "node:events";
import { expect, test } from "vitest";
import { rejection } from "../../test/call.js";
import { abortable } from "./abortable.js";

test("abortable settles as its work does, undoes it once, and leaves no listener", async () => {
  const { signal } = new AbortController();
  let undone = 0;
  const undo = () => {
    undone += 1;
  };
  const resolved = abortable<number>(signal, (resolve) => {
    queueMicrotask(() => resolve(1));
    return undo;
  });
  expect(await resolved).toBe(1);
  const rejected = abortable(signal, (_, reject) => {
    queueMicrotask(() => reject("no"));
    return undo;
  });
  expect(await rejection(rejected)).toBe("no");
  expect(undone).toBe(2);
  expect(getEventListeners(signal, "abort")).toEqual([]);
});

test("an abort rejects at once and undoes the work", async () => {
  const controller = new AbortController();
  let undone = false;
  const waiting = abortable(controller.signal, () => () => {
    undone = true;
  });
  controller.abort("enough");
  expect(await rejection(waiting)).toBe("enough");
  expect(undone).toBe(true);
  expect(getEventListeners(controller.signal, "abort")).toEqual([]);
});

test("work does not begin where the signal is already aborted", async () => {
  let begun = false;
  const never = abortable(AbortSignal.abort("before"), () => {
    begun = true;
    return () => {};
  });
  expect(await rejection(never)).toBe("before");
  expect(begun).toBe(false);
});

test("work may settle synchronously, and needs no signal", async () => {
  const now = abortable<number>(undefined, (resolve) => {
    resolve(1);
    return () => {};
  });
  expect(await now).toBe(1);
});
