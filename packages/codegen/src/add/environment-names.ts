type Table = readonly (readonly [RegExp, string])[];

/** What names an environment that is not for real data, in descriptions and hosts. */
const tests: Table = [
  [/\b(sandbox|sbx)\b/i, "sandbox"],
  [/\b(stag(e|ing)|uat|preprod|preview)\b/i, "staging"],
  [/\bdev(elopment)?\b/i, "development"],
  [/\bdemo\b/i, "demo"],
  [/\btest(ing)?\b/i, "test"],
];
const lives: Table = [
  [/\bprod(uction)?\b/i, "production"],
  [/\blive\b/i, "live"],
  [/\bglobal\b/i, "global"],
];
// Two letters are words of other meanings, unless they are upper-case.
const regions: Table = [
  [/\bEU\b|\beurope/i, "eu"],
  [/\bUSA?\b|\bUnited States\b/, "us"],
  [/\baustralia/i, "au"],
  [/\bcanad/i, "ca"],
  [/\bUK\b|\bUnited Kingdom\b/, "uk"],
  [/\b(APAC|Asia)\b/, "apac"],
  [/\bJapan/, "jp"],
  [/\bIndia/, "in"],
];
// `us3`, `eu-west-1`, and the labels that are regions without a number.
const regionLabel = /^(us|eu|ap|ca|sa|me|af)-?\d+$|^(us|eu|ap|ca|sa|me|af)-[a-z]+-\d+$|^(us|eu|au|uk|ca|apac|emea)$/;

/** What a server of a document is called, and whether the document says that it is for tests, or for real data. */
export interface EnvironmentName {
  readonly name: string;
  readonly isTest: boolean;
  readonly isLive: boolean;
}

/** The name of a table that is first in a text. */
function firstOf(table: Table, text: string): string | undefined {
  const found = table.flatMap(([pattern, name]) => {
    const index = text.search(pattern);
    return index < 0 ? [] : [{ index, name }];
  });
  return found.sort((a, b) => a.index - b.index)[0]?.name;
}

/** The words of a host, but its top-level domain, which says nothing unless it is that of the EU. */
function labelsOf(url: string): readonly string[] {
  const host = /^https?:\/\/([^/:]+)/.exec(url)?.[1]?.toLowerCase() ?? "";
  const labels = host.replace(/\{\w+\}/g, "").split(".");
  return labels.at(-1) === "eu" ? labels : labels.slice(0, -1);
}

/** The environment that a server is, as its description or its host say. Undefined where neither does. */
export function environmentName(url: string, description: string): EnvironmentName | undefined {
  const labels = labelsOf(url);
  const words = labels.join(" ").replace(/[-_]/g, " ");
  const kind = firstOf([...tests, ...lives], description) ?? firstOf(tests, words) ?? firstOf(lives, words);
  const isTest = tests.some(([, name]) => name === kind);
  const region = labels.find((label) => regionLabel.test(label)) ?? firstOf(regions, description);
  const name = isTest && region !== undefined ? `${region}-${kind}` : (region ?? kind);
  return name === undefined ? undefined : { name, isTest, isLive: kind !== undefined && !isTest };
}
