import { versionLines } from "../../installed/versions.ts";
import { load, machineLine } from "../../report/machine.ts";
import { markdownTable } from "../../report/table.ts";
import { faults as allFaults, groups } from "../faults/all-faults.ts";
import type { Fault } from "../faults/fault.ts";
import type { Cell } from "../run/run-all.ts";
import { leftOutConnectors } from "../subjects/all-subjects.ts";
import type { Subject } from "../subjects/subject.ts";
import type { WebhookCell } from "../webhooks/run-webhooks.ts";
import { figures, stableCells } from "./cell-text.ts";
import { type ProgramLink, programLinks } from "./program-link.ts";
import { todosOf } from "./todo.ts";
import { webhookSection } from "./webhook-section.ts";

const intro = `# Scorecard

Each client before the same faults, in one run: \`npx -y pnpm@12 scorecard\` writes this page, its picture and \`SCORECARD.json\`; no figure
is written by hand. A server on raw sockets makes the faults. It shares no code with our packages or their test helpers. Each
client runs in a process of its own, and our packages as npm installs them from their tarballs.

A program is data plus a call: [a fault](src/scorecard/faults) names what the server does and what is called,
[a subject](src/scorecard/subjects) makes a client, and [one runner](src/scorecard/run/make-calls.ts) makes the calls. Each cell links to
its fault; \`npx -y pnpm@12 scorecard --try 429-date stripe ky\` runs some cells and prints what was measured.

**Checks.** Each fault says what a client is expected to do, and why. A cell shows how many of its checks are met. All
faults have four: the outcome, an end in time, no credential in another place, no socket left in use. Others count requests, writes
that were applied again, waits, memory, and what the error names. A cell that does not meet all of its checks is run a second time, and the
better one counts. A call that lasts more than 22 s counts as hung.

![All cells](SCORECARD.svg)`;

/** What a run gave. */
export interface Results {
  readonly cells: readonly Cell[];
  readonly webhookCells: readonly WebhookCell[];
  /** By the id of a subject. */
  readonly unhandled: ReadonlyMap<string, number>;
}

function subjectTable({ cells, unhandled }: Results, link: ProgramLink): string {
  const subjects = [...new Set(cells.map(({ subject }) => subject))];
  const first = subjects.find(({ group }) => group === "ours");
  const rows = subjects.map((subject) => {
    const own = cells.filter((cell) => cell.subject === subject);
    const checks = own.flatMap((cell) => cell.checks);
    const met = checks.filter((check) => check.met).length;
    const whole = own.filter((cell) => cell.checks.every((check) => check.met)).length;
    const page = subject.group === "ours" ? "" : `; [page](${subject.page})`;
    const share = `${Math.floor((1_000 * met) / checks.length) / 10} %`;
    return [
      `[${subject.name}](${link(subject.id)})`,
      `${met} of ${checks.length}`,
      share,
      `${whole} of ${own.length}`,
      String(unhandled.get(subject.id) ?? 0),
      subject.group === "ours" && subject !== first ? "the same" : `${subject.settings}${page}`,
    ];
  });
  return markdownTable([
    ["client", "checks met", "share", "faults with all checks met", "rejections that nobody handled", "settings"],
    ...rows,
  ]);
}

function todoList(cells: readonly Cell[]): string {
  const todos = todosOf(cells);
  if (todos.length === 0) return "None.";
  const names = (some: readonly Cell[]) => [...new Set(some.map(({ subject }) => subject.id))].join(", ");
  return todos
    .map(
      ({ fault, check, ours, peers }) =>
        `- [ ] TODO [\`${fault.id}\`](#${anchor(fault)}), *${check}*: not met by ${names(ours)}; met by ${names(peers)}`,
    )
    .join("\n");
}

const anchor = ({ id }: Fault) => `fault-${id}`;

