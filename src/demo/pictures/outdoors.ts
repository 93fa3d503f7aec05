import type { Random } from "../random.ts";
import {
  birds,
  closedLine,
  cloud,
  glints,
  photoHeight as height,
  hills,
  leafyTree,
  photoWidth as width,
} from "./nature.ts";
import {
  blur,
  circle,
  ellipse,
  horizontalGradient,
  picture,
  rectangle,
  round,
  shape,
  stroke,
  verticalGradient,
} from "./svg.ts";

const soft = blur("soft", 14);

/** A field of sunflowers that fills nearly the whole picture. */
export function yellowFlowers(random: Random): string {
  const rows = Array.from({ length: 9 }, (_, row) => {
    const near = (row + 1) / 9;
    const size = 14 + near ** 2 * 92;
    const y = 250 + near ** 1.6 * 760;
    const step = size * 1.75;
    let flowers = "";
    for (let x = random.between(-step, 0); x < width + step; x += step * random.between(0.85, 1.1))
      flowers += sunflower(random, x, y + random.between(-0.35, 0.35) * size, size);
    return flowers;
  }).join("");
  return picture(
    width,
    height,
    `<defs>${soft}${verticalGradient("sky", [0, "#7fc0ee"], [1, "#e8f4fb"])}${verticalGradient("field", [0, "#e9c02a"], [1, "#8a8a1e"])}</defs>
${rectangle(0, 0, width, 320, "url(#sky)")}${cloud(random, random.between(200, 1240), 130, 420, "#ffffff")}
${rectangle(0, 235, width, height - 235, "url(#field)")}${rows}`,
  );
}

function sunflower(random: Random, x: number, y: number, size: number): string {
  const petals = size < 30 ? 9 : 16;
  const turn = random.between(0, 40);
  const yellow = random.pick(["#ffd21f", "#ffc90e", "#fbbf00", "#ffdb3a"]);
  let flower = stroke(
    `M${round(x)} ${round(y)}q${round(size * 0.1)} ${round(size)} 0 ${round(size * 2.2)}`,
    "#5f7f22",
    size * 0.12,
  );
  for (let petal = 0; petal < petals; petal++)
    flower += `<g transform="translate(${round(x)} ${round(y)}) rotate(${round(turn + (petal * 360) / petals)})">${ellipse(size * 0.66, 0, size * 0.4, size * 0.19, yellow)}</g>`;
  return flower + circle(x, y, size * 0.4, "#6a3f14") + circle(x, y, size * 0.25, "#4a2a0c");
}

/** Balloons over a pink morning valley. */
export function balloons(random: Random): string {
  const spots = random.shuffled([
    [330, 380, 1.5],
    [800, 250, 1],
    [1130, 430, 1.25],
    [590, 600, 0.6],
    [960, 640, 0.5],
  ] as const);
  const colours = random.shuffled(["#8e3bb0", "#e0457b", "#6a4fc4", "#c23a8f", "#f06a9b"]);
  const drawn = spots
    .map(([x, y, scale], index) => balloon(x, y, 120 * scale, colours[index] ?? "#e0457b"))
    .join("");
  return picture(
    width,
    height,
    `<defs>${soft}${verticalGradient("sky", [0, "#c98ad6"], [0.5, "#f7a8c4"], [1, "#ffd9d6"])}${verticalGradient("land", [0, "#b27aa8"], [1, "#7a4a82"])}</defs>
${rectangle(0, 0, width, height, "url(#sky)")}${cloud(random, random.between(200, 1200), 700, 620, "#fff0f2", 0.7)}${cloud(random, random.between(200, 1200), 170, 460, "#ffe3ea", 0.7)}
${shape(hills(random, 860, 60), "#d9a0c0")}${shape(hills(random, 930, 60), "url(#land)")}${shape(hills(random, 1010, 40), "#5e3a6c")}${drawn}`,
  );
}

function balloon(x: number, y: number, radius: number, colour: string): string {
  const bag = (half: number) =>
    `M${round(x)} ${round(y - radius)}C${round(x + half * 1.32)} ${round(y - radius)} ${round(x + half * 1.25)} ${round(y + radius * 0.4)} ${round(x + half * 0.2)} ${round(y + radius * 1.25)}H${round(x - half * 0.2)}C${round(x - half * 1.25)} ${round(y + radius * 0.4)} ${round(x - half * 1.32)} ${round(y - radius)} ${round(x)} ${round(y - radius)}Z`;
  return `${stroke(`M${round(x - radius * 0.18)} ${round(y + radius * 1.25)}L${round(x - radius * 0.12)} ${round(y + radius * 1.55)}M${round(x + radius * 0.18)} ${round(y + radius * 1.25)}L${round(x + radius * 0.12)} ${round(y + radius * 1.55)}`, "#5a3a3a", 3)}${shape(bag(radius), colour)}${shape(bag(radius * 0.62), "#ffffff", 'opacity="0.35"')}${shape(bag(radius * 0.26), colour)}${rectangle(x - radius * 0.15, y + radius * 1.5, radius * 0.3, radius * 0.24, "#7a5230", 'rx="3"')}`;
}

