import type { Ban, Exception } from "./words.ts";

/** A line with a banned word. */
export interface Finding {
  readonly file: string;
  readonly number: number;
  readonly line: string;
  readonly word: string;
  readonly instead: string;
}

/** The lines of a file, and its name as line 0, that use a banned word. */
export function findWords(file: string, text: string, bans: readonly Ban[]): Finding[] {
  const applicable = bans.filter((ban) => ban.in === undefined || ban.in.test(file));
  return [file, ...text.split("\n")].flatMap((line, number) =>
    applicable.flatMap(({ pattern, instead }) => {
      const [word] = pattern.exec(line) ?? [];
      return word === undefined ? [] : [{ file, number, line: line.trim(), word, instead }];
    }),
  );
}

/** Separates what an exception covers; an exception that covers nothing is returned, too. */
export function applyExceptions(
  findings: readonly Finding[],
  exceptions: readonly Exception[],
): { readonly left: Finding[]; readonly unused: Exception[] } {
  const covers = (exception: Exception, { file, line }: Finding) =>
    exception.file === file && line.includes(exception.line);
  return {
    left: findings.filter((finding) => !exceptions.some((exception) => covers(exception, finding))),
    unused: exceptions.filter((exception) => !findings.some((finding) => covers(exception, finding))),
  };
}
