import { expect, test } from "vitest";
import { formFields } from "./form-fields.js";

test("formFields takes a time that is proportional to the length of a form, even where all fields have one name", () => {
  const formOf = (count: number) => Array.from({ length: count }, (_, index) => `a=${index}`).join("&");
  const readUs = (text: string, times: number) => {
    const before = process.cpuUsage();
    for (let count = 0; count < times; count += 1) formFields(text);
    return process.cpuUsage(before).user;
  };
  const [short, long] = [formOf(1_000), formOf(8_000)];
  const bestOfFive = (read: () => number) => Math.min(...Array.from({ length: 5 }, read));
  readUs(short, 80);
  // The ratio is eight where the time grows with the square of the length.
  expect(bestOfFive(() => readUs(long, 8)) / bestOfFive(() => readUs(short, 64))).toBeLessThanOrEqual(3);
});
