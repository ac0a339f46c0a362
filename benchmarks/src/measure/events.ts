import { streamClients } from "../events/stream-clients.ts";
import type { StreamRequest, StreamResult } from "../events/stream-process.ts";
import { figure, times, withSpread } from "../report/format.ts";
import { atLeast, atMost } from "../report/goal.ts";
import { median, pairedRatio, spread } from "../report/median.ts";
import { type Bench, missingRow } from "../report/section.ts";
import { AskedProcess } from "./asked-process.ts";
import { interleave } from "./interleave.ts";

const rounds = 9;
const short: StreamRequest = { streams: 200, events: 1 };
const long: StreamRequest = { streams: 1, events: 40_000 };
const [serverProgram, clientProgram] = ["stream-server.ts", "stream-process.ts"].map(
  (file) => new URL(`../events/${file}`, import.meta.url),
) as [URL, URL];
const targets = ["time to the first event <= 1x openai", "events/s >= 1x openai"] as const;

interface Round {
  readonly firstMs: number;
  readonly perSecond: number;
  readonly cpuUs: number;
}

async function measure(client: AskedProcess): Promise<Round> {
  const { firstMs } = await client.ask<StreamResult>(short);
  const { events, ms, cpuMs } = await client.ask<StreamResult>(long);
  return { firstMs: median(firstMs), perSecond: (events * 1_000) / ms, cpuUs: (cpuMs * 1_000) / events };
}

/** Streams of an AI provider: how soon the first event is there, and how many a second are read. */
export const events: Bench = {
  name: "events",
  async run() {
    const { process: server, ready: port } = await AskedProcess.start(serverProgram);
    const clients = new Map<string, AskedProcess>();
    try {
      for (const name of Object.keys(streamClients)) {
        const { process: client } = await AskedProcess.start(clientProgram, [name, `http://127.0.0.1:${port}`]);
        await measure(client);
        clients.set(name, client);
      }
      const measured = await interleave([...clients.keys()], rounds, (name) =>
        measure(clients.get(name) as AskedProcess),
      );
      const roundsOf = (name: string) => {
        const result = measured.get(name);
        return result?.kind === "figures" ? result.rounds : undefined;
      };
      const theirs = roundsOf("openai");
      return {
        title: "Streams of events",
        how: `Chat completions as OpenAI streams them, from one node:http server in another process; a process for each client, ${rounds} rounds in turn after one to warm up. In each round ${short.streams} streams of one event, one after another: the median from the call to the event. Then one stream of ${figure(long.events)} events. Ratios are medians of each round's own. CPU is that of all threads of the client.`,
        columns: ["first event, ms", "ratio", "events/s", "ratio", "CPU us an event"],
        rows: [...clients.keys()].map((name) => {
          const own = roundsOf(name);
          if (own === undefined || theirs === undefined) {
            const result = measured.get(name);
            const missing = result?.kind === "failed" ? result.why : "openai was not measured";
            return missingRow(name, name === "openai" ? [] : targets, { missing, broken: true });
          }
          const first = pairedRatio(
            own.map(({ firstMs }) => firstMs),
            theirs.map(({ firstMs }) => firstMs),
          ).median;
          const rate = pairedRatio(
            own.map(({ perSecond }) => perSecond),
            theirs.map(({ perSecond }) => perSecond),
          ).median;
          return {
            name,
            cells: [
              withSpread(spread(own.map(({ firstMs }) => firstMs))),
              times(first),
              withSpread(spread(own.map(({ perSecond }) => perSecond))),
              times(rate),
              withSpread(spread(own.map(({ cpuUs }) => cpuUs))),
            ],
            goals:
              name === "openai"
                ? []
                : [
                    atMost(1, { target: targets[0], measured: times(first), value: first }),
                    atLeast(1, { target: targets[1], measured: times(rate), value: rate }),
                  ],
          };
        }),
      };
    } finally {
      server.stop();
      for (const client of clients.values()) client.stop();
    }
  },
};
