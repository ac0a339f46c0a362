const adviceOf = new WeakMap<object, string>();

/** How to keep the raw bytes, where a web `Request` arrives without them. */
const webAdvice =
  'Call the handler before anything that reads the body, such as request.json(), text() or formData(). In Elysia give the route { parse: "none" }; in h3 call it before readBody(event).';

/** How to keep the raw bytes where a framework of Node parses bodies. */
export const nodeAdvice =
  'Exclude this route from body parsing: in Express mount it before express.json(), or use express.raw({ type: "*/*" }); in Fastify add a content type parser with parseAs "buffer"; in Nest create the app by NestFactory.create(AppModule, { rawBody: true }).';

/** Remembers what to change where the body of a request turns out to be parsed, for the framework that it comes from. */
export function setBodyAdvice(request: Request, advice: string): void {
  adviceOf.set(request, advice);
}

/** What to change where the body of a request is parsed. */
export function bodyAdviceOf(request: object): string {
  return adviceOf.get(request) ?? ("bodyUsed" in request ? webAdvice : nodeAdvice);
}
