import type { Random } from "../random.ts";
import { circle, ellipse, round, shape, stroke } from "./svg.ts";

/** Size of every drawn photo. */
export const photoWidth = 1440;
export const photoHeight = 1080;

/** A ragged sky line, closed down to the picture's lower edge. `roughness` 0..1 is how fast detail fades in. */
export function ridge(random: Random, baseY: number, height: number, roughness: number): string {
  let line = [baseY, baseY - height * random.between(0.5, 1), baseY];
  let swing = height * 0.5;
  while (line.length < 130) {
    line = line.flatMap((y, index) => {
      const next = line[index + 1];
      return next === undefined ? [y] : [y, (y + next) / 2 + random.between(-swing, swing)];
    });
    swing *= roughness;
  }
  return closedLine(line);
}

/** Heights at equal distances across the picture → the area under them. */
export function closedLine(heights: readonly number[]): string {
  const points = heights.map(
    (y, index) => `${round((index * photoWidth) / (heights.length - 1))} ${round(y)}`,
  );
  return `M0 ${photoHeight}L${points.join("L")}L${photoWidth} ${photoHeight}Z`;
}

/** Gentle hills: the sum of two slow waves. */
export function hills(random: Random, baseY: number, height: number): string {
  const [phase, other, waves] = [random.between(0, 6), random.between(0, 6), random.between(0.8, 1.6)];
  return closedLine(
    Array.from({ length: 73 }, (_, index) => {
      const t = (index / 72) * Math.PI * 2;
      return baseY - height * (0.6 * Math.sin(t * waves + phase) + 0.25 * Math.sin(t * waves * 2.3 + other));
    }),
  );
}

export function conifer(random: Random, x: number, footY: number, height: number, colour: string): string {
  const layers = 7;
  let tree = shape(
    `M${round(x - height * 0.02)} ${round(footY)}h${round(height * 0.04)}v${round(-height * 0.2)}h${round(-height * 0.04)}Z`,
    "#3a2a1e",
  );
  for (let layer = 0; layer < layers; layer++) {
    const top = footY - height + (height * 0.86 * layer) / layers;
    const bottom = top + height * 0.27;
    const half = height * (0.05 + 0.16 * (layer / layers)) * random.between(0.9, 1.12);
    tree += shape(
      `M${round(x)} ${round(top)}Q${round(x + half * 0.35)} ${round(bottom - height * 0.08)} ${round(x + half)} ${round(bottom)}Q${round(x)} ${round(bottom - height * 0.05)} ${round(x - half)} ${round(bottom)}Q${round(x - half * 0.35)} ${round(bottom - height * 0.08)} ${round(x)} ${round(top)}Z`,
      colour,
    );
  }
  return tree;
}

/** A round crown of many leaves in the given colours on a bare trunk. */
export function leafyTree(
  random: Random,
  at: { readonly x: number; readonly footY: number; readonly height: number },
  leaves: readonly string[],
  trunk = "#4a3526",
): string {
  const { x, footY, height } = at;
  const crownY = footY - height * 0.66;
  let tree = stroke(
    `M${round(x)} ${round(footY)}Q${round(x + height * 0.02)} ${round(footY - height * 0.3)} ${round(x)} ${round(crownY)}M${round(x)} ${round(footY - height * 0.36)}L${round(x - height * 0.13)} ${round(crownY)}M${round(x)} ${round(footY - height * 0.4)}L${round(x + height * 0.14)} ${round(crownY)}`,
    trunk,
    height * 0.035,
  );
  for (let leaf = 0; leaf < 150; leaf++) {
    const angle = random.between(0, Math.PI * 2);
    const far = Math.sqrt(random.next());
    tree += circle(
      x + Math.cos(angle) * far * height * 0.3,
      crownY + Math.sin(angle) * far * height * 0.29,
      height * random.between(0.025, 0.06),
      random.pick(leaves),
      'opacity="0.92"',
    );
  }
  return tree;
}

/** Soft heaps; needs a filter `#soft` in the document. */
export function cloud(
  random: Random,
  x: number,
  y: number,
  width: number,
  fill: string,
  opacity = 0.9,
): string {
  let puffs = "";
  for (let puff = 0; puff < 9; puff++) {
    const along = random.between(-0.5, 0.5);
    const rise = (0.25 - along * along) * width * 0.5;
    puffs += ellipse(
      x + along * width,
      y - rise * random.between(0.1, 0.8),
      width * random.between(0.12, 0.22),
      width * random.between(0.05, 0.1),
      fill,
    );
  }
  return `<g filter="url(#soft)" opacity="${opacity}">${puffs}</g>`;
}

/** Short level strokes, longer and wider towards the viewer: light on water. */
export function glints(
  random: Random,
  area: { readonly x: number; readonly spread: number; readonly top: number; readonly bottom: number },
  colour: string,
  count: number,
): string {
  let strokes = "";
  for (let index = 0; index < count; index++) {
    const depth = random.next() ** 1.4;
    const y = area.top + (area.bottom - area.top) * depth;
    const length = (12 + 110 * depth) * random.between(0.4, 1.1);
    const x = area.x + random.between(-1, 1) * area.spread * (0.35 + 0.65 * depth);
    strokes += ellipse(
      x,
      y,
      length / 2,
      1 + 3.2 * depth,
      colour,
      `opacity="${round(random.between(0.3, 0.9))}"`,
    );
  }
  return strokes;
}

export function birds(random: Random, count: number, x: number, y: number, colour: string): string {
  let flock = "";
  for (let index = 0; index < count; index++) {
    const [atX, atY, span] = [
      x + random.between(-160, 160),
      y + random.between(-60, 60),
      random.between(12, 24),
    ];
    flock += stroke(
      `M${round(atX - span)} ${round(atY)}q${round(span * 0.5)} ${round(-span * 0.6)} ${round(span)} 0q${round(span * 0.5)} ${round(-span * 0.6)} ${round(span)} 0`,
      colour,
      3,
    );
  }
  return flock;
}
