import { type CommandOutput, type DeadLetterQueue, runDeadLetterCommand } from "@connectry/core/dead-letters";
import { type ImportPgBoss, openDeadLetters } from "./open-boss.js";

const pgBoss = (importPgBoss: ImportPgBoss): DeadLetterQueue => ({
  title: "pg-boss",
  flags: { database: "url", schema: "schema" },
  defaults: "The defaults are --database postgres://127.0.0.1:5432/postgres, and pg-boss's own schema.",
  open: (name, { database = "postgres://127.0.0.1:5432/postgres", schema }) =>
    openDeadLetters(name, { database, schema }, importPgBoss),
});

/** The command `connectry-webhooks`; resolves to its exit code. */
export function replayCommand(
  args: readonly string[],
  importPgBoss: ImportPgBoss,
  output?: CommandOutput,
): Promise<number> {
  return runDeadLetterCommand(pgBoss(importPgBoss), args, output);
}
