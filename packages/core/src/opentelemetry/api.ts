import type { Context, Meter, Span, SpanContext, Tracer } from "@opentelemetry/api";

/**
 * What is used of the package `@opentelemetry/api`. By what it does rather than by its classes: their private members would make two
 * copies of their declarations, for `import` and for `require`, different types.
 */
export interface OpenTelemetryApi {
  readonly context: { active(): Context; with<T>(context: Context, work: () => T): T };
  readonly trace: {
    getTracer(name: string): Tracer;
    setSpan(context: Context, span: Span): Context;
    getSpanContext(context: Context): SpanContext | undefined;
  };
  readonly metrics: { getMeter(name: string): Meter };
  readonly createContextKey: (description: string) => symbol;
  readonly SpanKind: { readonly INTERNAL: number; readonly CLIENT: number };
  readonly SpanStatusCode: { readonly ERROR: number };
}
