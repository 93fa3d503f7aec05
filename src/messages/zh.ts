import type { ActivityKind, PictureSide } from "../media/activity-event.ts";
import type { ColourName } from "../media/colour-name.ts";
import type { MediaKind } from "../media/media-item.ts";
import type { Messages } from "./en.ts";

const kinds: Readonly<Record<MediaKind, string>> = {
  image: "张图片",
  video: "段视频",
  audio: "个音频",
  document: "份文档",
};
const kindNames: Readonly<Record<MediaKind, string>> = {
  image: "图片",
  video: "视频",
  audio: "音频",
  document: "文档",
};
const sides: Readonly<Record<PictureSide, string>> = {
  left: "左边",
  right: "右边",
  top: "上方",
  bottom: "下方",
};
const colours: Readonly<Record<ColourName, string>> = {
  black: "黑色",
  white: "白色",
  grey: "灰色",
  red: "红色",
  orange: "橙色",
  yellow: "黄色",
  green: "绿色",
  blue: "蓝色",
  purple: "紫色",
  pink: "粉色",
  brown: "棕色",
};
const happenings: Readonly<Record<ActivityKind | "visits" | "any", string>> = {
  visits: "出现在画面中",
  enters: "进入画面",
  leaves: "离开画面",
  appears: "出现或被放下",
  disappears: "消失或被拿走",
  moves: "移动",
  "camera-moves": "移动",
  any: "有动静",
};

const list = (parts: readonly string[], last = "和"): string => {
  const end = parts.at(-1) ?? "";
  if (parts.length < 2) return end;
  const front = parts.slice(0, -1).join("、");
  // Digits and Latin letters stand off from Chinese ones, as everywhere in these messages.
  return `${front}${latinEnd.test(front) ? " " : ""}${last}${latinStart.test(end) ? " " : ""}${end}`;
};
const latinEnd = /[\p{Script=Latin}\d]$/u;
const latinStart = /^[\p{Script=Latin}\d]/u;
const coloured = (names: readonly ColourName[]): string =>
  names.length > 0 ? `${names.map((name) => colours[name]).join("或")}的` : "";
const fromSide = (kind: ActivityKind, side?: PictureSide): string =>
  side ? (kind === "leaves" ? `在${sides[side]}` : `从${sides[side]}`) : "";

