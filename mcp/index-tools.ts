import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import type { IndexJob } from "../src/index-jobs.ts";
import { Failure } from "../src/media/failure.ts";
import { allowedPath } from "./allowed-folders.ts";
import { inputSchemaOf, parseArguments } from "./arguments.ts";
import { structuredResult } from "./call-result.ts";
import type { McpHost } from "./host.ts";
import { jobJson } from "./job-json.ts";
import type { CallContext, McpTool } from "./mcp-tool.ts";
import { jobSchema, jobsSchema } from "./result-schema.ts";

const startInput = z.strictObject({
  paths: z
    .array(z.string().min(1).max(1000))
    .max(20)
    .default([])
    .describe("Folders or files to index; none: look again at everything indexed before."),
});
const jobId = z.string().min(1).max(100).describe("The id that index_media returned.");
const statusInput = z.strictObject({
  job: jobId.optional().describe("The id that index_media returned; none: all jobs of this server."),
  waitSeconds: z
    .int()
    .min(0)
    .max(45)
    .default(0)
    .describe("Wait so long for the job to end before answering; progress is sent meanwhile."),
});
const cancelInput = z.strictObject({ job: jobId });

const changes = {
  readOnlyHint: false,
  destructiveHint: false,
  idempotentHint: true,
  openWorldHint: false,
} as const;

/** Indexing takes minutes, and a call may not: a job is started, looked at and stopped. */
export function indexTools(host: McpHost): readonly McpTool[] {
  return [indexMedia(host), jobStatus(host), jobCancel(host)];
}

function indexMedia(host: McpHost): McpTool {
  return {
    name: "index_media",
    title: "Index folders",
    description:
      "Start indexing folders or files, so that they can be searched; also finds what was added, changed or moved. " +
      "Returns a job at once: call job_status for how far it is. Only folders that the person allowed.",
    inputSchema: inputSchemaOf(startInput),
    outputSchema: jobSchema,
    annotations: changes,
    call: async (args, context) => {
      const { paths } = parseArguments("index_media", startInput, args);
      const allowed = await host.allowedRoots();
      const all = host.trustClientRoots ? [...allowed, ...(await context.clientRoots())] : allowed;
      if (paths.length === 0 && allowed.length === 0) throw nothingToIndex();
      const roots = await Promise.all(paths.map((one) => allowedPath(one, all)));
      return await jobResult(host, host.jobs.start([...new Set(roots.length > 0 ? roots : allowed)]));
    },
  };
}

function jobStatus(host: McpHost): McpTool {
  return {
    name: "job_status",
    title: "Look at an index job",
    description:
      "How far an index job is: files done, time to go, and at its end what was added and what failed.",
    inputSchema: inputSchemaOf(statusInput),
    outputSchema: {
      ...jobsSchema,
      properties: { ...jobsSchema.properties, ...jobSchema.properties },
      required: ["next"],
    },
    annotations: { ...changes, readOnlyHint: true },
    call: async (args, context) => {
      const { job, waitSeconds } = parseArguments("job_status", statusInput, args);
      if (job === undefined) return await allJobs(host);
      await ended(host, find(host, job), waitSeconds, context);
      return await jobResult(host, find(host, job));
    },
  };
}

function jobCancel(host: McpHost): McpTool {
  return {
    name: "job_cancel",
    title: "Stop an index job",
    description: "Stop an index job. What is indexed so far stays; index_media goes on from there.",
    inputSchema: inputSchemaOf(cancelInput),
    outputSchema: jobSchema,
    annotations: changes,
    call: async (args, context) => {
      const { job } = parseArguments("job_cancel", cancelInput, args);
      const found = find(host, job);
      host.jobs.cancel(job);
      await ended(host, found, 10, context);
      return await jobResult(host, find(host, job));
    },
  };
}

async function jobResult(host: McpHost, job: IndexJob) {
  return structuredResult(jobJson(job, await host.hidePaths()));
}

async function allJobs(host: McpHost) {
  const hide = await host.hidePaths();
  const jobs = host.jobs.list().map((job) => jobJson(job, hide));
  const next =
    jobs.length === 0 ? "No job was started here: call index_media." : "Call job_status with a job's id.";
  return structuredResult({ jobs: jobs.slice(-10), next });
}

function find(host: McpHost, id: string): IndexJob {
  const job = host.jobs.get(id);
  if (job) return job;
  throw new Failure({
    code: "not-found",
    message: "There is no such job in this server",
    remedy: "Call job_status without arguments to see all jobs, or index_media to start one.",
  });
}

function nothingToIndex(): Failure {
  return new Failure({
    code: "invalid-input",
    message: "Nothing was indexed before, and no folder is allowed yet",
    remedy:
      "The person can allow a folder: `sightline mcp --root FOLDER`, or index it once in a terminal: `sightline index FOLDER`.",
  });
}

/** Waits for the end of a job, at most so many seconds, telling of its steps; an abort ends the waiting, not the job. */
async function ended(host: McpHost, job: IndexJob, seconds: number, context: CallContext): Promise<void> {
  if (job.state !== "running" || seconds === 0) return;
  const { signal, progress } = context;
  const waiting = new AbortController();
  const unsubscribe = host.jobs.subscribe((changed) => {
    if (changed.id !== job.id) return;
    if (changed.state !== "running") waiting.abort();
    const { event } = changed;
    if (event?.type === "index-progress")
      progress({ message: "indexing", done: event.done, total: event.total });
  });
  try {
    const either = AbortSignal.any([signal, waiting.signal]);
    await sleep(seconds * 1000, undefined, { signal: either }).catch(() => undefined);
    signal.throwIfAborted();
  } finally {
    unsubscribe();
  }
}
