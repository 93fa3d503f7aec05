import { type Canvas, type Colour, type Extent, shade } from "./canvas.ts";
import type { NamedColour } from "./palette.ts";
import { castShadow, drawBox, drawEllipse, drawPolygon, type Point } from "./shapes.ts";

export interface Car {
  /** Stage units, bumper to bumper. */
  readonly length: number;
  readonly paint: NamedColour;
  /** 1 drives to the right, −1 to the left. */
  readonly facing: 1 | -1;
}

/** `x` is the middle, `ground` where the wheels stand. */
export function carExtent({ length }: Car, x: number, ground: number): Extent {
  return [x - length / 2, ground - length * 0.34, x + length / 2, ground];
}

function drawWheel(canvas: Canvas, centre: Point, radius: number, turn: number): void {
  drawEllipse(canvas, centre, radius, radius, [26, 26, 28]);
  drawEllipse(canvas, centre, radius * 0.62, radius * 0.62, [168, 170, 174]);
  for (let spoke = 0; spoke < 5; spoke++) {
    const angle = turn + (spoke * 2 * Math.PI) / 5;
    const at = {
      x: centre.x + Math.cos(angle) * radius * 0.36,
      y: centre.y + Math.sin(angle) * radius * 0.36,
    };
    drawEllipse(canvas, at, radius * 0.13, radius * 0.13, [58, 60, 64]);
  }
  drawEllipse(canvas, centre, radius * 0.14, radius * 0.14, [90, 92, 96]);
}

function glass(canvas: Canvas, at: (along: number, up: number) => Point): void {
  const tone = (_: number, y: number): Colour => [58 + (y % 7), 74, 88];
  drawPolygon(canvas, [at(-0.215, 0.205), at(-0.15, 0.305), at(-0.005, 0.31), at(-0.005, 0.205)], tone);
  drawPolygon(canvas, [at(0.02, 0.205), at(0.02, 0.31), at(0.1, 0.3), at(0.195, 0.205)], tone);
}

/** A saloon car from the side. */
export function drawCar(canvas: Canvas, car: Car, x: number, ground: number): void {
  const { length, facing } = car;
  const at = (along: number, up: number): Point => ({
    x: x + along * length * facing,
    y: ground - up * length,
  });
  const body = car.paint.colour;
  const lacquer = (_: number, y: number): Colour => {
    const up = (ground - y) / length;
    return shade(body, 0.8 + Math.min(0.25, Math.max(0, up - 0.08) * 1.25));
  };
  castShadow(canvas, { x, y: ground - 1 }, length * 0.5, length * 0.05, 0.5);
  const outline = [
    at(-0.5, 0.09),
    at(-0.495, 0.19),
    at(-0.3, 0.215),
    at(-0.19, 0.325),
    at(0.1, 0.325),
    at(0.235, 0.215),
    at(0.45, 0.185),
    at(0.5, 0.14),
    at(0.495, 0.08),
    at(0, 0.06),
  ];
  drawPolygon(canvas, outline, lacquer);
  glass(canvas, at);
  drawBox(
    canvas,
    [x - length * 0.47, ground - length * 0.1, x + length * 0.47, ground - length * 0.075],
    shade(body, 0.55),
  );
  drawEllipse(canvas, at(0.47, 0.155), length * 0.022, length * 0.018, [250, 244, 214]);
  drawEllipse(canvas, at(-0.48, 0.165), length * 0.016, length * 0.02, [150, 20, 24]);
  drawBox(
    canvas,
    [at(0, 0).x - 0.6, ground - length * 0.2, at(0, 0).x + 0.6, ground - length * 0.09],
    shade(body, 0.6),
  );
  const turn = (x / (length * 0.085)) * facing;
  drawWheel(canvas, at(-0.3, 0.085), length * 0.083, turn);
  drawWheel(canvas, at(0.3, 0.085), length * 0.083, turn);
}
