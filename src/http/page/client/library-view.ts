import { isRecord, libraryFacts, listMedia } from "./api.ts";
import type { FileFailure, Item, Job, LibraryFacts } from "./api-types.ts";
import { button, byId, el } from "./dom.ts";
import { fileGrid } from "./file-grid.ts";
import { againButton, forgetButton, indexForm, jobView } from "./index-view.ts";
import { failureView } from "./notice.ts";
import { say } from "./say.ts";
import type { Viewing } from "./viewer.ts";

const { library: words } = say;
/** Of a larger library the rest is found by searching. */
export const mostFiles = 5_000;
/** Cards that are shown before the person asks for more. */
const shownAtFirst = 120;

export interface LibraryView {
  readonly element: HTMLElement;
  /** Reads what there is and follows index jobs until `leave`. */
  enter(): Promise<void>;
  leave(): void;
}

/** What is indexed, what could not be read and why, and the way to index more. */
export function openLibraryView(open: (viewing: Viewing) => void): LibraryView {
  const jobs = new Map<string, Job>();
  const jobList = el("ul", { class: "jobs", "aria-live": "polite" });
  const facts = el("div", { class: "library-facts" });
  const failures = el("div", { class: "failures" });
  const files = el("div", { class: "all-files" });
  let news: EventSource | undefined;

  const showJobs = () => jobList.replaceChildren(...[...jobs.values()].reverse().slice(0, 5).map(jobView));

  const refresh = async () => {
    try {
      const [state, items] = await Promise.all([libraryFacts(), listMedia(mostFiles)]);
      for (const job of state.jobs) jobs.set(job.id, job);
      showJobs();
      showCount(state);
      facts.replaceChildren(...factsView(state, () => void refresh()));
      failures.replaceChildren(...failuresView(state.failures));
      files.replaceChildren(...filesView(items, open));
    } catch (error) {
      const failure = failureView(error);
      if (failure) files.replaceChildren(failure);
    }
  };

  const hear = (message: MessageEvent<string>) => {
    const job = jobOf(message.data);
    if (!job) return;
    const before = jobs.get(job.id);
    jobs.set(job.id, job);
    showJobs();
    const changed = before?.state !== job.state || job.event?.type === "index-file";
    if (job.state !== "running" && changed) void refresh();
  };

  const element = el(
    "section",
    { class: "library", "aria-labelledby": "library-title" },
    el("h2", { id: "library-title" }, words.title),
    el(
      "div",
      { class: "panels" },
      facts,
      el(
        "div",
        {},
        el("h3", {}, words.indexTitle),
        indexForm(() => void refresh()),
        jobList,
      ),
    ),
    failures,
    files,
  );
  return {
    element,
    enter: async () => {
      news ??= new EventSource("/library/events");
      news.onmessage = hear;
      news.addEventListener("job", hear);
      await refresh();
    },
    leave: () => {
      news?.close();
      news = undefined;
    },
  };
}

/** The number of files beside the link to this view. */
function showCount({ counts }: Pick<LibraryFacts, "counts">): void {
  const items = counts?.items ?? 0;
  byId("library-count", HTMLElement).textContent = items > 0 ? items.toLocaleString(say.lang) : "";
}

/** For the other views. A failure shows where the person next looks for something. */
export async function refreshCount(): Promise<void> {
  const facts = await libraryFacts().catch(() => undefined);
  if (facts) showCount(facts);
}

function jobOf(data: string): Job | undefined {
  const body: unknown = JSON.parse(data);
  return isRecord(body) && typeof body.id === "string" && Array.isArray(body.roots)
    ? (body as unknown as Job)
    : undefined;
}

function factsView({ roots, model }: LibraryFacts, onChanged: () => void): readonly Node[] {
  const list = roots.map((root) => el("li", {}, el("code", {}, root), forgetButton(root, onChanged)));
  const parts: Node[] = [el("h3", {}, words.roots)];
  if (roots.length === 0) parts.push(el("p", {}, words.noRoots));
  else parts.push(el("ul", { class: "roots" }, ...list), againButton(roots, onChanged));
  if (model) {
    const said = model.byRules ? words.byRules : words.model(model.name, model.runsOn ?? "");
    parts.push(el("p", { class: "quiet-text" }, model.sees === false ? `${said} ${words.blind}` : said));
  }
  return parts;
}

function failuresView(failed: readonly FileFailure[]): readonly Node[] {
  if (failed.length === 0) return [];
  const rows = failed.map(({ path, name, message, remedy }) =>
    el(
      "li",
      {},
      el("p", { class: "what" }, message),
      el("p", { class: "remedy" }, remedy),
      el("code", {}, path ?? name ?? ""),
    ),
  );
  return [el("h3", {}, words.failures(failed.length)), el("ul", { class: "failure-list" }, ...rows)];
}

function filesView(items: readonly Item[], open: (viewing: Viewing) => void): readonly Node[] {
  if (items.length === 0) return [];
  const filter = el("input", {
    type: "search",
    class: "filter",
    placeholder: words.filter,
    "aria-label": words.filter,
  });
  const grid = el("div", {}, ...gridOf(items, open));
  filter.addEventListener("input", () => {
    const wanted = filter.value.trim().toLowerCase();
    grid.replaceChildren(
      ...gridOf(
        items.filter(({ name }) => name.toLowerCase().includes(wanted)),
        open,
      ),
    );
  });
  return [el("div", { class: "section-head" }, el("h3", {}, words.all), filter), grid];
}

/** The first of the files, and a button for the next. */
function gridOf(items: readonly Item[], open: (viewing: Viewing) => void): readonly HTMLElement[] {
  if (items.length === 0) return [el("p", { class: "quiet-text" }, words.noFiles)];
  const left = items.slice(shownAtFirst);
  const first = fileGrid(items.slice(0, shownAtFirst), open);
  if (left.length === 0) return [first];
  const more: HTMLElement = button(
    { class: "more" },
    () => {
      const next = gridOf(left, open);
      more.replaceWith(...next);
      next[0]?.querySelector<HTMLElement>(".open")?.focus();
    },
    words.more(left.length),
  );
  return [first, more];
}
