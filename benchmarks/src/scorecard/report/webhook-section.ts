import { markdownTable } from "../../report/table.ts";
import { type Forgery, forgeries } from "../webhooks/forgeries.ts";
import type { Receiver } from "../webhooks/receivers.ts";
import type { WebhookCell } from "../webhooks/run-webhooks.ts";
import type { ProgramLink } from "./program-link.ts";

const unmet = ({ checks }: WebhookCell) => checks.filter(({ met }) => !met).map(({ name }) => name);

function text(cell: WebhookCell | undefined): string {
  if (cell === undefined) return "";
  const { received, forgery } = cell;
  const cost =
    received?.hashes === undefined
      ? ""
      : `, ${received.hashes < 10 ? received.hashes.toFixed(1) : Math.round(received.hashes)} hashes`;
  const outcome =
    received === undefined ? "none in time" : `${received.outcome}${forgery.count === undefined ? "" : cost}`;
  return unmet(cell).length === 0 ? outcome : `**${outcome}**`;
}

/** What receivers of webhooks did with each delivery. */
export function webhookSection(cells: readonly WebhookCell[], link: ProgramLink): string {
  const receivers = [...new Set(cells.map(({ receiver }) => receiver))];
  const find = (receiver: Receiver, forgery: Forgery) =>
    cells.find((cell) => cell.receiver === receiver && cell.forgery === forgery);
  const rows = forgeries.map((forgery) => [
    `[${forgery.title}](${link(forgery.id)}): ${forgery.expected}. ${forgery.why}`,
    ...receivers.map((receiver) => {
      const shown = text(find(receiver, forgery));
      return shown && `[${shown}](${link(forgery.id)})`;
    }),
  ]);
  const head = ["a delivery ...", ...receivers.map(({ name, page }) => `[${name}](${page})`)];
  const todo = forgeries.flatMap((forgery) => {
    const own = cells.filter((cell) => cell.forgery === forgery);
    const ours = own.filter((cell) => cell.receiver.isOurs && unmet(cell).length > 0);
    const peers = own.filter((cell) => !cell.receiver.isOurs && unmet(cell).length === 0);
    return ours.length > 0 && peers.length > 0
      ? [
          `- [ ] TODO \`${forgery.id}\`: not met by ${ours.map(({ receiver }) => receiver.id).join(", ")}; met by ${peers.map(({ receiver }) => receiver.id).join(", ")}`,
        ]
      : [];
  });
  return [
    "## Webhooks",
    "A receiver verifies each delivery by its documented call. What is bold is not as expected. The cost of a flood is the processor time of one delivery, as a multiple of one HMAC over its body by node:crypto.",
    markdownTable([head, ...rows]),
    todo.length === 0 ? "No peer is better in one of these." : todo.join("\n"),
  ].join("\n\n");
}
