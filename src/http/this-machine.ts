/** Names under which only this machine is reached. */
const loopbackNames: ReadonlySet<string> = new Set(["localhost", "127.0.0.1", "[::1]"]);

/**
 * Whether a Host header names this machine. A page elsewhere that resolves its own name to 127.0.0.1 does not.
 * `otherNames`: under which it may be called as well.
 */
export function isOurHost(host: string, otherNames: readonly string[] = []): boolean {
  return isOurs(nameOf(`http://${host}`), otherNames);
}

/** Whether a call comes from a page that this machine serves, on whatever port. */
export function isOurOrigin(origin: string, otherNames: readonly string[] = []): boolean {
  return isOurs(nameOf(origin), otherNames);
}

function isOurs(name: string | undefined, otherNames: readonly string[]): boolean {
  return name !== undefined && (loopbackNames.has(name) || otherNames.includes(name));
}

function nameOf(url: string): string | undefined {
  try {
    const { hostname, protocol } = new URL(url);
    return protocol === "http:" || protocol === "https:" ? hostname : undefined;
  } catch {
    return undefined;
  }
}
