const loopback: ReadonlySet<string> = new Set(["localhost", "127.0.0.1", "[::1]"]);

/**
 * Whether a request comes from this machine by name: a page elsewhere that resolves its own name to 127.0.0.1 has
 * the wrong Host, and one that calls us across origins the wrong Origin.
 */
export function isFromHere(headers: Headers, otherHosts: readonly string[] = []): boolean {
  const isOurs = (name: string | undefined) =>
    name !== undefined && (loopback.has(name) || otherHosts.includes(name));
  const host = headers.get("host");
  const origin = headers.get("origin");
  if (host === null || !isOurs(hostname(`http://${host}`))) return false;
  return origin === null || isOurs(hostname(origin));
}

function hostname(url: string): string | undefined {
  try {
    const { hostname: name, protocol } = new URL(url);
    return protocol === "http:" || protocol === "https:" ? name : undefined;
  } catch {
    return undefined;
  }
}
