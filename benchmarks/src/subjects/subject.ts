/** A client to measure: what to install, and a small program as a user would write it. */
export interface Subject {
  /** As the tables name it. */
  readonly name: string;
  /** Where its program finds what it imports: our packed tarballs, or the registry's packages of our lockfile. */
  readonly from: "tarballs" | "registry";
  /** What a user installs, and the program imports. */
  readonly packages: readonly string[];
  /** Imports and a `client`. */
  readonly setup: string;
  /** Two calls as expressions whose awaited value is, or holds, what was asked for. */
  readonly calls: readonly [first: string, second: string];
  /** What the program reads of the two responses, `first` and `second`, so that their types are needed. */
  readonly read: string;
  /** Whether a call gives `{ data }` rather than the data itself. */
  readonly data?: boolean;
  /** The text of the program after which a completion is requested; undefined where the client knows no paths or methods. */
  readonly completeBehind?: string;
}

/** The whole program: two calls, and what it reads of their responses. */
export function twoCalls({ setup, calls, read, data }: Subject): string {
  const [first, second] = data ? ["{ data: first }", "{ data: second }"] : ["first", "second"];
  return `${setup}\nconst ${first} = await ${calls[0]};\nconst ${second} = await ${calls[1]};\nconsole.log(${read});\n`;
}

/**
 * The program as it is while its second call is being typed: it ends where the cursor is, and what follows closes it.
 * The empty argument is there for openapi-fetch: without it, it offers some of the paths, and GitHub's not at all.
 */
export function halfTyped({ setup, calls, completeBehind = "" }: Subject): { before: string; after: string } {
  const before = `${setup}\nconst first = await ${calls[0]};\nawait ${completeBehind}`;
  return { before, after: completeBehind.endsWith('"') ? '", {});\n' : ";\n" };
}

/** The program of which a bundle is made: one call. */
export function oneCall({ setup, calls }: Subject): string {
  return `${setup}\nconsole.log(await ${calls[0]});\n`;
}

/** A subject's name as the name of a file. */
export function slug({ name }: Subject): string {
  return name.replaceAll(/[^a-z0-9]+/gi, "-");
}
