import { fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import { cleanEnvironment } from "../../installed/run.ts";
import type { Check } from "../checks/checks-of.ts";
import { inLanes } from "../run/in-lanes.ts";
import { deliveryOf, type Forgery, forgeries } from "./forgeries.ts";
import type { Received } from "./receive-process.ts";
import type { Receiver } from "./receivers.ts";
import { schemes } from "./schemes.ts";

/** One receiver before one forgery. */
export interface WebhookCell {
  readonly receiver: Receiver;
  readonly forgery: Forgery;
  /** Undefined where its process ended or hung before. */
  readonly received: Received | undefined;
  readonly checks: readonly Check[];
}

const program = fileURLToPath(new URL("receive-process.ts", import.meta.url));
const boundMs = 120_000;
/** What a delivery that is rejected may cost: its hash, and reading what is around it. */
const mostHashes = 4;
/** A header of a megabyte costs more than the hash of a body of a kilobyte, however it is read. */
const mostHashesOfHeaders = 4_000;

function checksOf({ expected, count, bodyBytes }: Forgery, received: Received | undefined): Check[] {
  const checks = [
    { name: "outcome", met: received?.outcome === expected },
    { name: "no leak", met: received !== undefined && !received.showsSecret },
  ];
  if (count === undefined) return checks;
  const most = bodyBytes === undefined ? mostHashesOfHeaders : mostHashes;
  return [...checks, { name: "cheap", met: received?.hashes !== undefined && received.hashes <= most }];
}

/** Runs each receiver in a process of its own. */
export async function runWebhooks(receivers: readonly Receiver[]): Promise<WebhookCell[]> {
  // One after another: processor time is compared.
  const runs = await inLanes(receivers, 1, async (receiver): Promise<WebhookCell[]> => {
    const found = await receivedBy(receiver);
    const scheme = schemes.find(({ id }) => id === receiver.scheme);
    return forgeries
      .filter((forgery) => scheme && deliveryOf(forgery, scheme))
      .map((forgery) => {
        const received = found.find((one) => one.forgery === forgery.id);
        return { receiver, forgery, received, checks: checksOf(forgery, received) };
      });
  });
  return runs.flat();
}

function receivedBy({ id }: Receiver): Promise<Received[]> {
  return new Promise((resolve) => {
    const child = fork(program, [id], {
      execArgv: ["--disable-warning=ExperimentalWarning"],
      env: cleanEnvironment(),
      stdio: ["ignore", "ignore", "inherit", "ipc"],
    });
    const found: Received[] = [];
    const timer = setTimeout(() => child.kill("SIGKILL"), boundMs);
    child.on("message", (received) => found.push(received as Received));
    child.on("exit", () => {
      clearTimeout(timer);
      resolve(found);
    });
  });
}
