// Verifies one delivery repeatedly, by ours and by the peer's in turn, and reports to its parent how long each round took. Each
// pair has a process, because a server usually verifies one scheme only, and its code is compiled for that.
import { deliveries } from "./deliveries.ts";

/** The request of the parent. */
export interface VerifyPlan {
  readonly rounds: number;
  readonly warmUps: number;
  readonly times: number;
}

/** Microseconds of one verification, round by round. */
export interface VerifyRounds {
  readonly ours: readonly number[];
  readonly theirs: readonly number[];
}

async function microseconds(verify: () => unknown, times: number): Promise<number> {
  const startedAt = performance.now();
  for (let count = 0; count < times; count += 1) await verify();
  return ((performance.now() - startedAt) * 1_000) / times;
}

const [peer, planText = ""] = process.argv.slice(2);
const delivery = deliveries.find((one) => one.peer === peer);
if (delivery !== undefined && process.send !== undefined) {
  const { rounds, warmUps, times } = JSON.parse(planText) as VerifyPlan;
  const { ours, theirs } = await delivery.prepare();
  await microseconds(ours, warmUps);
  await microseconds(theirs, warmUps);
  const measured = { ours: [] as number[], theirs: [] as number[] };
  for (let round = 0; round < rounds; round += 1) {
    // Neither is always the second.
    const order = round % 2 === 0 ? (["ours", "theirs"] as const) : (["theirs", "ours"] as const);
    for (const who of order) measured[who].push(await microseconds(who === "ours" ? ours : theirs, times));
  }
  process.send(measured satisfies VerifyRounds);
}
