import type { Random } from "./random.ts";

export interface Slide {
  readonly title: string;
  readonly bullets: readonly string[];
  /** What the speaker says while it is shown: English and Chinese. */
  readonly speech: readonly (readonly [english: string, chinese: string])[];
}

export interface Talk {
  readonly fileName: string;
  readonly title: string;
  readonly speaker: string;
  readonly slides: readonly Slide[];
  /** A fact that only the subtitles hold. */
  readonly fact: {
    readonly question: string;
    readonly questionChinese: string;
    /** Index of its slide and of its line there. */
    readonly slide: number;
    readonly line: number;
    /** What the answer has to contain. */
    readonly answer: string;
  };
}

const speakers = ["Dr. Mira Okafor", "Prof. Jonas Lindqvist", "Dr. Wei Zhang", "Amelia Hartley"];

function bees(random: Random): Talk {
  const [metres, dances] = [random.whole(31, 59) * 100, random.whole(23, 87)];
  return {
    fileName: "talk-how-bees-find-home.mp4",
    title: "How Bees Find Their Way Home",
    speaker: random.pick(speakers),
    slides: [
      {
        title: "Reading the Sky",
        bullets: [
          "The sun is a compass",
          "Polarised light shows it behind clouds",
          "An inner clock corrects the hour",
        ],
        speech: [
          ["A bee reads the sun like a compass.", "蜜蜂把太阳当作指南针。"],
          ["Even behind clouds she sees polarised light.", "即使在云后，她也能看到偏振光。"],
        ],
      },
      {
        title: "The Waggle Dance",
        bullets: [
          "The angle tells the direction",
          "The duration tells the distance",
          "Sisters follow in the dark",
        ],
        speech: [
          ["Back in the hive she dances for her sisters.", "回到蜂巢，她为姐妹们跳舞。"],
          [`We filmed ${dances} dances in one afternoon.`, `我们一个下午拍摄了${dances}次舞蹈。`],
        ],
      },
      {
        title: "Memory of Places",
        bullets: ["Landmarks close to the hive", "Smells of the meadow", "Long flights at the end of summer"],
        speech: [
          ["Near the hive, landmarks take over.", "在蜂巢附近，地标接管了导航。"],
          [`The longest flight we measured was ${metres} metres.`, `我们测到的最长飞行是${metres}米。`],
        ],
      },
    ],
    fact: {
      question: "How long was the longest flight of a bee that they measured?",
      questionChinese: "最长飞行是多少米?",
      slide: 2,
      line: 1,
      answer: String(metres),
    },
  };
}

function bridges(random: Random): Talk {
  const [tonnes, hertz] = [random.whole(310, 790), random.whole(12, 38)];
  return {
    fileName: "talk-why-bridges-sing.mp4",
    title: "Why Bridges Sing in the Wind",
    speaker: random.pick(speakers),
    slides: [
      {
        title: "Wind Meets a Cable",
        bullets: [
          "Air sheds vortices on each side",
          "The pushes come in rhythm",
          "The cable answers like a string",
        ],
        speech: [
          ["Every cable in the wind is a string.", "风中的每根缆索都是一根琴弦。"],
          ["The air pushes it left and right in rhythm.", "空气有节奏地左右推动它。"],
        ],
      },
      {
        title: "When Notes Grow Loud",
        bullets: [
          "Resonance adds up small pushes",
          "Footsteps can do the same",
          "Soldiers break step on bridges",
        ],
        speech: [
          [`This footbridge hummed at ${hertz} hertz.`, `这座人行桥以${hertz}赫兹嗡嗡作响。`],
          ["People walking in step made it sway.", "人们齐步走使它摇摆。"],
        ],
      },
      {
        title: "How Engineers Quiet Them",
        bullets: [
          "Dampers soak up the motion",
          "Rough cables break the vortices",
          "Models are tested in wind tunnels",
        ],
        speech: [
          ["A heavy damper soaks up the motion.", "沉重的阻尼器吸收了运动。"],
          [`The damper in this tower weighs ${tonnes} tonnes.`, `这座塔的阻尼器重${tonnes}吨。`],
        ],
      },
    ],
    fact: {
      question: "How much does the damper in the tower weigh?",
      questionChinese: "阻尼器重多少吨?",
      slide: 2,
      line: 1,
      answer: String(tonnes),
    },
  };
}

function tea(random: Random): Talk {
  const [degrees, year] = [random.whole(72, 88), random.whole(1606, 1689)];
  return {
    fileName: "talk-short-history-of-tea.mp4",
    title: "A Short History of Tea",
    speaker: random.pick(speakers),
    slides: [
      {
        title: "One Plant, Six Teas",
        bullets: ["Green, white and yellow", "Oolong, black and dark", "Only the drying differs"],
        speech: [
          ["All tea comes from one single plant.", "所有的茶都来自同一种植物。"],
          ["What differs is how the leaves are dried.", "不同的是茶叶的干燥方法。"],
        ],
      },
      {
        title: "Along the Old Roads",
        bullets: [
          "Horses carried it over mountains",
          "Bricks of tea served as money",
          "Ships brought it to Europe",
        ],
        speech: [
          ["Caravans carried tea over the mountains.", "马帮把茶叶运过高山。"],
          [`The first chest reached Amsterdam in ${year}.`, `第一箱茶叶于${year}年到达阿姆斯特丹。`],
        ],
      },
      {
        title: "A Good Cup",
        bullets: ["Soft water, freshly boiled", "Let it cool for green tea", "Two minutes are enough"],
        speech: [
          [`Green tea wants water of ${degrees} degrees.`, `绿茶需要${degrees}度的水。`],
          ["Pour it out after two minutes.", "两分钟后倒出来。"],
        ],
      },
    ],
    fact: {
      question: "How many degrees should the water for green tea have?",
      questionChinese: "绿茶需要多少度的水?",
      slide: 2,
      line: 0,
      answer: String(degrees),
    },
  };
}

export function someTalk(random: Random): Talk {
  return random.pick([bees, bridges, tea])(random);
}
