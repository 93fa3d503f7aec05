import { Hono } from "hono";
import { healthAnswer, type Told } from "./answer-schemas.ts";
import type { HttpContext } from "./http-context.ts";
import { describeApi } from "./route-docs.ts";

/** `/health` and `/metrics`: for what watches over the server. */
export function statusRoutes(http: HttpContext, version: string) {
  return new Hono()
    .get(
      "/health",
      describeApi({ summary: "Whether the server is at work", answer: healthAnswer }),
      (context) => context.json<Told<typeof healthAnswer>>({ status: "ok", version }),
    )
    .get(
      "/metrics",
      describeApi({ summary: "Counts and times of requests, for Prometheus", type: "text/plain" }),
      async (context) => context.text(http.metrics.text(await gauges(http))),
    );
}

async function gauges(http: HttpContext): Promise<Record<string, number>> {
  const { counts } = await http.app.state();
  return {
    library_items: counts?.items ?? 0,
    library_segments: counts?.segments ?? 0,
    index_jobs_running: http.jobs.list().filter(({ state }) => state === "running").length,
    requests_running: http.short.running + http.checks.running + http.long.running,
    requests_waiting: http.short.waiting + http.checks.waiting + http.long.waiting,
    conversations: http.conversations.count,
    process_resident_memory_bytes: process.memoryUsage.rss(),
  };
}
