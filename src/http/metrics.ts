import type { MiddlewareHandler } from "hono";
import { routePath } from "hono/route";

export interface Metrics {
  readonly middleware: MiddlewareHandler;
  /** Prometheus text, with `gauges` (name → value now) added. */
  text(gauges: Readonly<Record<string, number>>): string;
}

const bounds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

interface Series {
  count: number;
  seconds: number;
  /** By index in `bounds`, cumulative. */
  readonly under: number[];
}

/** Counts requests and their seconds by method, route and status: by the route's pattern, never by an address. */
export function openMetrics(): Metrics {
  const series = new Map<string, Series>();
  return {
    middleware: async (context, next) => {
      const start = performance.now();
      await next();
      const seconds = (performance.now() - start) / 1000;
      const labels = `method="${context.req.method}",route="${routePath(context, -1)}",status="${context.res.status}"`;
      const one = series.get(labels) ?? { count: 0, seconds: 0, under: bounds.map(() => 0) };
      one.count += 1;
      one.seconds += seconds;
      bounds.forEach((bound, n) => {
        if (seconds <= bound) one.under[n] = one.under[n]! + 1;
      });
      series.set(labels, one);
    },
    text: (gauges) => {
      const name = "sightline_http_request_seconds";
      const lines = [`# TYPE ${name} histogram`];
      for (const [labels, { count, seconds, under }] of series) {
        for (const [n, bound] of bounds.entries())
          lines.push(`${name}_bucket{${labels},le="${bound}"} ${under[n]}`);
        lines.push(`${name}_bucket{${labels},le="+Inf"} ${count}`);
        lines.push(`${name}_sum{${labels}} ${seconds.toFixed(6)}`, `${name}_count{${labels}} ${count}`);
      }
      for (const [gauge, value] of Object.entries(gauges))
        lines.push(`# TYPE sightline_${gauge} gauge`, `sightline_${gauge} ${value}`);
      return `${lines.join("\n")}\n`;
    },
  };
}
