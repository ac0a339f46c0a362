import type { FieldReader } from "../text/field-reader.js";

/** What `connectry doctor` needs to know about a provider. */
export interface DoctorFacts {
  /** The path of a GET that needs a credential, has no required parameters and changes nothing. */
  readonly read?: string;
  /** The JSON of a read that is a POST: with it `read` is the path of one. */
  readonly body?: Readonly<Record<string, unknown>>;
  /** The response header that lists the scopes of the credential. */
  readonly scopes?: string;
  readonly webhookSecret?: {
    /** The environment variable that our documentation names. */
    readonly env: string;
    /** What the whole secret matches; undefined where the provider documents no form. */
    readonly pattern?: string;
  };
}

const pathFormat = { pattern: /^\/[^\s?#]*$/, description: 'a path, such as "/v1/balance"' };
const headerFormat = { pattern: /^[a-z][a-z0-9-]*$/, description: "the name of a header, in lower case" };
const envFormat = { pattern: /^[A-Z][A-Z0-9_]*$/, description: "the name of an environment variable" };

/** Reads the field `doctor` of a spec.yaml. */
export function readDoctorFacts(reader: FieldReader, value: unknown): DoctorFacts | undefined {
  if (value === undefined) return undefined;
  const fields = reader.fields(value, ["doctor"], { known: ["read", "body", "scopes", "webhookSecret"] });
  const read = reader.text(fields, "read", pathFormat);
  const scopes = reader.text(fields, "scopes", headerFormat);
  const { body } = fields.values;
  if (body !== undefined) reader.fields(body, ["doctor", "body"], { known: [], accepts: () => true });
  return {
    ...(read !== undefined && { read }),
    ...(body !== undefined && { body: body as Readonly<Record<string, unknown>> }),
    ...(scopes !== undefined && { scopes }),
    ...readWebhookSecret(reader, fields.values.webhookSecret),
  };
}

function readWebhookSecret(reader: FieldReader, value: unknown): Pick<DoctorFacts, "webhookSecret"> {
  if (value === undefined) return {};
  const fields = reader.fields(value, ["doctor", "webhookSecret"], { known: ["env", "pattern"] });
  const env = reader.required(fields, "env", envFormat) ?? "";
  const pattern = reader.text(fields, "pattern");
  if (pattern !== undefined) reader.attempt(fields, "pattern", () => new RegExp(pattern, "u"));
  return { webhookSecret: { env, ...(pattern !== undefined && { pattern }) } };
}
