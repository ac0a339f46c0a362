/**
 * Whether a name is that of a device on Windows, where no file can have it, with any extension: con, nul, com1.
 * https://learn.microsoft.com/en-us/windows/win32/fileio/naming-a-file
 */
export function isDeviceName(name: string): boolean {
  return /^(?:con|prn|aux|nul|com[0-9\u00b9\u00b2\u00b3]|lpt[0-9\u00b9\u00b2\u00b3])(?:\.|$)/i.test(name);
}
