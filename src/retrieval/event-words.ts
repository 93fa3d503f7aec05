import type { ActivityEvent, ActivityKind, PictureSide, RegionSize } from "../media/activity-event.ts";
import type { ColourName } from "../media/colour-name.ts";
import { foldText, segmentWords, stemOf } from "./query-words.ts";

/** What a query asks of activity events. An empty list asks nothing. */
export interface EventWish {
  readonly kinds: readonly ActivityKind[];
  readonly colours: readonly ColourName[];
  readonly sides: readonly PictureSide[];
  readonly sizes: readonly RegionSize[];
  /** The words of the query that were understood this way, as written there. */
  readonly words: readonly string[];
}

type Lexicon<Value extends string> = Readonly<Record<Value, string>>;

// "Appear", "arrive" and 出现 are said of what enters, too; an event knows which it was.
const kindWords: Lexicon<ActivityKind> = {
  enters:
    "enter enters entered entering arrive arrives arrived arriving come comes coming came appear appears appeared appearing " +
    "进入 进来 进 驶入 走进 出现 到达",
  leaves:
    "leave leaves leaving exit exits exited depart departs departing disappear disappears disappeared vanish vanishes go goes gone " +
    "离开 出去 驶出 走出 走开 消失",
  appears: "appear appears appeared appearing arrive arrives arrived arriving 出现",
  disappears: "disappear disappears disappeared disappearing vanish vanishes 消失 不见",
  moves:
    "move moves moved moving pass passes passed passing cross crosses crossed crossing drive drives driving drove " +
    "经过 通过 移动 驶过 路过 走过",
  "camera-moves": "pan pans panning",
};
const colourWords: Lexicon<ColourName> = {
  black: "black 黑色 黑",
  white: "white 白色 白",
  grey: "grey gray silver 灰色 灰 银色",
  red: "red 红色 红",
  orange: "orange 橙色 橙 橘色",
  yellow: "yellow 黄色 黄",
  green: "green 绿色 绿",
  blue: "blue 蓝色 蓝",
  purple: "purple violet 紫色 紫",
  pink: "pink 粉色 粉红色 粉红",
  brown: "brown 棕色 褐色 棕",
};
const sideWords: Lexicon<PictureSide> = {
  left: "left 左边 左侧 左",
  right: "right 右边 右侧 右",
  top: "top above 上方 顶部 上边",
  bottom: "bottom below 下方 底部 下边",
};
const sizeWords: Lexicon<RegionSize> = {
  small: "small little tiny 小",
  medium: "medium",
  large: "large big huge 大",
};
/** Nouns of things that move: they do not narrow events, since events know no kinds of object. */
const movingNouns = new Set(
  (
    "object thing something someone somebody anyone anything car vehicle truck lorry van bus taxi tram train tractor boat " +
    "ship plane ambulance bike bicycle motorcycle scooter person people man men woman women child children kid boy girl " +
    "visitor walker pedestrian runner cyclist dog cat horse bird animal ball 车 汽车 车辆 人 物体 东西 男人 女人 孩子 小孩 " +
    "狗 猫 马 鸟 动物 船 火车 飞机 自行车 卡车"
  )
    .split(" ")
    .map(stemOf),
);

const lexicons = {
  kinds: listed(kindWords),
  colours: listed(colourWords),
  sides: listed(sideWords),
  sizes: listed(sizeWords),
};

function listed<Value extends string>(
  lexicon: Lexicon<Value>,
): readonly (readonly [Value, ReadonlySet<string>])[] {
  const entries = Object.entries(lexicon) as [Value, string][];
  return entries.map(([value, words]) => [value, new Set(words.split(" "))] as const);
}

export function isMovingNoun(word: string): boolean {
  const folded = foldText(word);
  return movingNouns.has(stemOf(folded)) || /[车人]$/u.test(folded);
}

/** Whether a word names only a colour, which says nothing of what has it. */
export function isColourWord(word: string): boolean {
  const folded = foldText(word);
  return lexicons.colours.some(([, known]) => known.has(folded));
}

/** Reads kinds, colours, sides and sizes out of a query's content words. */
export function eventWishOf(words: readonly string[]): EventWish {
  const read = words.map((word) => {
    const pieces = [word, ...segmentWords(word).map((piece) => piece.word)];
    const valuesIn = <Value>(lexicon: readonly (readonly [Value, ReadonlySet<string>])[]) =>
      lexicon.flatMap(([value, known]) => (pieces.some((piece) => known.has(piece)) ? [value] : []));
    const { kinds, colours, sides, sizes } = lexicons;
    return {
      kinds: valuesIn(kinds),
      colours: valuesIn(colours),
      sides: valuesIn(sides),
      sizes: valuesIn(sizes),
    };
  });
  return {
    kinds: read.flatMap(({ kinds }) => kinds),
    colours: read.flatMap(({ colours }) => colours),
    sides: read.flatMap(({ sides }) => sides),
    sizes: read.flatMap(({ sizes }) => sizes),
    words: words.filter((_, i) => Object.values(read[i]!).some((values) => values.length > 0)),
  };
}

/**
 * Whether events can answer the query: it names something that happens, or a colour or size of something that may
 * move. A blue door is none, and neither is a red wall.
 */
export function asksForEvents(wish: EventWish, words: readonly string[]): boolean {
  if (wish.kinds.length > 0) return true;
  if (wish.colours.length === 0 && wish.sizes.length === 0) return false;
  const others = words.filter((word) => !wish.words.includes(word));
  return others.every(isMovingNoun);
}

const allows = <Value>(wanted: readonly Value[], value: Value | undefined) =>
  wanted.length === 0 || (value !== undefined && wanted.includes(value));

export function fitsWish(event: ActivityEvent, wish: EventWish): boolean {
  const sideFits =
    allows(wish.sides, event.side) || (event.kind === "moves" && allows(wish.sides, event.towards));
  return (
    sideFits &&
    allows(wish.kinds, event.kind) &&
    allows(wish.colours, event.colour) &&
    allows(wish.sizes, event.size) &&
    (event.kind !== "camera-moves" || wish.kinds.includes("camera-moves"))
  );
}