/** A boat with a white sail on a green-blue sea, gulls above. */
export function sailboat(random: Random): string {
  const x = random.between(560, 820);
  return picture(
    width,
    height,
    `<defs>${soft}${verticalGradient("sky", [0, "#9ccbe8"], [1, "#eef7fb"])}${verticalGradient("sea", [0, "#2f9fae"], [1, "#0b5a70"])}${horizontalGradient("sail", [0, "#dfe6ea"], [0.5, "#ffffff"], [1, "#f4f7f8"])}</defs>
${rectangle(0, 0, width, 640, "url(#sky)")}${cloud(random, random.between(150, 500), 260, 460, "#ffffff")}${cloud(random, random.between(900, 1300), 180, 380, "#ffffff")}
${rectangle(0, 620, width, height - 620, "url(#sea)")}${glints(random, { x: width / 2, spread: 820, top: 640, bottom: height }, "#c9f0ef", 170)}
${ellipse(x + 40, 812, 300, 18, "#08485a", 'opacity="0.5"')}
${stroke(`M${round(x)} 170V760`, "#5a4632", 12)}${shape(`M${round(x + 14)} 180Q${round(x + 250)} 480 ${round(x + 290)} 690H${round(x + 14)}Z`, "url(#sail)")}${shape(`M${round(x - 12)} 240Q${round(x - 90)} 500 ${round(x - 210)} 690H${round(x - 12)}Z`, "#f4f7f8")}
${shape(`M${round(x - 270)} 735H${round(x + 330)}Q${round(x + 280)} 820 ${round(x + 190)} 820H${round(x - 150)}Q${round(x - 240)} 810 ${round(x - 270)} 735Z`, "#f7f3ea")}${shape(`M${round(x - 268)} 738H${round(x + 328)}L${round(x + 318)} 758H${round(x - 262)}Z`, "#20445c")}${birds(random, 5, x > 690 ? 300 : 1120, 330, "#56707c")}`,
  );
}

/** An avenue in autumn: orange crowns left and right of a path. */
export function autumnAvenue(random: Random): string {
  const orange = ["#e8761a", "#f08c22", "#d9601a", "#f4a336", "#cf5214"];
  const trees = [0.25, 0.4, 0.6, 0.85, 1.2]
    .map((near) => {
      const [footY, tall] = [520 + near * 360, 260 + near * 640];
      const off = 60 + near * 520;
      const tree = (x: number) => leafyTree(random, { x, footY, height: tall }, orange, "#3d2817");
      return tree(width / 2 - off) + tree(width / 2 + off);
    })
    .join("");
  const fallen = Array.from({ length: 420 }, () => {
    const depth = random.next();
    const y = 640 + depth * 440;
    return ellipse(random.between(0, width), y, 3 + depth * 9, 2 + depth * 4, random.pick(orange));
  }).join("");
  return picture(
    width,
    height,
    `<defs>${verticalGradient("sky", [0, "#f6d9a0"], [1, "#fdf0d2"])}${verticalGradient("path", [0, "#c9a878"], [1, "#a07a4c"])}</defs>
${rectangle(0, 0, width, height, "url(#sky)")}${rectangle(0, 600, width, 480, "#c07a2a")}${shape("M690 600H750L1140 1080H300Z", "url(#path)")}${fallen}${trees}`,
  );
}

/** Brown dunes with sharp crests under a pale sky. */
export function dunes(random: Random): string {
  const crest = (baseY: number, tall: number) => {
    const top = random.between(0.25, 0.75);
    return Array.from({ length: 73 }, (_, index) => {
      const t = index / 72;
      const side = t < top ? t / top : (1 - t) / (1 - top);
      return baseY - tall * side ** 1.5 - 14 * Math.sin(t * 9 + baseY);
    });
  };
  const dune = (baseY: number, tall: number, lit: string, shaded: string) => {
    const line = crest(baseY, tall);
    const lower = line.map((y, index) => y + 14 + 110 * Math.abs(Math.sin(index / 13 + baseY)) ** 1.4);
    return shape(closedLine(line), lit) + shape(closedLine(lower), shaded);
  };
  return picture(
    width,
    height,
    `<defs>${verticalGradient("sky", [0, "#cfe3ee"], [1, "#f7ead2"])}${verticalGradient("lit", [0, "#c98d50"], [1, "#a86c36"])}${verticalGradient("dark", [0, "#7d4c24"], [1, "#94602f"])}</defs>
${rectangle(0, 0, width, height, "url(#sky)")}${circle(random.between(200, 1240), 150, 60, "#fff8e0")}
${dune(470, 120, "#d6a56c", "#bb8450")}${dune(600, 190, "#c08548", "#945c2c")}${dune(830, 260, "url(#lit)", "url(#dark)")}${dune(1040, 150, "#9c6430", "#6d4220")}`,
  );
}
