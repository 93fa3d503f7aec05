import { circle, lettering, picture, rectangle, shape, stroke, verticalGradient } from "./pictures/svg.ts";

export const desktopWidth = 1280;
export const desktopHeight = 720;

export interface ErrorDialog {
  /** Of the program that stops; also the dialog's title. */
  readonly program: string;
  readonly headline: string;
  readonly detail: string;
  readonly code: string;
}

/** What is on the desktop at one moment. */
export interface DesktopState {
  readonly clock: string;
  readonly files: readonly (readonly [name: string, size: string])[];
  /** Row that is selected; none when -1. */
  readonly selected: number;
  readonly progress?: { readonly title: string; readonly line: string; readonly fraction: number };
  readonly dialog?: ErrorDialog;
  readonly notice?: string;
}

/** A desktop with a file window, a progress window, an error dialog and a notice, as far as the state has them. */
export function desktopPicture(state: DesktopState, wallpaper: readonly [string, string]): string {
  const { progress, dialog, notice } = state;
  return picture(
    desktopWidth,
    desktopHeight,
    `<defs>${verticalGradient("wall", [0, wallpaper[0]], [1, wallpaper[1]])}</defs>${rectangle(0, 0, desktopWidth, desktopHeight, "url(#wall)")}
${shape("M0 560Q320 430 700 540T1280 470V720H0Z", "#ffffff", 'opacity="0.10"')}${shape("M0 640Q400 520 800 620T1280 580V720H0Z", "#ffffff", 'opacity="0.10"')}
${fileWindow(state)}${progress ? progressWindow(progress) : ""}${dialog ? errorDialog(dialog) : ""}${notice ? noticeCard(notice) : ""}${taskBar(state.clock)}`,
  );
}

function windowFrame(x: number, y: number, width: number, height: number, title: string): string {
  return `${rectangle(x - 3, y + 4, width + 6, height + 6, "#000000", 'rx="12" opacity="0.22"')}${rectangle(x, y, width, height, "#fbfcfd", 'rx="10"')}${shape(`M${x} ${y + 38}V${y + 10}q0-10 10-10H${x + width - 10}q10 0 10 10V${y + 38}Z`, "#e6eaee")}${lettering(title, { x: x + 18, y: y + 26, size: 18, weight: 700, fill: "#2b333a" })}${stroke(`M${x + width - 28} ${y + 13}l12 12m0-12l-12 12`, "#5c666e", 2)}`;
}

function fileWindow({ files, selected }: DesktopState): string {
  const [x, y, width] = [70, 56, 800];
  const places = ["Home", "Documents", "Pictures", "Videos", "Backup"]
    .map((place, index) =>
      lettering(place, {
        x: x + 24,
        y: y + 84 + index * 40,
        size: 18,
        fill: index === 2 ? "#1766b3" : "#4a545c",
      }),
    )
    .join("");
  const rows = files
    .map(([name, size], index) => {
      const rowY = y + 112 + index * 42;
      const mark =
        index === selected ? rectangle(x + 176, rowY - 27, width - 192, 40, "#cfe3f7", 'rx="6"') : "";
      const icon = rectangle(x + 192, rowY - 18, 22, 24, index % 3 === 2 ? "#e0a13c" : "#5b93c9", 'rx="3"');
      return `${mark}${icon}${lettering(name, { x: x + 230, y: rowY, size: 19, fill: "#222a31" })}${lettering(size, { x: x + width - 34, y: rowY, size: 19, anchor: "end", fill: "#59646d" })}`;
    })
    .join("");
  return `${windowFrame(x, y, width, 520, "Pictures")}${rectangle(x, y + 38, 164, 472, "#f0f3f6")}${places}${lettering("Name", { x: x + 230, y: y + 70, size: 16, fill: "#7b868e" })}${lettering("Size", { x: x + width - 34, y: y + 70, size: 16, anchor: "end", fill: "#7b868e" })}${rectangle(x + 176, y + 80, width - 192, 1, "#d5dbe0")}${rows}`;
}

function progressWindow({ title, line, fraction }: NonNullable<DesktopState["progress"]>): string {
  const [x, y, width] = [690, 430, 520];
  return `${windowFrame(x, y, width, 170, title)}${lettering(line, { x: x + 28, y: y + 84, size: 20, fill: "#333c44" })}${rectangle(x + 28, y + 108, width - 56, 16, "#dfe5ea", 'rx="8"')}${rectangle(x + 28, y + 108, Math.max(16, (width - 56) * fraction), 16, "#2f86d1", 'rx="8"')}${lettering(`${Math.round(fraction * 100)} %`, { x: x + width - 28, y: y + 150, size: 17, anchor: "end", fill: "#59646d" })}`;
}

function errorDialog({ program, headline, detail, code }: ErrorDialog): string {
  const [x, y, width, height] = [300, 210, 680, 280];
  const button = (buttonX: number, label: string, fill: string, ink: string) =>
    `${rectangle(buttonX, y + height - 66, 130, 44, fill, 'rx="8"')}${lettering(label, { x: buttonX + 65, y: y + height - 37, size: 20, weight: 700, anchor: "middle", fill: ink })}`;
  return `${rectangle(0, 0, desktopWidth, desktopHeight - 48, "#101820", 'opacity="0.35"')}${windowFrame(x, y, width, height, program)}
${circle(x + 70, y + 110, 36, "#cf2f2f")}${stroke(`M${x + 57} ${y + 97}l26 26m0-26l-26 26`, "#ffffff", 7)}
${lettering(headline, { x: x + 130, y: y + 92, size: 27, weight: 700, fill: "#1c242b" })}${lettering(detail, { x: x + 130, y: y + 132, size: 22, fill: "#39434b" })}${lettering(code, { x: x + 130, y: y + 172, size: 22, fill: "#39434b" })}
${button(x + width - 306, "Retry", "#e3e8ec", "#2b333a")}${button(x + width - 158, "OK", "#1f74c4", "#ffffff")}`;
}

function noticeCard(notice: string): string {
  return `${rectangle(882, 64, 372, 84, "#233039", 'rx="12" opacity="0.94"')}${circle(924, 106, 18, "#3fae6a")}${stroke("M916 106l6 7 12-13", "#ffffff", 4)}${lettering(notice, { x: 956, y: 114, size: 21, fill: "#ffffff" })}`;
}

function taskBar(clock: string): string {
  const icons = ["#e8b04a", "#4aa3e8", "#6cc27a", "#c26cb5"]
    .map((colour, index) => rectangle(84 + index * 52, 683, 28, 28, colour, 'rx="7"'))
    .join("");
  return `${rectangle(0, 672, desktopWidth, 48, "#18212a")}${circle(40, 696, 15, "#ffffff", 'opacity="0.9"')}${circle(40, 696, 7, "#18212a")}${icons}${lettering(clock, { x: 1252, y: 703, size: 20, anchor: "end", fill: "#ffffff" })}`;
}
