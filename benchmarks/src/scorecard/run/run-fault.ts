import { type ChildProcess, spawn } from "node:child_process";
import { type AddressInfo, createServer } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import type { Fault } from "../faults/fault.ts";
import type { Certificate, CertificateName } from "../server/certificates.ts";
import { startFaultServer, type WireLog } from "../server/fault-server.ts";
import type { PageFormat } from "../server/pages.ts";
import type { Ability, Subject } from "../subjects/subject.ts";
import type { CallEnd, CallerChild } from "./caller-child.ts";

/** What is measured of one subject before one fault. */
export interface Trial {
  readonly end: CallEnd;
  readonly log: WireLog;
}

/** After this time a call counts as hung. */
export const boundMs = 22_000;
/** After this time a connection that is still in use was left behind. */
const settleMs = 400;

const anyPages: PageFormat = { kind: "link-header", items: "by-path" };

const needs: Readonly<Partial<Record<Fault["call"]["kind"], Ability>>> = {
  aborted: "abort",
  list: "list",
  quota: "quota",
  "expired-token": "refresh",
  "unread-streams": "stream",
  "redis-lost": "redis",
};

/** Whether a subject has what the calls of a fault need. */
export function canRun(subject: Subject, { call }: Fault): boolean {
  const ability = needs[call.kind];
  return ability === undefined || subject.can.includes(ability);
}

async function freePort(): Promise<number> {
  const free = createServer();
  await new Promise<void>((resolve) => free.listen(0, "127.0.0.1", resolve));
  const { port } = free.address() as AddressInfo;
  await new Promise((resolve) => free.close(resolve));
  return port;
}

/** A redis-server that is killed once so many requests have arrived. */
async function doomedRedis(requests: () => number): Promise<{ port: number; kill(): void }> {
  const port = await freePort();
  const args = ["--port", String(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"];
  const child: ChildProcess = spawn("redis-server", args, { stdio: ["ignore", "pipe", "inherit"] });
  await new Promise<void>((resolve, reject) => {
    child.on("error", () => reject(new Error("redis-server is missing: apt-get install redis-server")));
    child.stdout?.on("data", (text) => String(text).includes("Ready to accept") && resolve());
  });
  const timer = setInterval(() => requests() >= 10 && child.kill("SIGKILL"), 5);
  return {
    port,
    kill() {
      clearInterval(timer);
      child.kill("SIGKILL");
    },
  };
}

/** Starts the server of a fault, lets a subject call it, and returns what both saw. */
export async function runFault(
  fault: Fault,
  {
    subject,
    child,
    certificates,
  }: { subject: Subject; child: CallerChild; certificates: Readonly<Record<CertificateName, Certificate>> },
): Promise<Trial> {
  const server = await startFaultServer(fault.server, { certificates, pages: subject.pages ?? anyPages });
  const redis = fault.call.kind === "redis-lost" ? await doomedRedis(() => server.log().requests.length) : undefined;
  try {
    const request = { key: fault.id, plan: fault.call, url: server.url, isAlone: fault.isAlone ?? false };
    const bound = Math.max(boundMs, fault.expected.withinMs ?? 0);
    const end = await child.call({ ...request, ...(redis && { redisPort: redis.port }) }, bound);
    await sleep(settleMs);
    return { end, log: server.log() };
  } finally {
    server.close();
    redis?.kill();
  }
}
