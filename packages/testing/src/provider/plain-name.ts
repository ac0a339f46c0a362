/** A name without its spelling: `FriendlyName`, `friendly_name` and `friendly-name` are the same. */
export function plainName(name: string): string {
  return name.replace(/[^A-Za-z0-9]+/g, "").toLowerCase();
}

/** The words of a name: `issue_number`, `issueNumber` and `IssueNumber` have two. */
function wordsOf(name: string): string[] {
  return name
    .replace(/([a-z0-9])([A-Z])/g, "$1_$2")
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== "");
}

/** The one of several names that is spelled like another, or means the same in another spelling. */
export function likeName(name: string, names: readonly string[]): string | undefined {
  if (names.includes(name)) return name;
  const plain = plainName(name);
  return names.find((one) => plainName(one) === plain);
}

/**
 * The member that a path parameter names an object by: the one of its name, or of the end of its name
 * (`issue_number`: `number`; `MessageSid`: `sid`; `contactId`: `id`), else `id`.
 */
export function idName(parameter: string | undefined, names: readonly string[]): string | undefined {
  const words = wordsOf(parameter ?? "");
  for (let from = 0; from < words.length; from += 1) {
    const found = likeName(words.slice(from).join("_"), names);
    if (found !== undefined) return found;
  }
  return names.includes("id") ? "id" : undefined;
}
