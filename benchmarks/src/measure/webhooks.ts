import { fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import { cleanEnvironment } from "../installed/run.ts";
import { figure, times, withSpread } from "../report/format.ts";
import { atLeast } from "../report/goal.ts";
import { pairedRatio, spread } from "../report/median.ts";
import { type Bench, missingRow, type Row } from "../report/section.ts";
import { type Delivery, deliveries } from "../webhooks/deliveries.ts";
import type { VerifyPlan, VerifyRounds } from "../webhooks/verify-process.ts";

const program = fileURLToPath(new URL("../webhooks/verify-process.ts", import.meta.url));
const plan: VerifyPlan = { rounds: 21, warmUps: 20_000, times: 10_000 };
const target = "verifications per second >= 1x";

function measure({ peer }: Delivery): Promise<VerifyRounds> {
  return new Promise((resolve, reject) => {
    const child = fork(program, [peer, JSON.stringify(plan)], {
      execArgv: ["--disable-warning=ExperimentalWarning"],
      env: cleanEnvironment(),
      stdio: ["ignore", "ignore", "pipe", "ipc"],
    });
    let said = "";
    child.stderr?.on("data", (chunk) => {
      said += chunk;
    });
    child.on("message", (rounds) => {
      resolve(rounds as VerifyRounds);
      child.kill();
    });
    child.on("exit", () => reject(new Error(said.slice(0, 300))));
  });
}

const perSecond = (us: readonly number[]) => us.map((one) => 1_000_000 / one);

function rowOf({ peer, what }: Delivery, { ours, theirs }: VerifyRounds): Row {
  const ratio = pairedRatio(perSecond(ours), perSecond(theirs));
  return {
    name: peer,
    cells: [withSpread(spread(perSecond(ours))), withSpread(spread(perSecond(theirs))), times(ratio.median), what],
    goals: [atLeast(1, { target, measured: times(ratio.median), value: ratio.median })],
  };
}

/** How fast deliveries are verified, compared with the senders' own packages. */
export const webhooks: Bench = {
  name: "webhooks",
  async run() {
    const rows: Row[] = [];
    // One after another, so that none competes with the others for the processors.
    for (const delivery of deliveries) {
      try {
        rows.push(rowOf(delivery, await measure(delivery)));
      } catch (error) {
        rows.push(missingRow(delivery.peer, [target], { missing: (error as Error).message, broken: true }));
      }
    }
    return {
      title: "Webhooks verified",
      how: `Deliveries of about 1 kB (Twilio's is a form of 20 fields) with a valid signature, verified one after another; a process for each pair, ${plan.rounds} rounds of ${figure(plan.times)} in turn after ${figure(plan.warmUps)} to warm up. Each begins with what a server receives and ends with what the peer's package returns. Where one of the two does more in between, the table says so.`,
      columns: ["ours per second", "theirs per second", "ratio", "from what to what"],
      rows,
    };
  },
};
