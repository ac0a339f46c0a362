/** A name without its case and separators, which are equal for `FriendlyName`, `friendly_name` and `friendly-name`. */
function normalizeName(name: string): string {
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

/** The one of several names that is equal to a name, or else differs only in case and separators. */
export function findMatchingName(name: string, names: readonly string[]): string | undefined {
  if (names.includes(name)) return name;
  const normalized = normalizeName(name);
  return names.find((one) => normalizeName(one) === normalized);
}

/**
 * The member that holds the id of an object at a path parameter: the one with the name of the parameter, or with the end
 * of its name (`issue_number`: `number`; `MessageSid`: `sid`; `contactId`: `id`), else `id`.
 */
export function findIdName(parameter: string | undefined, names: readonly string[]): string | undefined {
  const words = wordsOf(parameter ?? "");
  for (let from = 0; from < words.length; from += 1) {
    const found = findMatchingName(words.slice(from).join("_"), names);
    if (found !== undefined) return found;
  }
  return names.includes("id") ? "id" : undefined;
}
