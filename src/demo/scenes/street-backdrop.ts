import { type Canvas, type Colour, createCanvas, shade, stage } from "./canvas.ts";
import { texture } from "./grain.ts";
import type { Chance } from "./random.ts";
import { castShadow, drawBox, drawEllipse, drawLimb } from "./shapes.ts";

const facades: readonly Colour[] = [
  [176, 140, 118],
  [196, 184, 160],
  [150, 156, 166],
  [182, 128, 104],
  [206, 198, 190],
];

/** Stage units from the top. */
export const road = { top: 214, middle: 276, bottom: 344 } as const;

function drawHouse(canvas: Canvas, chance: Chance, left: number, right: number): void {
  const facade = chance.vary(chance.pick(facades), 0.1);
  const top = chance.between(24, 74);
  const plaster = texture(chance, 2.5);
  drawBox(canvas, [left, top, right, 190], (x, y) => shade(facade, 1 + plaster(x, y) * 0.05));
  drawBox(canvas, [left - 3, top - 7, right + 3, top + 3], shade(facade, 0.58));
  const columns = Math.max(2, Math.floor((right - left) / 36));
  const gap = (right - left) / columns;
  for (let column = 0; column < columns; column++)
    for (let y = top + 18; y < 150; y += 42) {
      const x = left + gap * (column + 0.5);
      drawBox(canvas, [x - 10, y, x + 10, y + 25], [226, 224, 216]);
      drawBox(canvas, [x - 8, y + 2, x + 8, y + 23], chance.vary([86, 102, 120], 0.25));
    }
}

function drawTree(canvas: Canvas, chance: Chance, x: number): void {
  castShadow(canvas, { x, y: 208 }, 26, 5, 0.35);
  drawLimb(canvas, { from: { x, y: 208 }, to: { x, y: 140 }, fromRadius: 5, toRadius: 3 }, [88, 66, 48]);
  for (let leaf = 0; leaf < 60; leaf++) {
    const angle = chance.between(0, 2 * Math.PI);
    const away = Math.sqrt(chance.next()) * 30;
    const centre = { x: x + Math.cos(angle) * away, y: 118 + Math.sin(angle) * away * 0.9 };
    drawEllipse(canvas, centre, 8, 7, chance.vary([70, 108, 54], 0.28));
  }
}

/** A street seen from the far pavement: houses, trees, two lanes. Wider than the stage for a camera that pans. */
export function drawStreet(chance: Chance, pixelWidth: number, stageWidth: number = stage.width): Canvas {
  const canvas = createCanvas(pixelWidth, stageWidth);
  const asphalt = texture(chance, 1.6);
  const patches = texture(chance, 46);
  const slabs = texture(chance, 3);
  drawBox(canvas, [0, 0, stageWidth, 200], (_, y) => [172 + y * 0.2, 200 + y * 0.1, 228]);
  for (let left = -20; left < stageWidth; ) {
    const right = left + chance.between(90, 170);
    drawHouse(canvas, chance, left, right);
    left = right + chance.between(0, 12);
  }
  drawBox(canvas, [0, 190, stageWidth, road.top], (x, y) =>
    shade([166, 160, 152], 1 + slabs(x, y) * 0.05 - (Math.floor(x / 22) % 2) * 0.03),
  );
  drawBox(canvas, [0, road.top, stageWidth, stage.height], (x, y) =>
    shade([98, 99, 103], 1 + asphalt(x, y) * 0.07 + patches(x, y) * 0.06),
  );
  drawBox(canvas, [0, road.top - 2, stageWidth, road.top + 3], [132, 130, 126]);
  for (let x = 14; x < stageWidth; x += 74)
    drawBox(canvas, [x, road.middle - 2, x + 40, road.middle + 2], [214, 212, 202]);
  for (let x = chance.between(40, 120); x < stageWidth; x += chance.between(150, 260))
    drawTree(canvas, chance, x);
  return canvas;
}
