import { formatBytes, formatDuration } from "./amounts.ts";

const plural = (count: number, word: string) => `${count} ${word}${count === 1 ? "" : "s"}`;
const duration = (ms: number) => formatDuration(ms, ["s", "min", "h"]);

/** What the web page says. Read by the server and by the browser, so it imports nothing that needs Node. */
export const pageEn = {
  lang: "en",
  title: "Sightline",
  tagline: "Search and ask your own videos, pictures and documents.",
  greeting: "What are you looking for?",
  skip: "Skip to the results",
  needsScript: 'This page needs JavaScript. The command line does not: sightline ask "…"',
  box: {
    label: "Words, a question, a picture or a clip",
    placeholder: "A red car, an invoice, “when does someone come in?”",
    followUp: "Ask a follow-up",
    attach: "Add a picture or a clip",
    remove: "Remove",
    search: "Search",
    ask: "Ask",
    stop: "Stop",
    thinking: "Thinking",
    drop: "Drop a picture or a clip to search or ask with it",
    notMedia: "That file is neither a picture nor a video.",
    pictureOf: (name: string) => `Picture: ${name}`,
    clipOf: (name: string) => `Clip: ${name}`,
    keys: "/ type · ←→ walk · space play · Esc stop",
    kinds: "Kind of file",
  },
  kinds: { all: "All", video: "Video", image: "Pictures", document: "Documents", audio: "Sound" },
  examples: {
    title: "Try",
    list: ["when does someone enter the room?", "red car", "how much was the invoice from March?"],
  },
  recent: "In your library",
  results: {
    title: "Results",
    searching: "Looking …",
    count: (count: number) => (count === 1 ? "1 moment" : `${count} moments`),
    none: "Nothing found",
    noneHint: "Try other words, or search with a picture.",
    likeFrame: (name: string, time: string) => `Like ${name}${time ? ` at ${time}` : ""}`,
    examined: ({
      items,
      videoMs,
      images,
      pages,
      unreadable,
    }: {
      items: number;
      videoMs: number;
      images: number;
      pages: number;
      unreadable: number;
    }) =>
      `Examined ${plural(items, "file")}: ${duration(videoMs)} of video, ${plural(images, "picture")}, ${plural(pages, "page")}` +
      (unreadable > 0 ? `; ${plural(unreadable, "file")} could not be read` : "") +
      ".",
    unknownWords: (words: readonly string[]) =>
      `No picture word for ${words.map((word) => `“${word}”`).join(", ")}: only text and events were searched for ${words.length === 1 ? "it" : "them"}.`,
  },
  sources: {
    frame: "looks like it",
    event: "happens here",
    ocr: "written in the picture",
    subtitle: "said here",
    caption: "described so",
    text: "written here",
    metadata: "file facts",
  },
  checks: {
    checking: "checking …",
    alike: "likeness checked",
    pixels: "checked in the picture",
    text: "checked in the text",
    unchecked: "not checked",
    failed: "could not be confirmed",
  },
  feedback: { like: "Good match", wrong: "Wrong", thanks: "Noted. Thank you." },
  viewer: {
    title: "Viewer",
    close: "Close",
    similarFrame: "More like this frame",
    similarPicture: "More like this picture",
    similarClip: "Similar moments",
    save: "Save clip",
    page: (page: number, pages: number | undefined) => (pages ? `Page ${page} of ${pages}` : `Page ${page}`),
    previousPage: "Previous page",
    nextPage: "Next page",
    timeline: "What is in this file",
    lanes: { hits: "Matches", events: "Events", shots: "Shots", speech: "Subtitles", text: "Text" },
    everything: "Everything",
    linked: "The moment of the link",
    nothingInside: "Nothing is known of this file beyond its facts.",
    cannotPlay: "This browser cannot play this file. The picture is exact all the same.",
    taken: (date: string) => `Taken ${date}`,
    pictureAlt: (name: string, time: string) => `${name}${time ? ` at ${time}` : ""}`,
    pageText: "Text of this page",
    shot: (number: number) => `Shot ${number}`,
  },
  events: {
    enters: (thing: string, from: string) => `${thing} enters${from ? ` from the ${from}` : ""}`,
    leaves: (thing: string, from: string) => `${thing} leaves${from ? ` to the ${from}` : ""}`,
    appears: (thing: string) => `${thing} appears`,
    disappears: (thing: string) => `${thing} disappears`,
    moves: (thing: string) => `${thing} moves`,
    "camera-moves": () => "The camera moves",
    thing: (colour: string) => (colour ? `Something ${colour}` : "Something"),
    colours: {
      black: "black",
      white: "white",
      grey: "grey",
      red: "red",
      orange: "orange",
      yellow: "yellow",
      green: "green",
      blue: "blue",
      purple: "purple",
      pink: "pink",
      brown: "brown",
    } as Readonly<Record<string, string>>,
    sides: { left: "left", right: "right", top: "top", bottom: "bottom" } as Readonly<Record<string, string>>,
  },
  ask: {
    title: "Answer",
    working: "Working …",
    thoughts: "Thoughts",
    steps: (count: number) => (count === 1 ? "1 step" : `${count} steps`),
    sources: "Sources",
    source: (number: number, name: string, place: string) =>
      `Source ${number}: ${name}${place ? `, ${place}` : ""}`,
    stopped: "Stopped.",
    failed: "This did not work.",
    lost: "The connection was lost.",
    lostRemedy: "Is sightline serve still running? Ask again.",
    fresh: "New question",
    you: "You asked",
    took: (ms: number) => (ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`),
  },
  library: {
    title: "Library",
    link: "Library",
    files: (count: number) => plural(count, "file"),
    model: (name: string, runsOn: string) => `Answered by: ${[name, runsOn].filter(Boolean).join(" · ")}.`,
    byRules: "Answered by rules on this machine, without a language model.",
    blind: "It does not look at pictures itself; it answers from what was found in them.",
    roots: "Indexed folders",
    noRoots: "No folder is indexed yet.",
    indexTitle: "Index a folder",
    indexLabel: "Full path of a folder or a file on the machine that runs Sightline",
    indexButton: "Index",
    again: "Index all again",
    forget: "Remove from library",
    forgetNamed: (root: string) => `Remove from library: ${root}`,
    forgetSure: (root: string) =>
      `Remove ${root} from the library? What was found in it is deleted. The files themselves stay where they are.`,
    cancel: "Stop",
    progress: (done: number, total: number) => `${done} of ${total} files`,
    left: (ms: number) => `about ${duration(ms)} left`,
    rate: (bytes: number) => `${formatBytes(bytes)}/s`,
    waiting: "Waiting for another indexer",
    planning: "Looking at what changed …",
    done: (added: number, updated: number, removed: number, failed: number) =>
      `Done: ${added} added, ${updated} updated, ${removed} removed` +
      (failed > 0 ? `, ${failed} not readable.` : "."),
    cancelled: "Stopped. What is done is kept.",
    failures: (count: number) => `${plural(count, "file")} could not be read`,
    all: "All files",
    filter: "Filter by name",
    more: (left: number) => `Show more (${left.toLocaleString("en")} left)`,
    noFiles: "No file fits.",
    facts: {
      duration: (ms: number) => duration(ms),
      bytes: (bytes: number) => formatBytes(bytes),
      pages: (pages: number) => plural(pages, "page"),
    },
  },
  errors: {
    generic: "Something went wrong.",
    genericRemedy: "Try again; `sightline doctor` says what is missing.",
    offline: "Sightline does not answer.",
    offlineRemedy: "Is `sightline serve` still running?",
    empty: "Nothing is indexed yet",
    emptyRemedy: "Give Sightline a folder, and everything in it can be searched and asked about.",
  },
};

export type PageMessages = typeof pageEn;
