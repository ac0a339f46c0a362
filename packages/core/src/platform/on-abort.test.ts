import { getEventListeners } from "node:events";
import { expect, test } from "vitest";
import { onAbort } from "./on-abort.js";

test("listeners of one signal are called in their order, once, and share one listener of the signal", () => {
  const controller = new AbortController();
  const called: string[] = [];
  for (const name of ["a", "b", "c"]) onAbort(controller.signal, () => void called.push(name));
  expect(getEventListeners(controller.signal, "abort")).toHaveLength(1);
  controller.abort();
  expect(called).toEqual(["a", "b", "c"]);
});

test("a listener that was removed is not called, even by one before it, and none is left behind", () => {
  const controller = new AbortController();
  const called: string[] = [];
  const removeFirst = onAbort(controller.signal, () => {
    called.push("a");
    removeFirst();
    removeSecond();
  });
  const removeSecond = onAbort(controller.signal, () => void called.push("b"));
  controller.abort();
  expect(called).toEqual(["a"]);
  expect(getEventListeners(controller.signal, "abort")).toHaveLength(0);
});

test("a signal can be listened to again after its last listener was removed", () => {
  const controller = new AbortController();
  const remove = onAbort(controller.signal, () => {});
  remove();
  remove();
  let calls = 0;
  onAbort(controller.signal, () => {
    calls += 1;
  });
  // Removing twice does not remove the listener of another.
  remove();
  controller.abort();
  expect(calls).toBe(1);
});