export const zh: Messages = {
  agent: {
    unknownHandle: (handle) => `回答引用了 [${handle}],但没有任何工具给出它:已删除。`,
    unheldTime: (time) => `回答提到时间 ${time},但没有证据支持。`,
    failedCheck: (number) => `重新查看了 [${number}] 的时刻,未能证实。`,
    endless: "模型没有自行停止:回答被截断。",
    turnLimit: "在允许的步数内没有得出回答。",
  },
  answer: {
    list,
    or: (parts) => list(parts, "或"),
    quote: (text) => `“${text}”`,
    colour: (colour) => colours[colour],
    side: (side) => sides[side],
    kind: (kind, count) => `${count} ${kind ? kinds[kind] : "个文件"}`,
    objects: (count, names) => `${count} 个${coloured(names)}移动物体`,
    happen: (what, _count, sideWords) => {
      const from =
        sideWords.length > 0
          ? `${what === "leaves" ? "在" : "从"}${list(
              sideWords.map((side) => sides[side]),
              "或",
            )}`
          : "";
      return `${from}${happenings[what]}`;
    },
    found: (objects, happening) => `${objects}${happening}`,
    cameraMoves: (count) => `镜头移动了 ${count} 次`,
    cameraStill: "没有发现镜头移动。",
    eventsFound: (count) => `${count} 个事件`,
    event: (kind, colour, from, towards) => {
      if (kind === "camera-moves") return "镜头移动";
      const way = towards ? `,${from === towards ? "又回到" : "去往"}${sides[towards]}` : "";
      return `${colours[colour]}物体${fromSide(kind, from)}${happenings[kind]}${way}`;
    },
    way: (from, towards) =>
      [
        from ? `从${sides[from]}` : "",
        towards ? `${from === towards ? "又回" : ""}到${sides[towards]}` : "",
      ].join(""),
    lasts: (seconds) => `持续 ${seconds} 秒`,
    yes: "有",
    colon: ":",
    details: (parts) => (parts.length > 0 ? ` (${parts.join(",")})` : ""),
    judged: (byColour, nouns) =>
      `仅凭运动${byColour ? "和颜色" : ""}判断,没有视觉模型` +
      (nouns.length > 0
        ? `:无法区分${list(
            nouns.map((noun) => `“${noun}”`),
            "或",
          )}与其他移动的东西。`
        : "。"),
    cannotTell: (nouns) =>
      `我无法判断是否有“${list(nouns, "或")}”:这需要视觉模型,而我是没有视觉模型的内置应答器。`,
    movingInstead: (count) => `能确定的是:看到了 ${count} 个移动物体,不知是何物:`,
    nothingMoves: "没有看到任何移动物体。",
    textInstead: "以下文字中有这个词:",
    merely: (look) => `仅凭颜色和布局像“${look}”的图像:`,
    otherTimes: "其他时间有:",
    cannotName: "无法判断那是谁或是什么。",
    noSuchPlace: (places) =>
      `没有文件名含${list(places.map((place) => `“${place}”`))}的移动物体:无法判断以下是否在那里。`,
    notJudged: (terms) => `仅凭运动无法判断${list(terms.map((term) => `“${term}”`))}。`,
    nothingBeside: "据我所知,除以下时间外没有东西移动:",
    atOnce: (count) => `${count} 个移动物体与其他物体同时出现在画面中`,
    notAtOnce: "没有找到:没有两个移动物体同时出现在画面中。",
    cannotSee: "无法判断画面显示的内容:这需要视觉模型。已知信息:",
    sums: "我不做加总。各页的金额如下:",
    alike: "仅凭颜色和布局相似,未经证实:",
    notFoundObjects: (objects, happening) => `没有找到:${objects}${happening}。`,
    noObjects: (names) => `没有${coloured(names)}移动物体`,
    nearestColours: "颜色相近的有:",
    othersWere: "其他颜色、方向或类型的有:",
    notFound: (what) => (what ? `没有找到:${what}。` : "什么也没有找到。"),
    unknownWords: (words) => `没有${list(words.map((word) => `“${word}”`))}对应的图像词:只搜索了文字和事件。`,
    examined: (parts) =>
      `已检查:${parts.length > 0 ? list(parts) : "无,没有符合种类、名称或时间的已索引文件"}。`,
    videoTime: (seconds) =>
      `${seconds < 600 ? `${seconds.toFixed(1)} 秒` : `${(seconds / 60).toFixed(1)} 分钟`}视频`,
    images: (count) => `${count} ${kinds.image}`,
    pages: (count) => `${count} 页`,
    files: (count) => `${count} 个文件`,
    unreadable: (count) => `${count} 个文件无法读取。`,
    unconfirmed: (count: number) => `另有 ${count} 个事件在画面中无法证实,未列出。`,
    keptTo: (files, other) => `只看名称相符的 ${files};其他文件中还有 ${other} 个结果未列出。`,
    more: (count) => `……还有 ${count} 个。`,
    confidence: (percent) => `识别置信度 ${percent} %`,
    vote: (percent, agree, verified) =>
      `再次细读:置信度 ${percent} %,${agree} % 的识别结果一致${verified ? "" : ";未经证实"}`,
    said: "原话(字幕):",
    written: "原文:",
    aboutHead: (name) => `${name} 中的文字,按顺序:`,
    noAmount: "找到了这一页,但上面读不出金额:",
    listHead: (count, dates) => `${dates}${count}:`,
    none: (count, dates) => `没有找到:${dates}${count}。`,
    noKind: (kind) => (kind ? kindNames[kind] : "文件"),
    dates: (from, to) => (from === to ? `${from} 的 ` : `${from} 至 ${to} 的 `),
    taken: (name, place) => `${name} 拍摄于 ${place}`,
    noPlace: (name) => `${name} 没有记录拍摄地点`,
    isRank: (rank) => `${rank}的:`,
    ranks: {
      longest: "最长",
      shortest: "最短",
      largest: "最大",
      smallest: "最小",
      newest: "最新",
      oldest: "最早",
    },
    after: (what) => `${what} 之后:`,
    before: (what) => `${what} 之前:`,
    nothingAfter: "据我所知,之后没有再发生什么。",
    nothingBefore: "据我所知,之前没有发生什么。",
    noSuchNumber: (asked, count) => `没有第 ${asked} 个:一共只有 ${count} 个。`,
    noneOfThem: (names) => `其中没有${names}的:`,
    noEarlier: "我不知道指的是什么:之前没有找到任何内容。请说明要找什么。",
    exported: (path) => `已保存为 ${path}`,
    lastNumber: "最后一",
    failed: (message, remedy) => `没有成功:${message}。${remedy}`.trim(),
    likeAttached: "与随问题附上的内容最相似的是:",
    notLikeAttached: "库里没有与附上的内容相似的。",
    greeting: "你好。可以问我关于你的视频、图片和文档的问题。",
    help:
      "我是内置应答器,没有语言模型。我能找出物体何时进入、离开或经过,读出图片和文档中的文字,引用字幕,列出文件,并给出每个时刻。" +
      "可以试试:“红色的车什么时候出现?”“错误对话框写了什么?”“三月的发票多少钱?”“2024年的照片”。" +
      "安装语言模型后可以自由提问:见 `sightline models`。",
  },
};
