import type { CitationCheck } from "../media/citation.ts";
import { formatDuration } from "./amounts.ts";
import type { Language } from "./messages.ts";

interface IndexedFiles {
  readonly added: number;
  readonly updated: number;
  readonly moved: number;
  readonly removed: number;
  readonly unchanged: number;
}

const checks: Readonly<Record<CitationCheck, string>> = {
  pixels: "✓ checked in the picture",
  text: "✓ checked in the text",
  unchecked: "· not checked",
  failed: "✗ could not be confirmed",
};

/** What the terminal chat says. */
export const tuiEn = {
  language: "en" as Language,
  you: "you",
  check: (check: CitationCheck) => checks[check],
  greeting: (files: number, model: string) =>
    `Sightline · ${files} ${files === 1 ? "file" : "files"} · ${model}\nAsk what is seen, said, written or happening in them. /help lists the commands.`,
  nothingIndexedSoFar: "The first files are still being indexed. Ask again when one is done.",
  greetingEmpty:
    "Nothing is indexed yet. Three things to do:\n  /index ~/Videos   index a folder of yours, in the background\n  /index --demo     render and index a small demo library\n  /help             all commands and keys",
  thought: (seconds: string, tokens: number) => `thought ${seconds} s · ${tokens} tok`,
  thinking: "thinking",
  working: "working",
  checking: "checking what is cited",
  escToStop: "esc to stop",
  stopping: "stopping",
  stopped: "Stopped. What was said is kept; ask on to continue.",
  toolStopped: "stopped",
  open: (number: number) => `/open ${number}`,
  queued: (count: number) => `${count} waiting`,
  quitAgain: "Ctrl+C again to leave",
  placeholder: "Ask about your media",
  thinkingMode: (mode: string) => `thinking ${mode}`,
  tokensPerSecond: (rate: number) => `${rate} tok/s`,
  contextUsed: (percent: number) => `context ${percent} %`,
  help: "? help",
  indexed: (files: number) => `${files} ${files === 1 ? "file" : "files"}`,
  indexing: (amount: string) => `index ${amount}`,
  rendering: "demo files",
  renderingDemo: "Rendering the demo library; it takes about a minute. The chat goes on meanwhile.",
  about: (ms: number) => `about ${formatDuration(ms, ["s", "min", "h"])}`,
  indexDone: (files: IndexedFiles, failed: number) => {
    const counts = [
      `${files.added} added`,
      ...(files.updated > 0 ? [`${files.updated} updated`] : []),
      ...(files.moved > 0 ? [`${files.moved} moved`] : []),
      ...(files.removed > 0 ? [`${files.removed} removed`] : []),
      ...(files.unchanged > 0 ? [`${files.unchanged} unchanged`] : []),
      ...(failed > 0 ? [`${failed} could not be read`] : []),
    ];
    return `Indexed: ${counts.join(", ")}.`;
  },
  moreFailed: "… and more: sightline index names all of them",
  nothingIndexes: "Nothing is being indexed.",
  indexChoice: (choice: string): string =>
    choice === "--demo" ? "render and index a small demo library" : "stop indexing; what is done is kept",
  indexStopped: "Indexing stopped. What is done is kept.",
  wouldForget: (files: number, moments: number, command: string) =>
    `${files} files with ${moments} moments would leave the library; the files themselves stay. To do it: ${command}`,
  forgotten: (files: number, moments: number) =>
    `Forgotten: ${files} files with ${moments} moments. The files themselves are where they were.`,
  indexStarted: (root: string) => `Indexing ${root} in the background.`,
  usage: (usage: string) => `Usage: ${usage}`,
  unknownCommand: (name: string) => `There is no command ${name}. /help lists them.`,
  noCitation: (number: number, count: number) =>
    count === 0 ? "Nothing is cited yet." : `There is no [${number}]; the last answer cites 1 to ${count}.`,
  noPlayer: (place: string) => `No player was found (mpv, VLC, ffplay, xdg-open). It is at ${place}`,
  noScreen: (place: string) => `There is no screen here to open it on. It is at ${place}`,
  opened: (player: string, place: string) => `Opened with ${player}: ${place}`,
  liked: (number: number) => `Noted: [${number}] is right.`,
  markedWrong: (number: number) => `Noted: [${number}] is wrong.`,
  savingClip: (place: string) => `saving ${place}`,
  clipStopped: "Stopped. No clip was saved.",
  clipSaved: (file: string) => `Saved: ${file}`,
  exported: (file: string, pictures: number) =>
    `Written: ${file}${pictures > 0 ? `, with ${pictures} ${pictures === 1 ? "picture" : "pictures"}` : ""}`,
  exporting: "writing the conversation",
  exportStopped: "Stopped. Nothing was written.",
  nothingToExport: "Nothing was asked yet.",
  fileTaken: (file: string) => `${file} is there already; nothing is written over.`,
  newSession: "A new conversation.",
  takingUp: "opening the conversation",
  wentElsewhere:
    "This conversation was gone on with elsewhere, too. Here it goes on as one of its own, which begins with all that stands above.",
  resumed: (count: number) => `Continued: ${count} ${count === 1 ? "question" : "questions"} so far.`,
  noSessions: "No saved conversations yet.",
  noSession: (number: number, count: number) =>
    `There is no conversation ${number}; /sessions lists ${count === 1 ? "the one there is" : `1 to ${count}`}.`,
  questions: (count: number) => `${count} ${count === 1 ? "question" : "questions"}`,
  pickSession: "Go on with a conversation",
  pickKeys: "↑↓ Enter · Esc",
  typeToFilter: "type to filter",
  noneFits: "None fits.",
  pickByNumber: "Go on with one: /sessions N",
  pickWhich: "Number, or Enter for a new conversation: ",
  notSaved: (why: string) => `This conversation is not being saved: ${why}`,
  thoughtsHidden: "Thoughts stay folded from now on.",
  noThoughts: "The last answer came without thoughts; they are shown from now on.",
  resultsHidden: "What tools find stays folded from now on.",
  noResults: "No tool was used for the last answer; what they find is shown from now on.",
  kinds: { video: "video", image: "picture", audio: "audio", document: "document" },
  pages: (count: number) => `${count} ${count === 1 ? "page" : "pages"}`,
  thePage: "the page in the browser",
  noClip: (number: number, file: string) => `[${number}] is no stretch of a video: ${file}`,
  noClipRemedy: (number: number) => `/open ${number} shows it.`,
  modelChoices: "It can be switched with /model NAME, or /model FILE.gguf:",
  builtinModel: "answers by rules, without a language model",
  namedFile: "the file that was named",
  bringModel:
    "There is no language model here yet. One command brings one: sightline models pull qwen3-vl-4b",
  moreModels: "More: sightline models list, sightline models pull qwen3-vl-4b",
  noSuchModel: (name: string) => `There is no model ${name} here.`,
  modelRemedy: (names: string) =>
    `Choose one of: ${names}; a .gguf file; or get one with \`sightline models pull qwen3-vl-4b\`.`,
  modelWhileIndexing: "The model cannot be switched while files are being indexed.",
  modelWhileIndexingRemedy: "Wait until the index is done, or stop it with /index --stop.",
  loadingModel: "loading the model",
  modelName: (name: string) => name,
  byRules: "answers by rules",
  modelLine: (name: string, runsOn: string, context: number) =>
    `${name} · ${runsOn} · room for ${context} tokens`,
  libraryLine: (items: number, segments: number, failures: number) =>
    `${items} files, ${segments} segments${failures > 0 ? `, ${failures} could not be read` : ""}`,
  statsLine: (questions: number, tools: number, seconds: string) =>
    `${questions} ${questions === 1 ? "question" : "questions"}, ${tools} tool ${tools === 1 ? "call" : "calls"}, ${seconds} s of work`,
  labels: {
    question: "You",
    thought: "Thought",
    tool: "Tool done",
    toolFailed: "Tool failed",
    toolStopped: "Tool stopped",
    answer: "Answer",
    citation: "Cited",
    warning: "Note",
    failure: "Error",
  },
  commands: {
    help: "commands and keys",
    model: "what answers, and what else could",
    think: "let the model think: on, off or auto",
    index: "index a folder while you chat",
    forget: "take a folder or file out of the library",
    library: "what is indexed",
    open: "play a cited moment",
    clip: "save a cited moment as a file",
    like: "a cited moment is right",
    wrong: "a cited moment is wrong",
    sessions: "take up an earlier conversation",
    new: "start afresh",
    export: "write all of it as Markdown, with pictures",
    stats: "what this conversation took",
    quit: "leave",
  },
  keys: [
    "Enter        sends; while an answer is at work, it waits for its turn",
    "Shift+Enter  a new line, as Ctrl+J, or \\ before Enter",
    "↑ ↓ Ctrl+R   what was asked before; look for it",
    "Esc          stops the answer or the command at work",
    "Ctrl+C       stops, clears, and twice leaves; Ctrl+D leaves",
    "Ctrl+T       shows or folds the model's thoughts",
    "Alt+T        turns thinking on or off",
    "Ctrl+O       shows or folds what the tools found",
    "@            names a file of the library",
    "/            lists the commands",
    "A picture or clip that is dropped here, or whose path is pasted, is what you ask by.",
  ],
};

export type TuiMessages = typeof tuiEn;
