import {
  circle,
  ellipse,
  lettering,
  picture,
  rectangle,
  round,
  shape,
  verticalGradient,
} from "./pictures/svg.ts";
import type { Random } from "./random.ts";
import type { Caption } from "./subtitles.ts";
import type { Slide, Talk } from "./talk-topics.ts";

export const slideWidth = 1280;
export const slideHeight = 720;

/** A slide on screen, with what is said meanwhile. */
export interface ShownSlide {
  readonly title: string;
  readonly startMs: number;
  readonly endMs: number;
  readonly draw: () => string;
}

export interface Lecture {
  readonly durationMs: number;
  readonly slides: readonly ShownSlide[];
  readonly english: readonly Caption[];
  readonly chinese: readonly Caption[];
  /** Per slide and line of speech: when it is said. */
  readonly spokenAt: readonly (readonly Caption[])[];
}

const themes = [
  { back: "#f7f4ec", ink: "#23303c", accent: "#c4572f" },
  { back: "#eef4f8", ink: "#17324d", accent: "#1f7a8c" },
  { back: "#f5f1fa", ink: "#2d2447", accent: "#7a4fb5" },
] as const;

/** Lays a talk out in time: a title slide, then one slide after another for as long as their lines take. */
export function scheduleTalk(random: Random, talk: Talk): Lecture {
  const theme = random.pick(themes);
  const slides: ShownSlide[] = [];
  const [english, chinese, spokenAt]: [Caption[], Caption[], Caption[][]] = [[], [], []];
  let now = random.whole(25, 45) * 100;
  slides.push({ title: talk.title, startMs: 0, endMs: now, draw: () => titleSlide(talk, theme) });
  for (const [index, slide] of talk.slides.entries()) {
    const startMs = now;
    now += 500;
    const spoken: Caption[] = [];
    for (const [text, translation] of slide.speech) {
      const span = { startMs: now, endMs: now + random.whole(30, 42) * 100 };
      spoken.push({ ...span, text });
      chinese.push({ ...span, text: translation });
      now = span.endMs + random.whole(3, 8) * 100;
    }
    english.push(...spoken);
    spokenAt.push(spoken);
    const number = `${index + 2} / ${talk.slides.length + 1}`;
    slides.push({
      title: slide.title,
      startMs,
      endMs: now,
      draw: () => bulletSlide(talk, slide, number, theme),
    });
  }
  return { durationMs: now, slides, english, chinese, spokenAt };
}

type Theme = (typeof themes)[number];

function titleSlide(talk: Talk, theme: Theme): string {
  return picture(
    slideWidth,
    slideHeight,
    `<defs>${verticalGradient("back", [0, theme.ink], [1, theme.accent])}</defs>${rectangle(0, 0, slideWidth, slideHeight, "url(#back)")}
${circle(1080, 120, 260, "#ffffff", 'opacity="0.07"')}${circle(1220, 640, 330, "#ffffff", 'opacity="0.06"')}${ellipse(120, 690, 300, 160, "#000000", 'opacity="0.12"')}
${lettering(talk.title, { x: 100, y: 340, size: 62, weight: 700, fill: "#ffffff" })}${rectangle(104, 382, 180, 8, "#ffffff", 'opacity="0.8" rx="4"')}${lettering(talk.speaker, { x: 100, y: 460, size: 36, fill: "#ffffff" })}`,
  );
}

function bulletSlide(talk: Talk, slide: Slide, number: string, theme: Theme): string {
  const bullets = slide.bullets
    .map(
      (bullet, index) =>
        circle(118, 288 + index * 96, 9, theme.accent) +
        lettering(bullet, { x: 152, y: 302 + index * 96, size: 40, fill: theme.ink }),
    )
    .join("");
  return picture(
    slideWidth,
    slideHeight,
    `${rectangle(0, 0, slideWidth, slideHeight, theme.back)}${rectangle(0, 0, 28, slideHeight, theme.accent)}
${lettering(slide.title, { x: 100, y: 158, size: 58, weight: 700, fill: theme.ink })}${rectangle(100, 192, 220, 7, theme.accent, 'rx="3"')}${bullets}
${chart(theme, slide.title.length)}${lettering(talk.title, { x: 100, y: 672, size: 22, fill: "#7c858d" })}${lettering(number, { x: 1190, y: 672, size: 22, anchor: "end", fill: "#7c858d" })}`,
  );
}

/** A small wordless drawing in the corner, different on every slide. */
function chart(theme: Theme, variety: number): string {
  const bars = Array.from({ length: 6 }, (_, index) => {
    const tall = 40 + ((variety * (index + 3) * 37) % 130);
    return rectangle(
      975 + index * 36,
      590 - tall,
      24,
      tall,
      theme.accent,
      `opacity="${round(0.35 + index * 0.1)}" rx="4"`,
    );
  }).join("");
  return `${bars}${shape("M960 596H1200V600H960Z", theme.ink)}`;
}
