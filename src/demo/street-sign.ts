import { cloud, photoHeight as height, leafyTree, photoWidth as width } from "./pictures/nature.ts";
import {
  blur,
  lettering,
  picture,
  rectangle,
  round,
  shape,
  stroke,
  verticalGradient,
} from "./pictures/svg.ts";
import type { Random } from "./random.ts";

export interface StreetSign {
  readonly street: string;
  readonly streetLatin: string;
  readonly place: string;
  readonly placeLatin: string;
}

const streets = [
  ["人民路", "RENMIN LU"],
  ["解放大道", "JIEFANG DADAO"],
  ["中山东路", "ZHONGSHAN DONGLU"],
  ["和平街", "HEPING JIE"],
  ["建设路", "JIANSHE LU"],
  ["文化路", "WENHUA LU"],
  ["南京西路", "NANJING XILU"],
  ["复兴中路", "FUXING ZHONGLU"],
  ["新华路", "XINHUA LU"],
  ["青年大街", "QINGNIAN DAJIE"],
  ["胜利路", "SHENGLI LU"],
  ["长江路", "CHANGJIANG LU"],
] as const;

const places = [
  ["火车站", "RAILWAY STATION"],
  ["医院", "HOSPITAL"],
  ["机场", "AIRPORT"],
  ["人民公园", "PEOPLE'S PARK"],
  ["地铁站", "METRO STATION"],
  ["大学", "UNIVERSITY"],
] as const;

export function someStreetSign(random: Random): StreetSign {
  const [street, streetLatin] = random.pick(streets);
  const [place, placeLatin] = random.pick(places);
  return { street, streetLatin, place, placeLatin };
}

/** A blue street sign with a green direction board under it, on a pole before trees and a house. */
export function streetSignPicture(random: Random, sign: StreetSign): string {
  const tilt = random.between(-1.6, 1.6);
  const board = (y: number, tall: number, colour: string, content: string) =>
    `${rectangle(286, y + 10, 880, tall, "#1a2433", 'rx="22" opacity="0.35"')}${rectangle(276, y, 880, tall, colour, 'rx="22"')}${content}`;
  const streetBoard = board(
    190,
    330,
    "#0b4ea2",
    lettering(sign.street, { x: 716, y: 384, size: 165, weight: 700, anchor: "middle", fill: "#ffffff" }) +
      lettering(sign.streetLatin, {
        x: 716,
        y: 474,
        size: 62,
        weight: 700,
        anchor: "middle",
        fill: "#ffffff",
      }),
  );
  const arrow = stroke("M380 700H500M452 652L502 700L452 748", "#ffffff", 22);
  const placeBoard = board(
    570,
    240,
    "#12733c",
    `${arrow}${lettering(sign.place, { x: 800, y: 698, size: 112, weight: 700, anchor: "middle", fill: "#ffffff" })}${lettering(sign.placeLatin, { x: 800, y: 768, size: 46, weight: 700, anchor: "middle", fill: "#ffffff" })}`,
  );
  return picture(
    width,
    height,
    `<defs>${blur("soft", 14)}${blur("far", 5)}${verticalGradient("sky", [0, "#86b9e2"], [1, "#e9f3f8"])}${verticalGradient("pole", [0, "#9aa3ab"], [1, "#6d767e"])}</defs>
${rectangle(0, 0, width, height, "url(#sky)")}${cloud(random, random.between(200, 1240), 120, 420, "#ffffff", 0.8)}
<g filter="url(#far)">${houses(random)}${leafyTree(random, { x: 120, footY: 1080, height: 780 }, ["#4c8a4a", "#5d9a52", "#3f7a44"])}${leafyTree(random, { x: 1340, footY: 1090, height: 680 }, ["#4c8a4a", "#5d9a52", "#3f7a44"])}</g>
${shape("M694 1080V110H738V1080Z", "url(#pole)")}${rectangle(688, 96, 56, 18, "#5d656c", 'rx="8"')}
<g transform="rotate(${round(tilt)} 716 500)">${streetBoard}${placeBoard}</g>`,
  );
}

function houses(random: Random): string {
  let row = rectangle(-60, 960, width + 120, 180, "#a7a29a");
  for (let x = -60; x < width + 60; x += 260) {
    const top = random.between(430, 620);
    row += rectangle(x, top, 250, 1000 - top, random.pick(["#cbb9a4", "#d6c7b2", "#bfae9c", "#c9c2b8"]));
    for (let windowY = top + 50; windowY < 900; windowY += 110)
      row += [50, 145]
        .map((offset) => rectangle(x + offset, windowY, 54, 66, random.pick(["#7c8fa0", "#91a2b0"])))
        .join("");
  }
  return row;
}