/** The cells of a group: a row for each fault, a column for all of ours and one for each peer. */
function groupTable(faults: readonly Fault[], cells: readonly Cell[], link: ProgramLink): string {
  const peers = [...new Set(cells.filter(({ subject }) => subject.group !== "ours").map(({ subject }) => subject))];
  const text = (own: readonly Cell[], fault: Fault) => {
    // Of ours the worst one counts.
    const [worst] = [...own].sort((one, other) => score(one) - score(other));
    if (worst === undefined) return "";
    const met = worst.checks.filter((check) => check.met).length;
    const shown = met === worst.checks.length ? `${met}/${met}` : `**${met}/${worst.checks.length}**`;
    return `[${shown}](${link(fault.id)})`;
  };
  const rows = faults.map((fault) => {
    const of = (is: (subject: Subject) => boolean) => cells.filter((cell) => cell.fault === fault && is(cell.subject));
    return [
      `[${fault.id}](#${anchor(fault)})`,
      text(
        of(({ group }) => group === "ours"),
        fault,
      ),
      ...peers.map((peer) =>
        text(
          of((subject) => subject === peer),
          fault,
        ),
      ),
    ];
  });
  return markdownTable([["the server ...", "ours, the worst", ...peers.map(({ id }) => id)], ...rows]);
}

const score = ({ checks }: Cell) => checks.filter((check) => check.met).length / checks.length;

/** Subjects whose cells are the same are one row. */
function details(fault: Fault, cells: readonly Cell[], link: ProgramLink): string {
  const rows = new Map<string, Cell[]>();
  for (const cell of cells.filter((one) => one.fault === fault)) {
    const key = JSON.stringify([cell.subject.group, stableCells(cell)]);
    rows.set(key, [...(rows.get(key) ?? []), cell]);
  }
  const table = [...rows.values()].map((same) => {
    const [outcome = "", requests = "", doubled = "", leaks = "", sockets = "", names = "", checks = ""] = stableCells(
      same[0] as Cell,
    );
    const { waited, ended, memory } = figures(same);
    return [
      same.map(({ subject }) => subject.id).join(", "),
      `[${outcome}](${link(fault.id)})`,
      requests,
      doubled,
      waited,
      ended,
      leaks,
      memory,
      sockets,
      names,
      checks,
    ];
  });
  const columns = [
    "clients",
    "outcome",
    "requests",
    "writes doubled",
    "waited",
    "ended after",
    "leaked",
    "memory left",
    "sockets in use",
    "its error names",
    "checks",
  ];
  const used = columns.map((_, index) => index < 2 || table.some((row) => row[index] !== ""));
  const kept = [columns, ...table].map((row) => row.filter((_, index) => used[index]));
  return `<a id="${anchor(fault)}"></a>\n\n**[${fault.id}](${link(fault.id)})**: the server ${fault.title}. Expected: ${fault.expected.outcome}. ${fault.why}\n\n${markdownTable(kept)}`;
}

/** The whole page. */
export async function markdown(results: Results): Promise<string> {
  const { cells, webhookCells } = results;
  const link = await programLinks();
  const withoutPaths = await leftOutConnectors();
  const sections = groups.map(({ title, faults }) => `### ${title}\n\n${groupTable(faults, cells, link)}`);
  const parts = [
    intro,
    `## Clients\n\n${allFaults.length} faults. A client is not called where it lacks what a fault needs, such as a signal.${withoutPaths.length > 0 ? ` Not run, because they have no operations by paths: ${withoutPaths.join(", ")}.` : ""}\n\n${subjectTable(results, link)}`,
    `## Where a peer is better\n\nEach check that one of ours does not meet, and a peer does, is to be done.\n\n${todoList(cells)}`,
    `## Cells\n\n${sections.join("\n\n")}`,
    webhookSection(webhookCells, link),
    `## Details\n\nClients with the same cells are one row. Times are the lowest and the highest of a row.\n\n${allFaults.map((fault) => details(fault, cells, link)).join("\n\n")}`,
    `## The run\n\n${[`${new Date().toISOString().slice(0, 10)}, load ${load()} at its end`, machineLine(), ...(await versionLines())].map((line) => `- ${line}`).join("\n")}`,
  ];
  return `${parts.join("\n\n")}\n`;
}
