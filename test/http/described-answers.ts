import { expect } from "vitest";
import { z } from "zod";
import { eventsOf } from "./web-world.ts";

interface Described {
  readonly $ref?: string;
  readonly content?: Readonly<Record<string, { readonly schema: Readonly<Record<string, unknown>> }>>;
}

export interface Spec {
  readonly paths: Readonly<
    Record<string, Readonly<Record<string, { readonly responses: Readonly<Record<string, Described>> }>>>
  >;
  readonly components: { readonly responses: Readonly<Record<string, Described>> };
}

/** "GET /media/:id/page/:page{…}" → ["get", "/media/{id}/page/{page}"] */
export function describedRoute(route: string): readonly [method: string, path: string] {
  const [method = "", pattern = ""] = route.split(" ");
  return [method.toLowerCase(), pattern.replace(/:(\w+)(?:\{.*\})?/g, "{$1}")];
}

/** Holds a real answer against what the description says of exactly this status and kind of content. */
export async function expectAsDescribed(spec: Spec, route: string, response: Response): Promise<void> {
  const [method, path] = describedRoute(route);
  const described = resolved(spec, spec.paths[path]?.[method]?.responses[String(response.status)]);
  expect(described, `${route} is not said to answer ${response.status}`).toBeDefined();
  const type = response.headers.get("content-type")?.split(";")[0] ?? "";
  const content = described?.content?.[type] ?? described?.content?.["*/*"];
  expect(content, `${route} is not said to answer ${type}`).toBeDefined();
  const schema = content?.schema ?? {};
  if (type === "application/json") expectFits(schema, await response.json(), route);
  else if (type !== "text/event-stream") expect((await response.arrayBuffer()).byteLength).toBeGreaterThan(0);
  else for (const { data } of await firstEvents(response)) expectFits(schema, data, route);
}

function resolved({ components }: Spec, described: Described | undefined): Described | undefined {
  const name = described?.$ref?.split("/").at(-1);
  return name === undefined ? described : components.responses[name];
}

function expectFits(schema: Readonly<Record<string, unknown>>, answer: unknown, route: string): void {
  expect(Object.keys(schema), route).not.toEqual([]);
  const { error } = z.fromJSONSchema(schema).safeParse(answer);
  expect(error?.issues, `${route}: ${JSON.stringify(answer).slice(0, 2000)}`).toBeUndefined();
}

/** All events of a stream that ends, and those of half a second of one that does not. */
async function firstEvents(response: Response): Promise<Awaited<ReturnType<typeof eventsOf>>> {
  const reader = response.body?.getReader();
  const decoder = new TextDecoder();
  let text = "";
  const leave = setTimeout(() => void reader?.cancel(), 10_000);
  for (;;) {
    const { done, value } = (await reader?.read()) ?? { done: true, value: undefined };
    if (done) break;
    text += decoder.decode(value, { stream: true });
    if (text.startsWith("event: job") && text.endsWith("\n\n")) await reader?.cancel();
  }
  clearTimeout(leave);
  const events = (await eventsOf(new Response(text))).filter(({ data }) => Object.keys(data).length > 0);
  expect(events).not.toEqual([]);
  return events;
}
