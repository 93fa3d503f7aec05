import type { Random } from "../random.ts";
import { photoHeight as height, photoWidth as width } from "./nature.ts";
import {
  blur,
  circle,
  ellipse,
  grain,
  picture,
  radialGradient,
  rectangle,
  round,
  shape,
  stroke,
  verticalGradient,
} from "./svg.ts";

/** Dark towers with lit windows, a moon, and their lights in the river. */
export function cityAtNight(random: Random): string {
  const ground = 800;
  let towers = "";
  let lights = "";
  for (const [row, colour] of ["#1a2145", "#10152f", "#090c1f"].entries()) {
    for (let x = -30; x < width; ) {
      const wide = random.between(80, 170);
      const tall = random.between(170, 560) - row * 70;
      towers += rectangle(x, ground - tall, wide, tall, colour);
      if (random.next() < 0.25) towers += rectangle(x + wide / 2 - 3, ground - tall - 70, 6, 70, colour);
      lights += litWindows(random, x, ground - tall, wide, tall);
      x += wide + random.between(-4, 24);
    }
    towers += lights;
    lights = "";
  }
  const moonX = random.between(160, 1280);
  const shimmer = Array.from({ length: 230 }, () => {
    const depth = random.next();
    return ellipse(
      random.between(0, width),
      ground + 10 + depth * 260,
      random.between(10, 46),
      1.5 + depth * 2.5,
      random.pick(["#ffd98a", "#ffb85c", "#8fb4ff", "#ff8fa0"]),
      `opacity="${round(random.between(0.2, 0.8))}"`,
    );
  }).join("");
  const stars = Array.from({ length: 90 }, () =>
    circle(random.between(0, width), random.between(0, 420), random.between(0.8, 2.2), "#dfe6ff"),
  ).join("");
  return picture(
    width,
    height,
    `<defs>${verticalGradient("sky", [0, "#04061a"], [0.6, "#141a44"], [1, "#3a2f66"])}${radialGradient("glow", [0, "#fdf6d8", 0.6], [1, "#fdf6d8", 0])}${verticalGradient("river", [0, "#12183a"], [1, "#04061a"])}</defs>
${rectangle(0, 0, width, height, "url(#sky)")}${stars}${circle(moonX, 150, 150, "url(#glow)")}${circle(moonX, 150, 48, "#fdf6d8")}
${towers}${rectangle(0, ground, width, height - ground, "url(#river)")}${shimmer}${rectangle(0, ground - 6, width, 12, "#05070f")}`,
  );
}

function litWindows(random: Random, x: number, top: number, wide: number, tall: number): string {
  let lit = "";
  for (let row = top + 16; row < top + tall - 16; row += 24)
    for (let column = x + 12; column < x + wide - 16; column += 20)
      if (random.next() < 0.42)
        lit += rectangle(column, row, 10, 13, random.pick(["#ffd98a", "#ffe9b0", "#ffc266", "#cfe0ff"]));
  return lit;
}

/** A red bicycle that leans on a pale plaster wall. */
export function redBicycle(random: Random): string {
  const red = random.pick(["#d0161f", "#c8102e", "#d81e26"]);
  const [backX, frontX, axleY, radius] = [random.between(400, 440), random.between(1000, 1040), 760, 205];
  const wheel = (x: number) => {
    const spokes = Array.from({ length: 14 }, (_, index) => {
      const angle = (index / 14) * Math.PI * 2;
      return `M${round(x)} ${axleY}L${round(x + Math.cos(angle) * radius)} ${round(axleY + Math.sin(angle) * radius)}`;
    }).join("");
    return `${stroke(spokes, "#9aa0a6", 2.5)}<circle cx="${round(x)}" cy="${axleY}" r="${radius}" fill="none" stroke="#22262a" stroke-width="20"/><circle cx="${round(x)}" cy="${axleY}" r="${radius - 16}" fill="none" stroke="#b9bec4" stroke-width="8"/>${circle(x, axleY, 16, "#44484d")}`;
  };
  const [seatX, seatY] = [backX + 185, 440];
  const [headX, headY] = [frontX - 85, 450];
  const [crankX, crankY] = [backX + 265, 770];
  const frame = `M${round(backX)} ${axleY}L${round(crankX)} ${crankY}L${round(seatX)} ${seatY}ZM${round(seatX + 14)} ${seatY + 48}L${round(headX)} ${headY}M${round(headX + 16)} ${headY + 62}L${round(crankX)} ${crankY}M${round(headX - 10)} ${headY - 60}L${round(frontX)} ${axleY}`;
  const stones = Array.from({ length: 12 }, (_, index) =>
    rectangle(
      index * 124 - 20 + random.between(-8, 8),
      965,
      118,
      130,
      random.pick(["#b7b0a4", "#a9a297", "#c2bbae"]),
      'rx="6"',
    ),
  ).join("");
  return picture(
    width,
    height,
    `<defs>${verticalGradient("wall", [0, "#f4ead6"], [1, "#e2d3b6"])}${blur("shadow", 16)}${grain("plaster", "0.035", random.whole(1, 90), 0.3)}</defs>
${rectangle(0, 0, width, height, "url(#wall)")}${rectangle(0, 0, width, 960, "#000", 'filter="url(#plaster)" opacity="0.35"')}
${rectangle(0, 955, width, 130, "#8d867b")}${stones}
${ellipse((backX + frontX) / 2, 975, 560, 26, "#3a3428", 'opacity="0.45" filter="url(#shadow)"')}
${wheel(backX)}${wheel(frontX)}
${stroke(frame, red, 26)}${stroke(`M${round(backX - 228)} ${axleY - 64}A237 237 0 0 1 ${round(backX + 80)} ${axleY - 223}`, red, 18)}
${stroke(`M${round(seatX)} ${seatY}L${round(seatX - 12)} ${seatY - 52}`, "#3a3d41", 16)}${shape(`M${round(seatX - 105)} ${seatY - 66}Q${round(seatX - 20)} ${seatY - 96} ${round(seatX + 95)} ${seatY - 58}Q${round(seatX)} ${seatY - 30} ${round(seatX - 105)} ${seatY - 66}Z`, "#5a3822")}
${stroke(`M${round(headX - 10)} ${headY - 60}L${round(headX - 28)} ${headY - 130}Q${round(headX + 60)} ${headY - 170} ${round(headX + 92)} ${headY - 96}Q${round(headX + 96)} ${headY - 66} ${round(headX + 62)} ${headY - 60}`, "#3a3d41", 15)}
${circle(crankX, crankY, 52, "none", 'stroke="#33373b" stroke-width="13"')}${stroke(`M${round(crankX)} ${crankY}l52 84m-26 2h58`, "#33373b", 14)}
${shape(`M${round(headX + 14)} ${headY - 40}h170l-18 118h-134Z`, "#b98a52")}${stroke(`M${round(headX + 22)} ${headY}h154M${round(headX + 28)} ${headY + 38}h142`, "#8f6433", 6)}`,
  );
}

