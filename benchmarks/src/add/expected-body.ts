import type { Json } from "./sample-page.ts";

/** The media type of a header, without its parameters. */
export function mediaTypeOf(header: string | null): string {
  return (header ?? "").split(";")[0]!.trim().toLowerCase();
}

const isScalar = (value: unknown) => ["string", "number", "boolean"].includes(typeof value);

/** What is passed as the body of a media type: a value for JSON and forms, text, or bytes. */
export function bodyFor(type: string, sample: unknown): unknown {
  if (/json/i.test(type)) return sample;
  if (type === "application/x-www-form-urlencoded") return Object(sample);
  // A schema that names no part leaves the names to the caller.
  if (type.startsWith("multipart/")) return sample instanceof Object ? sample : { part: sample };
  return /^text\/|xml/i.test(type) ? "<text>é</text>" : new Uint8Array([0, 255, 13, 10]);
}

/** Why the body that was sent is not what the document says of its media type; undefined where it is. */
export async function bodyProblem(request: Request, passed: unknown, media: Json): Promise<string | undefined> {
  const type = mediaTypeOf(request.headers.get("content-type"));
  if (/json/i.test(type)) return (await request.text()) === JSON.stringify(passed) ? undefined : "JSON is another text";
  if (type === "application/x-www-form-urlencoded") return formProblem(await request.text(), passed as Json, media);
  if (type === "multipart/form-data") return partsProblem(await request.formData(), passed as Json);
  const want = typeof passed === "string" ? new TextEncoder().encode(passed) : (passed as Uint8Array);
  if (!(want instanceof Uint8Array)) return undefined;
  return Buffer.compare(new Uint8Array(await request.arrayBuffer()), want) === 0 ? undefined : "bytes differ";
}

/** Fields of a form: scalars, and lists that explode. OpenAPI says of nested ones only what their `encoding` says. */
function formProblem(text: string, passed: Json, { encoding }: Json): string | undefined {
  const sent = new URLSearchParams(text);
  for (const [name, value] of Object.entries(passed)) {
    const { explode, style } = (((encoding ?? {}) as Json)[name] ?? {}) as Json;
    const all = Array.isArray(value) ? value : [value];
    if (style !== undefined || explode === false || !all.every(isScalar)) continue;
    // Lists with brackets are a convention of providers that OpenAPI cannot express.
    const got = [...sent.getAll(name), ...sent.getAll(`${name}[]`)];
    if (got.length === 0 && Array.isArray(value) && sent.has(`${name}[0]`)) continue;
    if (JSON.stringify(got) !== JSON.stringify(all.map(String))) return `the field ${name} differs`;
  }
  return undefined;
}

async function partsProblem(parts: FormData, passed: Json): Promise<string | undefined> {
  for (const [name, value] of Object.entries(passed)) {
    const got = parts.getAll(name);
    if (value instanceof Blob) {
      const file = got[0];
      if (!(file instanceof Blob) || (await file.text()) !== (await value.text())) return `the file ${name} differs`;
    } else if (isScalar(value)) {
      const text = got[0] instanceof Blob ? await got[0].text() : got[0];
      if (text !== String(value)) return `the part ${name} differs`;
    } else if (got.length === 0 && Array.isArray(value) && value.length > 0 && !parts.has(`${name}[]`)) {
      return `the part ${name} is missing`;
    }
  }
  return undefined;
}
