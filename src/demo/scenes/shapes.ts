import { type Canvas, type Distance, type Extent, fill, type Paint, tint } from "./canvas.ts";

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Limb {
  readonly from: Point;
  readonly to: Point;
  readonly fromRadius: number;
  readonly toRadius: number;
}

export function limbExtent({ from, to, fromRadius, toRadius }: Limb): Extent {
  return [
    Math.min(from.x - fromRadius, to.x - toRadius),
    Math.min(from.y - fromRadius, to.y - toRadius),
    Math.max(from.x + fromRadius, to.x + toRadius),
    Math.max(from.y + fromRadius, to.y + toRadius),
  ];
}

function limbDistance({ from, to, fromRadius, toRadius }: Limb): Distance {
  const dx = to.x - from.x;
  const dy = to.y - from.y;
  const squared = dx * dx + dy * dy || 1;
  return (x, y) => {
    const along = Math.max(0, Math.min(1, ((x - from.x) * dx + (y - from.y) * dy) / squared));
    const away = Math.hypot(x - from.x - dx * along, y - from.y - dy * along);
    return away - (fromRadius + (toRadius - fromRadius) * along);
  };
}

/** A tapered capsule: arms, legs, torsos, poles. */
export function drawLimb(canvas: Canvas, limb: Limb, paint: Paint): void {
  fill(canvas, limbExtent(limb), limbDistance(limb), paint);
}

function ellipseDistance(centre: Point, radiusX: number, radiusY: number): Distance {
  const smaller = Math.min(radiusX, radiusY);
  return (x, y) => (Math.hypot((x - centre.x) / radiusX, (y - centre.y) / radiusY) - 1) * smaller;
}

const ellipseExtent = (centre: Point, radiusX: number, radiusY: number): Extent => [
  centre.x - radiusX,
  centre.y - radiusY,
  centre.x + radiusX,
  centre.y + radiusY,
];

export function drawEllipse(
  canvas: Canvas,
  centre: Point,
  radiusX: number,
  radiusY: number,
  paint: Paint,
  opacity = 1,
): void {
  fill(
    canvas,
    ellipseExtent(centre, radiusX, radiusY),
    ellipseDistance(centre, radiusX, radiusY),
    paint,
    opacity,
  );
}

/** A soft shadow (`strength` 0..1) as a body casts on the floor. */
export function castShadow(
  canvas: Canvas,
  centre: Point,
  radiusX: number,
  radiusY: number,
  strength: number,
): void {
  const factor = 1 - strength;
  const distance = ellipseDistance(centre, radiusX, radiusY);
  tint(
    canvas,
    ellipseExtent(centre, radiusX * 1.6, radiusY * 1.6),
    distance,
    [factor, factor, factor],
    Math.min(radiusX, radiusY),
  );
}

/** A rectangle with round corners. */
export function drawBox(canvas: Canvas, extent: Extent, paint: Paint, radius = 0, opacity = 1): void {
  const [left, top, right, bottom] = extent;
  const centreX = (left + right) / 2;
  const centreY = (top + bottom) / 2;
  const halfX = (right - left) / 2 - radius;
  const halfY = (bottom - top) / 2 - radius;
  const distance: Distance = (x, y) => {
    const dx = Math.abs(x - centreX) - halfX;
    const dy = Math.abs(y - centreY) - halfY;
    return Math.hypot(Math.max(dx, 0), Math.max(dy, 0)) + Math.min(Math.max(dx, dy), 0) - radius;
  };
  fill(canvas, extent, distance, paint, opacity);
}

/** A closed polygon; after I. Quilez, "2D distance functions". */
export function drawPolygon(canvas: Canvas, points: readonly Point[], paint: Paint, opacity = 1): void {
  const xs = points.map((point) => point.x);
  const ys = points.map((point) => point.y);
  const distance: Distance = (x, y) => {
    let nearest = Number.POSITIVE_INFINITY;
    let sign = 1;
    let previous = points.at(-1)!;
    for (const point of points) {
      const ex = previous.x - point.x;
      const ey = previous.y - point.y;
      const wx = x - point.x;
      const wy = y - point.y;
      const along = Math.max(0, Math.min(1, (wx * ex + wy * ey) / (ex * ex + ey * ey || 1)));
      nearest = Math.min(nearest, (wx - ex * along) ** 2 + (wy - ey * along) ** 2);
      if (point.y > y !== previous.y > y && ex * wy > wx * ey === ey > 0) sign = -sign;
      previous = point;
    }
    return sign * Math.sqrt(nearest);
  };
  fill(
    canvas,
    [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)],
    distance,
    paint,
    opacity,
  );
}
