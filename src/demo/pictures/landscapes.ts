import type { Random } from "../random.ts";
import {
  birds,
  cloud,
  conifer,
  glints,
  photoHeight as height,
  hills,
  leafyTree,
  ridge,
  photoWidth as width,
} from "./nature.ts";
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
  verticalGradient,
} from "./svg.ts";

const soft = blur("soft", 14);

/** Orange sky, the sun just over the sea, wet sand with a line of foam. */
export function beachAtSunset(random: Random): string {
  const sunX = random.between(430, 1010);
  const horizon = random.between(560, 600);
  const sunY = horizon - random.between(55, 105);
  const shore = random.between(850, 890);
  const foam = (lift: number) =>
    Array.from(
      { length: 25 },
      (_, index) => `${index * 60} ${round(shore - lift + 16 * Math.sin(index * 0.55 + sunX) + index * 1.5)}`,
    ).join("L");
  return picture(
    width,
    height,
    `<defs>${soft}${verticalGradient("sky", [0, "#5b3a78"], [0.4, "#c8546a"], [0.75, "#f58a4b"], [1, "#ffd27a"])}${verticalGradient("sea", [0, "#f0a060"], [0.2, "#b4606e"], [1, "#4a3a6a"])}${verticalGradient("sand", [0, "#8a6a58"], [1, "#c99a6e"])}${radialGradient("glow", [0, "#fff6c8"], [0.2, "#ffdf8a", 0.9], [1, "#ffb060", 0])}${grain("grains", "0.9", 4, 0.35)}</defs>
${rectangle(0, 0, width, horizon + 2, "url(#sky)")}
${[0, 1, 2, 3].map((row) => cloud(random, random.between(100, 1340), 130 + row * 90, random.between(360, 620), row < 2 ? "#8a4a78" : "#ffb27a", 0.6)).join("")}
${circle(sunX, sunY, 330, "url(#glow)")}${circle(sunX, sunY, 62, "#fff3c4")}
${rectangle(0, horizon, width, height - horizon, "url(#sea)")}
${glints(random, { x: sunX, spread: 240, top: horizon + 4, bottom: shore - 20 }, "#ffe2a0", 150)}
${glints(random, { x: width / 2, spread: 800, top: horizon + 10, bottom: shore - 20 }, "#f7a878", 120)}
${shape(`M0 ${height}L${foam(0)}L${width} ${height}Z`, "#fff0dc", 'opacity="0.9"')}${shape(`M0 ${height}L${foam(-16)}L${width} ${height}Z`, "url(#sand)")}${shape(`M0 ${height}L${foam(-16)}L${width} ${height}Z`, "#000", 'filter="url(#grains)"')}
${birds(random, 6, sunX + (sunX > 720 ? -320 : 320), 300, "#4a2a48")}`,
  );
}

/** A white massif before a deep blue sky, dark conifers in front. */
export function snowyMountain(random: Random): string {
  const trees = Array.from({ length: 34 }, (_, index) =>
    conifer(
      random,
      index * 44 + random.between(-16, 16),
      1010 + random.between(-20, 60),
      random.between(120, 230),
      random.pick(["#16352c", "#1d4236", "#122b28"]),
    ),
  ).join("");
  const peakX = random.between(520, 920);
  const peak = `M${peakX - 700} 960L${peakX - 310} 520L${peakX - 225} 560L${peakX} 205L${peakX + 105} 330L${peakX + 150} 312L${peakX + 330} 590L${peakX + 420} 560L${peakX + 760} 960Z`;
  const shade = `M${peakX} 205L${peakX + 105} 330L${peakX + 150} 312L${peakX + 330} 590L${peakX + 420} 560L${peakX + 760} 960L${peakX + 60} 960L${peakX + 120} 760L${peakX + 20} 640L${peakX + 70} 470L${peakX - 20} 380Z`;
  return picture(
    width,
    height,
    `<defs>${soft}${verticalGradient("sky", [0, "#1d5fb4"], [1, "#a9d3f2"])}${verticalGradient("snow", [0, "#ffffff"], [1, "#e3edf6"])}${verticalGradient("far", [0, "#c3d6ea"], [1, "#e6eff7"])}</defs>
${rectangle(0, 0, width, height, "url(#sky)")}
${cloud(random, random.between(150, 1290), random.between(150, 240), 460, "#ffffff", 0.75)}
${shape(ridge(random, 640, 150, 0.55), "url(#far)")}
${shape(peak, "url(#snow)")}${shape(shade, "#b3c9e2")}
${shape(`M${peakX - 150} 445L${peakX - 110} 470L${peakX - 150} 560L${peakX - 200} 640L${peakX - 190} 540Z`, "#8594a8")}${shape(`M${peakX + 190} 380L${peakX + 215} 470L${peakX + 300} 600L${peakX + 230} 560L${peakX + 180} 470Z`, "#7f90a8")}${shape(`M${peakX - 330} 560L${peakX - 300} 640L${peakX - 360} 720L${peakX - 380} 640Z`, "#8e9db2")}
${shape(hills(random, 890, 50), "#f6fafd")}${trees}
${shape(hills(random, 1050, 26), "#ffffff")}`,
  );
}

