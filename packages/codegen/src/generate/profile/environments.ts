import { fieldOf, isJsonObject, type JsonObject, objectIn, stringIn } from "../document/json.js";
import type { Fail } from "./list-style.js";
import { readUrl } from "./read-url.js";

/** An environment of a profile, other than the first. */
export interface GeneratorEnvironment {
  readonly name: string;
  readonly facts: JsonObject;
  /** Undefined where it is that of the profile. */
  readonly baseUrl: string | undefined;
  /** All addresses that it names. */
  readonly addresses: readonly string[];
}

// What JavaScript would take for an index would change the order, and with it the first.
const isName = /^[a-z][\w-]*$/i;

/** Reads the environments of a profile, but the first, which is the profile itself. */
export function readEnvironments(profile: JsonObject, fail: Fail): readonly GeneratorEnvironment[] {
  const environments = fieldOf(profile, "environments");
  if (environments === undefined) return [];
  if (!isJsonObject(environments)) return fail("environments", "facts by the names of environments");
  const [first, ...others] = Object.entries(environments);
  const misnamed = Object.keys(environments).find((name) => !isName.test(name));
  if (misnamed !== undefined) return fail(`environments.${misnamed}`, "named by a letter and letters, digits, - or _");
  if (first === undefined || others.length === 0) return fail("environments", "at least two");
  if (!isJsonObject(first[1]) || Object.keys(first[1]).length > 0)
    return fail(`environments.${first[0]}`, "{}, because the first environment is the profile itself");
  return others.map(([name, facts]) => {
    const field = `environments.${name}`;
    if (!isJsonObject(facts)) return fail(field, "an object");
    return { name, facts, ...readAddresses(facts, field, fail) };
  });
}

function readAddresses(
  facts: JsonObject,
  field: string,
  fail: Fail,
): Pick<GeneratorEnvironment, "baseUrl" | "addresses"> {
  const baseUrl = stringIn(facts, "baseUrl");
  const read = baseUrl === undefined ? undefined : (readUrl(baseUrl) ?? fail(`${field}.baseUrl`, "an absolute URL"));
  const servers = Object.entries(objectIn(facts, "servers"));
  for (const [server, address] of servers) {
    const areUrls = [server, address].every((one) => typeof one === "string" && readUrl(one) === one);
    if (!areUrls) return fail(`${field}.servers`, "absolute URLs by absolute URLs, without a slash at the end");
  }
  return { baseUrl: read, addresses: [read ?? [], servers.map(([, address]) => String(address))].flat(2) };
}
