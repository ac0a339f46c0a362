import { parseArgs } from "node:util";
import type { Provider } from "./catalog.js";
import { type FrameworkName, frameworks } from "./frameworks.js";

/** A mistake of the user: its message is all that is shown. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

/** What the command line says; undefined is asked. */
export interface CommandLine {
  readonly folder: string | undefined;
  readonly providers: readonly Provider[] | undefined;
  readonly framework: FrameworkName | undefined;
  /** Whether the packages are installed, and the tests run. */
  readonly install: boolean;
  readonly help: boolean;
  readonly version: boolean;
}

/**
 * Parses the arguments of the command.
 * @throws UsageError for an unknown option, provider or framework.
 */
export function parseCommandLine(argv: readonly string[], all: readonly Provider[]): CommandLine {
  const { values, positionals } = parse(argv);
  const [folder, ...more] = positionals;
  if (more.length > 0) throw new UsageError(`One folder is created, got ${positionals.join(", ")}.`);
  return {
    folder,
    providers: values.providers === undefined ? undefined : findProviders(values.providers, all),
    framework: values.framework === undefined ? undefined : findFramework(values.framework),
    install: values["no-install"] !== true,
    help: values.help === true,
    version: values.version === true,
  };
}

function parse(argv: readonly string[]) {
  try {
    return parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: {
        providers: { type: "string", short: "p" },
        framework: { type: "string", short: "f" },
        "no-install": { type: "boolean" },
        help: { type: "boolean", short: "h" },
        version: { type: "boolean", short: "v" },
      },
    });
  } catch (cause) {
    throw new UsageError(`${(cause as Error).message.split(". ")[0]}. See --help.`, { cause });
  }
}

function findProviders(list: string, all: readonly Provider[]): readonly Provider[] {
  const ids = [
    ...new Set(
      list
        .split(",")
        .map((id) => id.trim())
        .filter(Boolean),
    ),
  ];
  const known = all.map(({ id }) => id).join(", ");
  if (ids.length === 0) throw new UsageError(`\`--providers\` requires one or more of ${known}.`);
  return ids.map((id) => {
    const found = all.find((one) => one.id === id);
    if (found === undefined) throw new UsageError(`There is no provider "${id}": \`--providers\` takes ${known}.`);
    return found;
  });
}

function findFramework(name: string): FrameworkName {
  if (Object.hasOwn(frameworks, name)) return name as FrameworkName;
  throw new UsageError(`\`--framework\` must be one of ${Object.keys(frameworks).join(", ")}, got "${name}".`);
}

/** The text of `--help`. */
export const helpOf = (all: readonly Provider[]) => `npm create connectry [folder] [-- options]

Creates a project that calls providers: a typed example with tests, a webhook route, .env.example, and a workflow that looks for
what the providers have changed. What is not given is asked at a terminal.

  -p, --providers LIST   separated by commas: ${all.map(({ id }) => id).join(", ")}
  -f, --framework NAME   what serves the webhooks: ${Object.keys(frameworks).join(", ")}; without a terminal the default is node
      --no-install       write the files, and neither install packages nor run the tests
  -h, --help             show this text
  -v, --version          show the version`;
