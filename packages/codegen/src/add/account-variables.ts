import { arrayIn, fieldOf, stringIn } from "../generate/document/json.js";
import { withoutBraces } from "../generate/profile/without-braces.js";

/** What a document has as the default of a variable that it cannot know. */
const sampleName =
  /^$|\b(your|my|example|sample|some|sub-?domain|domain|tenant|shop|store|site|company|account|acme)\b/i;
const hostLabel = "[a-z0-9][a-z0-9-]*";

/** The variables of a profile's base URL. */
export type DraftVariables = Readonly<Record<string, { readonly pattern: string }>>;

/**
 * The URL of a server in which the variables are left that come with an account: those of its host of which the document has no value,
 * or an obvious sample. `variables` is undefined where there are none.
 */
export function accountVariables(server: unknown): {
  readonly url: string;
  readonly variables: DraftVariables | undefined;
} {
  const variables: Record<string, { readonly pattern: string }> = {};
  const url = (stringIn(server, "url") ?? "").replace(/\{(\w+)\}/g, (all, name: string) => {
    const variable = fieldOf(fieldOf(server, "variables"), name);
    const value = fieldOf(variable, "default");
    const isFixed = arrayIn(variable, "enum").length > 0 || (value !== undefined && !sampleName.test(String(value)));
    if (isFixed && value !== undefined && String(value) !== name) return String(value);
    variables[name] = { pattern: hostLabel };
    return all;
  });
  const isUsable =
    Object.keys(variables).length > 0 &&
    /^https:\/\/[^/]*\{\w+\}[^/]*\.[a-z]+(\/[^{}?#]*)?$/i.test(url) &&
    URL.canParse(withoutBraces(url));
  return { url: url.replace(/\/+$/, ""), variables: isUsable ? variables : undefined };
}