/** A blue door with a brass knocker in a white wall, two steps and pots of geranium. */
export function blueDoor(random: Random): string {
  const x = random.between(500, 560);
  const blue = random.pick(["#1554b5", "#1a4fa8", "#1f5fc4"]);
  const panel = (left: number, top: number, tall: number) =>
    `${rectangle(left, top, 148, tall, "#0d3c86", 'rx="4"')}${rectangle(left + 9, top + 9, 130, tall - 18, blue, 'rx="3"')}`;
  const pot = (potX: number) => {
    const blooms = Array.from({ length: 46 }, () =>
      circle(
        potX + random.between(-95, 95),
        790 + random.between(-95, 50),
        random.between(11, 24),
        random.pick(["#3f8a3c", "#2f7334", "#57a04a", "#e8557f", "#f07aa0"]),
      ),
    ).join("");
    return `${shape(`M${potX - 68} 830H${potX + 68}L${potX + 48} 960H${potX - 48}Z`, "#b5613a")}${rectangle(potX - 76, 816, 152, 30, "#c97448", 'rx="5"')}${ellipse(potX, 770, 96, 70, "#2f7334")}${blooms}`;
  };
  return picture(
    width,
    height,
    `<defs>${verticalGradient("wall", [0, "#ffffff"], [1, "#e9ecee"])}${grain("plaster", "0.03", random.whole(1, 90), 0.25)}${blur("shadow", 12)}</defs>
${rectangle(0, 0, width, height, "url(#wall)")}${rectangle(0, 0, width, height, "#000", 'filter="url(#plaster)" opacity="0.3"')}
${rectangle(0, 960, width, 120, "#c9c4ba")}${rectangle(x - 130, 905, 640, 60, "#ddd8cd")}${rectangle(x - 130, 955, 640, 12, "#a8a297")}${rectangle(x - 190, 1000, 760, 14, "#a8a297")}
${shape(`M${round(x - 34)} 908V330Q${round(x + 190)} 60 ${round(x + 414)} 330V908Z`, "#d8cfbf")}
${shape(`M${round(x)} 908V350Q${round(x + 190)} 120 ${round(x + 380)} 350V908Z`, blue)}
${shape(`M${round(x + 26)} 345Q${round(x + 190)} 172 ${round(x + 354)} 345Z`, "#bfe0f5")}${stroke(`M${round(x + 190)} 250V345M${round(x + 110)} 272L${round(x + 150)} 345M${round(x + 270)} 272L${round(x + 230)} 345`, blue, 10)}
${panel(x + 26, 376, 230)}${panel(x + 206, 376, 230)}${panel(x + 26, 636, 240)}${panel(x + 206, 636, 240)}
${rectangle(x + 187, 352, 6, 556, "#0d3c86")}${circle(x + 216, 624, 15, "#e0b04a")}<circle cx="${round(x + 100)}" cy="470" r="22" fill="none" stroke="#e0b04a" stroke-width="9"/>
${ellipse(x - 220, 966, 110, 14, "#55504a", 'opacity="0.4" filter="url(#shadow)"')}${ellipse(x + 600, 966, 110, 14, "#55504a", 'opacity="0.4" filter="url(#shadow)"')}${pot(Math.round(x - 220))}${pot(Math.round(x + 600))}`,
  );
}
