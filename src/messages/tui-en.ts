import type { CitationCheck } from "../media/citation.ts";

const checks: Readonly<Record<CitationCheck, string>> = {
  pixels: "✓ checked in the picture",
  text: "✓ checked in the text",
  unchecked: "· not checked",
  failed: "✗ could not be confirmed",
};

/** What the terminal chat says. */
export const tuiEn = {
  you: "you",
  check: (check: CitationCheck) => checks[check],
  greeting: (files: number, model: string) =>
    `Sightline · ${files} ${files === 1 ? "file" : "files"} · ${model}\nAsk what is seen, said, written or happening in them. /help lists the commands.`,
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
  indexing: (done: number, total: number) => `indexing ${done}/${total}`,
  indexDone: (added: number, updated: number, failed: number) =>
    `Indexed: ${added} added, ${updated} updated${failed > 0 ? `, ${failed} could not be read` : ""}.`,
  indexStopped: "Indexing stopped. What is done is kept.",
  indexStarted: (root: string) => `Indexing ${root} in the background.`,
  usage: (usage: string) => `Usage: ${usage}`,
  unknownCommand: (name: string) => `There is no command ${name}. /help lists them.`,
  noCitation: (number: number, count: number) =>
    count === 0 ? "Nothing is cited yet." : `There is no [${number}]; the last answer cites 1 to ${count}.`,
  noPlayer: (place: string) => `No player was found (mpv, VLC, ffplay, xdg-open). It is at ${place}`,
  opened: (player: string, place: string) => `Opened with ${player}: ${place}`,
  liked: (number: number) => `Noted: [${number}] is right.`,
  markedWrong: (number: number) => `Noted: [${number}] is wrong.`,
  clipSaved: (file: string) => `Saved: ${file}`,
  exported: (file: string) => `Written: ${file}`,
  newSession: "A new conversation.",
  resumed: (count: number) => `Continued: ${count} ${count === 1 ? "question" : "questions"} so far.`,
  noSessions: "No saved conversations yet.",
  resumeHint: "Go on with one: sightline chat -r ID",
  modelLine: (name: string, runsOn: string, context: number) =>
    `${name} · ${runsOn} · room for ${context} tokens`,
  libraryLine: (items: number, segments: number, failures: number) =>
    `${items} files, ${segments} segments${failures > 0 ? `, ${failures} could not be read` : ""}`,
  statsLine: (questions: number, tools: number, seconds: string) =>
    `${questions} questions, ${tools} tool calls, ${seconds} s of work`,
  commands: {
    help: "commands and keys",
    model: "what answers, and where it runs",
    think: "let the model think: on, off or auto",
    index: "index a folder while you chat",
    library: "what is indexed",
    open: "play a cited moment",
    clip: "save a cited moment as a file",
    like: "a cited moment is right",
    wrong: "a cited moment is wrong",
    sessions: "saved conversations",
    new: "start afresh",
    export: "write the conversation as Markdown",
    stats: "what this conversation took",
    quit: "leave",
  },
  keys: [
    "Enter sends · Shift+Enter, Ctrl+J or \\ Enter breaks the line · ↑↓ and Ctrl+R look back",
    "Esc stops · Ctrl+C stops, clears, leaves · Ctrl+D leaves",
    "Ctrl+T shows thoughts · Alt+T turns thinking on or off · Ctrl+O shows what tools found",
    "@ names a file of the library · / lists the commands · drop a picture or clip to ask by it",
  ],
};

export type TuiMessages = typeof tuiEn;