/** Sun beams between tall trunks over a floor of fern. */
export function forest(random: Random): string {
  const trunks = (count: number, thickness: number, colour: string, foot: number) =>
    Array.from({ length: count }, (_, index) => {
      const x = ((index + random.between(0.2, 0.8)) * width) / count;
      const half = thickness * random.between(0.7, 1.2);
      return shape(
        `M${round(x - half)} ${round(foot + random.between(-20, 40))}L${round(x - half * 0.6)} 0H${round(x + half * 0.6)}L${round(x + half)} ${round(foot + random.between(-20, 40))}Z`,
        colour,
      );
    }).join("");
  const leaves = (count: number, top: number, bottom: number, colours: readonly string[], size: number) =>
    Array.from({ length: count }, () =>
      ellipse(
        random.between(-20, width + 20),
        random.between(top, bottom),
        size * random.between(0.6, 1.5),
        size * random.between(0.4, 0.9),
        random.pick(colours),
        'opacity="0.85"',
      ),
    ).join("");
  const beams = Array.from({ length: 6 }, () => {
    const x = random.between(100, 1300);
    return shape(
      `M${round(x)} -10H${round(x + 60)}L${round(x - 240)} 1000H${round(x - 420)}Z`,
      "#f6ffc0",
      'opacity="0.13"',
    );
  }).join("");
  return picture(
    width,
    height,
    `<defs>${soft}${verticalGradient("light", [0, "#8fc25a"], [0.55, "#d6eda0"], [0.8, "#5f9440"], [1, "#2f5a26"])}</defs>
${rectangle(0, 0, width, height, "url(#light)")}
${trunks(17, 11, "#6d8a4e", 900)}${leaves(240, -20, 420, ["#7fb84a", "#9ccf62", "#6aa63e"], 34)}
${trunks(9, 24, "#4a4f30", 920)}${leaves(260, -40, 330, ["#3f7f32", "#4f9138", "#2f6a2c"], 44)}
<g filter="url(#soft)">${beams}</g>${shape(hills(random, 850, 40), "#3f7a30")}
${trunks(5, 46, "#33301f", 990)}${leaves(260, 830, 1090, ["#2c6128", "#3b7a30", "#57983c", "#214d22"], 36)}
${leaves(130, -60, 170, ["#1f5424", "#2c6a2a"], 56)}`,
  );
}

/** Still blue water that mirrors the hills, with a wooden jetty. */
export function lake(random: Random): string {
  const shoreY = random.between(520, 560);
  const far = hills(random, shoreY - 130, 90);
  const near = hills(random, shoreY - 40, 60);
  const land = `${shape(far, "#5d87a8")}${shape(near, "#2f6b4f")}`;
  const jettyX = random.between(420, 900);
  const bank = jettyX > 660 ? 190 : 1250;
  const halfAt = (y: number) => 22 + ((y - shoreY - 100) / (height - shoreY - 100)) * 130;
  const jettyTop = shoreY + 100;
  const seams = Array.from({ length: 14 }, (_, index) => {
    const y = jettyTop + ((index + 1) / 15) ** 1.8 * (height - jettyTop);
    return rectangle(jettyX - halfAt(y), y, halfAt(y) * 2, 2 + (index / 14) * 5, "#6a4a30");
  }).join("");
  const posts = [0.12, 0.4, 0.85]
    .map((depth) => {
      const y = jettyTop + depth * (height - jettyTop);
      const [half, tall, thick] = [halfAt(y), 30 + depth * 110, 8 + depth * 26];
      const post = (x: number) => rectangle(x - thick / 2, y - tall, thick, tall * 1.5, "#5b3f2a", 'rx="4"');
      return post(jettyX - half) + post(jettyX + half);
    })
    .join("");
  const planks = `${shape(`M${round(jettyX - halfAt(jettyTop))} ${round(jettyTop)}H${round(jettyX + halfAt(jettyTop))}L${round(jettyX + halfAt(height))} ${height}H${round(jettyX - halfAt(height))}Z`, "#9b7250")}${seams}${posts}`;
  return picture(
    width,
    height,
    `<defs>${soft}${blur("mirror", 4)}${verticalGradient("sky", [0, "#4d9be0"], [1, "#d8eefb"])}${verticalGradient("water", [0, "#8cc4ea"], [1, "#134f8f"])}<clipPath id="above"><rect width="${width}" height="${round(shoreY)}"/></clipPath><clipPath id="below"><rect y="${round(shoreY)}" width="${width}" height="${round(height - shoreY)}"/></clipPath></defs>
${rectangle(0, 0, width, height, "url(#sky)")}${cloud(random, random.between(200, 1240), 190, 420, "#ffffff")}${cloud(random, random.between(200, 1240), 290, 300, "#ffffff", 0.7)}
<g clip-path="url(#above)">${land}</g>
${rectangle(0, shoreY, width, height - shoreY, "url(#water)")}
<g clip-path="url(#below)"><g transform="translate(0 ${round(shoreY * 2)}) scale(1 -1)" opacity="0.55" filter="url(#mirror)">${land}</g></g>
${rectangle(0, shoreY - 3, width, 6, "#d9e8e0", 'opacity="0.7"')}
${glints(random, { x: width / 2, spread: 800, top: shoreY + 60, bottom: height }, "#cfe8fb", 130)}
${planks}${ellipse(bank, height + 20, 420, 100, "#3d7a3a")}${leafyTree(random, { x: bank, footY: 1020, height: 760 }, ["#2f7a3a", "#3f8f44", "#57a24c"])}`,
  );
}
