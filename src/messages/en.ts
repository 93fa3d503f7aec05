import type { ActivityKind, PictureSide } from "../media/activity-event.ts";
import type { ColourName } from "../media/colour-name.ts";
import type { MediaKind } from "../media/media-item.ts";

const kinds: Readonly<Record<MediaKind, readonly [string, string]>> = {
  image: ["image", "images"],
  video: ["video", "videos"],
  audio: ["sound file", "sound files"],
  document: ["document", "documents"],
};
const sides: Readonly<Record<PictureSide, string>> = {
  left: "left",
  right: "right",
  top: "top",
  bottom: "bottom",
};
const happenings: Readonly<Record<ActivityKind | "visits" | "any", readonly [string, string]>> = {
  visits: ["is in the picture", "are in the picture"],
  enters: ["enters", "enter"],
  leaves: ["leaves", "leave"],
  appears: ["is put there or appears", "are put there or appear"],
  disappears: ["is taken away or disappears", "are taken away or disappear"],
  moves: ["moves", "move"],
  "camera-moves": ["moves", "move"],
  any: ["does something", "do something"],
};

function plural(count: number, [one, many]: readonly [string, string]): string {
  return `${count} ${count === 1 ? one : many}`;
}

const list = (parts: readonly string[], last = "and"): string =>
  parts.length < 2 ? parts.join("") : `${parts.slice(0, -1).join(", ")} ${last} ${parts.at(-1)}`;

