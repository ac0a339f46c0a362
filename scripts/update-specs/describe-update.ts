// GitHub accepts 65,536 characters: https://github.com/orgs/community/discussions/27190
const maxCharacters = 60_000;

const introduction = `The newest documents of the providers. Each changeset lists the changes, and its bump follows from them.

GitHub starts no checks for a pull request of a workflow: close and reopen this one to start them.
`;

/**
 * The description of the pull request, with its changesets as code blocks: their text is not trusted, and in a code block
 * GitHub neither mentions nor links anything.
 */
export function describeUpdate(changesets: readonly string[]): string {
  let text = introduction;
  for (const [index, changeset] of changesets.entries()) {
    const block = codeBlock(changeset);
    const rest = `\n... and ${changesets.length - index} more. The files of this pull request contain all of them.\n`;
    if (text.length + block.length + rest.length > maxCharacters) return text + rest;
    text += block;
  }
  return text;
}

function codeBlock(text: string): string {
  // A fence ends at one that is at least as long: https://spec.commonmark.org/0.31.2/#fenced-code-blocks
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = "`".repeat(longest + 1);
  return `\n${fence}markdown\n${text.trimEnd()}\n${fence}\n`;
}
