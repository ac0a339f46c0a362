const formats = new Set([
  ...[
    "date",
    "time",
    "date-time",
    "duration",
    "email",
    "idn-email",
    "hostname",
    "idn-hostname",
    "ipv4",
    "ipv6",
    "uuid",
  ],
  ...["uri", "url", "uri-reference", "uri-template", "iri", "iri-reference", "regex"],
  ...["json-pointer", "relative-json-pointer"],
]);

/** Whether a format restricts a string; other formats, such as `decimal`, are not defined anywhere. */
export function isKnownFormat(format: string | undefined): boolean {
  return format !== undefined && formats.has(format);
}
