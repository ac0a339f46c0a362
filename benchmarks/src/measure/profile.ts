import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import type { Profile, ProfileRequest } from "../callers/profiled-process.ts";
import { cleanEnvironment } from "../installed/run.ts";
import { figure } from "../report/format.ts";
import type { Bench, Row } from "../report/section.ts";
import { AskedProcess } from "./asked-process.ts";

const server = fileURLToPath(new URL("../callers/loopback-server.ts", import.meta.url));
const program = new URL("../callers/profiled-process.ts", import.meta.url);

const clients = ["@connectry/stripe", "@connectry/stripe, undiciTransport()", "undici request"] as const;
const request: ProfileRequest = { warmUpMs: 2_000, ms: 3_000, lanes: 50 };

async function profileOf(name: string, baseUrl: string): Promise<Profile> {
  const { process } = await AskedProcess.start<ProfileRequest, Profile>(program, [
    name,
    JSON.stringify({ kind: "loopback", baseUrl }),
  ]);
  try {
    return await process.ask(request);
  } finally {
    process.stop();
  }
}

const sum = (costs: Readonly<Record<string, number>>) => Object.values(costs).reduce((total, cost) => total + cost, 0);

/** The parts of all clients, the most expensive of the first client first, and their sum. */
function rowsOf(profiles: readonly Profile[]): Row[] {
  const [first] = profiles;
  const names = [...new Set(profiles.flatMap(({ us, bytes }) => [...Object.keys(us), ...Object.keys(bytes)]))].toSorted(
    (a, b) => (first?.us[b] ?? 0) - (first?.us[a] ?? 0),
  );
  const parts = names.map((name): Row => {
    const cells = profiles.flatMap(({ us, bytes }) => [figure(us[name] ?? 0), figure(bytes[name] ?? 0)]);
    return { name, cells, goals: [] };
  });
  const all = profiles.flatMap(({ us, bytes }) => [figure(sum(us)), figure(sum(bytes))]);
  return [...parts, { name: "all", cells: all, goals: [] }];
}

/** Where a call under load spends its time and memory. */
export const profile: Bench = {
  name: "profile",
  async run() {
    const child = fork(server, { env: cleanEnvironment(), stdio: ["ignore", "ignore", "inherit", "ipc"] });
    try {
      const [port] = (await once(child, "message")) as [number];
      const profiles: Profile[] = [];
      for (const name of clients) profiles.push(await profileOf(name, `http://127.0.0.1:${port}`));
      return {
        title: "The way of a call: time and memory by part",
        how: `The read of the section about loopback, ${request.lanes} calls at once, one client after another, each in a process of its own: V8's sampling profiler for ${request.ms / 1_000} s, and then its sampling heap profiler for as long. Microseconds of the main thread and bytes allocated, for each call. Code that V8 has inlined counts where it was inlined; JSON.parse of a peer is in its own part.`,
        columns: clients.flatMap((name) => [`${name}: us`, "bytes"]),
        rows: rowsOf(profiles),
      };
    } finally {
      child.kill();
    }
  },
};
