import type { Pixels } from "../../media/pixels.ts";
import { type LetteringPlace, letteringPath } from "../lettering.ts";

/** A whole SVG document. */
export function picture(width: number, height: number, body: string): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">${body}</svg>`;
}

export function rectangle(
  x: number,
  y: number,
  width: number,
  height: number,
  fill: string,
  more = "",
): string {
  return `<rect x="${round(x)}" y="${round(y)}" width="${round(width)}" height="${round(height)}" fill="${fill}" ${more}/>`;
}

export function circle(x: number, y: number, radius: number, fill: string, more = ""): string {
  return `<circle cx="${round(x)}" cy="${round(y)}" r="${round(radius)}" fill="${fill}" ${more}/>`;
}

export function ellipse(x: number, y: number, rx: number, ry: number, fill: string, more = ""): string {
  return `<ellipse cx="${round(x)}" cy="${round(y)}" rx="${round(rx)}" ry="${round(ry)}" fill="${fill}" ${more}/>`;
}

export function shape(d: string, fill: string, more = ""): string {
  return `<path d="${d}" fill="${fill}" ${more}/>`;
}

export function stroke(d: string, colour: string, width: number, more = ""): string {
  return `<path d="${d}" fill="none" stroke="${colour}" stroke-width="${round(width)}" stroke-linecap="round" stroke-linejoin="round" ${more}/>`;
}

export function lettering(text: string, place: LetteringPlace & { readonly fill: string }): string {
  return `<path d="${letteringPath(text, place)}" fill="${place.fill}"/>`;
}

type Stop = readonly [offset: number, colour: string, opacity?: number];

const stopElements = (stops: readonly Stop[]) =>
  stops
    .map(
      ([offset, colour, opacity = 1]) =>
        `<stop offset="${offset}" stop-color="${colour}" stop-opacity="${opacity}"/>`,
    )
    .join("");

/** Refer to it as `url(#id)`. */
export function verticalGradient(id: string, ...stops: readonly Stop[]): string {
  return `<linearGradient id="${id}" x1="0" y1="0" x2="0" y2="1">${stopElements(stops)}</linearGradient>`;
}

export function horizontalGradient(id: string, ...stops: readonly Stop[]): string {
  return `<linearGradient id="${id}" x1="0" y1="0" x2="1" y2="0">${stopElements(stops)}</linearGradient>`;
}

export function radialGradient(id: string, ...stops: readonly Stop[]): string {
  return `<radialGradient id="${id}">${stopElements(stops)}</radialGradient>`;
}

export function blur(id: string, deviation: number): string {
  return `<filter id="${id}" x="-50%" y="-50%" width="200%" height="200%"><feGaussianBlur stdDeviation="${deviation}"/></filter>`;
}

/** A grain to lay over a surface: `<rect filter="url(#id)">`. Frequencies in waves per pixel. */
export function grain(id: string, frequency: string, seed: number, opacity: number): string {
  return `<filter id="${id}" x="0" y="0" width="100%" height="100%"><feTurbulence type="fractalNoise" baseFrequency="${frequency}" numOctaves="3" seed="${seed}"/><feColorMatrix values="0 0 0 0 0.5  0 0 0 0 0.5  0 0 0 0 0.5  ${opacity * 3} 0 0 0 ${round(-opacity)}"/><feComposite operator="in" in2="SourceGraphic"/></filter>`;
}

export function round(value: number): number {
  return Math.round(value * 10) / 10;
}

/** Draws an SVG document into pixels. */
export async function rasterize(svg: string): Promise<Pixels> {
  const { default: sharp } = await import("sharp");
  const { data, info } = await sharp(Buffer.from(svg))
    .flatten({ background: "#ffffff" })
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, data };
}