export const en = {
  agent: {
    unknownHandle: (handle: string) => `The answer cited [${handle}], which no tool gave: removed.`,
    unheldTime: (time: string) => `The answer names the time ${time}, which no evidence holds.`,
    failedCheck: (number: number) => `The moment [${number}] was looked at again and could not be confirmed.`,
    endless: "The model did not stop by itself: its answer was cut.",
    turnLimit: "No answer was reached within the allowed number of steps.",
  },
  answer: {
    list,
    or: (parts: readonly string[]) => list(parts, "or"),
    quote: (text: string) => `"${text}"`,
    colour: (colour: ColourName): string => colour,
    side: (side: PictureSide): string => sides[side],
    kind: (kind: MediaKind | undefined, count: number) =>
      plural(count, kind ? kinds[kind] : ["file", "files"]),
    objects: (count: number, colours: readonly ColourName[]) =>
      plural(count, [
        `${[...colours, ""].join(" ")}moving object`,
        `${[...colours, ""].join(" ")}moving objects`,
      ]),
    happen: (what: keyof typeof happenings, count: number, sideWords: readonly PictureSide[]) => {
      const [one, many] = happenings[what];
      const from = what === "leaves" ? "at" : "from";
      const side = sideWords.length > 0 ? ` ${from} the ${list(sideWords, "or")}` : "";
      return `${count === 1 ? one : many}${side}`;
    },
    found: (objects: string, happening: string) => `${objects} ${happening}`,
    cameraMoves: (count: number) => `The camera moves ${plural(count, ["time", "times"])}`,
    cameraStill: "No camera movement was found.",
    eventsFound: (count: number) => plural(count, ["event", "events"]),
    event: (kind: ActivityKind, colour: ColourName, from?: PictureSide, towards?: PictureSide) => {
      if (kind === "camera-moves") return "the camera moves";
      const preposition = kind === "leaves" ? "at" : "from";
      const end = from === towards ? " and back" : ` to the ${towards}`;
      const way = [from ? ` ${preposition} the ${from}` : "", towards ? end : ""].join("");
      return `${colour === "orange" ? "an" : "a"} ${colour} object ${happenings[kind][0]}${way}`;
    },
    way: (from?: PictureSide, towards?: PictureSide) =>
      [from ? `from the ${from}` : "", towards ? (from === towards ? "and back" : `to the ${towards}`) : ""]
        .filter(Boolean)
        .join(" "),
    lasts: (seconds: string) => `for ${seconds} s`,
    yes: "Yes",
    colon: ": ",
    details: (parts: readonly string[]) => (parts.length > 0 ? ` (${parts.join(", ")})` : ""),
    judged: (byColour: boolean, nouns: readonly string[]) =>
      `Judged by movement${byColour ? " and colour" : ""}, without a vision model` +
      (nouns.length > 0
        ? `: I cannot tell ${list(
            nouns.map((noun) => `"${noun}"`),
            "or",
          )} from anything else that moves.`
        : "."),
    cannotTell: (nouns: readonly string[]) =>
      `I cannot tell whether there is "${list(nouns, "or")}": that needs a vision model, and this is the built-in responder without one.`,
    movingInstead: (count: number) =>
      `What I can say: ${plural(count, ["moving object", "moving objects"])} ${count === 1 ? "was" : "were"} seen, of whatever kind:`,
    nothingMoves: "No moving object was seen at all.",
    textInstead: "The word stands in these texts:",
    merely: (look: string) => `Pictures that are merely "${look}", by colours and layout:`,
    otherTimes: "At other times there are:",
    cannotName: "Who or what that is I cannot tell.",
    noSuchPlace: (places: readonly string[]) =>
      `No file with moving objects is named after ${list(
        places.map((place) => `"${place}"`),
        "or",
      )}: whether this is there I cannot tell.`,
    notJudged: (terms: readonly string[]) =>
      `Whether ${list(terms.map((term) => `"${term}"`))} is true of it I cannot judge by movement.`,
    nothingBeside: "Outside these times nothing moves there, as far as I can tell:",
    atOnce: (count: number) =>
      `${plural(count, ["moving object", "moving objects"])} ${count === 1 ? "shares" : "share"} the picture with another`,
    notAtOnce: "Not found: no two moving objects are in the picture at the same time.",
    cannotSee: "What is to be seen there I cannot tell: that needs a vision model. What I know of it:",
    sums: "I do not add up. What each page asks for:",
    alike: "By likeness of colours and layout only, unverified:",
    notFoundObjects: (objects: string, happening: string) => `Not found: ${objects} that ${happening}.`,
    noObjects: (colours: readonly ColourName[]) => `no ${[...colours, ""].join(" ")}moving object`,
    nearestColours: "Of a neighbouring colour there are:",
    othersWere: "Of other colours, sides or kinds there are:",
    notFound: (what: string) => (what ? `Not found: ${what}.` : "Nothing was found."),
    unknownWords: (words: readonly string[]) =>
      `I have no picture word for ${list(words.map((word) => `"${word}"`))}: searched text and events only.`,
    examined: (parts: readonly string[]) =>
      `Examined: ${parts.length > 0 ? list(parts) : "nothing: no indexed file is of that kind, name or time"}.`,
    videoTime: (seconds: number) =>
      `${seconds < 600 ? `${seconds.toFixed(1)} s` : `${(seconds / 60).toFixed(1)} min`} of video`,
    images: (count: number) => plural(count, kinds.image),
    pages: (count: number) => plural(count, ["page", "pages"]),
    files: (count: number) => plural(count, ["file", "files"]),
    unreadable: (count: number) => `${plural(count, ["file", "files"])} could not be read.`,
    unconfirmed: (count: number) =>
      `${plural(count, ["event", "events"])} that could not be confirmed in the picture ${count === 1 ? "is" : "are"} left out.`,
    keptTo: (files: string, other: number) =>
      `Only ${files}, whose name fits; ${plural(other, ["result", "results"])} in other files left out.`,
    more: (count: number) => `… and ${count} more.`,
    confidence: (percent: number) => `read with ${percent} % confidence`,
    vote: (percent: number, agree: number, verified: boolean) =>
      `read again closely: ${percent} % confidence, ${agree} % of the passes agree${verified ? "" : "; unverified"}`,
    said: "Said there (subtitles):",
    written: "Written there:",
    aboutHead: (name: string) => `From the text of ${name}, in order:`,
    noAmount: "The page was found, but no amount of money could be read on it:",
    listHead: (count: string, dates: string) => `${count}${dates}:`,
    none: (count: string, dates: string) => `Not found: ${count}${dates}.`,
    noKind: (kind: MediaKind | undefined) => `no ${kind ? kinds[kind][1] : "files"}`,
    dates: (from: string, to: string) => (from === to ? ` of ${from}` : ` from ${from} to ${to}`),
    taken: (name: string, place: string) => `${name} was taken at ${place}`,
    noPlace: (name: string) => `${name} does not say where it was taken`,
    isRank: (rank: string) => `The ${rank}:`,
    ranks: {
      longest: "longest",
      shortest: "shortest",
      largest: "largest",
      smallest: "smallest",
      newest: "newest",
      oldest: "oldest",
    },
    after: (what: string) => `After ${what}:`,
    before: (what: string) => `Before ${what}:`,
    nothingAfter: "Nothing more happens after that, as far as I can tell.",
    nothingBefore: "Nothing happens before that, as far as I can tell.",
    noSuchNumber: (asked: string, count: number) =>
      `There is no number ${asked}: there ${count === 1 ? "is" : "are"} only ${count}.`,
    noneOfThem: (colours: string) => `None of them is ${colours}:`,
    noEarlier: "I do not know what that refers to: nothing was found before. Please say what to look for.",
    exported: (path: string) => `Saved as ${path}`,
    lastNumber: "last",
    failed: (message: string, remedy: string) => `That did not work: ${message}. ${remedy}`.trim(),
    likeAttached: "Most alike to what came with the question:",
    notLikeAttached: "Nothing in the library is like what came with the question.",
    greeting: "Hello. Ask me about your videos, pictures and documents.",
    help:
      "I am the built-in responder, without a language model. I find when something enters, leaves or passes, read text in " +
      'pictures and documents, quote subtitles, and list files, each with its moment. Try: "when does the red car pass?", ' +
      '"what does the error dialog say?", "how much was the invoice from March?", "photos from 2024". ' +
      "A language model answers freely: see `sightline models`.",
  },
};

export type Messages = typeof en;
