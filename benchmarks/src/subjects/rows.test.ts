import assert from "node:assert/strict";
import { test } from "node:test";
import type { Measured } from "../measure/interleave.ts";
import type { Entry } from "./roll.ts";
import { rowsOf } from "./rows.ts";

function entry(name: string, rest: Omit<Entry, "subject" | "absent"> & { readonly absent?: boolean }): Entry {
  const subject = { name, from: "registry", packages: [], setup: "", calls: ["", ""], read: "" } as const;
  return { subject, absent: false, ...rest };
}

const ours = entry("@connectry/stripe", { group: "stripe", role: "ours" });
const official = entry("stripe", { group: "stripe", role: "official" });
const absent = entry("@connectry/github", { group: "github", role: "ours", absent: true });
const plain = entry("ky", { group: "any", role: "plain" });
const entries = [ours, official, absent, plain];

const rule = {
  targets: ["<= 1"],
  content: (_: Entry, rounds: readonly number[], own: readonly number[] | undefined) => ({
    cells: [String(rounds[0]), String(own?.[0])],
    goals: [],
  }),
};

test("each subject is compared with ours of the same provider, and a client without a provider with ours of Stripe", () => {
  const figures = (value: number): Measured<number> => ({ kind: "figures", rounds: [value] });
  const measured = new Map([
    [ours, figures(1)],
    [official, figures(2)],
    [plain, figures(3)],
  ]);
  assert.deepEqual(
    rowsOf(entries, measured, rule).map(({ cells }) => cells),
    [["1", "1"], ["2", "1"], [], ["3", "1"]],
  );
});

test("a connector that is not built has not met its goals; one that failed or was left out is also broken", () => {
  const rows = rowsOf(entries, new Map([[ours, { kind: "failed", why: "no" } as const]]), rule);
  assert.deepEqual(
    rows.map(({ missing, broken, goals }) => [missing, broken, goals.map(({ met }) => met)]),
    [
      ["no", true, [false]],
      ["it was left out", true, []],
      ["not built yet", false, [false]],
      ["it was left out", true, []],
    ],
  );
});
