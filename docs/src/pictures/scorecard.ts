// The shares of the scorecard as bars, read from the table of clients in benchmarks/SCORECARD.md. Of ours the worst is shown.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../repository.ts";
import { box, label, svg } from "./svg.ts";

/** A client, and how many of its checks are met, in percent. */
export interface Share {
  readonly client: string;
  readonly percent: number;
}

/** The rows of the table of clients: those of our packages become one, the worst. */
export function readShares(scorecard: string): Share[] {
  const rows = [...scorecard.matchAll(/^\| \[([^\]]+)\]\([^)]*\) \| (\d+) of (\d+) \| [\d.]+ % \|/gm)].map(
    ([, client = "", met, of]) => ({ client, percent: (Number(met) / Number(of)) * 100 }),
  );
  const isOurs = ({ client }: Share) => client.startsWith("@connectry/");
  const worst = rows.filter(isOurs).sort((a, b) => a.percent - b.percent)[0];
  if (worst === undefined) throw new Error("SCORECARD.md has no row of a package of ours");
  const peers = rows.filter((row) => !isOurs(row)).sort((a, b) => b.percent - a.percent);
  return [{ client: "Connectry, the worst of all", percent: worst.percent }, ...peers];
}

/** The picture of the shares. */
export function scorecardPicture(): string {
  const shares = readShares(readFileSync(join(root, "benchmarks/SCORECARD.md"), "utf8"));
  const [left, width, row] = [240, 420, 28];
  const parts = shares.map(({ client, percent }, index) => {
    const y = 10 + index * row;
    const area = { x: left, y, width: (percent / 100) * width, height: 20 };
    const value = `${(Math.floor(percent * 10) / 10).toFixed(1)} %`;
    return (
      label(client, { x: left - 10, y: y + 15, anchor: "end" }) +
      box(area, index === 0 ? "#8fcea0" : "#b9c4d0") +
      label(value, { x: left + width + 8, y: y + 15 })
    );
  });
  const title = "Share of the checks that each client meets before the same faults, of those that it can be put before";
  return svg({ width: 740, height: 20 + shares.length * row }, title, parts);
}
