import { readFile } from "node:fs/promises";
import { markdownTable } from "../report/table.ts";
import { communication } from "./completed/communication.ts";
import { data } from "./completed/data.ts";
import { money } from "./completed/money.ts";
import { work } from "./completed/work.ts";

/** The heading of the section in RESULTS.md. */
export const byHandHeading = "## Drafts beside finished connectors";

const completed = [...communication, ...work, ...money, ...data];

/** The section about what was written by hand; the actions of overlays are counted in `specs`. */
export async function byHandSection(specs: URL): Promise<string> {
  const rows = await Promise.all(
    completed.map(async ({ id, drafted, byHand }) => {
      const overlay = await readFile(new URL(`${id}/overlay.yaml`, specs), "utf8");
      const actions = overlay.match(/^ {2}- target:/gm)?.length ?? 0;
      return byHand.map(([what, why], index) => [
        index === 0 ? id : "",
        index === 0 ? drafted : "",
        what,
        why,
        index === 0 ? String(actions) : "",
      ]);
    }),
  );
  return `What \`connectry add\` read of the documents of connectors that are now in this repository, and what their authors added by hand, from the pages that
their profiles name. Written by \`pnpm bench:add drafts\` from \`benchmarks/src/add/by-hand.ts\`; the actions of their overlays are counted.

${markdownTable([["", "drafted", "by hand", "why", "overlay actions"], ...rows.flat()])}`;
}
