import type { DocumentSampler, Json } from "./sample-page.ts";

/** Whether a request has the credential of a security scheme. */
function hasCredential(request: Request, scheme: Json): boolean {
  const authorization = request.headers.get("authorization");
  const name = String(scheme.name);
  if (scheme.type === "apiKey") {
    if (scheme.in === "query") return new URL(request.url).searchParams.has(name);
    if (scheme.in === "header") return request.headers.has(name);
    return (request.headers.get("cookie") ?? "").includes(`${name}=`);
  }
  if (scheme.type === "http" && String(scheme.scheme).toLowerCase() === "basic")
    return authorization?.startsWith("Basic ") === true;
  return authorization !== null;
}

/** Why the credentials of a request are not what its operation requires; undefined where they are. */
export function credentialProblem(
  request: Request,
  { document, operation, sampler }: { document: Json; operation: Json; sampler: DocumentSampler },
): string | undefined {
  const components = (document.components ?? {}) as Json;
  const schemes = (components.securitySchemes ?? {}) as Json;
  const required = (operation.security ?? document.security) as Json[] | undefined;
  if (required === undefined) return undefined;
  const has = (name: string) => hasCredential(request, sampler.resolve(schemes[name]));
  if (required.length === 0)
    return request.headers.has("authorization") || Object.keys(schemes).some(has)
      ? "a credential is sent where the document wants none"
      : undefined;
  if (required.some((alternative) => Object.keys(alternative).every(has))) return undefined;
  const kinds = required.map((alternative) =>
    Object.keys(alternative)
      .map((name) => {
        const { type, in: place, scheme } = sampler.resolve(schemes[name]);
        return [type, place ?? scheme].filter(Boolean).join(" in ");
      })
      .join(" and "),
  );
  return `lacks the credential: ${[...new Set(kinds)].join(" or ")}`;
}
