export interface ShortcutActions {
  readonly focusBox: () => void;
  /** Plays or pauses; false where nothing plays. */
  readonly togglePlay: () => boolean;
  readonly escape: () => void;
}

/** `/` to type, arrows to walk through a grid, space to play, Esc to stop. Keys that a control needs stay its own. */
export function listenForShortcuts(actions: ShortcutActions): void {
  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const target = event.target instanceof HTMLElement ? event.target : document.body;
    if (event.key === "Escape") actions.escape();
    else if (!isTyping(target) && pressed(event.key, target, actions)) event.preventDefault();
  });
}

/** Whether the key meant something here. */
function pressed(key: string, target: HTMLElement, { focusBox, togglePlay }: ShortcutActions): boolean {
  if (key === "/") {
    focusBox();
    return true;
  }
  if (key === " ") return !ownsSpace(target) && togglePlay();
  return key.startsWith("Arrow") && walk(target, key);
}

function isTyping(target: HTMLElement): boolean {
  if (target instanceof HTMLInputElement) return !["radio", "checkbox"].includes(target.type);
  return target instanceof HTMLTextAreaElement || target.isContentEditable;
}

/** A card that is open already plays on space; every other control keeps its key. */
function ownsSpace(target: HTMLElement): boolean {
  if (target.matches(".card .open.current, .moment")) return false;
  return target.closest("button, a, input, summary, select, video, audio") !== null;
}

function walk(target: HTMLElement, key: string): boolean {
  const places = placesAround(target);
  const at = places.indexOf(target);
  if (places.length === 0) return false;
  const next = at < 0 ? places[0] : places[nextPlace(places, at, key)];
  next?.focus();
  next?.scrollIntoView({ block: "nearest" });
  return next !== undefined;
}

function placesAround(target: HTMLElement): readonly HTMLElement[] {
  if (target.matches("input, video, audio, summary")) return [];
  const list = target.closest(".walk, .moments") ?? [...document.querySelectorAll(".walk")].find(isShown);
  return [...(list?.querySelectorAll<HTMLElement>(".card .open, .moment") ?? [])].filter(isShown);
}

function isShown(element: Element): boolean {
  return element.getClientRects().length > 0;
}

/** The neighbour in a grid whose rows are as long as the page is wide. */
function nextPlace(places: readonly HTMLElement[], at: number, key: string): number {
  const top = (place: HTMLElement | undefined) => Math.round(place?.getBoundingClientRect().top ?? 0);
  const row = top(places[0]);
  const columns = Math.max(1, places.filter((place) => top(place) === row).length);
  const steps: Readonly<Record<string, number>> = {
    ArrowLeft: -1,
    ArrowRight: 1,
    ArrowUp: -columns,
    ArrowDown: columns,
  };
  return Math.min(places.length - 1, Math.max(0, at + (steps[key] ?? 0)));
}
