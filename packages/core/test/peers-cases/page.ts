import type { Peer, PeerCase } from "./peer-case.js";

const verdicts = ["same", "better", "different", "left out"] as const;

const line = (cells: readonly (string | number)[]) =>
  `| ${cells.map((cell) => String(cell).replaceAll("|", "\\|")).join(" | ")} |`;

/** A table in the form that the formatter of Markdown leaves alone. */
function table(head: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}

const count = (cases: readonly PeerCase[], verdict: string) => cases.filter((one) => one.verdict === verdict).length;

/** All cases as a page: how many have which verdict, and each that is not the same, with the reason. */
export function page(peers: readonly Peer[]): string {
  const all = peers.flatMap(({ cases }) => cases);
  const row = (name: string, cases: readonly PeerCase[]) => [
    name,
    cases.length,
    ...verdicts.map((verdict) => count(cases, verdict)),
  ];
  const parts = peers.map(({ name, cases }) => {
    const others = cases.filter(({ verdict }) => verdict !== "same");
    const rows = others.map(({ title, verdict, reason = "" }) => [title, verdict, reason]);
    return `## ${name}\n\n${table(["the peer", "ours", "why"], rows)}\n\nThe same: ${cases
      .filter(({ verdict }) => verdict === "same")
      .map(({ title }) => title)
      .join("; ")}.`;
  });
  return `${[
    "# What peers test",
    "Behaviors of retries, timeouts and waits that peers test, in our words, as tests of ours: the cases are in `packages/core/test/peers-cases`, and a test of core runs each that is not left out and compares this page with them.",
    table(
      ["peer", "cases", ...verdicts],
      [...peers.map(({ name, tests, cases }) => row(`[${name}](${tests})`, cases)), row("all", all)],
    ),
    ...parts,
  ].join("\n\n")}\n`;
}
