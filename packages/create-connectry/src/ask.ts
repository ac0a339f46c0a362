import { cancel, isCancel, multiselect, select, text } from "@clack/prompts";
import type { Provider } from "./catalog.js";
import { type CommandLine, UsageError } from "./command-line.js";
import { folderProblem } from "./folder.js";
import { type FrameworkName, frameworks } from "./frameworks.js";

/** What is known when nothing is left to ask. */
export interface Choices {
  readonly folder: string;
  readonly providers: readonly Provider[];
  readonly framework: FrameworkName;
}

/** What the command line says, with its defaults. @throws UsageError where something without a default is missing. */
export function withoutAsking({ folder, providers, framework = "node" }: CommandLine): Choices {
  if (providers === undefined)
    throw new UsageError("Pass `--providers`, such as `--providers stripe,github`. See --help.");
  return { folder: folder ?? "my-integrations", providers, framework };
}

/** Asks for what the command line does not say; undefined where the user has cancelled. */
export async function ask(line: CommandLine, all: readonly Provider[]): Promise<Choices | undefined> {
  const folder =
    line.folder ??
    (await text({
      message: "Where is the project created?",
      placeholder: "my-integrations",
      defaultValue: "my-integrations",
      validate: (value) => folderProblem(value || "my-integrations"),
    }));
  if (isCancel(folder)) return void cancel("Nothing was written.");
  const providers =
    line.providers ??
    (await multiselect({
      message: "Which providers does it call? (space selects)",
      options: all.map((value) => ({ value, label: value.name, hint: value.covers })),
      required: true,
    }));
  if (isCancel(providers)) return void cancel("Nothing was written.");
  const framework =
    line.framework ??
    (await select({
      message: "What receives their webhooks?",
      options: (Object.keys(frameworks) as FrameworkName[]).map((value) => ({ value, label: frameworks[value].hint })),
    }));
  if (isCancel(framework)) return void cancel("Nothing was written.");
  return { folder, providers, framework };
}
